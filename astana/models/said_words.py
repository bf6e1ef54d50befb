"""The days of a statement in words, no more precise than they are."""

from calendar import monthrange
from datetime import date, datetime
from functools import lru_cache

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from astana.comparison.said import UNKNOWN_START

_MONTH, _DAY = len("2017-01"), len("2017-01-24")


def said_words(earliest: date, latest: date, said: str = "") -> str:
    """Return such words as “24 Jan 2017”, “23–24 Jan 2017”, “Jan – Mar 2017” or “by 2017”.

    `said` is the EDTF date as it was recorded. Where only the days are known, they are told as the
    longest units that mean them.
    """
    return _said_words(said or _in_longest_units(earliest, latest), get_language())


def days_words(first: date, last: date) -> str:
    """Return the days from one to another in words, such as “23–24 Jan 2017”."""
    return _said_words(f"{first.isoformat()}/{last.isoformat()}", get_language())


def day_words(day: date) -> str:
    """Return one day in words, such as “24 Jan 2017”."""
    return _day_words(day, get_language())


def as_of_words(day: date) -> str:
    """Return the words for what had been said by a day, such as “As of 24 Jan 2017”."""
    # Translators: `day` is a day, such as “24 Jan 2017”.
    return _("As of %(day)s") % {"day": day_words(day)}


def no_date() -> str:
    """Return what is said of a date that is none."""
    return _(
        "This is not a date. Write a day (2017-01-09), a month (2017-01), a year (2016), "
        "an interval (2017-01-23/2017-01-24) or one with an open start (../2017-01-12)."
    )


def recorded_words(moment: datetime) -> str:
    """Return the words for what leaves out what was published here after a moment."""
    moment = localtime(moment)
    return _("as recorded here by %(day)s, %(time)s %(zone)s") % {
        "day": day_words(moment.date()),
        "time": f"{moment:%H:%M:%S}",
        "zone": _zone(moment),
    }


@lru_cache(maxsize=8192)
def _day_words(day: date, language: str | None) -> str:
    return date_format(day, "j M Y")


@lru_cache(maxsize=8192)
def _said_words(said: str, language: str | None) -> str:
    start, _slash, end = said.rpartition("/")
    if start == "..":
        return _("by %(day)s") % {"day": _unit_words(end)}
    if start in ("", end):
        return _unit_words(end)
    if len(start) == len(end) == len("2017"):
        return f"{_unit_words(start)}–{_unit_words(end)}"
    if len(start) == len(end) == _DAY and start[:_MONTH] == end[:_MONTH]:
        return f"{int(start[8:])}–{_unit_words(end)}"
    has_same_year = len(start) == len(end) and start[:4] == end[:4]
    first = _short_words(start, with_year=not has_same_year)
    return f"{first} – {_short_words(end, with_year=True)}"


def _unit_words(unit: str) -> str:
    """Return a day, a month or a year that stands alone in words."""
    if len(unit) == _MONTH:
        return f"{MONTHS[int(unit[5:])]} {int(unit[:4])}"
    return _short_words(unit, with_year=True)


def _short_words(unit: str, *, with_year: bool) -> str:
    """Return a day, a month or a year in words that are short enough for an interval."""
    if len(unit) == _DAY and with_year:
        return day_words(date.fromisoformat(unit))
    words = [str(int(unit[8:]))] if len(unit) == _DAY else []
    words += [str(MONTHS_3[int(unit[5:7])]).title()] if len(unit) >= _MONTH else []
    return " ".join([*words, *([str(int(unit[:4]))] if with_year else [])])


def _in_longest_units(earliest: date, latest: date) -> str:
    """Return the EDTF date of the longest units that mean the days from one to another."""
    start, end = earliest.isoformat(), latest.isoformat()
    is_open = earliest == UNKNOWN_START
    if earliest == latest:
        return end
    if end.endswith("12-31") and (is_open or start.endswith("01-01")):
        start, end = start[:4], end[:4]
    elif latest.day == monthrange(latest.year, latest.month)[1] and (is_open or earliest.day == 1):
        start, end = start[:_MONTH], end[:_MONTH]
    if is_open:
        return f"../{end}"
    return end if start == end else f"{start}/{end}"


def _zone(moment: datetime) -> str:
    """Return how far the clock of a moment is from UTC, such as “UTC+06:00”."""
    return "UTC" if not moment.utcoffset() else f"UTC{moment.isoformat(timespec='minutes')[16:]}"
