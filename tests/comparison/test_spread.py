"""Marks of a spread lie where their values are, and none is hidden by another."""

from hypothesis import given
from hypothesis import strategies as st

from astana.comparison.scale import step
from astana.comparison.spread import MOST_MARKS, spread_marks
from astana.templatetags.shapes import shape

values = st.lists(st.one_of(st.none(), st.floats(-1, 1)), max_size=40)


@given(values)
def test_every_mark_is_inside_the_picture_and_on_its_side(given):
    for mark in spread_marks(given):
        assert 3 <= float(mark.x.removesuffix("%")) <= 97
        is_square = 'width="12"' in shape(mark.step)
        assert is_square == mark.step.startswith("minus")


@given(values)
def test_what_is_off_the_scale_has_no_mark(given):
    on_it = [value for value in given if value is not None]
    marks = spread_marks(given)
    assert len(marks) <= len(on_it)
    assert {mark.step for mark in marks} == {step(value) for value in on_it}
    if len(on_it) <= MOST_MARKS:
        assert len(marks) == len(on_it)


def test_equal_values_stand_side_by_side():
    places = [float(mark.x.removesuffix("%")) for mark in spread_marks([-1, -1, 0, 1, 1])]
    assert places == [5, 10, 50, 95, 90]
    assert len(spread_marks([0.5] * 100)) == MOST_MARKS
