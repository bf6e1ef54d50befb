"""Classical scaling: what fits on a map comes back, and what it misses is said."""

from itertools import combinations
from math import cos, dist, isclose, sin

import numpy
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from astana.comparison.scaling import scale

points = st.lists(
    st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=3, max_size=9, unique=True
)


def distances(places) -> dict[tuple[str, str], float]:
    return {
        (f"n{i}", f"n{j}"): dist(places[i], places[j])
        for i, j in combinations(range(len(places)), 2)
    }


def names(number: int) -> list[str]:
    return [f"n{i}" for i in range(number)]


@given(points)
def test_points_of_a_plane_come_back(places):
    found = scale(names(len(places)), distances(places))
    assert isclose(found.shown, 1, abs_tol=1e-6)
    for (one, other), distance in distances(places).items():
        assert isclose(dist(found.points[one], found.points[other]), distance, abs_tol=1e-3)


@given(st.lists(st.floats(0, 1), min_size=15, max_size=15).filter(lambda all_: sum(all_) > 0.5))
def test_the_axes_are_the_largest_eigenvalues(lengths):
    """The squared coordinates of an axis add up to its eigenvalue, as numpy finds it."""
    pairs = dict(zip(combinations(names(6), 2), lengths, strict=True))
    found = scale(names(6), pairs)
    table = numpy.array(
        [[pairs.get((a, b), pairs.get((b, a), 0.0)) for b in names(6)] for a in names(6)]
    )
    centre = numpy.eye(6) - 1 / 6
    eigenvalues = numpy.linalg.eigvalsh(-centre @ table**2 @ centre / 2)[::-1]
    for axis in (0, 1):
        length = sum(point[axis] ** 2 for point in found.points.values())
        assert isclose(length, max(0, eigenvalues[axis]), abs_tol=1e-4)


@given(points, st.floats(0, 6))
def test_a_turned_picture_has_the_same_map(places, angle):
    """Only the distances matter, so that the map does not depend on where the points lay."""
    assume(len(places) < 7)
    turned = [(x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)) for x, y in places]
    one, other = (scale(names(len(places)), distances(all_)) for all_ in (places, turned))
    for pair in combinations(names(len(places)), 2):
        lengths = [dist(found.points[pair[0]], found.points[pair[1]]) for found in (one, other)]
        assert isclose(*lengths, abs_tol=1e-3)


def test_the_map_is_always_the_same():
    pairs = distances([(0, 0), (1, 5), (7, 2), (3, 3)])
    assert scale(names(4), pairs) == scale(names(4), dict(reversed(pairs.items())))


def test_the_largest_coordinate_is_positive():
    found = scale(names(3), distances([(0, 0), (10, 0), (11, 0)]))
    assert max((point[0] for point in found.points.values()), key=abs) > 0


def test_what_does_not_fit_on_a_plane_is_said():
    """Four actors, each as far from any other: a regular tetrahedron is no plane."""
    found = scale(names(4), dict.fromkeys(combinations(names(4), 2), 1.0))
    assert 0.5 < found.shown < 0.99


def test_what_a_map_shows_is_one_without_the_share_that_it_misses():
    """From n1 it is 1 to either, and yet 4 between these: no triangle, and on a line 2, 2 and 4.

    Missed are (1 - 2)² twice of 1² + 1² + 4²: 1 - 2 / 18.
    """
    found = scale(names(3), {("n0", "n1"): 1.0, ("n1", "n2"): 1.0, ("n0", "n2"): 4.0})
    assert found.points["n0"] == pytest.approx((2, 0))
    assert found.points["n1"] == pytest.approx((0, 0), abs=1e-9)
    assert found.points["n2"] == pytest.approx((-2, 0))
    assert found.shown == pytest.approx(8 / 9)


@pytest.mark.parametrize("unit", [1e-6, 1.0, 1e6])
def test_points_of_a_line_lie_on_a_line_whatever_the_unit(unit):
    found = scale(names(3), distances([(0, 0), (3 * unit, 0), (7 * unit, 0)]))
    assert [y for _x, y in found.points.values()] == [0, 0, 0]
    assert found.points["n2"][0] - found.points["n0"][0] == pytest.approx(7 * unit, rel=1e-6)


def test_who_has_the_most_unknown_distances_is_left_out():
    pairs = distances([(0, 0), (1, 5), (7, 2), (3, 3)])
    del pairs["n1", "n2"], pairs["n1", "n3"]
    assert scale(names(4), pairs).left_out == ("n1",)


def test_who_has_an_unknown_distance_is_left_out_by_name():
    pairs = distances([(0, 0), (1, 5), (7, 2), (3, 3)])
    del pairs["n1", "n3"], pairs["n2", "n3"]
    found = scale(names(4), pairs)
    assert found.left_out == ("n3",)
    assert set(found.points) == {"n0", "n1", "n2"}


@pytest.mark.parametrize(
    "pairs",
    [{}, {("n0", "n1"): 1.0}, dict.fromkeys(combinations(names(4), 2), 0.0)],
    ids=["nobody", "two", "all alike"],
)
def test_without_three_that_differ_there_is_no_map(pairs):
    assert scale(names(4), pairs) is None
