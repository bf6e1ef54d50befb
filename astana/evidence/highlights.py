"""Lay passages over the paragraphs of a text. All offsets count Unicode code points."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Span:
    """A passage to highlight: from `start` to `end`, `end` exclusive."""

    id: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of a block over which the same passages lie, none of them or several.

    `spans` are ids in the order the passages were given. `begins` and `ends` are those of them
    whose first or last highlighted words these are.
    """

    words: str
    spans: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with its number, counted from 1, or words between paragraphs without one."""

    number: int | None
    start: int
    end: int
    segments: tuple[Segment, ...]


def lay_out(
    text: str, *, paragraphs: Sequence[Sequence[int]], spans: Sequence[Span]
) -> list[Block]:
    """Return the text as blocks in order, each cut where a passage begins or ends.

    `paragraphs` are pairs of start and end in order that do not overlap. What stands before,
    between and after them, such as a heading or a footer, comes as blocks without a number; white
    space around such words is left out. Passages may overlap, nest, be equal and cross blocks. The
    segments of a block joined are its words. Raises ValueError for a passage outside the text and
    for paragraphs that overlap or are out of order.
    """
    for span in spans:
        if not 0 <= span.start < span.end <= len(text):
            raise ValueError(f"{span.start} to {span.end} is no passage of this text.")
    blocks = _blocks(text, paragraphs)
    pieces = [_cut(start, end, spans) for _number, start, end in blocks]
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for block_pieces in pieces:
        for start, _end, ids in block_pieces:
            for one in ids:
                first.setdefault(one, start)
                last[one] = start
    return [
        Block(
            number,
            block_start,
            block_end,
            tuple(
                Segment(
                    text[start:end],
                    ids,
                    tuple(one for one in ids if first[one] == start),
                    tuple(one for one in ids if last[one] == start),
                )
                for start, end, ids in block_pieces
            ),
        )
        for (number, block_start, block_end), block_pieces in zip(blocks, pieces, strict=True)
    ]


def _blocks(text: str, paragraphs: Sequence[Sequence[int]]) -> list[tuple[int | None, int, int]]:
    """Return number, start and end of the paragraphs and of the words around them."""
    blocks: list[tuple[int | None, int, int]] = []
    at = 0
    for number, (start, end) in enumerate([*paragraphs, (len(text), len(text))], 1):
        if not at <= start <= end <= len(text):
            raise ValueError(f"Paragraph {number} overlaps another or lies outside the text.")
        between = text[at:start]
        if words := between.strip():
            first = at + len(between) - len(between.lstrip())
            blocks.append((None, first, first + len(words)))
        if start < end:
            blocks.append((number, start, end))
        at = end
    return blocks


def _cut(start: int, end: int, spans: Sequence[Span]) -> list[tuple[int, int, tuple[int, ...]]]:
    """Return the pieces of a block, each with the ids of the passages that lie over it."""
    here = [span for span in spans if span.start < end and span.end > start]
    edges = {start, end}
    for span in here:
        edges |= {max(start, span.start), min(end, span.end)}
    cuts = sorted(edges)
    return [
        (left, right, tuple(span.id for span in here if span.start <= left and span.end >= right))
        for left, right in pairwise(cuts)
    ]
