"""When something was said: EDTF dates (ISO 8601-2), never more precise than the source."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from edtf import EDTFParseException, parse_edtf

# The first day of an interval that is open towards the past (`../2017-01-12`). It sorts before
# every real day in every database, which NULL does not.
UNKNOWN_START = date(1, 1, 1)

_SHAPE = re.compile(
    r"(?:(?:\.\.|\d{4}(?:-\d{2}(?:-\d{2})?)?)/)?\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Said:
    """The days within which something was said, both inclusive."""

    earliest: date
    latest: date


def parse_said(text: str) -> Said:
    """Return the earliest and latest day of an EDTF date.

    Understood are a day, a month, a year, an interval of these, and an interval with an open
    start (`2017-01-09`, `2017-01`, `2016`, `2017-01-23/2017-01-24`, `../2017-01-12`). An open end
    is refused, as nothing can count as said by a date without a last day. Raises ValueError with
    a message for people.
    """
    if not _SHAPE.fullmatch(text):
        raise ValueError(
            f"“{text[:40]}” is not a date. Write a day (2017-01-09), a month (2017-01), a year "
            "(2016), an interval (2017-01-23/2017-01-24) or one with an open start (../2017-01-12)."
        )
    start, _, end = text.rpartition("/")
    latest = _days(end)[1]
    if start == "..":
        return Said(UNKNOWN_START, latest)
    earliest = _days(start or end)[0]
    if earliest > latest:
        raise ValueError(f"“{text}” ends before it starts. Put the earlier date first.")
    return Said(earliest, latest)


@lru_cache(maxsize=4096)
def _days(part: str) -> tuple[date, date]:
    """Return the first and last day of one EDTF date that is not an interval."""
    try:
        # EDTF writes seasons and quarters as the months 21 to 41.
        if part[5:7] > "12":
            raise ValueError
        parsed = parse_edtf(part)
        first, last = parsed.lower_strict(), parsed.upper_strict()
        return date(*first[:3]), date(*last[:3])
    except (EDTFParseException, ValueError) as error:
        raise ValueError(f"“{part}” is not a date in the calendar.") from error
