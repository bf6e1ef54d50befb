"""The picture of a spread: a mark for each value, where it lies on the scale of an issue."""

from collections.abc import Iterable
from dataclasses import dataclass

from astana.comparison.scale import step

# More marks of one value beside each other would reach far into the next step.
MOST_MARKS = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on the picture of a spread: where (per cent of the width) and in which step."""

    x: str
    step: str


def spread_marks(values: Iterable[float | None]) -> tuple[Mark, ...]:
    """Return the marks of a spread, -1 at 5 per cent and 1 at 95, equal values side by side.

    Of many equal values only the first few are drawn: there is no room for more.
    """
    seen: dict[float, int] = {}
    marks = []
    for value in sorted(value for value in values if value is not None):
        shift = seen.get(value, 0)
        if shift == MOST_MARKS:
            continue
        seen[value] = shift + 1
        x = min(97.0, max(3.0, 50 + 45 * value + (5 * shift if value <= 0 else -5 * shift)))
        marks.append(Mark(f"{x:g}%", step(value)))
    return tuple(marks)
