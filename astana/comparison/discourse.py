"""What was said in a range of days in, ties between actors out, as in discourse network analysis.

The definitions are those of Discourse Network Analyzer with an ordered qualifier (Leifeld and
Haunss, 2012, "Political discourse networks and the conflict over software patents in Europe",
European Journal of Political Research 51(3), 382-409; Leifeld, 2017, "Discourse network analysis",
in The Oxford Handbook of Political Networks). With x(a, j, v) the number of times that actor a
took the value v on issue j, summed over issues and pairs of values:

    congruence(a, b) = sum of x(a, j, v) x(b, j, w) (1 - |v - w| / 2)
    conflict(a, b)   = sum of x(a, j, v) x(b, j, w) |v - w| / 2
    subtract(a, b)   = congruence(a, b) - conflict(a, b)

The scale is -1..1 here, so its length, 2, stands where that program puts the range of the values
it finds. On stances of -1 and 1 these are counts of shared and of opposed stances. Stances off
the scale do not enter. Normalisation "average" divides by the mean activity of the two, which is
half of all that either said. What counts as said twice is for the caller, who gives the numbers.
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
    def average_activity(self) -> Fraction:
        """What normalisation "average" divides by."""
        return Fraction(self.activity, 2)


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
