"""What happened to a cell: named for what it is, and a move only where an actor moved."""

from dataclasses import replace
from datetime import timedelta
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.comparison.change import Kind, between, steps
from astana.comparison.matrix import build_matrix
from astana.comparison.said import UNKNOWN_START
from tests.comparison import oracle
from tests.comparison.statements import FIRST_DAY, OF_EVENTS, a_statement, days, statements_in_full

SECOND_DAY, THIRD_DAY, FOURTH_DAY = (FIRST_DAY + timedelta(days=n) for n in (1, 2, 3))


def moves(spoken, **options):
    return [step for step in steps(spoken, **options) if step.kind is Kind.MOVED]


def kinds(*spoken):
    return [step.kind.value for step in steps(spoken)]


@given(statements_in_full(), st.booleans())
def test_moves_are_those_that_a_search_through_every_day_finds(spoken, first_hand_only):
    # Whoever speaks for another has no cell here.
    spoken = [replace(one, speaker="") for one in spoken]
    found = moves(spoken, first_hand_only=first_hand_only)
    assert [
        (one.day, one.actor, one.issue, one.event, one.before[0].stance, one.after[0].stance)
        for one in found
    ] == oracle.moves(spoken, first_hand_only=first_hand_only)


@given(st.data(), statements_in_full())
def test_the_order_of_the_input_is_irrelevant(data, spoken):
    assert steps(data.draw(st.permutations(spoken))) == steps(spoken)


@given(statements_in_full(), statements_in_full(most=1))
def test_a_disputed_report_never_makes_a_move(spoken, report):
    disputed = [replace(one, id=1_000, is_disputed=True, same_as=None) for one in report]
    assert moves([*spoken, *disputed]) == moves(spoken)


@given(statements_in_full(), statements_in_full(most=1))
def test_a_second_hand_report_makes_no_move_and_undoes_none(spoken, report):
    second_hand = [replace(one, id=1_000, is_first_hand=False, same_as=None) for one in report]
    assert moves([*spoken, *second_hand]) == moves(spoken)


@given(statements_in_full())
def test_a_move_has_two_firm_ends_on_different_days(spoken):
    for move in moves(spoken):
        [before], [after] = move.before, move.after
        for end in (before, after):
            assert end.is_first_hand
            assert not end.is_disputed
        assert before.stance != after.stance
        assert before.latest < after.earliest


@given(statements_in_full())
def test_each_step_begins_with_what_the_one_before_it_left(spoken):
    """But for disputed reports, which are steps aside."""
    firm = [step for step in steps(spoken) if step.kind is not Kind.DISPUTED]
    firm.sort(key=lambda step: (step.actor, step.issue, step.event))
    for _cell, of_cell in groupby(firm, key=lambda step: (step.actor, step.issue, step.event)):
        left = None
        for step in of_cell:
            stances = {one.stance for one in step.before}
            assert stances == (left or set())
            left = {one.stance for one in step.after}


@given(statements_in_full(), days)
def test_the_steps_since_a_day_are_those_of_all_days(spoken, day):
    assert steps(spoken, since=day) == [step for step in steps(spoken) if step.day >= day]


@given(statements_in_full(), days)
def test_a_step_rests_on_what_had_been_said_by_its_day(spoken, day):
    for step in steps([one for one in spoken if one.latest <= day]):
        assert step.after
        assert all(one.latest <= step.day <= day for one in step.after)


def test_a_disputed_report_between_two_statements_of_one_stance_moves_nobody():
    """As p009 of the demonstration dossier: the next day the minister says he was twisted."""
    spoken = [
        a_statement(1, stance="supports"),
        a_statement(2, stance="opposes", said=SECOND_DAY, is_disputed=True),
        a_statement(3, stance="supports", said=THIRD_DAY),
    ]
    assert kinds(*spoken) == ["first-heard", "disputed"]


def test_a_move_with_a_disputed_report_in_between_is_still_a_move():
    spoken = [
        a_statement(1, stance="supports"),
        a_statement(2, stance="neither", said=SECOND_DAY, is_disputed=True),
        a_statement(3, stance="opposes", said=THIRD_DAY),
    ]
    assert kinds(*spoken) == ["first-heard", "disputed", "moved"]
    [move] = moves(spoken)
    assert (move.before[0].id, move.after[0].id) == (1, 3)


@pytest.mark.parametrize(
    ("second", "kind"),
    [
        ({"stance": "opposes"}, "moved"),
        ({"stance": "opposes", "earliest": FIRST_DAY}, "reported-differently"),
        ({"stance": "opposes", "earliest": UNKNOWN_START}, "reported-differently"),
        ({"condition": "Only if the others do."}, "condition-changed"),
        (
            {"condition": "Only if the others do.", "earliest": FIRST_DAY},
            "reported-differently",
        ),
    ],
)
def test_a_step_between_two_first_hand_statements_is_named_for_what_it_is(second, kind):
    assert kinds(a_statement(1), a_statement(2, said=SECOND_DAY, **second)) == [
        "first-heard",
        kind,
    ]


def test_saying_the_same_again_is_no_step():
    assert kinds(a_statement(1), a_statement(2, said=SECOND_DAY)) == ["first-heard"]


def test_a_report_without_the_condition_does_not_lift_it():
    conditional = a_statement(1, condition="Only if the others do.")
    assert kinds(conditional, a_statement(2, said=SECOND_DAY)) == ["first-heard"]


def test_a_second_hand_claim_is_no_step_of_one_who_has_spoken():
    claim = a_statement(2, stance="opposes", said=SECOND_DAY, is_first_hand=False)
    assert kinds(a_statement(1), claim) == ["first-heard"]


