"""Matrix in, common ground out: how widely one side of each issue's scale is accepted."""

from dataclasses import dataclass

from astana.comparison.matrix import Cell, Matrix


@dataclass(frozen=True)
class Ground:
    """How the actors stand on one issue, by side of its scale.

    `plus` and `minus` hold the cells whose single value is above or below 0, `between` those at 0,
    `off_scale` those whose one stance has no value, `two_voices` and `silent` the rest, so that
    every actor is in exactly one of them. Silence is in no denominator: `spoken` counts the cells
    with a single value.
    """

    issue: str
    plus: tuple[Cell, ...]
    minus: tuple[Cell, ...]
    between: tuple[Cell, ...]
    off_scale: tuple[Cell, ...]
    two_voices: tuple[Cell, ...]
    silent: tuple[Cell, ...]

    @property
    def spoken(self) -> int:
        """How many actors have a single place on the scale."""
        return len(self.plus) + len(self.minus) + len(self.between)

    @property
    def wider(self) -> tuple[Cell, ...]:
        """The cells of the side that more actors accept; the plus side in a tie."""
        return self.plus if len(self.plus) >= len(self.minus) else self.minus

    @property
    def narrower(self) -> tuple[Cell, ...]:
        """The cells of the other side."""
        return self.minus if len(self.plus) >= len(self.minus) else self.plus

    @property
    def is_contested(self) -> bool:
        """Whether both sides are held."""
        return bool(self.plus) and bool(self.minus)

    @property
    def distance(self) -> float:
        """How far apart the two most distant values lie, 0..2; 0 where fewer than two are known."""
        values = [cell.value for cell in self.plus + self.minus + self.between]
        known = [value for value in values if value is not None]
        return max(known) - min(known) if known else 0.0


def grounds(matrix: Matrix) -> list[Ground]:
    """Return how the actors stand on each issue of a matrix, in its order."""
    return [
        Ground(
            issue=row.issue,
            plus=tuple(cell for cell in row.cells if cell.value is not None and cell.value > 0),
            minus=tuple(cell for cell in row.cells if cell.value is not None and cell.value < 0),
            between=tuple(cell for cell in row.cells if cell.value == 0),
            off_scale=tuple(
                cell for cell in row.cells if cell.headline is not None and cell.value is None
            ),
            two_voices=tuple(cell for cell in row.cells if cell.is_two_voices),
            silent=tuple(cell for cell in row.cells if cell.is_silent),
        )
        for row in matrix.rows
    ]


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
    """Return the issues that somebody has a place on, or speaks on with two voices, in order."""
    return [ground for ground in found if ground.spoken or ground.two_voices]
