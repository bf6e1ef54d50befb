"""Actors as a network: the figure of each pair by one of six measures, and who is near whom."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from astana.comparison.agreement import Agreement, Score
from astana.comparison.clustering import camps
from astana.comparison.discourse import Discourse, Tie

# The measures that count everything said, and not headlines.
OF_STATEMENTS = ("congruence", "conflict", "subtract", "ignore")
# Actors are one camp while the mean agreement of the clusters that are joined is at least this.
CAMP_AGREES = Fraction(1, 2)


class Figure(NamedTuple):
    """The figure of a pair that shares `n` issues; no value where these are too few.

    `depth` is what it is tinted by: the agreement, or the value itself where statements count.
    """

    value: Fraction | None
    depth: Fraction | None
    n: int


class Network:
    """The figures of actors, computed where they are asked for.

    `headlines` is the agreement on headlines, which orders the actors whatever the measure, and
    `discourse` what was said, for the measures that count statements; each is asked for once, where
    it is needed. A pair has a figure where it shares at least `least` issues, which is 1 or more.
    Figures of statements are divided by `normalisation`, which `Discourse.divisor` knows.
    """

    def __init__(
        self,
        headlines: Callable[[], Agreement],
        discourse: Callable[[], Discourse],
        *,
        measure: str = "agreement",
        least: int = 1,
        normalisation: str = "none",
    ) -> None:
        self._headlines, self._discourse = headlines, discourse
        self.measure = measure
        self.least = least
        self.normalisation = normalisation
        self._figures: dict[tuple[str, str], Figure] = {}
        self._ranges: dict[tuple[str, str], tuple[Fraction, Fraction]] = {}

    @cached_property
    def headlines(self) -> Agreement:
        """The agreement on headlines."""
        return self._headlines()

    @cached_property
    def discourse(self) -> Discourse:
        """What was said."""
        return self._discourse()

    def figure(self, one: str, other: str) -> Figure:
        """Return the figure of a pair by the measure."""
        if (one, other) not in self._figures:
            self._figures[one, other] = self._figure(one, other)
        return self._figures[one, other]

    def _figure(self, one: str, other: str) -> Figure:
        if self.measure in OF_STATEMENTS:
            tie = self.discourse.tie(one, other)
            value = self._of_tie(one, other, tie) if tie.n >= self.least else None
            return Figure(value, value, tie.n)
        return self._of_score(self.headlines.score(one, other))

    def edges(self) -> Iterator[tuple[str, str, Figure]]:
        """Yield the pairs that have a figure, each once."""
        found: Iterator[tuple[str, str, Figure]]
        if self.measure in OF_STATEMENTS:
            pairs = combinations(self.discourse.actors, 2)
            found = ((one, other, self.figure(one, other)) for one, other in pairs)
        else:
            scores = self.headlines.scores()
            found = ((one, other, self._of_score(score)) for one, other, score in scores)
        return (edge for edge in found if edge[2].value is not None)

    def open_range(self, one: str, other: str) -> tuple[Fraction, Fraction] | None:
        """Return the range that open issues leave the agreement of a pair; None without a figure.

        Measures that count statements leave none.
        """
        if self.measure in OF_STATEMENTS or self.figure(one, other).value is None:
            return None
        return self.range_of(one, other)

    def range_of(self, one: str, other: str) -> tuple[Fraction, Fraction]:
        """Return the range that open issues leave the agreement on headlines, figure or not."""
        if (one, other) not in self._ranges:
            self._ranges[one, other] = self.headlines.open_range(one, other)
        return self._ranges[one, other]

    def distances(self, names: Sequence[str]) -> dict[tuple[str, str], Fraction]:
        """Return 1 - agreement of the pairs that share enough issues."""
        scores = {pair: self.headlines.score(*pair) for pair in combinations(names, 2)}
        return {
            pair: 1 - score.value
            for pair, score in scores.items()
            if score.value is not None and score.n >= self.least
        }

    def camps(self, names: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the names in camps, the nearest next to each other."""
        ordered = sorted(names)
        return camps(ordered, self.distances(ordered), widest=1 - CAMP_AGREES)

    def _of_score(self, score: Score) -> Figure:
        if score.n < self.least:
            return Figure(None, None, score.n)
        value = score.points if self.measure == "points" else score.value
        return Figure(value, score.value, score.n)

    def _of_tie(self, one: str, other: str, tie: Tie) -> Fraction:
        value: Fraction = getattr(tie, self.measure)
        return value / self.discourse.divisor(one, other, self.normalisation)
