"""Who agrees most and who least, and of whom nothing can be said.

Ties are kept together: what is ranked is figures, never one of two pairs with the same figure.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations, groupby
from typing import NamedTuple, TypeVar

from astana.comparison.agreement import Likeness, Score
from astana.comparison.network import OF_STATEMENTS, Figure, Network

# So many issues a pair has to share unless a reader says otherwise, and below so many a figure is
# said to rest on few.
LEAST = 2
FEW = 5

Ranked = TypeVar("Ranked")


class Pair(NamedTuple):
    """Two actors that have a figure, and on how many issues both are heard at all."""

    one: str
    other: str
    figure: Figure
    heard: int


class Near(NamedTuple):
    """An actor beside another one: their score, and on how many issues both are heard at all."""

    actor: str
    score: Score
    heard: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How the pairs of some actors stand: all that agree most, and all that agree least.

    Nobody agrees least where all figures are the same. Of `pairs` pairs `figured` have a figure;
    of the others `too_few` share issues, but too few, and the rest share none. `is_open` says that
    what is not known could make another pair the one that agrees most or least.
    """

    most: tuple[Pair, ...]
    least: tuple[Pair, ...]
    pairs: int
    figured: int
    too_few: int
    is_open: bool

    @property
    def without(self) -> int:
        """How many pairs share no issue at all."""
        return self.pairs - self.figured - self.too_few


@dataclass(frozen=True, slots=True)
class Around:
    """Who is nearest to an actor and who farthest; `unknown` others share too few issues.

    `more_near` and `more_far` are those at each end who agree as much as the last one named.
    """

    nearest: tuple[Near, ...]
    more_near: int
    farthest: tuple[Near, ...]
    more_far: int
    unknown: int


def standing(network: Network, actors: Sequence[str]) -> Standing:
    """Return how the pairs of these actors stand by the measure of a network."""
    of_statements = network.measure in OF_STATEMENTS
    figures = {pair: network.figure(*pair) for pair in combinations(actors, 2)}

    def heard(pair: tuple[str, str], figure: Figure) -> int:
        return figure.n if of_statements else network.headlines.both_heard(*pair)

    ranked = [
        (figure.depth, Pair(*pair, figure, heard(pair, figure)))
        for pair, figure in figures.items()
        if figure.depth is not None
    ]
    ranked.sort(key=lambda one: (-one[0], -one[1].figure.n))
    most, least = ends(ranked, lambda one: one[0], at_each=1)
    return Standing(
        most=tuple(pair for _depth, pair in most),
        least=tuple(pair for _depth, pair in least),
        pairs=len(figures),
        figured=len(ranked),
        too_few=sum(figure.n > 0 and figure.depth is None for figure in figures.values()),
        is_open=bool(ranked)
        and not of_statements
        and _is_open(
            {pair: network.range_of(*pair) for pair in figures},
            most={pair[:2] for _depth, pair in most},
            least={pair[:2] for _depth, pair in least},
        ),
    )


def around(
    agreement: Likeness, actor: str, *, least: int = LEAST, at_each: int = 3, named: int = 6
) -> Around:
    """Return who is nearest to an actor and who farthest, about `at_each` of them.

    Ties stay together, up to `named`. KeyError if the actor was not asked about.
    """
    ranked = agreement.nearest(actor, least=least)

    def near(found: Sequence[tuple[str, Score]]) -> tuple[Near, ...]:
        return tuple(Near(*one, agreement.both_heard(actor, one[0])) for one in found[:named])

    nearest, farthest = ends(ranked, lambda one: one[1].rank, at_each=at_each)
    return Around(
        nearest=near(nearest),
        more_near=max(0, len(nearest) - named),
        farthest=near(farthest),
        more_far=max(0, len(farthest) - named),
        unknown=len(agreement.actors) - 1 - len(ranked),
    )


def ends(
    ranked: Sequence[Ranked], value: Callable[[Ranked], Fraction | float], *, at_each: int
) -> tuple[list[Ranked], list[Ranked]]:
    """Return the first and the last of what is ranked, the last one first.

    Those with the same value stay together, so that there may be more than `at_each`; none is at
    both ends, and where all have one value all are first.
    """
    groups = [list(tied) for _value, tied in groupby(ranked, key=value)]
    first, last = groups[:1], groups[1:][-1:]
    between = groups[1:-1]
    while between and min(sum(map(len, first)), sum(map(len, last))) < at_each:
        if sum(map(len, first)) < at_each:
            first.append(between.pop(0))
        if between and sum(map(len, last)) < at_each:
            last.append(between.pop())
    return list(chain(*first)), list(chain(*last))


def _is_open(
    ranges: dict[tuple[str, str], tuple[Fraction, Fraction]],
    *,
    most: set[tuple[str, str]],
    least: set[tuple[str, str]],
) -> bool:
    """Return whether values of what is open could change who is in one of the two, ties too."""
    for tied in (most, least):
        if len(tied) > 1 and any(low != high for low, high in map(ranges.__getitem__, tied)):
            return True
    floor = min(ranges[pair][0] for pair in most)
    if any(high > floor for pair, (_low, high) in ranges.items() if pair not in most):
        return True
    ceiling = max((ranges[pair][1] for pair in least), default=Fraction(0))
    return any(low < ceiling for pair, (low, _high) in ranges.items() if pair not in least)
