"""Where words are in a text, and whether what stands around them is what stood there."""

from collections.abc import Iterable
from unicodedata import category, combining

from astana.evidence.setting import Plain, same_words

# How many code points before and after a passage are remembered.
CONTEXT = 32

# A wording that is in this many places is ambiguous without looking further.
MANY_PLACES = 1_000

# Words around a passage that are at least so long are told apart from common turns of phrase.
LEAST_ECHO = 24


def places_in(words: str, text: str) -> list[int]:
    """Return where words are in a text, overlapping places too, up to `MANY_PLACES`."""
    places: list[int] = []
    at = text.find(words)
    while at >= 0 and len(places) < MANY_PLACES:
        places.append(at)
        at = text.find(words, at + 1)
    return places


def plain_places_in(words: str, plain: Plain) -> list[tuple[int, int]]:
    """Return where words are in a text set plainly, both without their setting."""
    words = same_words(words)
    ends = ((at, at + len(words)) for at in places_in(words, plain.words))
    return [place for place in ends if not plain.cuts(*place)]


def echoes_of(sides: Iterable[str], text: str) -> int:
    """Return how often words around a passage stand in a text, beside the one place at it."""
    known = [side for side in sides if len(side) >= LEAST_ECHO]
    return max((len(places_in(side, text)) - 1 for side in known), default=0)


def is_torn(
    prefix: str, suffix: str, *, start: int, end: int, text: str, knows_sides: bool = True
) -> bool:
    """Return whether a letter joins the first or last word of a place that none joined before.

    Where it is not known what stood around, no word is taken to have been cut in scripts that part
    words by spaces and have two cases.
    """
    words = text[start:end]
    before = text[start - 1 : start] if start else ""
    after = text[end : end + 1]
    if knows_sides:
        joins_before = _joins(before, words[0]) and not _joins(prefix[-1:], words[0])
        joins_after = _joins(words[-1], after) and not _joins(words[-1], suffix[:1])
    else:
        joins_before = _joins(before, words[0]) and category(words[0]) != "Lo"
        joins_after = _joins(words[-1], after) and category(after) != "Lo"
    return joins_before or joins_after


def _joins(first: str, second: str) -> bool:
    """Return whether two code points, or none, belong to one word."""
    return (
        bool(first and second)
        and (second.isalnum() or combining(second) > 0)
        and (first.isalnum() or combining(first) > 0)
    )


def sides_that_fit(prefix: str, suffix: str, *, start: int, end: int, text: str) -> int:
    """Return on how many sides, 0 to 2, a place has the words around it that the passage had.

    Their setting does not count, so that another line break changes nothing. A side without words
    (the passage began or ended its text) fits at the same edge of the text only.
    """
    reach = 4 * CONTEXT
    before = same_words(text[max(0, start - reach) : start])
    after = same_words(text[end : end + reach])
    prefix = same_words(prefix).lstrip()
    suffix = same_words(suffix).rstrip()
    fits_before = before.endswith(prefix) if prefix else start <= reach and not before.strip()
    fits_after = (
        after.startswith(suffix) if suffix else len(text) - end <= reach and not after.strip()
    )
    return int(fits_before) + int(fits_after)


def keeps_its_paragraph(before: str, old: int, text: str, now: int) -> bool:
    """Return whether the paragraph of a place begins and ends as the one of the place before."""
    edges = (_edges(before, old), _edges(text, now))
    return edges[0] == edges[1]


def _edges(text: str, at: int) -> tuple[str, str]:
    """Return how the paragraph of a place begins and ends, without its setting."""
    first, last = text.rfind("\n\n", 0, at), text.find("\n\n", at)
    paragraph = text[first + 1 : last if last >= 0 else len(text)].strip()
    return same_words(paragraph[:CONTEXT]), same_words(paragraph[-CONTEXT:])
