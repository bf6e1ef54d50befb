"""Days as lists and archives write them, in the languages of their accounts."""

import re
from datetime import date
from functools import cache

from babel.dates import get_day_names, get_month_names

from astana.formats.articles.languages import LANGUAGES
from astana.intake.about import day_of

_YEAR_FIRST = re.compile(r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b")
# Not the last of several days, as those of a weekly.
_DAY_FIRST = re.compile(
    r"(?<!\d[-–])"
    r"\b(\d{1,2})(?:\.|er|st|nd|rd|th|º)?\s+(?:de\s+)?([^\W\d]+)\.?,?\s+(?:de\s+)?(\d{4})\b",
    re.I,
)
_MONTH_FIRST = re.compile(r"\b([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b", re.I)
_WORD = re.compile(r"[^\W\d]+")
# What stands between the parts of a day, or behind it, in one of the languages.
_BESIDE = frozenset(["de", "del", "er", "st", "nd", "rd", "th", "º", "of", "the", "at"])


@cache
def _months() -> dict[str, int]:
    return {
        name.rstrip(".").casefold(): number
        for language in LANGUAGES
        for names in (
            get_month_names("wide", "format", language),
            get_month_names("wide", "stand-alone", language),
            get_month_names("abbreviated", "format", language),
            get_month_names("abbreviated", "stand-alone", language),
        )
        for number, name in names.items()
    }


@cache
def _weekdays() -> dict[str, int]:
    # Short ones are left out: some are also those of months.
    return {
        name.partition("-")[0].casefold(): number
        for language in LANGUAGES
        for number, name in get_day_names("wide", "format", language).items()
    }


@cache
def _any_weekday() -> frozenset[str]:
    return frozenset(
        part
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for name in get_day_names(width, "format", language).values()
        for part in _WORD.findall(name.casefold())
    )


def day_in(words: str) -> str:
    """Return the day that words begin with or name, in ISO 8601; empty if there is none.

    Days in numbers alone are read only where the year comes first.
    """
    if found := _YEAR_FIRST.match(words):
        year, month, day = map(int, found.groups())
        return _iso(year, month, day)
    for found in _DAY_FIRST.finditer(words):
        if month := _months().get(found[2].casefold(), 0):
            return _iso(int(found[3]), month, int(found[1]))
    for found in _MONTH_FIRST.finditer(words):
        if month := _months().get(found[1].casefold(), 0):
            return _iso(int(found[3]), month, int(found[2]))
    return day_of(words.strip())


def is_one_day(words: str) -> bool:
    """Return whether words name a day and say nothing else, such as “about”, “until” or “to 26”."""
    told = {word.casefold() for word in _WORD.findall(words)}
    months = told & _months().keys()
    numbers = re.findall(r"\d+", words)
    is_alone = len(numbers) == (2 if months else 3) or words.strip().isdecimal()
    return is_alone and "?" not in words and told <= months | _BESIDE | _any_weekday()


def names_a_month(words: str) -> bool:
    """Return whether words name a day, or a month of a year."""
    is_of_year = re.search(r"\b\d{4}\b", words) is not None
    months = any(word.casefold() in _months() for word in _WORD.findall(words))
    return bool(day_in(words)) or (is_of_year and months)


def has_other_weekday(words: str, day: str) -> bool:
    """Return whether words name a day of the week that the day was not."""
    named = {_weekdays().get(word.casefold(), -1) for word in _WORD.findall(words)} - {-1}
    return bool(named) and date.fromisoformat(day).weekday() not in named


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
