"""Matrix in, common ground out: how widely one side of each issue's scale is accepted.

A nominal issue has no sides: there it is how many give which answer.

Issues are ordered by numbers alone, of very many cells; the cells themselves are needed of the few
that a page shows.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from astana.comparison.agreement import Answer
from astana.comparison.matrix import Cell, Matrix, Row


@dataclass(frozen=True)
class Ground:
    """How the actors stand on one issue, by side of its scale.

    `plus` and `minus` hold the cells whose single value is above or below 0, `between` those at 0,
    `off_scale` those whose one stance has no value, `two_voices` and `silent` the rest, so that
    every actor is in exactly one of them. Silence is in no denominator: `spoken` counts the cells
    with a single value, or, of a nominal issue, with a single answer. `for_others` holds the cells
    of persons that rest on what they said for another of these actors: it is counted with that one.
    """

    issue: str
    plus: tuple[Cell, ...]
    minus: tuple[Cell, ...]
    between: tuple[Cell, ...]
    off_scale: tuple[Cell, ...]
    two_voices: tuple[Cell, ...]
    silent: tuple[Cell, ...]
    for_others: tuple[Cell, ...] = ()
    event: str = ""
    is_nominal: bool = False

    @property
    def spoken(self) -> int:
        """How many actors have a single place on the scale, or a single answer."""
        placed = len(self.plus) + len(self.minus) + len(self.between)
        return placed + len(self.off_scale) if self.is_nominal else placed

    @property
    def answers(self) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
        """Who gives which answer: the stances with their cells, those that most give first."""
        cells: dict[str, list[Cell]] = {}
        for cell in self.plus + self.between + self.minus + self.off_scale:
            cells.setdefault(cell.voices[0].stance, []).append(cell)
        ordered = sorted(cells.items(), key=lambda one: (-len(one[1]), one[0]))
        return tuple((stance, tuple(found)) for stance, found in ordered)

    @property
    def wider(self) -> tuple[Cell, ...]:
        """The cells of the side, or the answer, that more actors accept; plus in a tie."""
        if self.is_nominal:
            return self.answers[0][1] if self.answers else ()
        return self.plus if len(self.plus) >= len(self.minus) else self.minus

    @property
    def narrower(self) -> tuple[Cell, ...]:
        """The cells of the other side, or of all other answers."""
        if self.is_nominal:
            return tuple(cell for _stance, cells in self.answers[1:] for cell in cells)
        return self.minus if len(self.plus) >= len(self.minus) else self.plus


def grounds(matrix: Matrix, *, nominal: Collection[str] = ()) -> list[Ground]:
    """Return how the actors stand on each issue (and event) of a matrix, in its order.

    `nominal` are the issues whose answers have no order.
    """
    return [_ground(row, is_nominal=row.issue in nominal) for row in matrix.rows]


def _ground(row: Row, *, is_nominal: bool) -> Ground:
    actors = {cell.actor for cell in row.cells}
    on: dict[str, list[Cell]] = {side: [] for side in _SIDES}
    for cell in row.cells:
        on[_side(cell, actors)].append(cell)
    sides = {side: tuple(cells) for side, cells in on.items()}
    return Ground(issue=row.issue, event=row.event, is_nominal=is_nominal, **sides)


_SIDES = ("plus", "minus", "between", "off_scale", "two_voices", "silent", "for_others")


def _side(cell: Cell, actors: Collection[str]) -> str:
    """Return the one side of an issue that a cell is on, among these actors."""
    if cell.is_silent:
        return "silent"
    if cell.is_for_one_of(actors):
        return "for_others"
    if cell.is_two_voices:
        return "two_voices"
    value = cell.value
    if value is None:
        return "off_scale"
    return "between" if value == 0 else "plus" if value > 0 else "minus"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many actors stand where on one issue: the numbers of a `Ground`.

    `distance` is how far apart the two most distant values lie, in hundredths.
    """

    issue: str
    wider: int
    narrower: int
    spoken: int
    distance: int


def tallies(
    answers: Iterable[Answer | tuple[str, str, str, int | None]],
    *,
    issues: Sequence[str],
    nominal: Collection[str] = (),
) -> list[Tally]:
    """Return how many actors stand where on each issue, in the order of the issues.

    Several answers of an actor on an issue are two voices, and count on no side.
    """
    held: dict[str, dict[str, dict[str, int | None]]] = {
        issue: defaultdict(dict) for issue in issues
    }
    for actor, issue, stance, value in answers:
        held[issue][actor][stance] = value
    return [
        _tally(
            issue,
            [one for voices in by_actor.values() if len(voices) == 1 for one in voices.items()],
            is_nominal=issue in nominal,
        )
        for issue, by_actor in held.items()
    ]


def _tally(issue: str, single: list[tuple[str, int | None]], *, is_nominal: bool) -> Tally:
    values = [value for _stance, value in single if value is not None]
    distance = max(values) - min(values) if values else 0
    if is_nominal:
        most = max(Counter(stance for stance, _value in single).values(), default=0)
        return Tally(issue, most, len(single) - most, len(single), distance)
    plus, minus = (sum(value * sign > 0 for value in values) for sign in (1, -1))
    return Tally(issue, max(plus, minus), min(plus, minus), len(values), distance)


def most_accepted_first(found: list[Tally]) -> list[Tally]:
    """Order by how many accept the wider side, then by how few stand against it; ties keep order.

    Only issues on which at least two actors are heard: one voice is no common ground.
    """
    shared = [one for one in found if one.spoken >= 2 and one.wider]
    return sorted(shared, key=lambda one: (-one.wider, one.narrower))


def most_contested_first(found: list[Tally]) -> list[Tally]:
    """Order the issues on which both sides are held: by distance, then by how evenly they are."""
    contested = [one for one in found if one.narrower]
    return sorted(contested, key=lambda one: (-one.distance, -one.narrower, -one.spoken))


def spoken_on(found: list[Ground]) -> list[Ground]:
    """Return the issues on which somebody is heard, in order."""
    return [ground for ground in found if ground.answers or ground.two_voices]
