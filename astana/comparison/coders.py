"""What coders said of the same units in, agreement between the coders out.

Three coefficients, each with the units behind it and an interval:

- percent agreement: for two coders the share of the units coded by both to which both gave the
  same value; for more, the mean of that share over the pairs of coders that have such units;
- Cohen's kappa, for two coders (Cohen, 1960, "A coefficient of agreement for nominal scales",
  Educational and Psychological Measurement 20, 37-46);
- Krippendorff's alpha, for any number of coders, with missing values, nominal, ordinal and interval
  (Krippendorff, 2011, "Computing Krippendorff's Alpha-Reliability", University of Pennsylvania;
  Krippendorff, 2004, "Content Analysis", 2nd edition, chapter 11; Hayes and Krippendorff, 2007,
  "Answering the call for a standard reliability measure for coding data", Communication Methods and
  Measures 1, 77-89).

What a coder did not code is missing and in no denominator. Where a coefficient would divide by
nothing it is undefined, with a reason, and never 1.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import fsum
from typing import TypeVar

from astana.comparison.figure import RESAMPLES, SEED, Counted, Figure, Row, Unit, figure

Value = TypeVar("Value")


class Metric(StrEnum):
    """How far two values are apart: different or not, in ranks, or in numbers."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class Coded:
    """What one coder said of one unit.

    `value` is the category; `number` its place on a scale, or None off the scale, which ordinal
    and interval alpha take as missing.
    """

    coder: str
    unit: Unit
    value: str
    number: float | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """All coefficients of the same codings; `kappa` is None unless there are two coders."""

    coders: tuple[str, ...]
    percent: Figure
    kappa: Figure | None
    alpha: dict[Metric, Figure]

    @property
    def by_measure(self) -> dict[str, Figure]:
        """Those that there are, by name: "percent", "kappa" and the metrics of alpha."""
        of_two = {"kappa": self.kappa} if self.kappa else {}
        alphas = {metric.value: figure for metric, figure in self.alpha.items()}
        return {"percent": self.percent} | of_two | alphas


def percent(coded: Iterable[Coded], *, resamples: int = RESAMPLES, seed: int = SEED) -> Figure:
    """Return the percent agreement, 0..1: the mean over all pairs of coders with a common unit."""
    units = _pairable(_by_unit(coded))
    rows = [
        tuple(
            (one, other, values[one] == values[other])
            for one, other in combinations(sorted(values), 2)
        )
        for values in units.values()
    ]
    return _figure(units, rows, _percent, least=1, resamples=resamples, seed=seed)


def kappa(
    coded: Iterable[Coded], *, one: str, other: str, resamples: int = RESAMPLES, seed: int = SEED
) -> Figure:
    """Return Cohen's kappa of two coders over the units that both coded.

    (p_o - p_e) / (1 - p_e) with p_o the share of units with the same value, and p_e the share
    that coders would share by chance: over all values the product of the shares in which each of
    the two used it. Undefined where both used one and the same value throughout.
    """
    if one == other:
        raise ValueError("Kappa compares two coders: name two different ones.")
    units = _pairable(_by_unit(answer for answer in coded if answer.coder in (one, other)))
    rows = [(values[one], values[other]) for values in units.values()]
    return _figure(units, rows, _kappa, least=2, resamples=resamples, seed=seed)


