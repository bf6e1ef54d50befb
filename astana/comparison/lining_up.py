"""Codings of several coders in, units out: which of them speak of the same thing.

The adjudication screen shows these units, and the agreement between coders is counted over them.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from astana.comparison.coders import Coded

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Coding:
    """A position as one coder recorded it.

    `spans` are its passages, [start, end) in code points of one rendition of the article; `value`
    is that of the stance, or None off the scale. `speaker` is empty where nobody is named.
    """

    id: int
    coder: str
    article: str
    spans: tuple[Span, ...]
    actor: str
    issue: str
    stance: str
    value: float | None
    voice: str = ""
    said: str = ""
    speaker: str = ""

    def __post_init__(self) -> None:
        for start, end in self.spans:
            if not 0 <= start < end:
                raise ValueError(f"Coding {self.id} has a passage from {start} to {end}.")


@dataclass(frozen=True, slots=True)
class LinedUp:
    """What coders said of the same thing: one coding each, by coder, and who said nothing."""

    codings: tuple[Coding, ...]
    missing: tuple[str, ...]


def points(spans: Iterable[Span]) -> frozenset[int]:
    """Return the code points that spans cover."""
    return frozenset(point for start, end in spans for point in range(start, end))


def line_up(codings: Iterable[Coding], *, coders: Collection[str] = ()) -> tuple[LinedUp, ...]:
    """Return the units of one article, in the order of their passages; each coding is in one.

    Two codings of different coders can meet where their passages share a code point. The best
    pair meets first; a pair is better than another

    1. if it shares at least half of the shorter one's code points, and the other does not,
    2. then with the same issue,
    3. then with the same actor,
    4. then with the larger share of common code points in those of either (Jaccard),
    5. then if it stands earlier in the text, and at last by the names and ids.

    A coding joins a unit only where it meets every coding in it and none is by its own coder. What
    meets nothing is a unit of its own. `coders` names those who coded the article, so that
    one who recorded nothing is missing everywhere; ValueError with codings of two articles.
    """
    held = sorted(codings, key=_order)
    if len({coding.article for coding in held}) > 1:
        raise ValueError("Line up the codings of one article at a time.")
    covered = {coding.id: points(coding.spans) for coding in held}
    if len(covered) < len(held):
        raise ValueError("Two codings have the same id.")
    everybody = sorted({*coders, *(coding.coder for coding in held)})
    pairs = []
    for first, second in combinations(held, 2):
        one, other = covered[first.id], covered[second.id]
        shared = len(one & other)
        if first.coder != second.coder and shared:
            rank = (
                2 * shared < min(len(one), len(other)),
                first.issue != second.issue,
                first.actor != second.actor,
                -Fraction(shared, len(one | other)),
            )
            pairs.append((rank, first, second))
    # Sorting is stable: pairs of equal rank stay in the order of the text.
    pairs.sort(key=lambda pair: pair[0])
    meet = {frozenset((first.id, second.id)) for _, first, second in pairs}
    units = {coding.id: [coding] for coding in held}
    for _, first, second in pairs:
        one_unit, other_unit = units[first.id], units[second.id]
        if one_unit is not other_unit and all(
            frozenset((mine.id, theirs.id)) in meet for mine in one_unit for theirs in other_unit
        ):
            one_unit.extend(other_unit)
            for coding in other_unit:
                units[coding.id] = one_unit
    found = {min(coding.id for coding in unit): unit for unit in units.values()}
    lined_up = [
        LinedUp(
            tuple(sorted(unit, key=lambda coding: coding.coder)),
            tuple(sorted(set(everybody) - {coding.coder for coding in unit})),
        )
        for unit in found.values()
    ]
    return tuple(sorted(lined_up, key=lambda unit: min(map(_order, unit.codings))))


def compared(units: Iterable[LinedUp], what: Callable[[Coding], str]) -> list[Coded]:
    """Return what each coder saw in each unit, to be compared: an issue, an actor, a voice."""
    return [Coded(each.coder, unit, what(each)) for unit in units for each in unit.codings]


def stances(units: Iterable[LinedUp]) -> list[Coded]:
    """Return which stance each coder saw in each unit, given the issue, to be compared.

    Stances on different issues are not answers to the same question: a unit becomes one for each
    issue that a coder saw in it, with the codings on that issue alone, and the issue is its
    stratum. So what is compared of two coders never depends on a third.
    """
    return [
        Coded(each.coder, _on(each.issue, unit), each.stance, each.value, stratum=each.issue)
        for unit in units
        for each in unit.codings
    ]


def _on(issue: str, unit: LinedUp) -> LinedUp:
    return replace(unit, codings=tuple(one for one in unit.codings if one.issue == issue))


def _order(coding: Coding) -> tuple[tuple[Span, ...], str, str, str, str, int]:
    spans = tuple(sorted(coding.spans))
    return (spans, coding.coder, coding.issue, coding.actor, coding.stance, coding.id)
