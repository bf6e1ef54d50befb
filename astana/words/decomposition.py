"""Letters taken apart into base letters and marks, in time that grows with the text alone."""

import re
import unicodedata
from functools import cache

# Unicode's own limit ("Stream-Safe Text Format", UAX #15): no language needs so many on a letter.
_MOST_MARKS = 30
_JOINER = "\u034f"  # itself a mark, without a look or an order
_FIRST_MARK, _LAST_MARK = 0x300, 0x1EFFF


@cache
def _too_many() -> re.Pattern[str]:
    """Return what finds so many marks in a row: Unicode sorts a row, step by step."""
    marks = (
        chr(code)
        for code in range(_FIRST_MARK, _LAST_MARK + 1)
        if unicodedata.combining(unicodedata.normalize("NFKD", chr(code))[0])
    )
    return re.compile(rf"[{''.join(marks)}]{{{_MOST_MARKS}}}")


def decomposed(text: str) -> str:
    """Return a text in the form NFKD, whose rows of marks are parted where they are endless.

    `unicodedata.normalize` alone takes time with the square of the marks in a row.
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFKD", _too_many().sub(rf"\g<0>{_JOINER}", text))


def folded(text: str) -> str:
    """Return a text in the form NFKD without a difference of upper and lower case."""
    return decomposed(decomposed(text).casefold())
