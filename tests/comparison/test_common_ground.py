"""Common ground counts who spoke, never who was silent."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from astana.comparison.common_ground import (
    grounds,
    most_accepted_first,
    most_contested_first,
    spoken_on,
    tallies,
)
from astana.comparison.matrix import build_matrix
from astana.comparison.statement import Statement

DAY = date(2017, 1, 24)
ACTORS = ["a", "b", "c", "d"]
ISSUES = ["one", "two", "three"]


def takes(actor: str, issue: str, value: float | None, *, number: int = 1) -> Statement:
    return Statement(
        id=number,
        actor=actor,
        issue=issue,
        stance=f"stance {value}",
        value=value,
        earliest=DAY,
        latest=DAY,
        is_first_hand=True,
    )


def found(*statements: Statement):
    return grounds(build_matrix(statements, actors=ACTORS, issues=ISSUES, as_of=DAY))


def tallied(*statements: Statement, nominal: tuple[str, ...] = ()):
    answers = [
        (one.actor, one.issue, one.stance, None if one.value is None else round(one.value * 100))
        for one in statements
    ]
    return tallies(answers, issues=ISSUES, nominal=nominal)


def test_silence_is_on_no_side():
    ground = found(takes("a", "one", 1))[0]
    assert [cell.actor for cell in ground.plus] == ["a"]
    assert [cell.actor for cell in ground.silent] == ["b", "c", "d"]
    assert ground.spoken == 1


def test_two_voices_and_off_the_scale_are_on_no_side():
    ground = found(
        takes("a", "one", 1), takes("a", "one", -1, number=2), takes("b", "one", None, number=3)
    )[0]
    assert ground.spoken == 0
    assert [cell.actor for cell in ground.two_voices] == ["a"]
    assert [cell.actor for cell in ground.off_scale] == ["b"]


def test_who_speaks_with_two_voices_speaks_on_an_issue_and_who_is_silent_does_not():
    ground = found(
        takes("a", "one", 1), takes("a", "one", -1, number=2), takes("b", "two", 1, number=3)
    )
    assert [one.issue for one in spoken_on(ground)] == ["one", "two"]


def test_the_widest_accepted_comes_first():
    statements = [
        takes("a", "one", 1, number=1),
        takes("b", "one", -1, number=2),
        takes("a", "two", -0.4, number=3),
        takes("b", "two", -1, number=4),
        takes("c", "two", -0.2, number=5),
    ]
    assert [one.issue for one in most_accepted_first(tallied(*statements))] == ["two", "one"]


def test_of_two_as_widely_accepted_the_one_that_fewer_oppose_comes_first():
    statements = [
        takes("a", "one", 1, number=1),
        takes("b", "one", 1, number=2),
        takes("c", "one", -1, number=3),
        takes("a", "two", 1, number=4),
        takes("b", "two", 1, number=5),
    ]
    assert [one.issue for one in most_accepted_first(tallied(*statements))] == ["two", "one"]


def test_of_two_as_distant_the_one_that_is_held_more_evenly_comes_first():
    statements = [
        takes(actor, issue, value, number=number)
        for number, (actor, issue, value) in enumerate(
            [
                ("a", "one", 1), ("b", "one", -1), ("c", "one", 1), ("d", "one", 1),
                ("a", "two", 1), ("b", "two", -1), ("c", "two", 1), ("d", "two", -1),
            ],
            start=1,
        )
    ]  # fmt: skip
    assert [one.issue for one in most_contested_first(tallied(*statements))] == ["two", "one"]


def test_of_two_as_contested_the_one_on_which_more_have_spoken_comes_first():
    statements = [
        takes("a", "one", 1, number=1),
        takes("b", "one", -1, number=2),
        takes("a", "two", 1, number=3),
        takes("b", "two", -1, number=4),
        takes("c", "two", 0, number=5),
    ]
    assert [one.issue for one in most_contested_first(tallied(*statements))] == ["two", "one"]


def test_one_voice_is_no_common_ground():
    assert most_accepted_first(tallied(takes("a", "one", 1))) == []


def test_the_most_distant_is_the_most_contested():
    statements = [
        takes("a", "one", 0.2, number=1),
        takes("b", "one", -0.2, number=2),
        takes("a", "two", 1, number=3),
        takes("b", "two", -1, number=4),
        takes("a", "three", 1, number=5),
        takes("b", "three", 0.2, number=6),
    ]
    assert [one.issue for one in most_contested_first(tallied(*statements))] == ["two", "one"]


STATEMENTS = st.lists(
    st.builds(
        takes,
        st.sampled_from(ACTORS),
        st.sampled_from(ISSUES),
        st.sampled_from([None, -1, -0.5, 0, 0.5, 1]),
        number=st.integers(1, 99),
    ),
    max_size=20,
    unique_by=lambda statement: statement.id,
)


@given(STATEMENTS)
def test_every_actor_is_in_exactly_one_group(statements):
    for ground in found(*statements):
        groups = [
            *ground.plus, *ground.minus, *ground.between,
            *ground.off_scale, *ground.two_voices, *ground.silent,
        ]  # fmt: skip
        assert sorted(cell.actor for cell in groups) == ACTORS


@given(STATEMENTS, st.sets(st.sampled_from(ISSUES)))
def test_a_tally_has_the_numbers_of_the_cells(statements, nominal):
    matrix = build_matrix(statements, actors=ACTORS, issues=ISSUES, as_of=DAY)
    for ground, tally in zip(
        grounds(matrix, nominal=nominal), tallied(*statements, nominal=tuple(nominal)), strict=True
    ):
        values = [cell.value for cell in ground.plus + ground.minus + ground.between]
        assert tally.issue == ground.issue
        assert tally.wider == len(ground.wider)
        assert tally.narrower == len(ground.narrower)
        assert tally.spoken == ground.spoken
        assert tally.distance == (100 * (max(values) - min(values)) if values else 0)


def test_what_a_person_said_for_another_counts_with_that_one_only_where_both_are_compared():
    said = takes("a", "one", 1)
    said = replace(said, speaker="b")
    both = grounds(build_matrix([said], actors=["a", "b"], issues=["one"], as_of=DAY))[0]
    assert [cell.actor for cell in both.plus] == ["a"]
    assert [cell.actor for cell in both.for_others] == ["b"]
    alone = grounds(build_matrix([said], actors=["b", "c"], issues=["one"], as_of=DAY))[0]
    assert [cell.actor for cell in alone.plus] == ["b"]
