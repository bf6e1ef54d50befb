"""Where names are in a picture so that they do not cover each other."""

from collections.abc import Iterable

Spot = tuple[float, float]
_Box = tuple[float, float, float, float]

MARGIN, RADIUS = 50, 6
# A letter of the names is about so wide, a line so high, in the units of a map.
_LETTER, _LINE = 7.2, 17


def in_a_row(labels: Iterable[tuple[float, str]], *, letter: float) -> list[tuple[float, bool]]:
    """Return where each label begins that is to be centred at its x, and whether it has room.

    All is in per cent of the width, `letter` too, the width of a letter. Labels come from left to
    right; one has room if it does not meet the last one that had.
    """
    found, taken = [], 0.0
    for x, label in labels:
        width = letter * len(label)
        start = min(max(x - width / 2, 0.0), 100 - width)
        has_room = bool(label) and start >= taken
        taken = start + width + letter if has_room else taken
        found.append((start, has_room))
    return found


def in_the_box(points: dict[str, Spot], *, width: float, height: float) -> dict[str, Spot]:
    """Return the points in the units of a map; both directions have the same scale."""
    lows = [min(point[axis] for point in points.values()) for axis in (0, 1)]
    highs = [max(point[axis] for point in points.values()) for axis in (0, 1)]
    room = (width - 2 * MARGIN, height - MARGIN)
    unit = min(room[axis] / span for axis in (0, 1) if (span := highs[axis] - lows[axis]) > 1e-9)
    return {
        name: (
            width / 2 + (point[0] - (lows[0] + highs[0]) / 2) * unit,
            height / 2 - (point[1] - (lows[1] + highs[1]) / 2) * unit,
        )
        for name, point in points.items()
    }


def named_spots(
    spots: dict[str, Spot], names: dict[str, str], *, width: float, height: float
) -> list[tuple[str, Spot, Spot, str]]:
    """Return each mark with its spot, the spot of its name, and which part of the name is there.

    Marks come from top to bottom. Each name takes the first place beside its mark where it meets
    nothing, or the least bad one. The part is a value of `text-anchor`: start, middle or end.
    """
    taken = [_box(x, y, 2 * RADIUS, 2 * RADIUS) for x, y in spots.values()]
    found = []
    for slug, (x, y) in sorted(spots.items(), key=lambda spot: (spot[1][1], spot[1][0], spot[0])):
        places = _places_beside(x, y, names[slug])
        troubles = [_trouble(box, taken, width=width, height=height) for *_place, box in places]
        beside, anchor, box = places[troubles.index(min(troubles))]
        taken.append(box)
        found.append((slug, (x, y), beside, anchor))
    return found


def _places_beside(x: float, y: float, name: str) -> list[tuple[Spot, str, _Box]]:
    wide, gap, places = len(name) * _LETTER, RADIUS + 4, []
    beside = {"start": (x + gap, wide / 2), "end": (x - gap, -wide / 2), "middle": (x, 0.0)}
    for lines in (0, -1, 1, -2, 2):
        middle = y + lines * _LINE
        for anchor, (at, shift) in beside.items():
            if lines or anchor != "middle":
                places.append(((at, middle), anchor, _box(at + shift, middle, wide, _LINE)))
    return places


def _trouble(box: _Box, taken: list[_Box], *, width: float, height: float) -> float:
    """Return how much of a name lies outside of the map or over something else."""
    outside = max(0.0, -box[0]) + max(0.0, box[2] - width)
    outside += max(0.0, -box[1]) + max(0.0, box[3] - height)
    left, top, right, bottom = box
    over = 0.0
    for other in taken:
        # Most are somewhere else.
        if other[0] < right and other[2] > left and other[1] < bottom and other[3] > top:
            over += _overlap(box, other)
    return outside * _LINE + over


def _box(x: float, y: float, wide: float, high: float) -> _Box:
    return (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def _overlap(one: _Box, other: _Box) -> float:
    """Return how much of two boxes that meet is of both."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high
