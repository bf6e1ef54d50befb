"""What the places in a text count: programs differ in line ends and in characters of two units."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_MARK = "\ufeff"
# What shows that a name is the beginning of the words, or all of them.
_CUT = re.compile(r"\s*(…|\.\.\.)$")
_LEAST = 3
# To count a text in other ways takes many times its memory; this is twice the length of a bible.
_LONGEST = 8_000_000
AS_IS = "as they stand"
# What is told, what is counted otherwise than once, and how often.
_LINE_ENDS = (
    (AS_IS, re.compile(r"(?!)"), 1),
    ("with the two characters of a line end as one", re.compile("\r(?=\n)"), 0),
    ("with the character of a line end as two", re.compile("(?<!\r)\n"), 2),
)
_WIDE = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Place:
    """A passage as a file has it: from where to where, and what it is called."""

    start: int
    end: int
    name: str


class Counting:
    """A way to count the places of one text."""

    def __init__(self, told: str, text: str, units: Mapping[int, int], *, before: int = 0) -> None:
        """`units` are those characters that count otherwise than once, by their place, in order.

        `before` is what stands before the text and is not in it.
        """
        self.told = told
        self._text = text
        self._points: list[int] = [0]
        # How much is counted up to there.
        self._ends: list[int] = [before]
        for point, count in units.items():
            self._ends.append(self._ends[-1] + point - self._points[-1] + count)
            self._points.append(point + 1)
        self.length = self._ends[-1] + len(text) - self._points[-1]

    def point(self, count: int) -> int | None:
        """Return a place in code points of the text, or None beyond it or in a character."""
        if not 0 <= count <= self.length:
            return None
        count = max(count, self._ends[0])
        at = bisect_right(self._ends, count) - 1
        point = self._points[at] + count - self._ends[at]
        if at + 1 < len(self._points) and point >= self._points[at + 1]:
            # Within what counts as two: a line end here is one character, and others are whole.
            point -= 1
            return point if self._text[point] == "\n" else None
        return point


def counting_for(text: str, places: Sequence[Place], *, has_mark: bool) -> Counting:
    """Return the way to count in which most passages begin with what they are called.

    `has_mark` says whether a byte order mark stood before the text.
    """
    best, most = None, (-1, -1, -1)
    possible = sum(_is_told(place) for place in places), len(places), len(places)
    for one in _ways(text, has_mark):
        points = [(one.point(place.start), one.point(place.end)) for place in places]
        fitting = sum(fits(text, one, place) for place in places)
        inside = sum(start is not None and end is not None for start, end in points)
        # Whoever marks words hardly ever begins at the end of a line.
        neat = sum(
            start is not None and not text[start : start + 1].isspace() for start, _ in points
        )
        if (fitting, inside, neat) > most:
            best, most = one, (fitting, inside, neat)
        if most == possible:
            break
    assert best
    return best


def _ways(text: str, has_mark: bool) -> Iterator[Counting]:
    yield Counting(AS_IS, text, {})
    if len(text) > _LONGEST:
        return
    wide = dict.fromkeys((at.start() for at in _WIDE.finditer(text)), 2)
    for before in (0, 1) if has_mark else (0,):
        beside = ", and the byte order mark" if before else ""
        for told, pattern, count in _LINE_ENDS:
            changed = dict.fromkeys((at.start() for at in pattern.finditer(text)), count)
            if changed or told == AS_IS:
                yield Counting(f"{told}{beside}", text, changed, before=before)
                if wide:
                    units = dict(sorted((changed | wide).items()))
                    yield Counting(f"{told}, in UTF-16 units{beside}", text, units, before=before)


def fits(text: str, counting: Counting, place: Place) -> bool:
    """Return whether a passage begins with what it is called, where that says anything."""
    start, end = counting.point(place.start), counting.point(place.end)
    if start is None or end is None or not _is_told(place):
        return False
    name = _CUT.sub("", place.name)
    # White space is written in many ways in names.
    words = " ".join(text[start : min(end, start + 2 * len(name) + 100)].split())
    return words.startswith(" ".join(name.split()))


def _is_told(place: Place) -> bool:
    return len(_CUT.sub("", place.name).strip()) >= _LEAST
