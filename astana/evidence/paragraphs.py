"""The numbered paragraphs of a text."""

import re
from bisect import bisect_right
from collections.abc import Sequence

# Two line ends with nothing but blanks between them. A carriage return before a line feed is never
# a line end of its own, or every CRLF would be a blank line.
_LINE_END = r"(?:\r\n|\r(?!\n)|\n)"
_BLANK_LINE = re.compile(rf"{_LINE_END}[^\S\r\n]*{_LINE_END}\s*")


def paragraphs_of(text: str) -> list[tuple[int, int]]:
    """Return the start and end of each paragraph in code points, `end` exclusive, in order.

    Paragraphs are separated by one or more blank lines; white space around them is left out.
    """
    edges = [0]
    for gap in _BLANK_LINE.finditer(text):
        edges += gap.span()
    edges.append(len(text))
    paragraphs = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        block = text[start:end]
        if words := block.strip():
            first = start + len(block) - len(block.lstrip())
            paragraphs.append((first, first + len(words)))
    return paragraphs


def paragraph_at(paragraphs: Sequence[Sequence[int]], start: int) -> int | None:
    """Return the number, counted from 1, of the paragraph that an offset lies in.

    `paragraphs` are pairs of start and end in order. None means that the offset lies in no
    paragraph: in a heading, in a footer or in the white space between.
    """
    number = bisect_right(paragraphs, start, key=lambda paragraph: paragraph[0])
    if number and start < paragraphs[number - 1][1]:
        return number
    return None


def paragraphs_touched(
    paragraphs: Sequence[Sequence[int]], start: int, end: int
) -> list[tuple[int, int, int | None]]:
    """Return start, end and number of each paragraph that a passage touches.

    A passage outside of all paragraphs stands for itself.
    """
    found: list[tuple[int, int, int | None]] = [
        (first, last, number)
        for number, (first, last) in enumerate(paragraphs, 1)
        if first < end and last > start
    ]
    return found or [(start, end, paragraph_at(paragraphs, start))]
