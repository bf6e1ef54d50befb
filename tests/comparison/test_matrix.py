"""The headline rule, silence, two voices and bodies: against the oracle, and as properties."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from astana.comparison.matrix import headlines
from tests.comparison import oracle
from tests.comparison.matrices import SECOND_DAY, matrix
from tests.comparison.statements import (
    ACTORS,
    EVENTS,
    FIRST_DAY,
    ISSUES,
    OF_EVENTS,
    VALUES,
    a_statement,
    days,
    statements,
    statements_in_full,
    wholes,
)


def the_cell(*spoken, **options):
    return matrix(spoken, **options).cell("state", "cease-fire")


def stances(cell):
    return {voice.stance for voice in cell.voices}


def cells(found):
    return {(cell.actor, cell.issue, cell.event): cell for row in found.rows for cell in row.cells}


IN_FULL = {"issues": (*ISSUES, OF_EVENTS), "events": {OF_EVENTS: EVENTS}}


@given(statements_in_full(), days, st.booleans(), wholes)
def test_the_matrix_is_what_the_design_says(spoken, as_of, first_hand_only, parts):
    asked = {"as_of": as_of, "first_hand_only": first_hand_only}
    found = matrix(spoken, **asked, **IN_FULL, wholes=parts)
    for (actor, issue, event), cell in cells(found).items():
        bodies = tuple(body for body, of in parts.items() if actor in of and body != actor)
        expected = oracle.cell(
            spoken,
            actor,
            issue,
            as_of,
            first_hand_only=first_hand_only,
            bodies=bodies,
            event=event,
        )
        assert {voice.stance: voice.id for voice in cell.voices} == expected.stands_for
        assert sorted(one.id for one in cell.statements) == sorted(expected.rests_on)
        assert cell.value == expected.value
        assert cell.is_second_hand == expected.is_second_hand
        assert cell.is_two_voices == expected.is_two_voices
        assert cell.is_silent == (not expected.rests_on)


@given(statements_in_full(), days)
def test_every_event_of_which_something_is_said_has_a_row(spoken, as_of):
    rows = [row for row in matrix(spoken, as_of=as_of, **IN_FULL).rows if row.issue == OF_EVENTS]
    told = {one.event for one in spoken if one.issue == OF_EVENTS and one.latest <= as_of}
    assert [row.event for row in rows] == ([event for event in EVENTS if event in told] or [""])


def test_the_rows_of_an_issue_are_in_the_order_of_its_events():
    spoken = [a_statement(n, issue=OF_EVENTS, event=event) for n, event in enumerate(EVENTS)]
    asked = {"issues": [OF_EVENTS], "events": {OF_EVENTS: EVENTS[::-1]}}
    assert [row.event for row in matrix(spoken, **asked).rows] == list(EVENTS[::-1])


@given(statements_in_full(), days, st.sampled_from(sorted(VALUES)), st.sampled_from(ACTORS))
def test_a_later_event_never_changes_an_earlier_fact(spoken, as_of, stance, actor):
    later = a_statement(
        1_000, actor=actor, issue=OF_EVENTS, event=EVENTS[1], stance=stance, said=as_of
    )
    before = cells(matrix(spoken, as_of=as_of, **IN_FULL))
    after = cells(matrix([*spoken, later], as_of=as_of, **IN_FULL))
    for (who, issue, event), cell in before.items():
        if (issue, event) not in [(OF_EVENTS, EVENTS[1]), (OF_EVENTS, "")]:
            assert after[who, issue, event] == cell


@given(statements_in_full(), days, st.sampled_from(sorted(VALUES)), st.sampled_from(ACTORS))
def test_a_second_hand_report_never_changes_a_first_hand_cell(spoken, as_of, stance, actor):
    report = a_statement(
        1_000, actor=actor, issue=ISSUES[0], stance=stance, said=as_of, is_first_hand=False
    )
    before = cells(matrix(spoken, as_of=as_of, **IN_FULL))
    after = cells(matrix([*spoken, report], as_of=as_of, **IN_FULL))
    for place, cell in before.items():
        if any(one.is_first_hand for one in cell.voices):
            assert after[place] == cell


@given(st.data(), statements_in_full(), days, wholes)
def test_the_order_of_the_input_is_irrelevant(data, spoken, as_of, parts):
    asked = {"as_of": as_of, "wholes": parts} | IN_FULL
    assert matrix(spoken, **asked) == matrix(data.draw(st.permutations(spoken)), **asked)


@given(statements(), days)
def test_a_silent_actor_changes_no_other_cell(spoken, as_of):
    without = matrix(spoken, as_of=as_of)
    asked = matrix(spoken, actors=("silent", *ACTORS), as_of=as_of)
    assert cells(without).items() <= cells(asked).items()
    assert all(asked.cell("silent", issue).is_silent for issue in ISSUES)
    assert asked.heard == without.heard


@given(statements(), days, wholes)
def test_what_was_not_asked_for_changes_nothing(spoken, as_of, parts):
    asked = {"actors": ACTORS[2:], "issues": ISSUES[:1], "as_of": as_of, "wholes": parts}
    counted = {*ACTORS[2:], *(body for body, of in parts.items() if {*of} & {*ACTORS[2:]})}
    relevant = [one for one in spoken if one.actor in counted and one.issue == ISSUES[0]]
    assert matrix(spoken, **asked) == matrix(relevant, **asked)


@given(statements(), days, days, st.booleans())
def test_a_later_date_never_loses_a_later_first_hand_statement(spoken, one, other, first_hand_only):
    before = matrix(spoken, as_of=min(one, other), first_hand_only=first_hand_only)
    after = matrix(spoken, as_of=max(one, other), first_hand_only=first_hand_only)
    for place, cell in cells(before).items():
        if cell.is_silent:
            continue
        later = cells(after)[place]
        assert not later.is_silent
        if not cell.is_second_hand:
            assert not later.is_second_hand
        if cell.is_second_hand == later.is_second_hand:
            assert later.voices[0].recency >= cell.voices[0].recency


@given(statements(), days, wholes)
def test_first_hand_only_is_as_if_nobody_had_spoken_for_another(spoken, as_of, parts):
    found = matrix(spoken, as_of=as_of, wholes=parts, first_hand_only=True)
    firsts = [one for one in spoken if one.is_first_hand]
    assert found == matrix(firsts, as_of=as_of, wholes=parts)
    everything = matrix(spoken, as_of=as_of, wholes=parts)
    for place, cell in cells(found).items():
        assert {*cell.statements} <= {*cells(everything)[place].statements}


@given(statements(), days)
def test_an_older_statement_changes_nothing(spoken, as_of):
    found = matrix(spoken, as_of=as_of)
    for cell in cells(found).values():
        for shown in cell.voices:
            older = a_statement(
                1_000,
                actor=cell.actor,
                issue=cell.issue,
                stance="neither",
                said=shown.latest - timedelta(days=1),
                is_first_hand=shown.is_first_hand,
            )
            assert matrix([*spoken, older], as_of=as_of) == found


@given(statements(), days, wholes)
def test_two_voices_and_silence_have_no_value(spoken, as_of, parts):
    found = matrix(spoken, as_of=as_of, wholes=parts)
    for cell in cells(found).values():
        if cell.is_two_voices or cell.is_silent:
            assert cell.value is None
            assert cell.headline is None
    stated = [cell for cell in cells(found).values() if cell.statements]
    assert found.heard == len(stated)
    assert found.silent == len(ACTORS) * len(ISSUES) - len(stated)


@given(statements(), days, st.booleans(), st.booleans())
def test_leaving_issues_out_changes_no_cell(spoken, as_of, differing, talked_of):
    found = matrix(spoken, as_of=as_of)
    kept = found.only(differing=differing, spoken=talked_of)
    assert cells(kept).items() <= cells(found).items()
    for row in found.rows:
        taken = {stance for cell in row.cells for stance in stances(cell)}
        is_left_out = (differing and len(taken) < 2) or (talked_of and not taken)
        assert (row in kept.rows) == (not is_left_out)


def test_nothing_is_left_out_unless_asked_for():
    found = matrix([a_statement()])
    assert found.only() == found
    assert found.only(spoken=True) == replace(found, rows=found.rows[:1])


@given(statements(), days, st.booleans())
def test_what_a_matrix_shows_gives_the_same_matrix(spoken, as_of, first_hand_only):
    asked = {"as_of": as_of, "first_hand_only": first_hand_only}
    found = matrix(spoken, **asked)
    shown = [one for cell in cells(found).values() for one in cell.statements]
    assert matrix(shown, **asked) == found


def test_a_first_hand_statement_stands_before_a_newer_second_hand_one():
    cell = the_cell(
        a_statement(1, stance="supports"),
        a_statement(2, stance="opposes", said=SECOND_DAY, is_first_hand=False),
    )
    assert stances(cell) == {"supports"}
    assert not cell.is_second_hand


def test_second_hand_statements_count_unless_they_are_left_out():
    report = a_statement(1, is_first_hand=False)
    assert headlines([report], as_of=FIRST_DAY) == [report]
    assert headlines([report], as_of=FIRST_DAY, first_hand_only=True) == []


def test_a_matrix_is_of_the_actors_and_the_day_asked_for():
    found = matrix([], actors=("state", "army"), as_of=SECOND_DAY)
    assert (found.actors, found.as_of) == (("state", "army"), SECOND_DAY)


def test_a_second_hand_statement_stands_where_there_is_nothing_else_and_is_marked():
    cell = the_cell(a_statement(is_first_hand=False))
    assert cell.is_second_hand
    assert cell.value == 1
    assert the_cell(a_statement(is_first_hand=False), first_hand_only=True).is_silent


def test_nothing_counts_before_the_last_day_on_which_it_may_have_been_said():
    month = a_statement(said=date(2017, 1, 31), earliest=FIRST_DAY)
    assert the_cell(month, as_of=date(2017, 1, 30)).is_silent
    assert not the_cell(month, as_of=date(2017, 1, 31)).is_silent


def test_of_two_that_end_on_one_day_the_one_that_starts_later_is_newer():
    vague = a_statement(1, stance="opposes", said=SECOND_DAY, earliest=FIRST_DAY)
    exact = a_statement(2, stance="supports", said=SECOND_DAY)
    assert stances(the_cell(vague, exact)) == {"supports"}


def test_the_newest_of_one_day_with_different_stances_are_two_voices():
    cell = the_cell(a_statement(1, stance="supports"), a_statement(2, stance="opposes"))
    assert cell.is_two_voices
    assert stances(cell) == {"supports", "opposes"}
    assert cell.value is None


def test_saying_the_same_twice_on_one_day_is_one_voice_that_rests_on_both():
    cell = the_cell(a_statement(1), a_statement(2))
    assert not cell.is_two_voices
    assert [one.id for one in cell.statements] == [1, 2]


def test_a_body_that_contradicts_its_whole_makes_two_voices_even_with_older_words():
    spoken = (
        a_statement(1, actor="ministry", stance="opposes"),
        a_statement(2, actor="state", stance="supports", said=SECOND_DAY),
    )
    assert stances(the_cell(*spoken)) == {"supports"}
    cell = the_cell(*spoken, wholes={"ministry": ["state"]})
    assert [(voice.actor, voice.stance) for voice in cell.voices] == [
        ("state", "supports"),
        ("ministry", "opposes"),
    ]


def test_a_body_that_agrees_gives_the_newest_of_both():
    cell = the_cell(
        a_statement(1, actor="state"),
        a_statement(2, actor="ministry", said=SECOND_DAY),
        wholes={"ministry": ["state"]},
    )
    assert cell.headline.actor == "ministry"


def test_an_actor_named_as_its_own_body_counts_once():
    tied = (a_statement(1), a_statement(2))
    assert the_cell(*tied, wholes={"state": ["state"]}) == the_cell(*tied)


def test_silence_is_not_neutral():
    assert the_cell().value is None
    assert the_cell(a_statement(stance="neither")).value == 0


def test_declining_to_answer_is_off_the_scale_and_no_silence():
    cell = the_cell(a_statement(stance="declines"))
    assert cell.value is None
    assert not cell.is_silent


def test_a_row_differs_by_what_is_said_and_not_by_silence():
    agreed = [a_statement(1, actor="state"), a_statement(2, actor="rival")]
    assert not matrix(agreed).rows[0].differs
    assert matrix([*agreed, a_statement(3, actor="army", stance="declines")]).rows[0].differs


def test_the_points_of_a_row_are_its_values_on_the_scale():
    row = matrix(
        [
            a_statement(1, actor="state", stance="supports"),
            a_statement(2, actor="rival", stance="opposes"),
            a_statement(3, actor="rival", stance="declines"),
        ]
    ).rows[0]
    assert sorted(row.points) == [(-1, "rival"), (1, "state")]


def test_two_renderings_of_one_utterance_are_one_voice_that_of_the_fuller_one():
    fuller = a_statement(1, stance="supports")
    other = a_statement(2, stance="neither", same_as=1)
    assert the_cell(fuller, other).voices == (fuller,)
    # Without the fuller one, the other is all that is known.
    assert the_cell(other).voices == (other,)


def test_a_rendering_gives_way_where_the_fuller_one_has_the_older_date():
    """Linked by a coder as one utterance: its date is that of the fuller rendering."""
    fuller = a_statement(1, stance="supports", said=FIRST_DAY)
    other = a_statement(2, stance="neither", said=SECOND_DAY, same_as=1)
    assert the_cell(fuller, other).voices == (fuller,)


def test_a_person_holds_what_they_said_for_another():
    """The minister spoke for the state, and later for herself; the state holds the first alone."""
    spoken = [
        a_statement(1, actor="state", speaker="minister"),
        a_statement(2, actor="minister", stance="opposes", said=SECOND_DAY),
    ]
    found = matrix(spoken, actors=("state", "minister"))
    assert [voice.id for voice in found.cell("state", "cease-fire").voices] == [1]
    assert [voice.id for voice in found.cell("minister", "cease-fire").voices] == [2]
    earlier = matrix(spoken, actors=("state", "minister"), as_of=FIRST_DAY)
    assert earlier.cell("minister", "cease-fire").voices[0].actor == "state"


def test_what_others_say_of_the_actor_is_not_said_by_their_speaker():
    claim = a_statement(1, actor="state", speaker="envoy", is_first_hand=False)
    assert matrix([claim], actors=("envoy",)).cell("envoy", "cease-fire").is_silent


def test_a_boycott_later_leaves_what_was_reported_of_the_first_meeting():
    """The case of the demonstration dossier: face to face in January, stayed away in March."""
    january = a_statement(1, issue=OF_EVENTS, event="astana-1", stance="supports")
    march = a_statement(2, issue=OF_EVENTS, event="astana-2", stance="opposes", said=SECOND_DAY)
    found = matrix([january, march], **IN_FULL)
    assert found.cell("state", OF_EVENTS, "astana-1").voices == (january,)
    assert found.cell("state", OF_EVENTS, "astana-2").voices == (march,)
