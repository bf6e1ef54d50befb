"""A text laid out for coding: its sentences, what was coded already, and what could be."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from astana.evidence.sentences import sentences_of
from astana.evidence.suggestions import Suggestion, suggestions_in
from astana.models import Actor, ActorName, Dossier, Position, Rendition, User
from astana.pages.shared.reading import Piece, Reading, Row

# Suggestions in longer texts would keep their coder waiting.
LONGEST_SUGGESTED = 100_000


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
    and `is_link` marks one of its chunks, the longest. `hint` is the suggestion over these words,
    and `ends_hint` tells that it ends with them.
    """

    start: int
    words: str
    first: int
    last: int
    is_link: bool
    is_chosen: bool
    hint: Hint | None
    ends_hint: bool

    @property
    def html(self) -> SafeString:
        """The words for a page; a browser leaves out a carriage return that is not spelled out."""
        return format_html_join(
            SafeString("&#13;"), "{}", ((part,) for part in self.words.split("\r"))
        )


@dataclass(frozen=True)
class CodingRow:
    """A paragraph with its pieces, each cut into chunks."""

    row: Row
    pieces: list[tuple[Piece, list[Chunk]]]


def suggestions_for(rendition: Rendition, *, dossier: Dossier, user: User) -> list[Suggestion]:
    """Return the passages of a text that look like statements; two queries.

    They come from the words of the text and the names of actors, and from nobody's codings.
    """
    if len(rendition.text) > LONGEST_SUGGESTED:
        return []
    names = [
        *Actor.objects.at_desk_of(user, dossier=dossier).order_by().values_list("slug", "name"),
        *ActorName.objects.at_desk_of(user, dossier=dossier)
        .order_by()
        .values_list("actor__slug", "name"),
    ]
    return suggestions_in(rendition.text, names=names)


def hints_of(suggestions: Sequence[Suggestion], *, names: dict[str, str]) -> list[Hint]:
    """Return suggestions in words; `names` are those of the actors by short name."""
    voices = dict(Position.Voice.choices)
    hints = []
    for one in suggestions:
        voice = str(voices[one.voice])
        name = names.get(one.actor or "")
        words = _("%(voice)s, perhaps of %(name)s") % {"voice": voice, "name": name}
        hints.append(Hint(one.start, one.end, words if name else voice))
    return hints


def coding_rows(
    reading: Reading, *, hints: Sequence[Hint], chosen: tuple[int, int] | None
) -> list[CodingRow]:
    """Return the paragraphs of a text cut at sentences, hints and the chosen passage.

    `hints` are in order and do not overlap.
    """
    text = reading.rendition.text
    return [_row(row, text=text, hints=hints, chosen=chosen) for row in reading.rows]


def _row(
    row: Row, *, text: str, hints: Sequence[Hint], chosen: tuple[int, int] | None
) -> CodingRow:
    start = row.pieces[0].start
    end = row.pieces[-1].start + len(row.pieces[-1].words)
    sentences = sentences_of(text, start, end) or [(start, end)]
    first = max(0, bisect_right(hints, start, key=lambda hint: hint.start) - 1)
    here: list[Hint] = []
    for hint in hints[first:]:
        if hint.start >= end:
            break
        here.append(hint)
    edges = {sentence[0] for sentence in sentences}
    edges |= {edge for hint in here for edge in (hint.start, hint.end)} | set(chosen or ())
    pieces: list[tuple[Piece, list[Chunk]]] = []
    for piece in row.pieces:
        stop = piece.start + len(piece.words)
        cuts = sorted({piece.start, stop, *(edge for edge in edges if piece.start < edge < stop)})
        chunks = [
            _chunk(text, a, b, sentences=sentences, hints=here, chosen=chosen)
            for a, b in pairwise(cuts)
        ]
        pieces.append((piece, chunks))
    longest: dict[int, Chunk] = {}
    for chunk in (chunk for _piece, chunks in pieces for chunk in chunks):
        known = longest.setdefault(chunk.first, chunk)
        if len(chunk.words) > len(known.words):
            longest[chunk.first] = chunk
    links = {chunk.start for chunk in longest.values()}
    linked = [
        (piece, [replace(chunk, is_link=chunk.start in links) for chunk in chunks])
        for piece, chunks in pieces
    ]
    return CodingRow(row, linked)


def _chunk(
    text: str,
    start: int,
    end: int,
    *,
    sentences: Sequence[tuple[int, int]],
    hints: Sequence[Hint],
    chosen: tuple[int, int] | None,
) -> Chunk:
    # The white space after a sentence is drawn with it.
    at = max(0, bisect_right(sentences, start, key=lambda sentence: sentence[0]) - 1)
    first, last = sentences[at]
    hint = next((one for one in hints if one.start <= start < one.end), None)
    return Chunk(
        start=start,
        words=text[start:end],
        first=first,
        last=last,
        is_link=False,
        is_chosen=bool(chosen and chosen[0] <= start < chosen[1]),
        hint=hint,
        ends_hint=bool(hint and hint.end == end),
    )


def around(
    rendition: Rendition, start: int, end: int
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Return the sentences that stand before and after a passage, None at the text's edges."""
    paragraphs: list[Any] = rendition.paragraphs
    first = max(0, bisect_right(paragraphs, start, key=lambda pair: pair[0]) - 2)
    last = bisect_right(paragraphs, end, key=lambda pair: pair[0]) + 1
    near = [
        sentence
        for a, b in paragraphs[first:last]
        for sentence in sentences_of(rendition.text, a, b)
    ]
    before = next((one for one in reversed(near) if one[0] < start), None)
    after = next((one for one in near if one[1] > end), None)
    return before, after
