"""Statements in, a matrix of cells out: the headline rule, silence and two voices.

The headline of a cell (actor x issue as of a date) is the newest first-hand statement said by
then; only if there is none, the newest second-hand one, marked as such. Newest statements of the
same date with different stances make the cell two voices: it shows both and has no single value.
Nothing found is silence, which is a finding of its own and never a neutral stance.

Where an issue is asked of each event, every event has a row of its own: what is reported of a later
one says nothing of an earlier one. Of several renderings of one utterance the fuller one stands for
all. A person holds what they hold themselves and what they said first-hand for another actor.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from astana.comparison.statement import Statement


@dataclass(frozen=True)
class Cell:
    """What one actor is reported to hold on one issue (of one event) as of a date.

    `voices` holds one statement for each stance that the cell shows, newest first: none in
    silence, one for a headline, several for two voices. `others` are further statements of the
    same date and stance as a voice, so that each can be traced.
    """

    actor: str
    issue: str
    voices: tuple[Statement, ...] = ()
    others: tuple[Statement, ...] = ()
    event: str = ""

    @property
    def is_silent(self) -> bool:
        """Whether nothing was found."""
        return not self.voices

    @property
    def is_two_voices(self) -> bool:
        """Whether the newest statements differ."""
        return len(self.voices) > 1

    @property
    def is_second_hand(self) -> bool:
        """Whether all that is known comes from others."""
        return bool(self.voices) and not any(voice.is_first_hand for voice in self.voices)

    def is_for_one_of(self, actors: Collection[str]) -> bool:
        """Whether it rests on what a person said for another actor, who is one of these."""
        return any(voice.actor != self.actor and voice.actor in actors for voice in self.voices)

    @property
    def headline(self) -> Statement | None:
        """The one statement that stands for the cell, or None in silence and two voices."""
        return self.voices[0] if len(self.voices) == 1 else None

    @property
    def value(self) -> float | None:
        """The place on the scale, -1..1; None in silence, for two voices and off the scale."""
        return self.headline.value if self.headline else None

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement the cell rests on."""
        return self.voices + self.others


@dataclass(frozen=True)
class Row:
    """One issue (of one event) across the actors, in the order of the actors asked for."""

    issue: str
    cells: tuple[Cell, ...]
    event: str = ""

    @property
    def is_silent(self) -> bool:
        """Whether no actor has taken a stance."""
        return all(cell.is_silent for cell in self.cells)

    @property
    def differs(self) -> bool:
        """Whether two stances are taken on the issue; silence differs from nothing."""
        stances = {voice.stance for cell in self.cells for voice in cell.voices}
        return len(stances) > 1

    @property
    def points(self) -> tuple[tuple[float, str], ...]:
        """The values on the scale with their actors, for a picture of the spread."""
        return tuple(
            (voice.value, cell.actor)
            for cell in self.cells
            for voice in cell.voices
            if voice.value is not None
        )


@dataclass(frozen=True)
class Matrix:
    """Issues x actors as of a date."""

    actors: tuple[str, ...]
    rows: tuple[Row, ...]
    as_of: date

    @cached_property
    def cells(self) -> dict[tuple[str, str, str], Cell]:
        """Each cell by its actor, issue and event."""
        return {
            (cell.actor, cell.issue, cell.event): cell for row in self.rows for cell in row.cells
        }

    def cell(self, actor: str, issue: str, event: str = "") -> Cell:
        """Return one cell; KeyError if the matrix does not hold it."""
        return self.cells[actor, issue, event]

    @property
    def heard(self) -> int:
        """How many cells hold at least one statement."""
        return sum(not cell.is_silent for row in self.rows for cell in row.cells)

    @property
    def silent(self) -> int:
        """How many cells hold none."""
        return sum(cell.is_silent for row in self.rows for cell in row.cells)

    @property
    def shown(self) -> set[int]:
        """The ids of the statements that the cells show."""
        return {voice.id for row in self.rows for cell in row.cells for voice in cell.voices}

    def only(self, *, differing: bool = False, spoken: bool = False) -> "Matrix":
        """Return the matrix without the issues that do not differ, or that all are silent on."""
        rows = tuple(
            row
            for row in self.rows
            if (row.differs or not differing) and (not row.is_silent or not spoken)
        )
        return Matrix(self.actors, rows, self.as_of)

    def of(self, wanted: Collection[tuple[str, str]]) -> "Matrix":
        """Return the matrix with the rows of these issues and events alone."""
        rows = tuple(row for row in self.rows if (row.issue, row.event) in wanted)
        return Matrix(self.actors, rows, self.as_of)


