"""Marks and dates stand where they belong in a picture of time, and none meets another."""

from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.comparison.timeline import (
    LEFT,
    MARK_ROOM,
    RIGHT,
    TICK_ROOM,
    around,
    even_axis,
    places,
    ranked_axis,
    rows,
    ticks,
)

A_DAY = st.dates(date(1, 1, 1), date(9999, 12, 31))
NEAR = st.dates(date(2016, 12, 1), date(2017, 3, 1))
SPANS = st.lists(st.tuples(NEAR, NEAR).map(sorted).map(tuple), min_size=1, max_size=40)


def day(text: str) -> date:
    return date.fromisoformat(f"2017-{text}")


def axes(spans):
    """Return both axes for spans of days."""
    first, last = min(one for one, _ in spans), max(one for _, one in spans)
    days = [end for _start, end in spans]
    return even_axis(first, last), ranked_axis(days, first=first, last=last)


@given(SPANS)
def test_no_two_marks_and_no_two_spans_overlap_wide_or_narrow_on_either_axis(spans):
    for axis in axes(spans):
        found = places(spans, axis)
        for one, other in combinations(found, 2):
            for room, row in zip(MARK_ROOM, ("row", "narrow_row"), strict=True):
                if getattr(one, row) == getattr(other, row):
                    assert abs(one.x - other.x) >= room - 1e-9
                    assert one.end <= other.start or other.end <= one.start


@given(SPANS)
def test_no_more_rows_are_made_than_marks_that_meet_in_one_place(spans):
    boxes = [(float(start.toordinal()), end.toordinal() + 0.5) for start, end in spans]
    most = max(sum(start <= place < end for start, end in boxes) for place, _end in boxes)
    assert max(rows(boxes)) + 1 == most


@given(SPANS)
def test_time_runs_from_left_to_right_and_nothing_stands_outside(spans):
    for axis in axes(spans):
        days = sorted(one for span in spans for one in span)
        found = [axis.at(one) for one in days]
        assert found == sorted(found)
        assert all(LEFT <= x <= RIGHT for x in found)


def test_on_an_even_axis_every_day_is_as_wide_as_any_other():
    axis = even_axis(day("01-01"), day("01-25"))
    assert [axis.at(day(one)) for one in ("01-01", "01-07", "01-13", "01-25")] == [2, 26, 50, 98]


def test_a_crowded_week_gets_room_on_a_ranked_axis():
    days = [day("01-23"), day("01-24"), day("01-25")]
    axis = ranked_axis(days, first=day("01-01"), last=day("12-31"))
    assert [axis.at(one) for one in days] == [26, 50, 74]
    # Between two of its days it is even: 12 of the 22 days from the first to the second.
    assert axis.at(day("01-13")) == pytest.approx(2 + 24 * 12 / 22)
    assert axis.at(day("01-01")) == 2
    assert axis.at(day("12-31")) == 98


def test_a_day_outside_of_an_axis_stands_at_its_end():
    axis = even_axis(day("01-01"), day("01-31"))
    assert axis.at(date(2016, 1, 1)) == 2
    assert axis.at(date(2018, 1, 1)) == 98


def test_an_axis_of_one_day_has_it_in_the_middle():
    axis = even_axis(day("01-24"), day("01-24"))
    assert axis.at(day("01-24")) == 50
    assert [tick.said for tick in ticks(axis)] == ["2017-01-24"]


def test_marks_of_one_day_are_stacked_and_others_stay_in_the_first_row():
    axis = even_axis(day("01-01"), day("01-25"))
    same, other = (day("01-07"), day("01-07")), (day("01-19"), day("01-19"))
    assert [one.row for one in places([same, same, other, same], axis)] == [0, 1, 0, 2]


def test_marks_that_have_room_on_a_wide_screen_are_stacked_on_a_narrow_one():
    axis = even_axis(day("01-01"), day("01-25"))
    near = [(day("01-10"), day("01-10")), (day("01-11"), day("01-11"))]
    found = places(near, axis)
    assert [one.row for one in found] == [0, 0]
    assert [one.narrow_row for one in found] == [0, 1]


def test_a_mark_stands_in_the_middle_of_its_span_or_at_its_end_if_the_start_is_unknown():
    axis = even_axis(day("01-01"), day("01-25"))
    within, until = places([(day("01-07"), day("01-13")), (date.min, day("01-13"))], axis)
    assert (within.start, within.x, within.end) == (26, 38, 50)
    assert (until.start, until.x, until.end) == (2, 50, 50)
    assert (within.row, until.row) == (1, 0)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2017-01-20", "2017-01-24", [f"2017-01-{number}" for number in range(20, 25)]),
        ("2017-01-01", "2017-01-31", ["2017-01-02", "2017-01-09", "2017-01-16", "2017-01-23"]),
        ("2016-12-20", "2017-04-02", ["2016-12-26", "2017-01-09", "2017-01-23"]),
        ("2016-11-15", "2017-05-02", ["2016-12", "2017-01", "2017-02", "2017-03", "2017-04"]),
        ("2015-11-15", "2017-02-02", ["2016-01", "2016-04", "2016-07", "2016-10", "2017-01"]),
        ("2012-03-01", "2018-03-01", ["2013", "2014", "2015", "2016", "2017"]),
        ("0001-01-01", "9999-12-31", ["2000", "4000", "6000", "8000"]),
    ],
)
def test_ticks_are_days_weeks_months_or_years_as_far_as_there_is_room(first, last, said):
    found = ticks(even_axis(date.fromisoformat(first), date.fromisoformat(last)))
    assert [tick.said for tick in found][: len(said)] == said


def test_ticks_of_a_ranked_axis_are_its_own_days():
    days = [day("01-23"), day("01-24"), day("06-30")]
    found = ticks(ranked_axis(days, first=day("01-01"), last=day("12-31")))
    assert [tick.said for tick in found] == [
        "2017-01-01", "2017-01-23", "2017-01-24", "2017-06-30", "2017-12-31",
    ]  # fmt: skip
    # When narrow, the words of the second would meet those of the first.
    assert [tick.is_major for tick in found] == [True, False, True, False, True]


@given(A_DAY, A_DAY, st.lists(NEAR, max_size=30))
def test_every_axis_has_a_tick_and_no_two_meet_wide_or_narrow(one, other, days):
    first, last = sorted((one, other))
    for axis in (even_axis(first, last), ranked_axis(days, first=first, last=last)):
        found = ticks(axis)
        for shown, room in zip(
            (found, [tick for tick in found if tick.is_major]), TICK_ROOM, strict=True
        ):
            assert shown
            starts = [min(max(tick.x - room / 2, 0), 100 - room) for tick in shown]
            assert all(after - before >= room - 1e-9 for before, after in pairwise(starts))


@given(A_DAY, st.integers(0, 20))
def test_around_an_event_is_a_week_before_and_after_within_the_calendar(start, length):
    end = start + timedelta(days=min(length, (date.max - start).days))
    first, last = around(start, end)
    assert first == date.fromordinal(max(1, start.toordinal() - 7))
    assert last == date.fromordinal(min(date.max.toordinal(), end.toordinal() + 7))
