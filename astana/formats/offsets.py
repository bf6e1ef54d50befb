"""Places in a text, counted in UTF-16 units by other tools and in code points by Astana."""

from bisect import bisect_left


class Units:
    """One text, in which places are converted."""

    def __init__(self, text: str) -> None:
        pairs = [at for at, character in enumerate(text) if ord(character) > 0xFFFF]
        self._points = pairs
        # Where the characters begin that take two units.
        self._starts = [at + number for number, at in enumerate(pairs)]
        self.length = len(text) + len(pairs)

    def points(self, units: int) -> int | None:
        """Return a place in code points, or None where it is beyond the text or in a character."""
        before = bisect_left(self._starts, units)
        if not 0 <= units <= self.length or (before and self._starts[before - 1] + 1 == units):
            return None
        return units - before

    def units(self, points: int) -> int:
        """Return a place in UTF-16 units."""
        return points + bisect_left(self._points, points)
