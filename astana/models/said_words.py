"""The days of a statement in words, no more precise than they are."""

from calendar import monthrange
from datetime import date
from functools import lru_cache

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from astana.comparison.said import UNKNOWN_START


def said_words(earliest: date, latest: date) -> str:
    """Return such words as “24 Jan 2017”, “23–24 Jan 2017”, “Jan 2017” or “by 12 Jan 2017”."""
    return _said_words(earliest, latest, get_language())


def day_words(day: date) -> str:
    """Return one day in words, such as “24 Jan 2017”."""
    return _day_words(day, get_language())


@lru_cache(maxsize=8192)
def _day_words(day: date, language: str | None) -> str:
    return date_format(day, "j M Y")


@lru_cache(maxsize=8192)
def _said_words(earliest: date, latest: date, language: str | None) -> str:
    if earliest == UNKNOWN_START:
        return _("by %(day)s") % {"day": day_words(latest)}
    if earliest == latest:
        return day_words(latest)
    if (earliest.month, earliest.day, latest.month, latest.day) == (1, 1, 12, 31):
        if earliest.year == latest.year:
            return str(latest.year)
        return f"{earliest.year}–{latest.year}"
    if _is_whole_month(earliest, latest):
        return f"{MONTHS[latest.month]} {latest.year}"
    if (earliest.year, earliest.month) == (latest.year, latest.month):
        return f"{earliest.day}–{day_words(latest)}"
    if earliest.year == latest.year:
        return f"{earliest.day} {str(MONTHS_3[earliest.month]).title()} – {day_words(latest)}"
    return f"{day_words(earliest)} – {day_words(latest)}"


def _is_whole_month(earliest: date, latest: date) -> bool:
    same = (earliest.year, earliest.month) == (latest.year, latest.month)
    return same and earliest.day == 1 and latest.day == monthrange(latest.year, latest.month)[1]
