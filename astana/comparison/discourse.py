"""What was said in a range of days in, ties between actors out, as in discourse network analysis.

The definitions are those of Discourse Network Analyzer with an ordered qualifier (Leifeld and
Haunss, 2012, "Political discourse networks and the conflict over software patents in Europe",
European Journal of Political Research 51(3), 382-409; Leifeld, 2017, "Discourse network analysis",
in The Oxford Handbook of Political Networks). With x(a, j, v) the number of times that actor a
took the value v on issue j, summed over issues and pairs of values:

    congruence(a, b) = sum of x(a, j, v) x(b, j, w) (1 - |v - w| / 2)
    conflict(a, b)   = sum of x(a, j, v) x(b, j, w) |v - w| / 2
    subtract(a, b)   = congruence(a, b) - conflict(a, b)
    ignore(a, b)     = congruence(a, b) + conflict(a, b)
                     = sum of x(a, j, v) x(b, j, w), whatever the values

The scale is -1..1 here, so its length, 2, stands where that program puts the range of the values
it finds. On stances of -1 and 1 these are counts of shared and of opposed stances. Stances off
the scale do not enter. What counts as said twice is for the caller, who gives the numbers.

A figure can be divided, as that program does (Leifeld, Gruber and Bossner, "Discourse Network
Analyzer Manual", on normalisation), by what `Discourse.divisor` returns; with A(a) the activity of
an actor, all that it said,

    average: (A(a) + A(b)) / 2
    jaccard: m10 + m01 + m11, where m11 is the sum of x(a, j, v) x(b, j, v), m10 that of the
             x(a, j, v) where x(b, j, v) is 0, and m01 that of the x(b, j, v) where x(a, j, v) is 0
    cosine:  A(a) A(b)

Said once each, congruence on two values by jaccard is Jaccard's coefficient of the two sets of
stances. What the program calls cosine is the product of the totals, not the angle of two rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import mul
from typing import NamedTuple

from astana.comparison.agreement import WHOLE


class Said(NamedTuple):
    """How many times an actor took a value (in hundredths) on an issue."""

    actor: str
    issue: str
    value: int
    times: int


@dataclass(frozen=True, slots=True)
class Tie:
    """How two actors are tied by what they said; both totals are in two-hundredths.

    `n` is the number of issues on which both took a value; `activity` is all that either said.
    """

    congruent: int
    conflicting: int
    n: int
    activity: int

    @property
    def congruence(self) -> Fraction:
        """Agreeing pairs of statements, weighed by how near they are."""
        return Fraction(self.congruent, WHOLE)

    @property
    def conflict(self) -> Fraction:
        """Disagreeing pairs of statements, weighed by how far apart they are."""
        return Fraction(self.conflicting, WHOLE)

    @property
    def subtract(self) -> Fraction:
        """Congruence without conflict."""
        return self.congruence - self.conflict

    @property
    def ignore(self) -> Fraction:
        """All pairs of statements on the same issues: congruence and conflict together."""
        return self.congruence + self.conflict


class Discourse:
    """Ties between actors on issues, from how often each took which value."""

    def __init__(
        self, said: Iterable[Said], *, actors: Sequence[str], issues: Sequence[str]
    ) -> None:
        self.actors = tuple(dict.fromkeys(actors))
        self.issues = tuple(dict.fromkeys(issues))
        wanted = set(self.issues)
        self._said: dict[str, dict[str, dict[int, int]]] = {actor: {} for actor in self.actors}
        for actor, issue, value, times in said:
            if actor in self._said and issue in wanted and times:
                values = self._said[actor].setdefault(issue, {})
                values[value] = values.get(value, 0) + times
        self._draw_vectors()

    def _draw_vectors(self) -> None:
        """Lay each actor's numbers out in a row, so that a tie is a product of two rows."""
        levels: dict[str, set[int]] = {issue: set() for issue in self.issues}
        for issues in self._said.values():
            for issue, values in issues.items():
                levels[issue].update(values)
        places = [(issue, value) for issue in self.issues for value in sorted(levels[issue])]
        self._counts: dict[str, list[int]] = {}
        self._reached: dict[str, list[int]] = {}
        self._totals: dict[str, list[int]] = {}
        self._known: dict[str, int] = {}
        for actor, issues in self._said.items():
            self._counts[actor] = [issues.get(issue, {}).get(value, 0) for issue, value in places]
            self._reached[actor] = [
                sum(
                    times * (WHOLE - abs(value - other))
                    for other, times in issues.get(issue, {}).items()
                )
                for issue, value in places
            ]
            self._totals[actor] = [sum(issues.get(issue, {}).values()) for issue in self.issues]
            self._known[actor] = sum(
                1 << place for place, total in enumerate(self._totals[actor]) if total
            )

    def tie(self, one: str, other: str) -> Tie:
        """Return how two actors are tied; KeyError if one was not asked about."""
        congruent = sum(map(mul, self._counts[one], self._reached[other]))
        met = sum(map(mul, self._totals[one], self._totals[other]))
        return Tie(
            congruent=congruent,
            conflicting=WHOLE * met - congruent,
            n=(self._known[one] & self._known[other]).bit_count(),
            activity=sum(self._totals[one]) + sum(self._totals[other]),
        )

    def divisor(self, one: str, other: str, normalisation: str) -> Fraction:
        """Return what the figures of a pair are divided by; 1 where they are not, or cannot be.

        `normalisation` is `none`, `average`, `jaccard` or `cosine`.
        """
        mine, theirs = sum(self._totals[one]), sum(self._totals[other])
        if normalisation == "average":
            return Fraction((mine + theirs) or 2, 2)
        if normalisation == "jaccard":
            return Fraction(self._union(one, other) or 1)
        if normalisation == "cosine":
            return Fraction(mine * theirs or 1)
        return Fraction(1)

    def _union(self, one: str, other: str) -> int:
        rows = zip(self._counts[one], self._counts[other], strict=True)
        return sum(mine * theirs if mine and theirs else mine + theirs for mine, theirs in rows)

    def parts(self, one: str, other: str) -> dict[str, Tie]:
        """Return the tie that each issue adds; `activity` is what was said on it."""
        found = {}
        for issue in self.issues:
            mine, theirs = self._said[one].get(issue, {}), self._said[other].get(issue, {})
            met = [
                (times * others, abs(value - their))
                for value, times in mine.items()
                for their, others in theirs.items()
            ]
            found[issue] = Tie(
                congruent=sum(weight * (WHOLE - distance) for weight, distance in met),
                conflicting=sum(weight * distance for weight, distance in met),
                n=1 if met else 0,
                activity=sum(mine.values()) + sum(theirs.values()),
            )
        return found

    def said(self, actor: str, issue: str) -> dict[int, int]:
        """Return how many times an actor took which value on an issue, the highest value first."""
        values = self._said[actor].get(issue, {})
        return {value: values[value] for value in sorted(values, reverse=True)}
