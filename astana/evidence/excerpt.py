"""The words of a passage with some of the paragraph around them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words before, the passage itself, words after; "…" stands where words were left out."""

    before: str
    exact: str
    after: str


def excerpt_of(
    text: str,
    *,
    start: int,
    end: int,
    paragraphs: Sequence[Sequence[int]] = (),
    around: int = 220,
) -> Excerpt:
    """Return a passage of a text with at most `around` code points of its paragraphs on each side.

    `start` and `end` are code point offsets, `end` exclusive; `paragraphs` are `[start, end]`
    pairs. Words are not cut. Raises ValueError where the passage lies outside the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError("The passage lies outside the text.")
    first = max((a for a, b in paragraphs if a <= start < b), default=start)
    last = min((b for a, b in paragraphs if a < end <= b), default=end)
    before, after = text[first:start], text[end:last]
    if len(before) > around:
        before = "… " + before[-around:].partition(" ")[2]
    if len(after) > around:
        after = after[:around].rpartition(" ")[0] + " …"
    return Excerpt(before, text[start:end], after)
