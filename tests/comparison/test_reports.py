"""What a source reports alone, beside others or not at all, against looking at each by itself."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from astana.comparison.reports import ACTOR, ISSUE, PAIR, Reported, reach

SOURCES, ACTORS, ISSUES = range(1, 5), range(1, 4), range(1, 4)
# A position is one of an actor on an issue; several sources can report the same one.
passages = st.lists(
    st.tuples(
        st.sampled_from(SOURCES),
        st.integers(1, 12),
        st.sampled_from(ACTORS),
        st.sampled_from(ISSUES),
    ),
    max_size=25,
)


def numbers(told) -> list[Reported]:
    """Return how many positions of each actor on each issue each source has."""
    counted = Counter((source, actor, issue) for source, _position, actor, issue in set(told))
    return [(*key, number) for key, number in counted.items()]


@given(passages, st.sampled_from(SOURCES), st.sampled_from(["actor", "issue", "pair"]))
def test_here_alone_and_elsewhere_are_what_one_finds_by_looking(told, source, kind):
    def place_of(passage):
        return {"actor": passage[2], "issue": passage[3], "pair": passage[2:]}[kind]

    found = reach(numbers(told), by={"actor": ACTOR, "issue": ISSUE, "pair": PAIR}[kind])
    here, alone, elsewhere = set(), set(), set()
    for passage in told:
        place = place_of(passage)
        reporting = {other[0] for other in told if place_of(other) == place}
        own = {other[1:] for other in told if place_of(other) == place and other[0] == source}
        assert found.number(source, place) == len(own)
        assert found.others(source, place) == len(reporting - {source})
        assert found.is_alone(source, place) == (reporting == {source})
        if source in reporting:
            here.add(place)
            if len(reporting) == 1:
                alone.add(place)
        else:
            elsewhere.add(place)
    assert set(found.here(source)) == here
    assert set(found.alone(source)) == alone
    assert set(found.elsewhere(source)) == elsewhere
    assert found.alone_by_source()[source] == len(alone)
    assert not here & elsewhere
    assert here | elsewhere == set(found.numbers)


@given(passages)
def test_no_two_sources_are_alone_in_one_place_and_numbers_add_up(told):
    found = reach(numbers(told), by=PAIR)
    alone = [place for source in SOURCES for place in found.alone(source)]
    assert len(alone) == len(set(alone))
    assert sum(map(found.total, found.numbers)) == len(set(told))


def test_the_order_is_what_there_is_most_of():
    told = [(1, 1, 1, 2), (1, 1, 2, 5), (2, 1, 3, 1), (3, 2, 3, 1)]
    told += [(2, 1, 4, 9), (2, 1, 1, 0)]
    by_issue = reach(told, by=ISSUE)
    assert by_issue.here(1) == [2, 1]
    assert by_issue.alone(1) == [2, 1]
    assert by_issue.elsewhere(1) == [3, 4]
    assert by_issue.number(1, 9) == by_issue.others(1, 9) == by_issue.total(9) == 0
