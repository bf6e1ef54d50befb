"""What is asked about before it is saved: what can hardly be, and nothing that may well be."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from astana.comparison.doubts import Kind, Term, Told, doubts_of

DAY = date(2017, 1, 24)
BEFORE, AFTER = date(2017, 1, 23), date(2017, 1, 25)


def kinds(**known) -> list[Kind]:
    return [doubt.kind for doubt in doubts_of(Told(**{"earliest": DAY, "latest": DAY} | known))]


def test_only_what_was_wholly_said_after_its_article_is_doubted():
    assert kinds(article=BEFORE) == [Kind.AFTER_ARTICLE]
    assert kinds(article=DAY) == kinds(article=AFTER) == kinds() == []
    assert kinds(earliest=date(2017, 1, 1), latest=date(2017, 1, 31), article=DAY) == []


def test_a_speaker_with_known_terms_speaks_within_one_of_them():
    assert kinds(roles=[Term(start=AFTER)]) == [Kind.OUT_OF_OFFICE]
    assert kinds(roles=[Term(end=BEFORE)]) == [Kind.OUT_OF_OFFICE]
    assert kinds(roles=[Term(end=BEFORE), Term(start=AFTER)]) == [Kind.OUT_OF_OFFICE]
    assert kinds(roles=[Term(end=BEFORE), Term(start=DAY)]) == []
    assert kinds(roles=[Term()], speaks_for_others=True) == []
    assert kinds(roles=[Term(start=AFTER)], latest=AFTER) == []


def test_a_speaker_is_doubted_who_is_known_for_others_alone():
    assert kinds(speaks_for_others=True) == [Kind.NEVER_SPOKE]
    assert kinds(speaks_for_others=True, speaks_for_it=True) == []
    assert kinds() == []


def test_words_of_ones_own_and_what_is_there_already_are_doubted():
    assert kinds(is_of_actor=True, same=["p004"]) == [Kind.OWN_WORDS, Kind.REPEATED]
    assert kinds(is_itself=True, is_of_actor=True) == [Kind.ITSELF]


days = st.dates(date(2017, 1, 1), date(2017, 1, 6))
terms = st.lists(st.builds(lambda one, two: Term(*sorted((one, two))), days, days), min_size=1)


@given(terms, days, days)
def test_a_term_is_met_where_one_of_the_days_is_within(roles, one, two):
    first, last = sorted((one, two))
    within = [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]
    met = any(role.start <= day <= role.end for role in roles for day in within)
    assert (kinds(earliest=first, latest=last, roles=roles) == []) == met


def test_a_doubt_is_another_one_when_what_makes_it_so_changes():
    told = Told(DAY, DAY, article=BEFORE, same=["p004", "p009"])
    words = [str(doubt) for doubt in doubts_of(told)]
    assert words == ["after-article:2017-01-23", "repeated:p004:p009"]
