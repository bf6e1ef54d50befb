"""The map of agreement, ready to be drawn: points in a box, names where they do not overlap."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astana.comparison.scaling import scale
from astana.pages.agreement.network import Network
from astana.pages.agreement.presenter import AgreementTable

WIDTH, HEIGHT = 520, 400
_MARGIN, _RADIUS = 50, 6
# A letter of the names is about so wide, a line so high, in the units of the picture.
_LETTER, _LINE = 7.2, 17


@dataclass(frozen=True, slots=True)
class Point:
    """An actor on the map; `x`, `y` is its mark and `name_x`, `name_y` where its name begins."""

    name: str
    href: str
    x: str
    y: str
    name_x: str
    name_y: str
    anchor: str


@dataclass(frozen=True)
class MapView:
    """The map; `words` say how much of the distance it shows, and who is not on it."""

    width: int
    height: int
    points: tuple[Point, ...]
    words: str
    left_out: str


def agreement_map(network: Network, table: AgreementTable) -> MapView | None:
    """Return the map of the table's actors, or None where fewer than three can be placed."""
    headings = {heading.slug: heading for heading in table.headings}
    distances = network.distances(sorted(headings))
    found = scale(sorted(headings), {pair: float(value) for pair, value in distances.items()})
    if found is None:
        return None
    spots = _in_the_box(found.points)
    points, taken = [], [_box(x, y, 2 * _RADIUS, 2 * _RADIUS) for x, y in spots.values()]
    for slug, (x, y) in sorted(spots.items(), key=lambda spot: (spot[1][1], spot[1][0], spot[0])):
        heading = headings[slug]
        name_x, name_y, anchor, box = _place_of_name(x, y, heading.name, taken)
        taken.append(box)
        points.append(
            Point(
                heading.name,
                heading.href,
                f"{x:.1f}",
                f"{y:.1f}",
                f"{name_x:.1f}",
                f"{name_y:.1f}",
                anchor,
            )
        )
    left_out = ", ".join(headings[slug].name for slug in found.left_out)
    return MapView(
        width=WIDTH,
        height=HEIGHT,
        points=tuple(points),
        words=_(
            "The map shows %(shown)s of 100 parts of the (squared) distance between %(actors)s."
        )
        % {
            "shown": f"{found.shown * 100:.0f}",
            "actors": ngettext("%(n)s actor", "%(n)s actors", len(points)) % {"n": len(points)},
        },
        left_out=_("Not on the map, as pairs of theirs share too few issues: %(names)s.")
        % {"names": left_out}
        if left_out
        else "",
    )


def _in_the_box(points: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Return the points in the units of the picture; both directions have the same scale."""
    lows = [min(point[axis] for point in points.values()) for axis in (0, 1)]
    highs = [max(point[axis] for point in points.values()) for axis in (0, 1)]
    room = (WIDTH - 2 * _MARGIN, HEIGHT - _MARGIN)
    unit = min(room[axis] / span for axis in (0, 1) if (span := highs[axis] - lows[axis]) > 1e-9)
    return {
        slug: (
            WIDTH / 2 + (point[0] - (lows[0] + highs[0]) / 2) * unit,
            HEIGHT / 2 - (point[1] - (lows[1] + highs[1]) / 2) * unit,
        )
        for slug, point in points.items()
    }


Box = tuple[float, float, float, float]


def _place_of_name(
    x: float, y: float, name: str, taken: list[Box]
) -> tuple[float, float, str, Box]:
    """Return the first place beside a mark where its name meets nothing, or the least bad one."""
    wide, gap = len(name) * _LETTER, _RADIUS + 4
    places = []
    for lines in (0, -1, 1, -2, 2):
        shift = lines * _LINE
        places.append(
            (x + gap, y + shift, "start", _box(x + gap + wide / 2, y + shift, wide, _LINE))
        )
        places.append((x - gap, y + shift, "end", _box(x - gap - wide / 2, y + shift, wide, _LINE)))
        if lines:
            places.append((x, y + shift, "middle", _box(x, y + shift, wide, _LINE)))

    def trouble(place: tuple[float, float, str, Box]) -> float:
        box = place[3]
        outside = max(0.0, -box[0]) + max(0.0, box[2] - WIDTH)
        outside += max(0.0, -box[1]) + max(0.0, box[3] - HEIGHT)
        return outside * _LINE + sum(_overlap(box, other) for other in taken)

    best = min(places, key=trouble)
    return best[0], best[1] + 4.5, best[2], best[3]


def _box(x: float, y: float, wide: float, high: float) -> Box:
    return (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def _overlap(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, wide) * max(0.0, high)
