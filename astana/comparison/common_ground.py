"""Matrix in, common ground out: how widely one side of each issue's scale is accepted.

A nominal issue has no sides: there it is how many give which answer.
"""

from collections.abc import Collection
from dataclasses import dataclass

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

    @property
    def is_contested(self) -> bool:
        """Whether both sides are held, or several answers given."""
        return bool(self.wider) and bool(self.narrower)

    @property
    def distance(self) -> float:
        """How far apart the two most distant values lie, 0..2; 0 where fewer than two are known."""
        values = [cell.value for cell in self.plus + self.minus + self.between]
        known = [value for value in values if value is not None]
        return max(known) - min(known) if known else 0.0


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
    if any(one.actor != cell.actor and one.actor in actors for one in cell.voices):
        return "for_others"
    if cell.is_two_voices:
        return "two_voices"
    value = cell.value
    if value is None:
        return "off_scale"
    return "between" if value == 0 else "plus" if value > 0 else "minus"


def most_accepted_first(found: list[Ground]) -> list[Ground]:
    """Order by how many accept the wider side, then by how few stand against it; ties keep order.

    Only issues on which at least two actors have spoken: one voice is no common ground.
    """
    shared = [ground for ground in found if ground.spoken >= 2 and ground.wider]
    return sorted(shared, key=lambda ground: (-len(ground.wider), len(ground.narrower)))


def most_contested_first(found: list[Ground]) -> list[Ground]:
    """Order the issues on which both sides are held: by distance, then by how evenly they are."""
    contested = [ground for ground in found if ground.is_contested]
    return sorted(
        contested, key=lambda ground: (-ground.distance, -len(ground.narrower), -ground.spoken)
    )


def spoken_on(found: list[Ground]) -> list[Ground]:
    """Return the issues on which somebody has spoken for themselves, in order."""
    return [ground for ground in found if ground.answers or ground.two_voices]
