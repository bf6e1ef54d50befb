"""Selectors of the Web Annotation Data Model: which words of a page are meant."""

from typing import Any

from astana.formats.placing import Words

_OF_TEXT = {"TextQuoteSelector", "TextPositionSelector", "RangeSelector", "FragmentSelector"}


def words_of(place: str, selectors: Any, role: str = "supports") -> tuple[Words | None, list[str]]:
    """Return the words that selectors name, and the kinds of selectors that are of no text.

    Browsers count places in UTF-16 units. The words win: a place counts only between places of the
    same words. Raises TypeError, KeyError or AttributeError for what are no selectors.
    """
    by_kind = {text_of(one["type"]): one for one in listed(selectors)}
    others = sorted(by_kind.keys() - _OF_TEXT)
    quote = by_kind.get("TextQuoteSelector")
    if not quote or not text_of(quote.get("exact")).strip():
        return None, others
    at = by_kind.get("TextPositionSelector") or {}
    start, end = at.get("start"), at.get("end")
    words = Words(
        place,
        exact=text_of(quote["exact"]),
        prefix=text_of(quote.get("prefix")),
        suffix=text_of(quote.get("suffix")),
        start=start if type(start) is int else None,
        end=end if type(end) is int else None,
        role=role,
        in_units=True,
    )
    return words, []


def listed(value: Any) -> list[Any]:
    """Return the things of which there may be none, one, or a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text_of(value: Any) -> str:
    """Return a text that may be missing; raises TypeError for anything else."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value