def alpha(
    coded: Iterable[Coded],
    *,
    metric: Metric = Metric.NOMINAL,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Figure:
    """Return Krippendorff's alpha over the units that two coders or more coded.

    With o_ck the coincidences of the values c and k (each pair of values of a unit with m values
    counts 1 / (m - 1)), n_c how often c stands in such units, n their sum, and d_ck the distance:
    alpha = 1 - (n - 1) * sum(o_ck * d_ck) / sum(n_c * n_k * d_ck), both over all c < k.
    d_ck is 1 (nominal), (c - k)² (interval), or (ordinal) the square of the values that lie
    between: n_c / 2 + all n_g with c < g < k + n_k / 2. Undefined where only one value is used.
    """
    if metric is Metric.NOMINAL:
        units = _pairable(_by_unit(coded))
        rows = [tuple(sorted(values.values())) for values in units.values()]
        return _figure(units, rows, _nominal, least=2, resamples=resamples, seed=seed)
    numbers = _pairable(_numbers_by_unit(coded))
    scaled = [tuple(sorted(values.values())) for values in numbers.values()]
    statistic = _ordinal if metric is Metric.ORDINAL else _on_scale
    return _figure(numbers, scaled, statistic, least=2, resamples=resamples, seed=seed)


def figures(
    coded: Iterable[Coded],
    *,
    coders: Iterable[str] = (),
    metrics: Iterable[Metric] = tuple(Metric),
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Figures:
    """Return every coefficient of the codings.

    The coders are those in `coders`, who may have coded nothing, and all who coded anything.
    """
    held = list(coded)
    names = tuple(sorted({*coders, *(answer.coder for answer in held)}))
    of_two = None
    if len(names) == 2:
        of_two = kappa(held, one=names[0], other=names[1], resamples=resamples, seed=seed)
    return Figures(
        coders=names,
        percent=percent(held, resamples=resamples, seed=seed),
        kappa=of_two,
        alpha={
            metric: alpha(held, metric=metric, resamples=resamples, seed=seed) for metric in metrics
        },
    )


def by_pair(
    coded: Iterable[Coded],
    *,
    metrics: Iterable[Metric] = tuple(Metric),
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> dict[tuple[str, str], Figures]:
    """Return the coefficients of every two coders, over the units that both coded."""
    held, wanted = list(coded), tuple(metrics)
    return {
        pair: figures(
            [answer for answer in held if answer.coder in pair],
            metrics=wanted,
            resamples=resamples,
            seed=seed,
        )
        for pair in combinations(sorted({answer.coder for answer in held}), 2)
    }


def by_group(
    coded: Iterable[Coded],
    group: Callable[[Coded], str],
    *,
    metrics: Iterable[Metric] = tuple(Metric),
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> dict[str, Figures]:
    """Return the coefficients of the codings of each group, in the order of the groups' names.

    `group` has to give the same answer for all codings of a unit, else the unit falls apart.
    """
    groups: dict[str, list[Coded]] = {}
    for answer in coded:
        groups.setdefault(group(answer), []).append(answer)
    wanted = tuple(metrics)
    return {
        name: figures(groups[name], metrics=wanted, resamples=resamples, seed=seed)
        for name in sorted(groups)
    }


def _by_unit(coded: Iterable[Coded]) -> dict[Unit, dict[str, str]]:
    """Return for each unit, in the order of the codings, what each coder said of it."""
    units: dict[Unit, dict[str, str]] = {}
    for answer in coded:
        _place(units, answer, answer.value)
    return units


def _numbers_by_unit(coded: Iterable[Coded]) -> dict[Unit, dict[str, float]]:
    units: dict[Unit, dict[str, float]] = {}
    for answer in coded:
        if answer.number is not None:
            _place(units, answer, answer.number)
    return units


def _place(units: dict[Unit, dict[str, Value]], answer: Coded, value: Value) -> None:
    if answer.coder in units.setdefault(answer.unit, {}):
        raise ValueError(
            f"{answer.coder} coded {answer.unit!r} twice: a coder has one value for each unit."
        )
    units[answer.unit][answer.coder] = value


def _pairable(units: dict[Unit, dict[str, Value]]) -> dict[Unit, dict[str, Value]]:
    return {unit: values for unit, values in units.items() if len(values) > 1}


def _figure(
    units: dict[Unit, dict[str, Value]],
    rows: Sequence[Row],
    statistic: Callable[[Counted[Row]], float | None],
    *,
    least: int,
    resamples: int,
    seed: int,
) -> Figure:
    """Return the figure over the units, each of which is one row to the statistic."""
    agreeing = tuple(unit for unit, values in units.items() if len(set(values.values())) == 1)
    disagreeing = tuple(unit for unit, values in units.items() if len(set(values.values())) > 1)
    return figure(
        rows, statistic, agreeing, disagreeing, least=least, resamples=resamples, seed=seed
    )


def _percent(counted: Counted[tuple[tuple[str, str, bool], ...]]) -> float | None:
    same: Counter[tuple[str, str]] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for row, times in counted:
        for one, other, agree in row:
            both[one, other] += times
            same[one, other] += times * agree
    return fsum(same[pair] / both[pair] for pair in both) / len(both)


def _kappa(counted: Counted[tuple[str, str]]) -> float | None:
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    same = 0
    for (one, other), times in counted:
        first[one] += times
        second[other] += times
        same += times * (one == other)
    n = first.total()
    by_chance = sum(first[value] * second[value] for value in first)
    if by_chance == n * n:
        return None
    return (same * n - by_chance) / (n * n - by_chance)


def _nominal(counted: Counted[tuple[str, ...]]) -> float | None:
    of_value: Counter[str] = Counter()
    observed = []
    for row, times in counted:
        for value in row:
            of_value[value] += times
        different = sum(one != other for one, other in combinations(row, 2))
        observed.append(times * different / (len(row) - 1))
    n = of_value.total()
    # Twice the sum of n_c * n_k over all c < k.
    expected = n * n - sum(number * number for number in of_value.values())
    return 1 - 2 * (n - 1) * fsum(observed) / expected if expected else None


def _on_scale(counted: Counted[tuple[float, ...]]) -> float | None:
    of_value: Counter[float] = Counter()
    observed = []
    for row, times in counted:
        for value in row:
            of_value[value] += times
        apart = fsum((one - other) ** 2 for one, other in combinations(row, 2))
        observed.append(times * apart / (len(row) - 1))
    expected = fsum(
        of_value[one] * of_value[other] * (one - other) ** 2
        for one, other in combinations(of_value, 2)
    )
    return 1 - (of_value.total() - 1) * fsum(observed) / expected if expected else None


def _ordinal(counted: Counted[tuple[float, ...]]) -> float | None:
    """Return alpha of the values' mean ranks: d_ck is the square of the difference of these."""
    of_value: Counter[float] = Counter()
    for row, times in counted:
        for value in row:
            of_value[value] += times
    ranks, below = {}, 0
    for value, number in sorted(of_value.items()):
        ranks[value] = below + number / 2
        below += number
    return _on_scale([(tuple(ranks[value] for value in row), times) for row, times in counted])
