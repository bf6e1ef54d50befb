"""Numbers by source, actor and issue in; what each source reports out, alone or beside others."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Generic, TypeVar

Place = TypeVar("Place", bound=Hashable)
# A source, an actor, an issue, and how many positions of that actor on that issue rest on passages
# of the source. Each is whatever names it, such as a primary key. Plain, as there are very many.
Reported = tuple[int, int, int, int]
# The places of a number.
ACTOR, ISSUE, PAIR = itemgetter(1), itemgetter(2), itemgetter(1, 2)


@dataclass(frozen=True)
class Reach(Generic[Place]):
    """What sources report by place: an actor, an issue, or a pair of both.

    `numbers` has for each place that any source reports on how many positions each of them has
    there. A place that is missing says nothing of a source but that nothing was found.
    """

    numbers: Mapping[Place, Mapping[int, int]]

    def number(self, source: int, place: Place) -> int:
        """Return how many positions a source has in a place."""
        return self.numbers.get(place, {}).get(source, 0)

    def others(self, source: int, place: Place) -> int:
        """Return how many other sources report on a place."""
        there = self.numbers.get(place, {})
        return len(there) - (source in there)

    def is_alone(self, source: int, place: Place) -> bool:
        """Return whether a source reports on a place and no other one does."""
        return self.number(source, place) > 0 and not self.others(source, place)

    def here(self, source: int) -> list[Place]:
        """Return the places that a source reports on, those with most positions first."""
        found = [place for place, there in self.numbers.items() if source in there]
        return sorted(found, key=lambda place: -self.numbers[place][source])

    def alone(self, source: int) -> list[Place]:
        """Return the places that no other source reports on, in the order of `here`."""
        return [place for place in self.here(source) if self.is_alone(source, place)]

    def alone_by_source(self) -> Counter[int]:
        """Return in how many places each source is alone."""
        return Counter(one for there in self.numbers.values() if len(there) == 1 for one in there)

    def elsewhere(self, source: int) -> list[Place]:
        """Return the places that only other sources report on, those that most report first."""
        found = [place for place, there in self.numbers.items() if source not in there]
        return sorted(found, key=lambda place: -len(self.numbers[place]))

    def total(self, place: Place) -> int:
        """Return how many positions the sources report in a place, added up by source."""
        return sum(self.numbers.get(place, {}).values())


def reach(reported: Iterable[Reported], *, by: Callable[[Reported], Any]) -> Reach[Any]:
    """Return what each source reports by place; `by` is one of the places of a number."""
    numbers: dict[Any, dict[int, int]] = defaultdict(dict)
    for one in reported:
        source, number = one[0], one[3]
        if number:
            there = numbers[by(one)]
            there[source] = there.get(source, 0) + number
    return Reach(dict(numbers))
