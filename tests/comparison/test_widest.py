"""Which rows of a matrix lie apart, and how far."""

from datetime import date

from astana.comparison.matrix import widest_first
from tests.comparison.matrices import SECOND_DAY, matrix
from tests.comparison.statements import (
    FIRST_DAY,
    a_statement,
)


def widest(*spoken, as_of: date = SECOND_DAY) -> list[str]:
    issues = sorted({statement.issue for statement in spoken})
    found = matrix(spoken, actors=("army", "rival", "state"), issues=issues, as_of=as_of)
    return [row.issue for row in widest_first(found)]


def test_the_widest_spread_comes_first_then_the_most_stances():
    taken = {
        "near": ("supports", "neither"),
        "far": ("supports", "opposes"),
        "far-and-many": ("supports", "opposes", "opposes"),
        "one": ("supports",),
        "agreed": ("supports", "supports", "supports"),
    }
    spoken = [
        a_statement(number, actor=actor, issue=issue, stance=stance)
        for issue, stances in taken.items()
        for number, (actor, stance) in enumerate(
            zip(("army", "rival", "state"), stances, strict=False), 10 * len(issue)
        )
    ]
    assert widest(*spoken) == ["far-and-many", "far", "near"]


def test_how_far_rows_lie_apart_does_not_depend_on_the_side():
    spoken = [
        a_statement(1, actor="army", issue="against", stance="opposes"),
        a_statement(2, actor="rival", issue="against", stance="neither"),
        a_statement(3, actor="army", issue="both", stance="supports"),
        a_statement(4, actor="rival", issue="both", stance="opposes"),
    ]
    assert widest(*spoken) == ["both", "against"]


def test_nothing_lies_apart_before_it_was_said():
    spoken = [
        a_statement(1, actor="army", stance="supports", said=FIRST_DAY),
        a_statement(2, actor="rival", stance="opposes", said=SECOND_DAY),
    ]
    assert widest(*spoken, as_of=FIRST_DAY) == []
    assert widest(*spoken) == ["cease-fire"]


def test_a_stance_off_the_scale_is_far_from_nothing():
    spoken = [
        a_statement(1, actor="army", stance="supports"),
        a_statement(2, actor="rival", stance="declines"),
    ]
    assert widest(*spoken) == []
