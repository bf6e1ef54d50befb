"""The order of passages in a text: which of them were found in the order in which they stood.

A point is a pair: where something stood in the text before, and where it stands in the text now.
What was edited but not rearranged keeps its order; a passage that was found beyond its neighbours
stands in a quotation, a note or another sentence.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from astana.evidence.setting import Plain

Point = tuple[int, int]

# So many words in a row are a landmark, if they stand once in each of the two texts.
_LANDMARK = 6

# What parts two paragraphs.
_BREAK = re.compile(r"\n\s*\n")


class Neighbours:
    """Points that are sure, to ask what stands around another one."""

    def __init__(self, points: Iterable[Point]) -> None:
        self.points = sorted(set(points))
        self._old = [old for old, _now in self.points]
        now = [now for _old, now in self.points]
        self._before = list(accumulate(now, max))
        self._after = list(accumulate(reversed(now), min))[::-1]

    def are_in_order_with(self, point: Point) -> bool:
        """Return whether all that stood before a point stands before it now, and so behind it."""
        first, last = bisect_left(self._old, point[0]), bisect_right(self._old, point[0])
        is_behind = not first or self._before[first - 1] <= point[1]
        is_before = last == len(self._old) or point[1] <= self._after[last]
        return is_behind and is_before

    def beside(self, old: int) -> list[Point]:
        """Return the nearest point before, and the nearest one after."""
        first, last = bisect_left(self._old, old), bisect_right(self._old, old)
        return [*self.points[max(0, first - 1) : first], *self.points[last : last + 1]]


def moved_together(
    waiting: Mapping[int, Point], known: Neighbours, text: str, settings: Iterable[Plain]
) -> set[int]:
    """Return which points have moved as far as what is known beside them.

    Points that nothing else is known of bear each other out where as many code points stand
    between them as before and they are not all in one paragraph: a whole paragraph may be quoted in
    a note. Distances count in the text and, where it may have stood in another setting, in that.
    """
    in_order = {one: point for one, point in waiting.items() if known.are_in_order_with(point)}
    found: set[int] = set()
    for place in (_as_it_is, *(setting.at for setting in settings)):
        groups = defaultdict(list)
        for one, (old, now) in in_order.items():
            shift = place(now) - old
            groups[shift].append(one)
            beside = (place(there) - before for before, there in known.beside(old))
            if shift in beside or (not shift and place is not _as_it_is):
                found.add(one)
        for group in groups.values():
            places = [in_order[one][1] for one in group]
            if _BREAK.search(text, min(places), max(places)):
                found.update(group)
    return found


def _as_it_is(place: int) -> int:
    return place


def landmarks(before: Plain, now: Plain) -> list[Point]:
    """Return points of two texts: runs of words that stand once in each."""
    places = _runs(now)
    return sorted(
        (before.starts[at], now.starts[places[words]])
        for words, at in _runs(before).items()
        if at >= 0 and places.get(words, -1) >= 0
    )


def _runs(plain: Plain) -> dict[str, int]:
    """Return where each run of words stands in a text, -1 if in several places."""
    words = plain.words
    begins = [0, *(at + 1 for at, letter in enumerate(words) if letter == " "), len(words) + 1]
    runs: dict[str, int] = {}
    for first, last in zip(begins, begins[_LANDMARK:], strict=False):
        run = words[first : last - 1]
        runs[run] = -1 if run in runs else first
    return runs


def longest_chain(points: Sequence[Point]) -> list[Point]:
    """Return the longest chain of points whose places now rise as those before (patience)."""
    tails: list[int] = []
    numbers: list[int] = []
    previous: list[int] = []
    for number, (_old, now) in enumerate(points):
        at = bisect_left(tails, now)
        previous.append(numbers[at - 1] if at else -1)
        tails[at : at + 1] = [now]
        numbers[at : at + 1] = [number]
    chain: list[Point] = []
    number = numbers[-1] if numbers else -1
    while number >= 0:
        chain.append(points[number])
        number = previous[number]
    return chain[::-1]