def headlines(
    statements: Iterable[Statement], *, as_of: date, first_hand_only: bool = False
) -> list[Statement]:
    """Return the statements of one actor on one issue that tie for the headline as of a date.

    Another rendering of an utterance is left out where the fuller one counts. In a fixed order: by
    stance, then by id, so that the order of the input is irrelevant.
    """
    said = [statement for statement in statements if statement.latest <= as_of]
    if len(said) == 1 and said[0].same_as is None:
        return said if said[0].is_first_hand or not first_hand_only else []
    candidates = [statement for statement in said if statement.is_first_hand]
    if not candidates and not first_hand_only:
        candidates = said
    known = {statement.id for statement in candidates}
    candidates = [statement for statement in candidates if statement.same_as not in known]
    if not candidates:
        return []
    newest = max(statement.recency for statement in candidates)
    return sorted(
        (statement for statement in candidates if statement.recency == newest),
        key=lambda statement: (statement.stance, statement.id),
    )


def widest_first(matrix: Matrix) -> list[Row]:
    """Return the rows with different values: those farthest apart first, then those with most.

    Two voices of one actor lie apart like those of two; ties keep the order of the matrix.
    """

    def spread(row: Row) -> tuple[float, int]:
        values = [value for value, _actor in row.points]
        return min(values) - max(values), -len(values)

    differing = (row for row in matrix.rows if len({value for value, _actor in row.points}) > 1)
    return sorted(differing, key=spread)


def build_matrix(
    statements: Iterable[Statement],
    *,
    actors: Sequence[str],
    issues: Sequence[str],
    as_of: date,
    first_hand_only: bool = False,
    wholes: Mapping[str, Iterable[str]] | None = None,
    events: Mapping[str, Sequence[str]] | None = None,
) -> Matrix:
    """Return the matrix of issues x actors by the headline rule.

    `wholes` maps the short name of an actor to the wholes it counts for (a ministry to its state);
    an actor that is not named there counts for itself. The whole and each of its bodies have
    their own headline: where these differ, the cell is two voices; otherwise it shows the newest,
    a first-hand one before any other. Statements of other actors and issues are ignored.

    `events` orders the events of each issue that is asked of each event; those of which something
    is said by then have a row each, and where there is none the issue has one row.
    """
    bodies: dict[str, list[str]] = {actor: [actor] for actor in actors}
    for body, counted_for in (wholes or {}).items():
        for whole in counted_for:
            if whole in bodies and body != whole:
                bodies[whole].append(body)

    counted = {body for parts in bodies.values() for body in parts}
    spoken: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    told: dict[str, set[str]] = defaultdict(set)
    for statement in statements:
        speakers = {statement.actor, statement.speaker if statement.is_first_hand else ""}
        for speaker in speakers & counted:
            spoken[speaker, statement.issue, statement.event].append(statement)
            if statement.event and statement.latest <= as_of:
                told[statement.issue].add(statement.event)

    rows = []
    for issue in issues:
        order = (events or {}).get(issue) or sorted(told[issue])
        for event in [event for event in order if event in told[issue]] or [""]:
            cells = []
            for actor in actors:
                found = [
                    statement
                    for body in bodies[actor]
                    if (said := spoken.get((body, issue, event)))
                    for statement in headlines(said, as_of=as_of, first_hand_only=first_hand_only)
                ]
                cells.append(_cell(actor, issue, event, found))
            rows.append(Row(issue, tuple(cells), event))
    return Matrix(tuple(actors), tuple(rows), as_of)


def _cell(actor: str, issue: str, event: str, found: list[Statement]) -> Cell:
    """Return the cell that shows these headlines: one voice for each stance, newest first."""
    if len(found) < 2:
        return Cell(actor, issue, tuple(found), (), event)
    found = list(set(found))
    found.sort(key=lambda statement: (statement.stance, statement.id))
    found.sort(key=lambda statement: (statement.is_first_hand, statement.recency), reverse=True)
    voices: dict[str, Statement] = {}
    for statement in found:
        voices.setdefault(statement.stance, statement)
    shown = set(voices.values())
    others = tuple(statement for statement in found if statement not in shown)
    return Cell(actor, issue, tuple(voices.values()), others, event)
