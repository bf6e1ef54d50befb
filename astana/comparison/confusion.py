"""What coders said of the same units in, which values they take for each other out.

Every two codings of a unit by different coders are a pair; nobody is taken to be right, so a pair
has no order. A unit that three coders coded gives three pairs. Values are compared within a stratum
only, such as stances within an issue.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from astana.comparison.coders import Coded
from astana.comparison.figure import Unit

Values = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two codings of a unit: `coders` by name, and their two `values` in the order of letters."""

    unit: Unit
    stratum: str
    coders: tuple[str, str]
    values: Values

    @property
    def differs(self) -> bool:
        """Whether the two coders chose different values."""
        return self.values[0] != self.values[1]


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often two values met, by the two in the order of letters, with the pairs behind each."""

    cells: Mapping[Values, tuple[Pair, ...]]

    @property
    def pairs(self) -> int:
        """The number of pairs."""
        return sum(map(len, self.cells.values()))

    @property
    def differing(self) -> int:
        """The number of pairs whose values differ."""
        return sum(len(held) for (one, other), held in self.cells.items() if one != other)

    @property
    def share(self) -> float:
        """The share of pairs whose values differ, 0..1; 0 if there are none."""
        return self.differing / self.pairs if self.pairs else 0.0

    @property
    def worst(self) -> Values | None:
        """The two values most often taken for each other, the first by name of several."""
        differing = [
            (-len(held), values) for values, held in self.cells.items() if len({*values}) > 1
        ]
        return min(differing)[1] if differing else None


def pairs_of(coded: Iterable[Coded]) -> list[Pair]:
    """Return every two codings of the same unit, in the order in which units first come.

    Raises ValueError where a coder has coded a unit twice.
    """
    units: dict[Unit, list[Coded]] = {}
    for answer in coded:
        held = units.setdefault(answer.unit, [])
        if any(one.coder == answer.coder for one in held):
            raise ValueError(f"{answer.coder} coded {answer.unit!r} twice.")
        held.append(answer)
    return [
        Pair(unit, one.stratum, (one.coder, other.coder), (min(values), max(values)))
        for unit, held in units.items()
        for one, other in combinations(sorted(held, key=lambda answer: answer.coder), 2)
        for values in [(one.value, other.value)]
    ]


def confusion(pairs: Iterable[Pair]) -> Confusion:
    """Return how often which two values met."""
    cells: dict[Values, list[Pair]] = {}
    for pair in pairs:
        cells.setdefault(pair.values, []).append(pair)
    return Confusion({values: tuple(cells[values]) for values in sorted(cells)})


def confusion_by(pairs: Iterable[Pair], group: Callable[[Pair], str]) -> dict[str, Confusion]:
    """Return the confusion of each group of pairs, in the order of the groups' names."""
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(group(pair), []).append(pair)
    return {name: confusion(groups[name]) for name in sorted(groups)}


def to_discuss(confusions: Mapping[str, Confusion]) -> Sequence[str]:
    """Return the groups with any difference, those with most first, then the larger share."""
    differing = [name for name, held in confusions.items() if held.differing]
    return sorted(
        differing,
        key=lambda name: (-confusions[name].differing, -confusions[name].share, name),
    )
