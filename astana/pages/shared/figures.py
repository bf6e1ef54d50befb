"""Figures of agreement in words, with the number of issues that they rest on."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from astana.comparison.standing import FEW
from astana.web.numbers import signed


def shared_words(n: int, heard: int) -> str:
    """Return on how many issues a figure rests, of how many on which both actors are heard.

    It is said where these are few.
    """
    words = ngettext(
        # Translators: follows a figure; %(n)s issues have one, on %(heard)s both actors are heard.
        "on %(n)s of the %(heard)s issue on which both are heard",
        "on %(n)s of the %(heard)s issues on which both are heard",
        heard,
    ) % {"n": n, "heard": heard}
    # Translators: %(words)s is “on 2 of the 3 issues on which both are heard”.
    return _("%(words)s, which is few") % {"words": words} if n < FEW else words


def issue_words(n: int) -> str:
    """Return how many issues, in words."""
    return ngettext("%(n)s issue", "%(n)s issues", n) % {"n": n}


def decimal(value: Fraction, places: int, language: str | None = None) -> str:
    """Return a figure with at most so many places; with two, as it is written in a table.

    Where there are very many, `language` is that of the reader, asked for once.
    """
    above, below = abs(value.numerator) * 10**places, value.denominator
    # Halves go away from zero, as they are rounded at school; the figure is exact until here.
    whole = (2 * above + below) // (2 * below)
    words = _written(whole, places, language or get_language())
    return signed("−", words) if value < 0 and whole else words


@lru_cache(maxsize=4096)
def _written(whole: int, places: int, language: str | None) -> str:
    words = f"{Decimal(whole) / 10**places:.{places}f}"
    keeps_zeros = places in (0, 2)
    return number_format(words if keeps_zeros else words.rstrip("0").rstrip("."))
