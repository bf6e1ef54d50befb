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

Codings may be in strata, such as stances on different issues: then what chance would give is drawn
within each stratum only, and observed and expected are summed over the strata before they are
compared (the pooled estimator of de Vries, Elliott, Kanouse and Teleki, 2008, "Using pooled kappa
to summarize interrater agreement across many items", Field Methods 20, 272-282, here with strata
of any size, and for alpha likewise). So agreeing on the stratum is no agreement on the value. A
stratum with one unit cannot tell agreement from chance: kappa and alpha leave it out.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import fsum
from typing import Generic, TypeVar

from astana.comparison.figure import RESAMPLES, Counted, Figure, Row, Undefined, Unit, figure

Value = TypeVar("Value", str, float)
Values = TypeVar("Values", bound=tuple[object, ...])


class Metric(StrEnum):
    """How far two values are apart: different or not, in ranks, or in numbers."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class Coded:
    """What one coder said of one unit.

    `value` is the category; `number` its place on a scale, or None off the scale, which ordinal
    and interval alpha take as missing. Values are compared within a `stratum` only; all codings of
    a unit are in the same.
    """

    coder: str
    unit: Unit
    value: str
    number: float | None = None
    stratum: str = ""


@dataclass(frozen=True, slots=True)
class _Answers(Generic[Value]):
    """What each coder said of one unit."""

    stratum: str
    by_coder: dict[str, Value]


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


def percent(coded: Iterable[Coded], *, resamples: int = RESAMPLES) -> Figure:
    """Return the percent agreement, 0..1: the mean over all pairs of coders with a common unit."""
    units = _pairable(_by_unit(coded))
    rows = [
        tuple(
            (one, other, said.by_coder[one] == said.by_coder[other])
            for one, other in combinations(sorted(said.by_coder), 2)
        )
        for said in units.values()
    ]
    return _figure(units, rows, _percent, resamples=resamples)


def kappa(coded: Iterable[Coded], *, one: str, other: str, resamples: int = RESAMPLES) -> Figure:
    """Return Cohen's kappa of two coders over the units that both coded.

    (p_o - p_e) / (1 - p_e) with p_o the share of units with the same value, and p_e the share
    that coders would share by chance: over all values the product of the shares in which each of
    the two used it. In strata p_o and p_e are the means of those of the strata, each weighed by
    its units. Undefined where both used one and the same value throughout each stratum.
    """
    if one == other:
        raise ValueError("Kappa compares two coders: name two different ones.")
    units = _pairable(_by_unit(answer for answer in coded if answer.coder in (one, other)))
    kept = _of_large_strata(units)
    rows = [(said.stratum, (said.by_coder[one], said.by_coder[other])) for said in kept.values()]
    return _figure(kept or units, rows, _kappa, resamples=resamples)


def alpha(
    coded: Iterable[Coded], *, metric: Metric = Metric.NOMINAL, resamples: int = RESAMPLES
) -> Figure:
    """Return Krippendorff's alpha over the units that two coders or more coded.

    With o_ck the coincidences of the values c and k (each pair of values of a unit with m values
    counts 1 / (m - 1)), n_c how often c stands in such units, n their sum, and d_ck the distance:
    alpha = 1 - (n - 1) * sum(o_ck * d_ck) / sum(n_c * n_k * d_ck), both over all c < k.
    d_ck is 1 (nominal), (c - k)² (interval), or (ordinal) the square of the values that lie
    between: n_c / 2 + all n_g with c < g < k + n_k / 2. In strata n_c, n and d_ck are those of the
    stratum, and alpha = 1 - sum(o_ck * d_ck) / sum(n_c * n_k * d_ck / (n - 1)), both also over all
    strata. Undefined where only one value is used in each.
    """
    if metric is Metric.NOMINAL:
        return _alpha(_by_unit(coded), _nominal, resamples=resamples)
    statistic = _ordinal if metric is Metric.ORDINAL else _on_scale
    return _alpha(_numbers_by_unit(coded), statistic, resamples=resamples)


def figures(
    coded: Iterable[Coded],
    *,
    coders: Iterable[str] = (),
    metrics: Iterable[Metric] = tuple(Metric),
    resamples: int = RESAMPLES,
) -> Figures:
    """Return every coefficient of the codings.

    The coders are those in `coders`, who may have coded nothing, and all who coded anything.
    """
    held = list(coded)
    names = tuple(sorted({*coders, *(answer.coder for answer in held)}))
    of_two = None
    if len(names) == 2:
        of_two = kappa(held, one=names[0], other=names[1], resamples=resamples)
    return Figures(
        coders=names,
        percent=percent(held, resamples=resamples),
        kappa=of_two,
        alpha={metric: alpha(held, metric=metric, resamples=resamples) for metric in metrics},
    )


def by_group(
    coded: Iterable[Coded],
    group: Callable[[Coded], str],
    *,
    coders: Iterable[str] = (),
    metrics: Iterable[Metric] = tuple(Metric),
    resamples: int = RESAMPLES,
) -> dict[str, Figures]:
    """Return the coefficients of the codings of each group, in the order of the groups' names.

    Each has the measures for all of `coders`, so that they stand in the same columns.
    `group` has to give the same answer for all codings of a unit, else the unit falls apart.
    """
    groups: dict[str, list[Coded]] = {}
    for answer in coded:
        groups.setdefault(group(answer), []).append(answer)
    wanted, names = tuple(metrics), tuple(coders)
    return {
        name: figures(groups[name], coders=names, metrics=wanted, resamples=resamples)
        for name in sorted(groups)
    }


def _by_unit(coded: Iterable[Coded]) -> dict[Unit, _Answers[str]]:
    """Return for each unit, in the order of the codings, what each coder said of it."""
    units: dict[Unit, _Answers[str]] = {}
    for answer in coded:
        _place(units, answer, answer.value)
    return units


def _numbers_by_unit(coded: Iterable[Coded]) -> dict[Unit, _Answers[float]]:
    units: dict[Unit, _Answers[float]] = {}
    for answer in coded:
        if answer.number is not None:
            _place(units, answer, answer.number)
    return units


def _place(units: dict[Unit, _Answers[Value]], answer: Coded, value: Value) -> None:
    said = units.setdefault(answer.unit, _Answers(answer.stratum, {}))
    if answer.coder in said.by_coder:
        raise ValueError(
            f"{answer.coder} coded {answer.unit!r} twice: a coder has one value for each unit."
        )
    if answer.stratum != said.stratum:
        raise ValueError(f"{answer.unit!r} is in {said.stratum} and in {answer.stratum}.")
    said.by_coder[answer.coder] = value


def _pairable(units: dict[Unit, _Answers[Value]]) -> dict[Unit, _Answers[Value]]:
    return {unit: said for unit, said in units.items() if len(said.by_coder) > 1}


def _of_large_strata(units: dict[Unit, _Answers[Value]]) -> dict[Unit, _Answers[Value]]:
    """Return the units of the strata with two units or more."""
    sizes = Counter(said.stratum for said in units.values())
    return {unit: said for unit, said in units.items() if sizes[said.stratum] > 1}


def _alpha(
    held: dict[Unit, _Answers[Value]],
    disagreement: Callable[[Counted[tuple[Value, ...]]], tuple[float, float]],
    *,
    resamples: int,
) -> Figure:
    units = _pairable(held)
    kept = _of_large_strata(units)
    rows = [(said.stratum, tuple(sorted(said.by_coder.values()))) for said in kept.values()]

    def statistic(counted: Counted[tuple[str, tuple[Value, ...]]]) -> float | None:
        sums = [disagreement(each) for each in _by_stratum(counted)]
        expected = fsum(by_chance for _, by_chance in sums)
        return 1 - fsum(observed for observed, _ in sums) / expected if expected else None

    return _figure(kept or units, rows, statistic, resamples=resamples)


def _figure(
    units: dict[Unit, _Answers[Value]],
    rows: Sequence[Row],
    statistic: Callable[[Counted[Row]], float | None],
    *,
    resamples: int,
) -> Figure:
    """Return the figure over the units, each of which is one row to the statistic.

    Units without rows are alone in their strata.
    """
    alike = {unit: len(set(said.by_coder.values())) == 1 for unit, said in units.items()}
    agreeing = tuple(unit for unit, same in alike.items() if same)
    disagreeing = tuple(unit for unit, same in alike.items() if not same)
    if units and not rows:
        alone = Undefined.ONE_UNIT
        return Figure(None, alone, None, alone, agreeing, disagreeing)
    return figure(rows, statistic, agreeing, disagreeing, resamples=resamples)


def _by_stratum(counted: Counted[tuple[str, Values]]) -> list[Counted[Values]]:
    """Return the rows of each stratum by themselves."""
    strata: dict[str, list[tuple[Values, int]]] = {}
    for (stratum, values), times in counted:
        strata.setdefault(stratum, []).append((values, times))
    return list(strata.values())


def _percent(counted: Counted[tuple[tuple[str, str, bool], ...]]) -> float | None:
    same: Counter[tuple[str, str]] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for row, times in counted:
        for one, other, agree in row:
            both[one, other] += times
            same[one, other] += times * agree
    return fsum(same[pair] / both[pair] for pair in both) / len(both)


def _kappa(counted: Counted[tuple[str, tuple[str, str]]]) -> float | None:
    beyond_chance, possible = [], []
    for stratum in _by_stratum(counted):
        first: Counter[str] = Counter()
        second: Counter[str] = Counter()
        same = 0
        for (one, other), times in stratum:
            first[one] += times
            second[other] += times
            same += times * (one == other)
        n = first.total()
        by_chance = sum(first[value] * second[value] for value in first)
        beyond_chance.append((same * n - by_chance) / n)
        possible.append((n * n - by_chance) / n)
    return fsum(beyond_chance) / fsum(possible) if any(possible) else None


def _nominal(counted: Counted[tuple[str, ...]]) -> tuple[float, float]:
    """Return the disagreement of the values of one stratum, observed and by chance."""
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
    return fsum(observed), expected / (2 * (n - 1))


def _on_scale(counted: Counted[tuple[float, ...]]) -> tuple[float, float]:
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
    return fsum(observed), expected / (of_value.total() - 1)


def _ordinal(counted: Counted[tuple[float, ...]]) -> tuple[float, float]:
    """Take the values' mean ranks: d_ck is the square of the difference of these."""
    of_value: Counter[float] = Counter()
    for row, times in counted:
        for value in row:
            of_value[value] += times
    ranks, below = {}, 0
    for value, number in sorted(of_value.items()):
        ranks[value] = below + number / 2
        below += number
    return _on_scale([(tuple(ranks[value] for value in row), times) for row, times in counted])
