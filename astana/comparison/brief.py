"""Matrix and sides in, a brief out: where the sides meet, where they might, and where they differ.

A side is one actor or several that stand together. Sides are counted, never heads: three sponsors
that say the same are one side that says it. A side whose members differ is divided. Silence of a
side is no stance of it, so nothing is agreed on which a side is silent.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from astana.comparison.matrix import Cell, Matrix, Row
from astana.comparison.statement import Statement

# How far apart two answers of a question without neighbouring answers are.
_FARTHEST = 2.0


class Finding(StrEnum):
    """How the sides stand to each other on an issue, the nearest first."""

    AGREED = "agreed"
    AGREED_IF = "agreed-if"
    BRIDGEABLE = "bridgeable"
    OPPOSED = "opposed"
    UNHEARD = "unheard"


@dataclass(frozen=True)
class Stand:
    """Where one side stands on one issue.

    `cells` are those of the members that are heard, in their order; `silent` are the others.
    """

    cells: tuple[Cell, ...]
    silent: tuple[str, ...]

    @property
    def voices(self) -> tuple[Statement, ...]:
        """One statement for each stance of each member."""
        return tuple(voice for cell in self.cells for voice in cell.voices)

    @property
    def is_silent(self) -> bool:
        """Whether nothing was found of any member."""
        return not self.cells

    @property
    def is_divided(self) -> bool:
        """Whether members differ, or one of them speaks with two voices."""
        return len({voice.stance for voice in self.voices}) > 1

    @property
    def is_firm(self) -> bool:
        """Whether something of it is first-hand and undisputed."""
        return any(voice.is_first_hand and not voice.is_disputed for voice in self.voices)

    @property
    def conditions(self) -> tuple[str, ...]:
        """The conditions that its members set, each once."""
        found: dict[str, str] = {}
        for voice in self.voices:
            found.setdefault(_words(voice.condition), voice.condition)
        return tuple(text for words, text in found.items() if words)


@dataclass(frozen=True)
class Point:
    """One issue (of one event) across the sides, in the order of the sides.

    `distance` is how far apart the stances of two sides lie at most, 0..2; where answers have no
    neighbours, different ones lie farthest apart.
    """

    issue: str
    event: str
    stands: tuple[Stand, ...]
    finding: Finding
    distance: float

    @property
    def silent(self) -> int:
        """How many sides are silent."""
        return sum(stand.is_silent for stand in self.stands)

    @property
    def divided(self) -> int:
        """How many sides are divided."""
        return sum(stand.is_divided for stand in self.stands)

    @property
    def is_firm(self) -> bool:
        """Whether each side that is heard is so first-hand and undisputed."""
        return all(stand.is_firm for stand in self.stands if not stand.is_silent)

    @property
    def is_clashing(self) -> bool:
        """Whether two sides set different conditions.

        Whether both can be met is for the reader to judge: words are compared, not what they mean.
        """
        asked = [{_words(text) for text in stand.conditions} for stand in self.stands]
        return any(one != other for one, other in combinations(filter(None, asked), 2))


def brief(
    matrix: Matrix,
    *,
    sides: Sequence[Sequence[str]],
    ordered: Mapping[str, Collection[float]],
    nominal: Collection[str] = (),
) -> list[Point]:
    """Return the issues (and events) of a matrix by how the sides stand to each other, ranked.

    `sides` are the actors of each; all are in the matrix. `ordered` holds the values of all stances
    of the issues whose stances have neighbours, `nominal` the issues whose answers have no place on
    a scale. Raises ValueError for fewer than two sides, an empty one, and an actor on two of them.
    """
    side_of = {actor: number for number, side in enumerate(sides) for actor in side}
    if len(sides) < 2 or not all(sides) or len(side_of) != sum(map(len, sides)):
        raise ValueError("A brief takes two sides or more, each of actors that are on no other.")
    points = []
    for row in matrix.rows:
        stands = tuple(_stands(row, sides, side_of))
        scale = _Scale(tuple(ordered.get(row.issue, ())), row.issue in nominal)
        finding, distance = _finding(stands, scale)
        points.append(Point(row.issue, row.event, stands, finding, distance))
    return nearest_first(points)


def nearest_first(points: Iterable[Point]) -> list[Point]:
    """Order by finding; in each, first where fewest sides are silent, then the nearest.

    Conditions that differ and what rests on second-hand or disputed reports come later; ties keep
    their order.
    """
    order = list(Finding)
    return sorted(
        points,
        key=lambda point: (
            order.index(point.finding),
            point.silent,
            point.is_clashing,
            point.distance,
            point.divided,
            not point.is_firm,
        ),
    )


@dataclass(frozen=True)
class _Scale:
    """What the answers of an issue are to one another; without values none is next to another."""

    values: tuple[float, ...]
    is_nominal: bool

    def places(self, voice: Statement) -> bool:
        """Return whether a stance has a place among the answers."""
        return self.is_nominal or voice.value is not None

    def apart(self, one: Statement, other: Statement) -> float | None:
        """Return how far two different stances lie apart; None where one has no place."""
        if not (self.places(one) and self.places(other)):
            return None
        if not self.values or one.value is None or other.value is None:
            return _FARTHEST
        return abs(one.value - other.value)

    def opposes(self, one: Statement, other: Statement) -> bool:
        """Return whether two different stances are no neighbours.

        Neighbours have no other stance between them and are not on different sides of the scale.
        """
        if not self.apart(one, other):
            return False
        if not self.values or one.value is None or other.value is None:
            return True
        low, high = sorted((one.value, other.value))
        return low < 0 < high or any(low < value < high for value in self.values)


def _stands(
    row: Row, sides: Sequence[Sequence[str]], side_of: Mapping[str, int]
) -> Iterator[Stand]:
    """Yield where each side stands.

    A statement counts for the side of the actor that made it. So a body on a side of its own counts
    there and not for its whole, nor what a person said for an actor of another side.
    """
    cells = {cell.actor: cell for cell in row.cells}
    for number, side in enumerate(sides):
        own = [_own(cells[actor], number, side_of) for actor in side]
        yield Stand(
            cells=tuple(cell for cell in own if not cell.is_silent),
            silent=tuple(cell.actor for cell in own if cell.is_silent),
        )


def _own(cell: Cell, side: int, side_of: Mapping[str, int]) -> Cell:
    kept = [one for one in cell.statements if side_of.get(one.actor, side) == side]
    voices: dict[str, Statement] = {}
    for one in kept:
        voices.setdefault(one.stance, one)
    others = tuple(one for one in kept if one not in voices.values())
    return Cell(cell.actor, cell.issue, tuple(voices.values()), others, cell.event)


def _finding(stands: Sequence[Stand], scale: _Scale) -> tuple[Finding, float]:
    heard = [stand for stand in stands if not stand.is_silent]
    if not heard or (len(heard) == 1 and len(stands) > 2):
        return Finding.UNHEARD, 0.0
    # Of each stance, one who takes it will do, and which sides do.
    takes: dict[str, Statement] = {}
    taken_by: dict[str, set[int]] = {}
    for number, stand in enumerate(heard):
        for voice in stand.voices:
            takes.setdefault(voice.stance, voice)
            taken_by.setdefault(voice.stance, set()).add(number)
    pairs = [
        (takes[one], takes[other])
        for one, other in combinations(takes, 2)
        if len(taken_by[one] | taken_by[other]) > 1
    ]
    distance = max((scale.apart(one, other) or 0.0 for one, other in pairs), default=0.0)
    if any(scale.opposes(one, other) for one, other in pairs):
        return Finding.OPPOSED, distance
    is_placed = all(scale.places(voice) for voice in takes.values())
    if len(heard) < len(stands) or len(takes) > 1 or not is_placed:
        return Finding.BRIDGEABLE, distance
    is_bound = any(stand.conditions for stand in heard)
    return (Finding.AGREED_IF if is_bound else Finding.AGREED), distance


def _words(text: str) -> str:
    """Return the words of a condition, so that the same is the same however it is set."""
    return " ".join(re.findall(r"\w+", text.casefold()))
