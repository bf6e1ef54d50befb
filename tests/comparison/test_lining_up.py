"""Lining up codings: by passage, then issue, then actor; nothing twice and nothing lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from astana.comparison.coders import percent
from astana.comparison.lining_up import Coding, compared, line_up, points, stances
from tests.comparison.codings import a_coding


def _ids(codings, **options) -> list[set[int]]:
    return [{coding.id for coding in unit.codings} for unit in line_up(codings, **options)]


def test_the_same_passage_meets_and_another_does_not():
    held = [
        a_coding(1, at=(0, 10)),
        a_coding(2, at=(50, 60)),
        a_coding(3, coder="bob", at=(2, 12)),
        a_coding(4, coder="bob", at=(80, 90)),
    ]
    assert _ids(held) == [{1, 3}, {2}, {4}]


def test_who_recorded_nothing_is_missing():
    units = line_up([a_coding(1), a_coding(2, coder="bob")], coders=["ann", "bob", "cyd"])
    assert [unit.missing for unit in units] == [("cyd",)]
    assert [coding.coder for coding in units[0].codings] == ["ann", "bob"]
    assert line_up([], coders=["ann", "bob"]) == ()


def test_on_one_passage_the_same_issue_meets_first():
    held = [
        a_coding(1, issue="cease-fire"),
        a_coding(2, issue="guarantors"),
        a_coding(3, coder="bob", issue="guarantors"),
        a_coding(4, coder="bob", issue="cease-fire"),
    ]
    assert _ids(held) == [{1, 4}, {2, 3}]


def test_on_one_passage_and_issue_the_same_actor_meets_first():
    held = [
        a_coding(1, actor="russia"),
        a_coding(2, actor="iran"),
        a_coding(3, coder="bob", actor="iran", at=(1, 10)),
        a_coding(4, coder="bob", actor="russia", at=(0, 9)),
    ]
    assert _ids(held) == [{1, 4}, {2, 3}]


def test_the_passage_comes_before_the_issue():
    """The tail of a passage with the same issue does not take the passage's own partner."""
    held = [
        a_coding(1, at=(0, 20), issue="cease-fire"),
        a_coding(2, coder="bob", at=(0, 19), issue="guarantors"),
        a_coding(3, coder="bob", at=(19, 40), issue="cease-fire"),
    ]
    assert _ids(held) == [{1, 2}, {3}]


def test_exactly_half_of_the_shorter_passage_is_the_passage():
    held = [
        a_coding(1, at=(0, 20), issue="cease-fire"),
        a_coding(2, coder="bob", at=(10, 30), issue="guarantors"),
        a_coding(3, coder="bob", at=(11, 40), issue="cease-fire"),
    ]
    assert _ids(held) == [{1, 2}, {3}]


def test_the_issue_comes_before_the_actor():
    held = [
        a_coding(1, issue="cease-fire", actor="russia"),
        a_coding(2, coder="bob", issue="guarantors", actor="russia"),
        a_coding(3, coder="bob", issue="cease-fire", actor="iran"),
    ]
    assert _ids(held) == [{1, 3}, {2}]


def test_the_actor_comes_before_the_larger_share():
    held = [
        a_coding(1, at=(0, 20), actor="russia"),
        a_coding(2, coder="bob", at=(0, 20), actor="iran"),
        a_coding(3, coder="bob", at=(0, 12), actor="russia"),
    ]
    assert sorted(map(sorted, _ids(held))) == [[1, 3], [2]]


def test_what_shares_more_meets_first():
    held = [
        a_coding(1, at=(0, 20)),
        a_coding(2, coder="bob", at=(0, 12)),
        a_coding(3, coder="bob", at=(0, 18)),
    ]
    assert sorted(map(sorted, _ids(held))) == [[1, 3], [2]]


def test_a_share_is_of_what_either_covers():
    held = [
        a_coding(1, at=(0, 20)),
        a_coding(2, coder="bob", at=(0, 10)),
        a_coding(3, coder="bob", at=(9, 40)),
    ]
    assert sorted(map(sorted, _ids(held))) == [[1, 2], [3]]


def test_of_equal_pairs_the_earlier_in_the_text_meets_first():
    held = [
        a_coding(1, at=(10, 20)),
        a_coding(2, coder="bob", at=(15, 25)),
        a_coding(3, coder="bob", at=(5, 15)),
    ]
    assert sorted(map(sorted, _ids(held))) == [[1, 3], [2]]


def test_a_sentence_meets_the_paragraph_that_holds_it():
    held = [a_coding(1, at=(0, 100)), a_coding(2, coder="bob", at=(40, 50))]
    assert _ids(held) == [{1, 2}]


