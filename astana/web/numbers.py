"""Numbers as the language of the reader writes them, with their sign where it belongs."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language_bidi


def number(value: float, places: int) -> str:
    """Return a number with exactly so many places."""
    words = number_format(f"{abs(value):.{places}f}")
    return signed("−", words) if round(value, places) < 0 else words


def scale_value(value: Decimal) -> str:
    """Return the value of a stance with the sign of its side of the scale, such as “+0.7”."""
    words = number_format(f"{abs(float(value)):g}")
    return signed("+" if value > 0 else "−", words) if value else words


def signed(sign: str, words: str) -> str:
    """Return a number with its sign, set apart where words run leftwards: it stays before it."""
    return f"\u2066{sign}{words}\u2069" if get_language_bidi() else f"{sign}{words}"
