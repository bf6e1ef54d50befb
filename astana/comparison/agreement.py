"""Headlines in, agreement out: how far actors agree, on how many issues, and what is still open.

Agreement of two actors is the mean of 1 - |v1 - v2| / 2 over the preference issues on which both
have a headline with a single value. Silence, two voices and stances off the scale are in no
denominator; facts never come in, as the caller asks about preference issues alone. On stances of
-1, 0 and 1 this is the score of the Wahl-O-Mat: two points for the same answer, one for
neighbouring answers, none for opposite ones, divided by the most points that could be had
(Bundeszentrale für politische Bildung, „Das Rechenmodell des Wahl-O-Mat“).

Where answers have no order, two actors answer the same or differently. That is counted apart: it
enters no mean, no range and no points.

Values have two decimals and are counted in hundredths, likeness in two-hundredths (`WHOLE`), so
that every figure is exact and the parts of a score add up to it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import gcd
from typing import NamedTuple

# The likeness of two equal values: that of v1 and v2 (in hundredths) is WHOLE - |v1 - v2|.
WHOLE = 200


class Answer(NamedTuple):
    """A stance in the headline of a cell; two voices come as several answers of one cell.

    `value` is in hundredths, -100..100, or None off the scale.
    """

    actor: str
    issue: str
    stance: str
    value: int | None


# The stance and the value of an answer.
_Held = tuple[str, int | None]


class Score(NamedTuple):
    """How far two actors agree: `total` likeness in two-hundredths over `n` issues."""

    total: int
    n: int

    @property
    def value(self) -> Fraction | None:
        """The agreement, 0..1, or None where the two share no issue."""
        return Fraction(self.total, WHOLE * self.n) if self.n else None

    @property
    def rank(self) -> float:
        """The agreement as a number to order by, quicker than a fraction; 0 without an issue.

        Equal scores have equal ranks, and unequal ones unequal ranks: quotients of such small
        numbers are further apart than floats are.
        """
        return self.total / self.n if self.n else 0.0

    @property
    def sum(self) -> Fraction:
        """What the issues add up to, 0..n."""
        return Fraction(self.total, WHOLE)

    @property
    def points(self) -> Fraction:
        """The points of the Wahl-O-Mat, 0..2n; finer stances than -1, 0, 1 give parts of them."""
        return Fraction(2 * self.total, WHOLE)


class Sameness(NamedTuple):
    """On how many of `n` issues without an order two actors give the same answer."""

    same: int
    n: int


class Outcome(StrEnum):
    """What one issue says about two actors; same and different are of issues without an order."""

    AGREE = "agree"
    DIFFER = "differ"
    SAME = "same"
    DIFFERENT = "different"
    TWO_VOICES = "two-voices"
    OFF_SCALE = "off-scale"
    ONE = "one"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Part:
    """One issue behind a score; `likeness` is in two-hundredths, None where it does not count.

    `one` and `other` are the answers that the actors' cells show: none is silence.
    """

    issue: str
    outcome: Outcome
    likeness: int | None
    one: tuple[Answer, ...]
    other: tuple[Answer, ...]


class Likeness:
    """How far actors agree and on how many issues, without what each holds on them: it is small.

    Each actor is two integers used as sets of bits. An issue has one bit for itself and, for each
    step of its scale, one that says whether the actor's value lies above the step. The distance of
    two actors is then the number of bits that differ among those that are known of both. A third
    one says on which issues the actor is heard.
    """

    actors: tuple[str, ...]
    _known: dict[str, int]
    _above: dict[str, int]
    _heard: dict[str, int]
    _issue_bits: int
    _step: int

    def both_heard(self, one: str, other: str) -> int:
        """Return on how many issues both actors are heard, with or without a single value."""
        return (self._heard[one] & self._heard[other]).bit_count()

    def score(self, one: str, other: str) -> Score:
        """Return how far two actors agree; KeyError if one was not asked about."""
        return self._scores(one, [other])[0]

    def scores(self) -> Iterator[tuple[str, str, Score]]:
        """Return the score of every pair of actors, each pair once, in the order asked for."""
        for place, one in enumerate(self.actors, 1):
            others = self.actors[place:]
            for other, score in zip(others, self._scores(one, others), strict=True):
                yield one, other, score

    def nearest(self, one: str, *, least: int) -> list[tuple[str, Score]]:
        """Return who shares at least so many issues with an actor, who agrees most first.

        Of those who agree as much comes first who shares more issues, then who was asked for first.
        KeyError if the actor was not asked about.
        """
        others = [actor for actor in self.actors if actor != one]
        found = [
            (other, score)
            for other, score in zip(others, self._scores(one, others), strict=True)
            if score.n >= max(1, least)
        ]
        return sorted(found, key=lambda pair: (-pair[1].rank, -pair[1].n))

    def _scores(self, one: str, others: Sequence[str]) -> list[Score]:
        known, above, step, issues = self._known, self._above, self._step, self._issue_bits
        my_known, my_above = known[one], above[one]
        scores = []
        for other in others:
            shared = my_known & known[other]
            n = (shared & issues).bit_count()
            distance = step * ((my_above ^ above[other]) & shared).bit_count()
            scores.append(Score(WHOLE * n - distance, n))
        return scores


class Agreement(Likeness):
    """Agreement between actors on preference issues; answers of others are ignored.

    `nominal` are issues without an order, which are counted apart and are none of `issues`.
    """

    def __init__(
        self,
        answers: Iterable[Answer | tuple[str, str, str, int | None]],
        *,
        actors: Sequence[str],
        issues: Sequence[str],
        nominal: Sequence[str] = (),
    ) -> None:
        self.actors = tuple(dict.fromkeys(actors))
        self.issues = tuple(dict.fromkeys(issues))
        self.nominal = tuple(dict.fromkeys(nominal))
        # There are very many answers and few different ones, so that equal ones are one object.
        self._first: dict[str, dict[str, _Held]] = {actor: {} for actor in self.actors}
        same: dict[_Held, _Held] = {}
        self._voices: dict[tuple[str, str], list[Answer]] = {}
        first, wanted = self._first, {*self.issues, *self.nominal}
        for actor, issue, stance, value in answers:
            if issue in wanted and actor in first:
                held_by = first[actor]
                shown = held_by.get(issue)
                if shown is None:
                    held = (stance, value)
                    held_by[issue] = same.setdefault(held, held)
                elif shown[0] != stance:
                    voices = self._voices.setdefault((actor, issue), [Answer(actor, issue, *shown)])
                    if all(voice.stance != stance for voice in voices):
                        voices.append(Answer(actor, issue, stance, value))
        self._values = {
            actor: {issue: value for issue, (_, value) in shown_by.items() if value is not None}
            for actor, shown_by in first.items()
        }
        for actor, issue in self._voices:
            self._values[actor].pop(issue, None)
        self._draw_bits()
        self._places = {issue: 1 << place for place, issue in enumerate(self.issues)}
        places = self._places
        self._heard = {
            actor: sum([places[issue] for issue in shown_by if issue in places])
            for actor, shown_by in first.items()
        }
        self._open: dict[str, tuple[int, dict[int, int]]] = {}

    def _draw_bits(self) -> None:
        # Each issue with each value that somebody holds on it: very few of very many.
        held = set().union(*(values.items() for values in self._values.values()))
        levels: dict[str, set[int]] = {issue: set() for issue in self.issues}
        for issue, value in held:
            levels[issue].add(value)
        lowest = {issue: min(values) for issue, values in levels.items() if values}
        self._step = gcd(*(value - lowest[issue] for issue, value in held))
        # For each issue and value: the bits that are known, and those of the steps below the value.
        known: dict[str, int] = {}
        above: dict[tuple[str, int], int] = {}
        self._issue_bits, place = 0, 0
        for issue, low in lowest.items():
            steps = {value: (value - low) // (self._step or 1) for value in levels[issue]}
            known[issue] = (1 << max(steps.values()) + 1) - 1 << place
            above |= {(issue, value): (1 << n) - 1 << place + 1 for value, n in steps.items()}
            self._issue_bits |= 1 << place
            place += max(steps.values()) + 1
        self._known = {
            actor: sum(map(known.__getitem__, values)) for actor, values in self._values.items()
        }
        self._above = {
            actor: sum(map(above.__getitem__, values.items()))
            for actor, values in self._values.items()
        }

    def likeness(self) -> Likeness:
        """Return how far the actors agree, without what each holds on the issues."""
        alone = Likeness()
        vars(alone).update({name: vars(self)[name] for name in Likeness.__annotations__})
        return alone

    def held(self, actor: str) -> int:
        """Return on how many issues an actor has a headline with a single value."""
        return len(self._values[actor])

    def _held_on(self, actor: str) -> tuple[int, dict[int, int]]:
        """Return the issues on which an actor holds a value, as a set of bits.

        Beside it the same by the least likeness, in two-hundredths, that any other value leaves.
        """
        if actor not in self._open:
            by_least: dict[int, int] = {}
            for issue, value in self._values[actor].items():
                likeness = WHOLE // 2 - abs(value)
                by_least[likeness] = by_least.get(likeness, 0) | self._places[issue]
            self._open[actor] = sum(by_least.values()), by_least
        return self._open[actor]

    def open_range(self, one: str, other: str) -> tuple[Fraction, Fraction]:
        """Return the lowest and the highest score that the open issues leave room for.

        Open are the issues asked about on which at least one of the two is silent, has two voices
        or is off the scale. With S the sum and n the issues of the score: any k of the open issues
        are filled in with values of -1..1. Where one of the two holds v, its likeness is then at
        least (1 - |v|) / 2, where neither holds a value 0, and always at most 1. The highest score
        is (S + k) / (n + k) with all of them, the lowest (S + the k least) / (n + k) with the k
        that make it least. Both are the score itself where nothing is open; 0 and 1 where there
        is no issue at all.
        """
        total, n = self.score(one, other)
        (mine, my_least), (theirs, their_least) = self._held_on(one), self._held_on(other)
        # How many open issues have which least likeness, in two-hundredths.
        least = {0: len(self.issues) - (mine | theirs).bit_count()}
        for by_least, others in ((my_least, theirs), (their_least, mine)):
            for likeness, bits in by_least.items():
                least[likeness] = least.get(likeness, 0) + (bits & ~others).bit_count()
        open_issues = sum(least.values())
        if not n and not open_issues:
            return Fraction(0), Fraction(1)
        highest = Fraction(total + WHOLE * open_issues, WHOLE * (n + open_issues))
        lowest, filled = total, n
        for likeness, number in sorted(least.items()):
            if number and (not filled or likeness * filled < lowest):
                lowest += likeness * number
                filled += number
        return Fraction(lowest, WHOLE * filled), highest

    def parts(self, one: str, other: str) -> list[Part]:
        """Return every issue asked about, with what it adds to the score of two actors."""
        found = []
        for issue in self.issues:
            mine, theirs = self._cell(one, issue), self._cell(other, issue)
            values = self._values[one].get(issue), self._values[other].get(issue)
            likeness = None
            if values[0] is not None and values[1] is not None:
                likeness = WHOLE - abs(values[0] - values[1])
            found.append(Part(issue, _outcome(mine, theirs, likeness), likeness, mine, theirs))
        return found + self._parts_without_order(one, other)

    def sameness(self, one: str, other: str) -> Sameness:
        """Return on how many issues without an order two actors give the same answer.

        Silence and two voices count on neither side.
        """
        outcomes = [part.outcome for part in self._parts_without_order(one, other)]
        same = outcomes.count(Outcome.SAME)
        return Sameness(same, same + outcomes.count(Outcome.DIFFERENT))

    def _parts_without_order(self, one: str, other: str) -> list[Part]:
        found = []
        for issue in self.nominal:
            mine, theirs = self._cell(one, issue), self._cell(other, issue)
            outcome = _outcome(mine, theirs, None)
            if len(mine) == len(theirs) == 1:
                is_same = mine[0].stance == theirs[0].stance
                outcome = Outcome.SAME if is_same else Outcome.DIFFERENT
            found.append(Part(issue, outcome, None, mine, theirs))
        return found

    def _cell(self, actor: str, issue: str) -> tuple[Answer, ...]:
        shown = self._first[actor].get(issue)
        first = [Answer(actor, issue, *shown)] if shown else []
        return tuple(self._voices.get((actor, issue), first))


def _outcome(one: tuple[Answer, ...], other: tuple[Answer, ...], likeness: int | None) -> Outcome:
    if likeness is not None:
        return Outcome.AGREE if likeness == WHOLE else Outcome.DIFFER
    if not one and not other:
        return Outcome.NEITHER
    if not one or not other:
        return Outcome.ONE
    if len(one) > 1 or len(other) > 1:
        return Outcome.TWO_VOICES
    return Outcome.OFF_SCALE
