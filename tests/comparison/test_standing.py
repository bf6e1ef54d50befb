"""Who agrees most and least, and who is near whom: against a slow way, with ties kept together."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.comparison.agreement import Agreement, Answer
from astana.comparison.discourse import Discourse, Said
from astana.comparison.network import Network
from astana.comparison.standing import around, ends, standing

ACTORS, ISSUES = ("iran", "russia", "turkey", "usa"), ("aid", "border", "return")
values = st.sampled_from([None, -100, 0, 50, 100])
answers = st.lists(
    st.builds(
        lambda actor, issue, value: Answer(actor, issue, str(value), value),
        st.sampled_from(ACTORS), st.sampled_from(ISSUES), values,
    ),
    max_size=14,
)  # fmt: skip


def network(found: list[Answer], **asked) -> Network:
    said = [Said(one.actor, one.issue, one.value, 1) for one in found if one.value is not None]
    return Network(
        lambda: Agreement(found, actors=ACTORS, issues=ISSUES),
        lambda: Discourse(said, actors=ACTORS, issues=ISSUES),
        **asked,
    )


@given(answers, st.integers(1, 3))
def test_all_that_agree_most_and_least_are_named_and_nobody_else(found, least):
    given_network = network(found, least=least)
    figures = {pair: given_network.figure(*pair) for pair in combinations(ACTORS, 2)}
    known = [figure.value for figure in figures.values() if figure.value is not None]
    shown = standing(given_network, ACTORS)
    most = {pair for pair, figure in figures.items() if known and figure.value == max(known)}
    lowest = {pair for pair, figure in figures.items() if known and figure.value == min(known)}
    assert {pair[:2] for pair in shown.most} == most
    assert {pair[:2] for pair in shown.least} == lowest - most
    assert shown.figured == len(known)
    shared = {pair: figure.n for pair, figure in figures.items()}
    assert shown.without == sum(n == 0 for n in shared.values())
    assert shown.too_few == sum(0 < n < least for n in shared.values())
    for pair in (*shown.most, *shown.least):
        heard = [
            issue
            for issue in ISSUES
            if all(any(one[:2] == (actor, issue) for one in found) for actor in pair[:2])
        ]
        assert pair.heard == len(heard)
        assert pair.figure.n <= pair.heard


def test_points_are_ranked_by_their_part_of_all_points():
    """Iran and Russia have 4 of 4, Russia and Turkey 5 of 6: more points, and less agreement."""
    held = {
        "iran": [100, 100, None],
        "russia": [100, 100, 100],
        "turkey": [100, 100, 0],
    }
    found = [
        Answer(actor, issue, str(value), value)
        for actor, row in held.items()
        for issue, value in zip(ISSUES, row, strict=True)
        if value is not None
    ]
    most = {pair[:2] for pair in standing(network(found, measure="points"), ACTORS).most}
    assert most == {("iran", "russia"), ("iran", "turkey")}


@pytest.mark.parametrize(
    ("held", "is_open"),
    [
        # All is known of all three: nothing is open.
        ({"iran": [100, 100], "russia": [100, 100], "turkey": [-100, 0]}, False),
        # Of the two that agree least, one could agree more than the other where Turkey is silent.
        ({"iran": [100, 100], "russia": [100, 0], "turkey": [-100, None]}, True),
    ],
)
def test_what_is_unknown_could_change_the_order_or_not(held, is_open):
    found = [
        Answer(actor, issue, str(value), value)
        for actor, row in held.items()
        for issue, value in zip(ISSUES[:2], row, strict=True)
        if value is not None
    ]
    agreement = Agreement(found, actors=list(held), issues=ISSUES[:2])
    shown = standing(Network(lambda: agreement, lambda: None), list(held))
    assert shown.is_open is is_open


def test_measures_of_statements_leave_nothing_open():
    found = [Answer(actor, "aid", "100", 100) for actor in ("iran", "russia")]
    shown = standing(network(found, measure="congruence"), ACTORS)
    assert (shown.is_open, shown.most[0].heard) == (False, 1)


ranked = st.lists(st.integers(0, 5), max_size=12).map(lambda found: sorted(found, reverse=True))


@given(ranked, st.integers(1, 4))
def test_ties_stay_together_and_nobody_is_at_both_ends(found, at_each):
    places = list(enumerate(found))
    first, last = ends(places, lambda one: Fraction(one[1]), at_each=at_each)
    assert first == places[: len(first)]
    assert last == places[::-1][: len(last)] or {*last} == {*places[len(places) - len(last) :]}
    assert not {value for _place, value in first} & {value for _place, value in last}
    inside = places[len(first) : len(places) - len(last)]
    chosen = {value for _place, value in (*first, *last)}
    assert all(value not in chosen for _place, value in inside)
    if inside:
        assert min(len(first), len(last)) >= at_each
    if len(set(found)) > 1:
        assert first
        assert last


@given(answers)
def test_who_is_near_an_actor_shares_enough_and_who_is_unknown_is_counted(found):
    agreement = Agreement(found, actors=ACTORS, issues=ISSUES)
    near = around(agreement, "russia", least=2, at_each=1)
    # Without what each holds it is the same.
    assert around(agreement.likeness(), "russia", least=2, at_each=1) == near
    others = {actor: agreement.score("russia", actor) for actor in ACTORS if actor != "russia"}
    enough = {actor: score.value for actor, score in others.items() if score.n >= 2}
    highest = max(enough.values(), default=None)
    assert {one.actor for one in near.nearest} >= {a for a, v in enough.items() if v == highest}
    assert {one.actor for one in (*near.nearest, *near.farthest)} == set(enough)
    assert near.unknown == len(others) - len(enough)
    short = around(agreement, "russia", least=2, at_each=1, named=1)
    assert short.nearest == near.nearest[:1]
    assert short.farthest == near.farthest[:1]
    assert short.more_near == max(0, len(near.nearest) - 1)
    assert short.more_far == max(0, len(near.farthest) - 1)
