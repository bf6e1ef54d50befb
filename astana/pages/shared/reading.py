"""A text laid out for reading: numbered paragraphs, highlights and the notes beside them."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from astana.evidence.highlights import Block, Segment, Span, lay_out
from astana.models import Health, Position, Rendition
from astana.models.passages_in import Passage, passages_in


@dataclass(frozen=True)
class Entry:
    """Positions on one passage that differ in their actor only, told together."""

    positions: list[Position]
    is_disputing: bool
    is_disputed: bool

    @property
    def first(self) -> Position:
        """The position that speaks for what they share: issue, stance, voice, speaker and date."""
        return self.positions[0]


@dataclass(frozen=True)
class Note:
    """What stands beside one passage; notes are numbered in the order in which passages end."""

    number: int
    entries: list[Entry]
    is_chosen: bool
    is_moved: bool
    is_reset: bool


@dataclass(frozen=True)
class Piece:
    """Words under the same highlights: how many lie over them, and the notes that end here.

    `start` is their place in the text, in code points.
    """

    start: int
    words: str
    depth: int
    is_chosen: bool
    begins: list[Note]
    ends: list[Note]
    notes: list[Note]


@dataclass(frozen=True)
class Row:
    """A paragraph with the notes beside it; a heading or a footer has no number."""

    number: int | None
    pieces: list[Piece]
    notes: list[Note]
    is_chosen: bool


@dataclass(frozen=True)
class Reading:
    """A rendition laid out for one reader; `prefix` keeps ids of two texts on a page apart."""

    rendition: Rendition
    prefix: str = ""
    rows: list[Row] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    unplaced: list[Passage] = field(default_factory=list)
    chosen: Position | None = None

    @property
    def actor_count(self) -> int:
        """How many actors take a position in this text."""
        return len({position.actor_id for position in self.positions})

    @property
    def issue_count(self) -> int:
        """How many issues positions in this text are about."""
        return len({position.issue_id for position in self.positions})

    @property
    def moved(self) -> list[tuple[Row, Note]]:
        """The passages that were found at another place than before, with their paragraphs."""
        return [(row, note) for row in self.rows for note in row.notes if note.is_moved]

    @property
    def chosen_row(self) -> Row | None:
        """The first paragraph with a passage of the chosen position."""
        return next((row for row in self.rows if row.is_chosen), None)


def reading_of(
    rendition: Rendition,
    *,
    user: Any,
    position_key: str = "",
    prefix: str = "",
    positions: QuerySet | None = None,
) -> Reading:
    """Return a text laid out with every passage that a user may see; two queries.

    At the desk these are the passages of `positions`, whatever their status.
    """
    passages = passages_in(rendition, user=user, positions=positions)
    by_place: dict[tuple[int, int], list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.start is not None and passage.end is not None:
            by_place[passage.start, passage.end].append(passage)
    places = sorted(by_place, key=lambda place: (place[1], -place[0]))
    notes = [_note(number, by_place[place], position_key) for number, place in enumerate(places, 1)]
    spans = [Span(number, start, end) for number, (start, end) in enumerate(places, 1)]
    rows = []
    if rendition.text:
        blocks = lay_out(rendition.text, paragraphs=rendition.paragraphs, spans=spans)
        rows = [_row(block, notes) for block in blocks]
    found = list({passage.position.pk: passage.position for passage in passages}.values())
    return Reading(
        rendition=rendition,
        prefix=prefix,
        rows=rows,
        notes=notes,
        positions=found,
        unplaced=[passage for passage in passages if not passage.is_placed],
        chosen=next((one for one in found if one.key == position_key), None),
    )


def _note(number: int, passages: list[Passage], position_key: str) -> Note:
    def told_together(passage: Passage) -> tuple[Any, ...]:
        one = passage.position
        return (
            one.issue.order,
            one.issue_id,
            one.stance.order,
            one.stance_id,
            passage.is_disputing,
            passage.is_disputed,
            one.voice,
            one.attributed_by_id or 0,
            one.speaker_id or 0,
            one.said,
            one.status,
        )

    return Note(
        number=number,
        entries=[
            Entry(
                positions=list({one.position.pk: one.position for one in group}.values()),
                is_disputing=key[4],
                is_disputed=key[5],
            )
            for key, group in groupby(sorted(passages, key=told_together), told_together)
        ],
        is_chosen=any(passage.position.key == position_key for passage in passages),
        is_moved=any(passage.health == Health.MOVED for passage in passages),
        is_reset=any(passage.health == Health.RESET for passage in passages),
    )


def _row(block: Block, notes: list[Note]) -> Row:
    """Return a paragraph with the notes of the passages that end in it, chosen ones first."""
    pieces = []
    start = block.start
    for segment in block.segments:
        pieces.append(_piece(segment, notes, start=start))
        start += len(segment.words)
    beside = [note for piece in pieces for note in piece.ends]
    return Row(
        number=block.number,
        pieces=pieces,
        notes=sorted(beside, key=lambda note: (not note.is_chosen, note.number)),
        is_chosen=any(note.is_chosen for note in beside),
    )


def _piece(segment: Segment, notes: list[Note], *, start: int) -> Piece:
    over = [notes[number - 1] for number in segment.spans]
    return Piece(
        start=start,
        words=segment.words,
        depth=min(len(over), 3),
        is_chosen=any(note.is_chosen for note in over),
        begins=[notes[number - 1] for number in segment.begins],
        ends=[notes[number - 1] for number in segment.ends],
        notes=over,
    )
