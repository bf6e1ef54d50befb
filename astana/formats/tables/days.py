"""Days as people write them in tables."""

import re
from collections.abc import Iterable
from datetime import date

from astana.comparison.said import parse_said
from astana.formats.articles.days import day_in, is_one_day
from astana.formats.options import wrong_option

ORDERS = DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}.*", re.S)


def is_day(cell: str) -> bool:
    """Return whether a cell names a day."""
    cell = _CLOCK.sub("", cell)
    return bool(_NUMBERS.fullmatch(cell) or day_in(cell))


def order_of(cells: Iterable[str], chosen: str) -> str:
    """Return whether days or months come first, in numbers that could be either; else nothing.

    With full stops between them days come first. Raises Unreadable for what cannot be chosen.
    """
    if chosen:
        if chosen not in ORDERS:
            raise wrong_option("days", f"Choose one of: {', '.join(ORDERS)}.")
        return chosen
    found = [one for cell in cells if (one := _NUMBERS.fullmatch(_CLOCK.sub("", cell)))]
    if any(int(one[1]) > 12 for one in found):
        return DAY_FIRST
    return MONTH_FIRST if any(int(one[3]) > 12 for one in found) else ""


def read_day(cell: str, order: str) -> str | None:
    """Return a day in ISO 8601; nothing for what is none, None where two would fit."""
    cell = _CLOCK.sub("", cell)
    if not (found := _NUMBERS.fullmatch(cell)):
        # What is about a day, or about several, is none.
        return day_in(cell) if is_one_day(cell) else ""
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if not order and found[2] != "." and first != second:
        return None
    is_day_first = order == DAY_FIRST or found[2] == "."
    day, month = (first, second) if is_day_first else (second, first)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def is_said(cell: str) -> bool:
    """Return whether a cell is a date as Astana writes when something was said."""
    try:
        parse_said(cell)
    except ValueError:
        return False
    return bool(cell)
