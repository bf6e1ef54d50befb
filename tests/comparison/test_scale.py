"""The five steps of the scale."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.comparison.scale import step

STEPS = ["minus-2", "minus-1", "zero", "plus-1", "plus-2"]
values = st.floats(-1, 1)


@pytest.mark.parametrize(
    ("value", "drawn"),
    [
        (-1, "minus-2"),
        (-0.51, "minus-2"),
        (-0.5, "minus-1"),
        (-0.01, "minus-1"),
        (0, "zero"),
        (0.01, "plus-1"),
        (0.5, "plus-1"),
        (0.51, "plus-2"),
        (1, "plus-2"),
    ],
)
def test_a_value_is_drawn_as_its_step(value, drawn):
    assert step(value) == drawn


def test_what_is_off_the_scale_is_not_drawn_in_its_middle():
    assert step(None) == "off"


@given(values, values)
def test_a_higher_value_is_never_drawn_lower(one, other):
    assert STEPS.index(step(min(one, other))) <= STEPS.index(step(max(one, other)))


@given(values)
def test_both_sides_are_drawn_alike(value):
    assert STEPS.index(step(value)) == len(STEPS) - 1 - STEPS.index(step(-value))
