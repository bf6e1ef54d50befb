"""Figures of agreement in words, with the number of issues that they rest on."""

from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astana.comparison.standing import FEW


def shared_words(n: int, heard: int) -> str:
    """Return on how many issues a figure rests, of how many on which both actors are heard.

    It is said where these are few.
    """
    # Translators: follows a figure; %(n)s issues have one, on %(heard)s both actors are heard.
    words = ngettext(
        "on %(n)s of the %(heard)s issue on which both are heard",
        "on %(n)s of the %(heard)s issues on which both are heard",
        heard,
    ) % {"n": n, "heard": heard}
    # Translators: %(words)s is “on 2 of the 3 issues on which both are heard”.
    return _("%(words)s, which is few") % {"words": words} if n < FEW else words


def issue_words(n: int) -> str:
    """Return how many issues, in words."""
    return ngettext("%(n)s issue", "%(n)s issues", n) % {"n": n}


def decimal(value: Fraction, places: int) -> str:
    """Return a figure with at most so many places; with two, as it is written in a table."""
    hundreds = 10**places
    # Halves go away from zero, as they are rounded at school; the figure is exact until here.
    whole = (abs(value) * hundreds + Fraction(1, 2)) // 1
    words = f"{Decimal(whole) / hundreds:.{places}f}"
    keeps_zeros = places in (0, 2)
    words = number_format(words if keeps_zeros else words.rstrip("0").rstrip("."))
    return f"−{words}" if value < 0 and whole else words
