"""Distances in, a map out: classical scaling (Torgerson) in two dimensions.

Torgerson, 1952, "Multidimensional scaling: I. Theory and method", Psychometrika 17, 401-419: the
squared distances are centred twice, and the coordinates are the two eigenvectors with the largest
eigenvalues, each by the root of its eigenvalue. Plain floats: a picture needs no exact numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from operator import mul

Pair = tuple[str, str]
Matrix = list[list[float]]

# A matrix squared so often stands for 2**SQUARINGS steps of the power iteration.
SQUARINGS = 14
# Below this share of all distance there is no direction left, only rounding.
_NOTHING = 1e-9


@dataclass(frozen=True)
class Map:
    """Points whose distances on the map come near the distances between the names.

    `shown` is the share of the squared distance that the map shows, 1 - (d - m)² / d² summed over
    all pairs with the distance d and m on the map: 1 where the map shows all. `left_out` are the
    names that have no known distance to some of the others.
    """

    points: dict[str, tuple[float, float]]
    left_out: tuple[str, ...]
    shown: float


def scale(names: Sequence[str], distances: Mapping[Pair, float]) -> Map | None:
    """Return the map of the names, or None where fewer than three can be placed or all are one.

    `distances` holds each pair once, in either order; a pair that is missing is unknown. The name
    with the most unknown distances is left out, the last of several, until every pair is known.
    The result is the same for the same names in the same order: the largest coordinate of each
    axis is positive, the first of several.
    """
    known = {frozenset(pair): distance for pair, distance in distances.items()}
    placed = list(dict.fromkeys(names))
    unknown = {
        name: sum(other != name and frozenset((name, other)) not in known for other in placed)
        for name in placed
    }
    while any(unknown[name] for name in placed):
        worst = max(reversed(placed), key=lambda name: unknown[name])
        placed.remove(worst)
        for name in placed:
            unknown[name] -= frozenset((name, worst)) not in known
    left_out = tuple(name for name in dict.fromkeys(names) if name not in placed)
    table = [[known.get(frozenset((one, other)), 0.0) for other in placed] for one in placed]
    total = sum(distance**2 for row in table for distance in row)
    if len(placed) < 3 or not total:
        return None
    scalar = _centred([[distance**2 for distance in row] for row in table])
    axes = []
    for _ in range(2):
        value, vector = _largest(scalar)
        if value <= _NOTHING * total:
            axes.append([0.0] * len(placed))
            continue
        axes.append([sqrt(value) * part for part in vector])
        scalar = [
            [entry - value * mine * theirs for entry, theirs in zip(row, vector, strict=True)]
            for row, mine in zip(scalar, vector, strict=True)
        ]
    points = {name: (axes[0][n], axes[1][n]) for n, name in enumerate(placed)}
    missed = sum(
        (table[i][j] - hypot(axes[0][i] - axes[0][j], axes[1][i] - axes[1][j])) ** 2
        for i in range(len(placed))
        for j in range(len(placed))
    )
    return Map(points, left_out, 1 - missed / total)


def _centred(squares: Matrix) -> Matrix:
    """Return -1/2 of the squares without the means of their row and column: scalar products."""
    means = [sum(row) / len(row) for row in squares]
    mean = sum(means) / len(means)
    return [
        [-(entry - mine - theirs + mean) / 2 for entry, theirs in zip(row, means, strict=True)]
        for row, mine in zip(squares, means, strict=True)
    ]


def _largest(matrix: Matrix) -> tuple[float, list[float]]:
    """Return the largest eigenvalue of a symmetric matrix, and its eigenvector of length 1.

    Power iteration by squaring the matrix: what is left is the eigenvector times itself. Raised
    by a bound of the eigenvalues first, as the largest in size may be a negative one.
    """
    size = range(len(matrix))
    raised = max(sum(map(abs, row)) for row in matrix)
    power = [
        [entry + raised * (i == j) for j, entry in enumerate(row)] for i, row in enumerate(matrix)
    ]
    for _ in range(SQUARINGS):
        trace = sum(power[i][i] for i in size) or 1.0
        power = [[entry / trace for entry in row] for row in power]
        squared = [[0.0] * len(matrix) for _ in size]
        for i in size:
            for j in range(i + 1):
                squared[i][j] = squared[j][i] = sum(map(mul, power[i], power[j]))
        power = squared
    # Without negative eigenvalues the largest entry is on the diagonal, so it is positive.
    column = power[max(size, key=lambda i: power[i][i])]
    length = sqrt(sum(part * part for part in column)) or 1.0
    vector = [part / length for part in column]
    value = sum(mine * sum(map(mul, row, vector)) for mine, row in zip(vector, matrix, strict=True))
    return value, vector