def test_different_issues_and_actors_on_one_passage_still_meet():
    held = [a_coding(1), a_coding(2, coder="bob", issue="guarantors", actor="iran")]
    assert _ids(held) == [{1, 2}]


def test_several_passages_count_together():
    held = [
        a_coding(1, spans=((0, 10), (40, 50))),
        a_coding(2, coder="bob", spans=((0, 4), (44, 60)), issue="guarantors"),
        a_coding(3, coder="bob", spans=((0, 10), (40, 51)), issue="guarantors"),
    ]
    assert _ids(held) == [{2}, {1, 3}]


def test_every_two_codings_of_a_unit_share_a_passage():
    held = [
        a_coding(1, at=(0, 10)),
        a_coding(2, coder="bob", at=(5, 25)),
        a_coding(3, coder="cyd", at=(20, 30)),
    ]
    assert _ids(held) == [{1, 2}, {3}]
    assert _ids([*held[:2], a_coding(3, coder="cyd", at=(0, 25))]) == [{1, 2, 3}]


def test_a_coding_without_a_passage_is_a_unit_of_its_own():
    assert _ids([a_coding(1, at=None), a_coding(2, coder="bob", at=None)]) == [{1}, {2}]


def test_two_articles_two_codings_of_one_id_and_empty_passages_are_refused():
    with pytest.raises(ValueError, match="one article"):
        line_up([a_coding(1), a_coding(2, article="two")])
    with pytest.raises(ValueError, match="same id"):
        line_up([a_coding(1), a_coding(1, coder="bob")])
    with pytest.raises(ValueError, match="from 5 to 5"):
        a_coding(1, at=(5, 5))


@st.composite
def lists_of_codings(draw) -> list[Coding]:
    found = []
    for number in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, 12))
        found.append(
            a_coding(
                number,
                coder=draw(st.sampled_from(("ann", "bob", "cyd"))),
                at=(start, start + draw(st.integers(1, 8))),
                issue=draw(st.sampled_from(("cease-fire", "guarantors"))),
                actor=draw(st.sampled_from(("russia", "iran"))),
            )
        )
    return found


@settings(max_examples=60, deadline=None)
@given(lists_of_codings(), st.randoms(use_true_random=False))
def test_each_coding_is_in_one_unit_and_each_coder_at_most_once(held, random):
    units = line_up(held)
    assert sorted(coding.id for unit in units for coding in unit.codings) == [
        coding.id for coding in held
    ]
    everybody = sorted({coding.coder for coding in held})
    for unit in units:
        coders = [coding.coder for coding in unit.codings]
        assert sorted([*coders, *unit.missing]) == everybody
        assert all(
            points(one.spans) & points(other.spans)
            for one in unit.codings
            for other in unit.codings
        )
    assert line_up(random.sample(held, len(held))) == units


def test_units_become_what_coders_chose_and_stances_given_the_issue():
    units = line_up(
        [
            a_coding(1, value=1.0),
            a_coding(2, coder="bob", stance="opposes", value=-1.0),
            a_coding(3, at=(50, 60), value=1.0),
            a_coding(4, coder="bob", at=(50, 60), issue="guarantors", actor="iran", value=1.0),
        ]
    )
    issues = compared(units, lambda coding: coding.issue)
    actors = compared(units, lambda coding: coding.actor)
    assert [coded.value for coded in issues] == ["cease-fire"] * 3 + ["guarantors"]
    assert [coded.value for coded in actors] == ["russia"] * 3 + ["iran"]
    who = [(coding.coder, unit) for unit in units for coding in unit.codings]
    for coded in (issues, actors):
        assert [(one.coder, one.unit) for one in coded] == who
    said = stances(units)
    assert [(coded.value, coded.number, coded.stratum) for coded in said] == [
        ("supports", 1.0, "cease-fire"),
        ("opposes", -1.0, "cease-fire"),
        ("supports", 1.0, "cease-fire"),
        ("supports", 1.0, "guarantors"),
    ]
    # Stances on different issues are never compared: the second passage is two units.
    assert [len(coded.unit.codings) for coded in said] == [2, 2, 1, 1]
    assert percent(said, resamples=0).n == 1


def test_who_chose_another_issue_takes_nothing_from_those_who_chose_the_same():
    """Three coders of one passage, and the third sees another issue in it."""
    two = [a_coding(1, value=0.5), a_coding(2, coder="bob", value=0.5)]
    third = a_coding(3, coder="cyd", issue="guarantors", value=-1.0)

    def of_two(codings):
        coded = [one for one in stances(line_up(codings)) if one.coder != "cyd"]
        return [(one.coder, one.value, one.number, one.stratum) for one in coded]

    assert of_two([*two, third]) == of_two(two)
    assert percent(stances(line_up([*two, third])), resamples=0).agreeing[0].codings == tuple(two)
