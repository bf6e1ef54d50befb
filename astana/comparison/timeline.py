"""Days in, places out: where things stand in a picture of time, so that none covers another.

Across, all is in per cent of the picture's width. A picture is laid out twice, for a wide and for a
narrow screen: across nothing differs, but where there is less room more rows are needed.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

Box = tuple[float, float]

LEFT, RIGHT = 2.0, 98.0
# The room of a mark and of the words of a tick: 24 and about 75 of at least 700 pixels on a wide
# screen, of at least 286 on a narrow one.
MARK_ROOM = (3.5, 8.5)
TICK_ROOM = (11.0, 27.0)
# How far apart ticks may stand, from near to far: in days, months and years.
_DAYS, _MONTHS, _YEARS = (1, 2, 7, 14), (1, 3, 6), (1, 2, 5, 10, 25, 50, 100, 250, 500, 2000)
_MONDAY = date(1, 1, 1).toordinal()
_MARGIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Axis:
    """From days to places: straight from each of its days to the next one."""

    days: tuple[int, ...]
    places: tuple[float, ...]

    def at(self, day: date) -> float:
        """Return the place of a day; one outside stands at the end."""
        number = min(max(day.toordinal(), self.days[0]), self.days[-1])
        after = bisect_right(self.days, number)
        if after == len(self.days):
            return self.places[-1]
        share = (number - self.days[after - 1]) / (self.days[after] - self.days[after - 1])
        return self.places[after - 1] + share * (self.places[after] - self.places[after - 1])


@dataclass(frozen=True, slots=True)
class Tick:
    """A date on an axis: a day, a month or a year as EDTF; `is_major`: it has room when narrow."""

    x: float
    said: str
    is_major: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mark stands, and the span of the days it may belong to; rows count from 0."""

    x: float
    start: float
    end: float
    row: int
    narrow_row: int


def even_axis(first: date, last: date) -> Axis:
    """Return an axis on which every day is as wide as any other."""
    return _axis([first.toordinal(), last.toordinal()])


def ranked_axis(days: Iterable[date], *, first: date, last: date) -> Axis:
    """Return an axis on which every step from one of these days to the next is as wide as any."""
    inside = {day.toordinal() for day in days if first <= day <= last}
    return _axis([first.toordinal(), *inside, last.toordinal()])


def _axis(days: Iterable[int]) -> Axis:
    ranked = sorted(set(days))
    if len(ranked) == 1:
        return Axis((ranked[0],), (50.0,))
    step = (RIGHT - LEFT) / (len(ranked) - 1)
    return Axis(tuple(ranked), tuple(LEFT + number * step for number in range(len(ranked))))


def places(spans: Sequence[tuple[date, date]], axis: Axis) -> list[Place]:
    """Return the place of a mark for each span of days (first, last), in their order.

    A mark stands in the middle of its span; where its first day is before the axis, at its last
    day. Neither marks nor spans of one row meet.
    """
    drawn = []
    for first, last in spans:
        start, end = axis.at(first), axis.at(last)
        is_cut = first.toordinal() < axis.days[0]
        drawn.append((end if is_cut else (start + end) / 2, start, end))
    wide, narrow = (rows([_box(*one, room=room) for one in drawn]) for room in MARK_ROOM)
    return [
        Place(x, start, end, row, narrow_row)
        for (x, start, end), row, narrow_row in zip(drawn, wide, narrow, strict=True)
    ]


def _box(x: float, start: float, end: float, *, room: float) -> Box:
    return min(start, x - room / 2), max(end, x + room / 2)


def rows(boxes: Sequence[Box]) -> list[int]:
    """Return the row of each box (start, end); none meets another of its row.

    From left to right each takes the first row that is free: there are as few as can be.
    """
    found = [0] * len(boxes)
    ends: list[float] = []
    for number in sorted(range(len(boxes)), key=lambda number: (boxes[number][0], number)):
        start, end = boxes[number]
        free = (row for row, taken in enumerate(ends) if taken <= start)
        row = next(free, len(ends))
        ends[row : row + 1] = [end]
        found[number] = row
    return found


def ticks(axis: Axis) -> list[Tick]:
    """Return the dates to name on an axis, as many as have room.

    An even axis has the first days of weeks, months or years; any other one days of its own.
    """
    days, unit = _even_days(axis) if len(axis.days) <= 2 else (axis.days, "")
    named = [(axis.at(date.fromordinal(day)), day) for day in days]
    named = _with_room(named, room=TICK_ROOM[0])
    major = {day for _x, day in _with_room(named, room=TICK_ROOM[1])}
    return [
        Tick(x, date.fromordinal(day).isoformat()[: _LENGTH.get(unit, 10)], day in major)
        for x, day in named
    ]


_LENGTH = {"month": len("2017-01"), "year": len("2017")}


def _with_room(named: Iterable[tuple[float, int]], *, room: float) -> list[tuple[float, int]]:
    """Return those, from left to right, whose words do not meet the last ones that had room.

    Words are centred, and at both ends of the picture moved into it.
    """
    found, taken = [], 0.0
    for x, day in named:
        start = min(max(x - room / 2, 0.0), 100 - room)
        if start >= taken:
            found.append((x, day))
            taken = start + room
    return found


def _even_days(axis: Axis) -> tuple[list[int], str]:
    """Return the nearest even steps that leave room for words, as days, and their unit."""
    first, last = axis.days[0], axis.days[-1]
    a_day = (RIGHT - LEFT) / max(1, last - first)
    for step in _DAYS:
        if step * a_day >= TICK_ROOM[0]:
            start = first + (_MONDAY - first) % 7 if step >= 7 else first
            return list(range(start, last + 1, step)), ""
    for months in _MONTHS:
        if 28 * months * a_day >= TICK_ROOM[0]:
            return list(_starts(first, last, months=months)), "month"
    for years in _YEARS[:-1]:
        if 365 * years * a_day >= TICK_ROOM[0]:
            return list(_starts(first, last, months=12 * years)), "year"
    return list(_starts(first, last, months=12 * _YEARS[-1])), "year"


def _starts(first: int, last: int, *, months: int) -> Iterator[int]:
    """Yield the first days of every so many months within two days, counted from the year 0."""
    start, end = date.fromordinal(first), date.fromordinal(last)
    month = -(-(start.year * 12 + start.month - 1) // months) * months
    while month <= end.year * 12 + end.month - 1:
        day = date(month // 12, month % 12 + 1, 1).toordinal()
        if first <= day <= last:
            yield day
        month += months


def around(start: date, end: date) -> tuple[date, date]:
    """Return the days to look at for what happened around an event: a week before and after it."""
    return (
        start - _MARGIN if start - date.min >= _MARGIN else date.min,
        end + _MARGIN if date.max - end >= _MARGIN else date.max,
    )
