"""A coefficient with the units that it rests on and a bootstrap interval, or why there is none."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from random import Random
from typing import TypeVar

# How often the units are drawn again for an interval, which share of the results is outside it at
# either end, and where the generator of random numbers begins: the same codings give the same
# interval.
RESAMPLES = 1000
OUTSIDE = Fraction(25, 1000)
SEED = 1960

Unit = Hashable
Row = TypeVar("Row", bound=tuple[object, ...])
Counted = Sequence[tuple[Row, int]]


class Undefined(StrEnum):
    """Why there is no figure."""

    NO_UNITS = "no-units"
    ONE_UNIT = "one-unit"
    NO_VARIATION = "no-variation"


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the coefficient lies in 95 % of `resamples` samples; `left_out` were undefined."""

    low: float
    high: float
    resamples: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A coefficient, or the reason why it is undefined, and the units that it rests on.

    `n` units were coded by two coders or more: in the `agreeing` ones all of these gave the same
    value, in the `disagreeing` ones they did not. Both are in the order of the codings. Without an
    `interval`, `no_interval` says why there is none; both are None where none was asked for.
    """

    value: float | None
    undefined: Undefined | None
    interval: Interval | None
    no_interval: Undefined | None
    agreeing: tuple[Unit, ...]
    disagreeing: tuple[Unit, ...]

    @property
    def n(self) -> int:
        """The number of units behind the figure."""
        return len(self.agreeing) + len(self.disagreeing)


def figure(
    rows: Sequence[Row],
    statistic: Callable[[Counted[Row]], float | None],
    agreeing: tuple[Unit, ...],
    disagreeing: tuple[Unit, ...],
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Figure:
    """Return a statistic of rows as a figure; undefined without rows."""
    value = statistic(sorted(Counter(rows).items())) if rows else None
    reason = Undefined.NO_VARIATION if rows else Undefined.NO_UNITS
    if value is None:
        return Figure(None, reason, None, reason, agreeing, disagreeing)
    found = interval(rows, statistic, resamples=resamples, seed=seed)
    if len(rows) < 2:
        reason = Undefined.ONE_UNIT
    return Figure(
        value, None, found, None if found or not resamples else reason, agreeing, disagreeing
    )


def interval(
    rows: Sequence[Row],
    statistic: Callable[[Counted[Row]], float | None],
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Interval | None:
    """Return the percentile bootstrap interval of a statistic, or None without two rows.

    As many rows are drawn with replacement as there are, `resamples` times; the interval leaves out
    2.5 % of the results at either end (Efron and Tibshirani, 1993, "An Introduction to the
    Bootstrap", chapter 13). Samples in which the statistic is undefined are left out and counted;
    where that is the case in half of them or more, there is no interval. The order of the rows does
    not matter.
    """
    if len(rows) < 2 or not resamples:
        return None
    kinds = sorted(Counter(rows).items())
    names, weights = [kind for kind, _ in kinds], [times for _, times in kinds]
    generator = Random(seed)
    # Of few kinds of rows the same are drawn again and again.
    value_of = cache(statistic)
    found = []
    for _ in range(resamples):
        drawn = generator.choices(names, weights, k=len(rows))
        value = value_of(tuple(sorted(Counter(drawn).items())))
        if value is not None:
            found.append(value)
    if 2 * len(found) <= resamples:
        return None
    found.sort()
    outside = int(OUTSIDE * len(found))
    return Interval(found[outside], found[-1 - outside], resamples, resamples - len(found))
