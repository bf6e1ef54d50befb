"""Who moved when: against a search through every day."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from astana.comparison.timeline import moves
from tests.comparison import oracle
from tests.comparison.statements import FIRST_DAY, a_statement, statements

SECOND_DAY = FIRST_DAY + timedelta(days=1)


@given(statements(), st.booleans())
def test_moves_are_the_changes_from_one_day_to_the_next(spoken, first_hand_only):
    found = moves(spoken, first_hand_only=first_hand_only)
    assert [
        (move.day, move.actor, move.issue, move.before, move.after) for move in found
    ] == oracle.moves(spoken, first_hand_only=first_hand_only)


@given(st.data(), statements())
def test_the_order_of_the_input_is_irrelevant(data, spoken):
    assert moves(data.draw(st.permutations(spoken))) == moves(spoken)


@given(statements())
def test_a_move_rests_on_what_it_moves_to(spoken):
    for move in moves(spoken):
        assert move.after == tuple(sorted({one.stance for one in move.statements}))
        assert all(one.latest <= move.day for one in move.statements)


def test_saying_the_same_again_is_no_move():
    spoken = [a_statement(1), a_statement(2, said=SECOND_DAY)]
    assert [(move.before, move.after) for move in moves(spoken)] == [((), ("supports",))]


def test_a_second_hand_claim_moves_nobody_who_has_spoken():
    spoken = [
        a_statement(1),
        a_statement(2, stance="opposes", said=SECOND_DAY, is_first_hand=False),
    ]
    assert len(moves(spoken)) == 1


def test_an_actor_that_speaks_for_itself_moves_away_from_what_others_said():
    spoken = [
        a_statement(1, stance="opposes", is_first_hand=False),
        a_statement(2, said=SECOND_DAY),
    ]
    assert [move.after for move in moves(spoken)] == [("opposes",), ("supports",)]
    assert [move.after for move in moves(spoken, first_hand_only=True)] == [("supports",)]