def test_who_speaks_after_others_spoke_of_them_is_heard_or_reported_differently():
    claim = a_statement(1, is_first_hand=False)
    assert kinds(claim, a_statement(2, said=SECOND_DAY)) == ["first-heard", "now-first-hand"]
    assert kinds(claim, a_statement(2, stance="opposes", said=SECOND_DAY)) == [
        "first-heard",
        "reported-differently",
    ]


def test_two_voices_open_and_close():
    spoken = [
        a_statement(1),
        a_statement(2, said=SECOND_DAY),
        a_statement(3, stance="opposes", said=SECOND_DAY),
        a_statement(4, stance="opposes", said=THIRD_DAY),
    ]
    assert kinds(*spoken) == ["first-heard", "two-voices", "one-voice"]


def test_two_renderings_of_one_utterance_open_no_two_voices():
    spoken = [
        a_statement(1),
        a_statement(2, stance="opposes", said=SECOND_DAY),
        a_statement(3, stance="neither", said=SECOND_DAY, same_as=2),
    ]
    assert kinds(*spoken) == ["first-heard", "moved"]


def test_another_event_is_another_cell():
    spoken = [
        a_statement(1, issue="direct-talks", event="astana-1"),
        a_statement(2, issue="direct-talks", event="astana-2", stance="opposes", said=SECOND_DAY),
    ]
    assert kinds(*spoken) == ["first-heard", "first-heard"]


def test_what_a_person_said_for_several_is_one_history_of_that_person():
    spoken = [
        a_statement(1, actor="state", speaker="envoy"),
        a_statement(2, actor="ministry", speaker="envoy", stance="opposes", said=SECOND_DAY),
    ]
    assert [step.kind.value for step in steps(spoken, whose="envoy")] == ["first-heard", "moved"]


# Between two days.


def _kind_between(*said) -> Kind | None:
    """Return what happened to the cell of these statements from the second day to the fourth."""
    asked = {"actors": ["state"], "issues": ["cease-fire"]}
    before, after = (
        build_matrix(said, as_of=day, **asked).rows[0].cells[0] for day in (SECOND_DAY, FOURTH_DAY)
    )
    step = between(before, after, since=SECOND_DAY)
    return step.kind if step else None


FIRST = a_statement(1, stance="supports", said=FIRST_DAY)
LAST = a_statement(3, stance="opposes", said=FOURTH_DAY)


def test_between_two_days_a_cell_has_moved_only_with_two_firm_ends():
    assert _kind_between(FIRST) is None
    assert _kind_between(FIRST, a_statement(2, stance="supports", said=THIRD_DAY)) is None
    assert _kind_between(FIRST, LAST) is Kind.MOVED
    assert _kind_between(LAST) is Kind.FIRST_HEARD
    report = replace(LAST, is_first_hand=False)
    assert _kind_between(replace(FIRST, is_first_hand=False), report) is Kind.REPORTED_DIFFERENTLY


def test_who_moved_and_moved_back_has_not_moved_between_the_days():
    there = a_statement(2, stance="opposes", said=THIRD_DAY)
    assert _kind_between(FIRST, there, a_statement(3, said=FOURTH_DAY)) is None


@pytest.mark.parametrize("change", [{"stance": "opposes"}, {"condition": "If the others do."}])
def test_what_may_have_been_said_by_the_first_day_is_no_move_since(change):
    """It is one all the same: when, nobody knows."""
    first = a_statement(1, said=FIRST_DAY - timedelta(days=9))
    span = a_statement(3, said=FOURTH_DAY, earliest=SECOND_DAY, **change)

    assert _kind_between(first, span) is Kind.REPORTED_DIFFERENTLY
    after = replace(span, earliest=THIRD_DAY)
    assert _kind_between(first, after) in (Kind.MOVED, Kind.CONDITION_CHANGED)
    assert "reported-differently" not in kinds(first, span)


def test_a_disputed_report_at_either_end_is_no_move():
    assert _kind_between(FIRST, replace(LAST, is_disputed=True)) is Kind.DISPUTED
    assert _kind_between(replace(FIRST, is_disputed=True), LAST) is Kind.REPORTED_DIFFERENTLY
    assert _kind_between(replace(FIRST, is_disputed=True)) is None


def test_a_step_between_two_days_names_its_cell_its_day_and_what_stood():
    said = [replace(one, issue=OF_EVENTS, event="astana-1") for one in (FIRST, LAST)]
    asked = {"actors": ["state"], "issues": [OF_EVENTS], "events": {OF_EVENTS: ["astana-1"]}}
    before, after = (
        build_matrix(said, as_of=day, **asked).rows[0].cells[0] for day in (SECOND_DAY, FOURTH_DAY)
    )
    step = between(before, after, since=SECOND_DAY)
    assert (step.actor, step.issue, step.event) == ("state", OF_EVENTS, "astana-1")
    assert (step.day, step.kind) == (FOURTH_DAY, Kind.MOVED)
    assert [[one.id for one in shown] for shown in (step.before, step.after)] == [[1], [3]]


def test_first_hand_only_a_second_hand_report_is_no_step():
    report = replace(FIRST, is_first_hand=False)
    assert [step.kind for step in steps([report])] == [Kind.FIRST_HEARD]
    for one in (report, replace(report, is_disputed=True)):
        assert steps([one], first_hand_only=True) == []


def test_two_voices_that_say_the_same_again_are_no_step():
    said = [
        a_statement(2 * at + place, stance=stance, said=day)
        for at, day in enumerate((FIRST_DAY, THIRD_DAY))
        for place, stance in enumerate(("supports", "opposes"))
    ]
    assert kinds(*said) == [Kind.FIRST_HEARD.value]
