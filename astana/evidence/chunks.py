"""A paragraph cut so that each of its sentences can be chosen, and suggestions can be marked."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from astana.evidence.sentences import sentences_of

Place = tuple[int, int]


@dataclass(frozen=True)
class Hint:
    """A suggestion as the page shows it; `words` say what it is to those who do not see it."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Chunk:
    """Words of one sentence under the same highlights and suggestion.

    `start` counts code points of the text; `first` and `last` are the place of the whole sentence,
    and `is_link` marks one of its chunks, the first of the longest. `hint` is the suggestion over
    these words, and `ends_hint` tells that it ends with them.
    """

    start: int
    words: str
    first: int
    last: int
    is_chosen: bool
    hint: Hint | None
    ends_hint: bool
    is_link: bool = False

    @property
    def parts(self) -> list[str]:
        """The words between carriage returns: a page has to spell these out."""
        return self.words.split("\r")


def chunks_of(
    text: str, pieces: Sequence[Place], *, hints: Sequence[Hint], chosen: Place | None
) -> list[list[Chunk]]:
    """Return the pieces of a paragraph cut at sentences, hints and the chosen passage.

    The pieces follow each other. `hints` are in order and do not overlap; those elsewhere in the
    text do no harm.
    """
    start, end = pieces[0][0], pieces[-1][1]
    sentences = sentences_of(text, start, end) or [(start, end)]
    first = max(0, bisect_right(hints, start, key=lambda hint: hint.start) - 1)
    here = hints[first : bisect_right(hints, end - 1, key=lambda hint: hint.start)]
    edges = {sentence[0] for sentence in sentences} | set(chosen or ())
    edges |= {edge for hint in here for edge in (hint.start, hint.end)}
    found = []
    for begin, stop in pieces:
        cuts = sorted({begin, stop, *(edge for edge in edges if begin < edge < stop)})
        found.append([_chunk(text, cut, sentences, here, chosen) for cut in pairwise(cuts)])
    longest: dict[int, Chunk] = {}
    for chunk in chain(*found):
        if len(chunk.words) > len(longest.setdefault(chunk.first, chunk).words):
            longest[chunk.first] = chunk
    links = {chunk.start for chunk in longest.values()}
    return [[replace(one, is_link=one.start in links) for one in chunks] for chunks in found]


def _chunk(
    text: str,
    place: Place,
    sentences: Sequence[Place],
    hints: Sequence[Hint],
    chosen: Place | None,
) -> Chunk:
    start, end = place
    # The white space after a sentence is drawn with it.
    at = max(0, bisect_right(sentences, start, key=lambda sentence: sentence[0]) - 1)
    hint = next((one for one in hints if one.start <= start < one.end), None)
    return Chunk(
        start=start,
        words=text[start:end],
        first=sentences[at][0],
        last=sentences[at][1],
        is_chosen=bool(chosen and chosen[0] <= start < chosen[1]),
        hint=hint,
        ends_hint=bool(hint and hint.end == end),
    )
