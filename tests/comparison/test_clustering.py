"""Average linkage: camps stand together, whatever the order they come in."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from astana.comparison.clustering import camps

HALF = Fraction(1, 2)
NAMES = ("a", "b", "c", "d", "e", "f")


def distances_by(place: dict[str, float]) -> dict[tuple[str, str], Fraction]:
    """Return the distances of points on a line, in thousandths."""
    return {
        (one, other): Fraction(round(1000 * abs(place[one] - place[other])), 1000)
        for one, other in combinations(sorted(place), 2)
    }


some_distances = st.dictionaries(
    st.sampled_from(list(combinations(NAMES, 2))), st.fractions(0, 1, max_denominator=50)
)


def slow_camps(names, distances, widest):
    """Return the camps as sets, each mean taken anew over all pairs of members."""

    def mean(one, other):
        known = [
            distances[pair]
            for a in one
            for b in other
            for pair in ((a, b), (b, a))
            if pair in distances
        ]
        return Fraction(sum(known), len(known)) if known else None

    clusters, whole = [(name,) for name in names], {(name,): {(name,)} for name in names}
    while len(clusters) > 1:
        known = [
            (one, other) for one, other in combinations(clusters, 2) if mean(one, other) is not None
        ]
        if not known:
            break
        one, other = min(known, key=lambda pair: mean(*pair))
        joined = one + other
        whole[joined] = {joined} if mean(one, other) <= widest else whole[one] | whole[other]
        clusters = [
            joined if cluster == one else cluster for cluster in clusters if cluster != other
        ]
    return {frozenset(camp) for cluster in clusters for camp in whole[cluster]}


@given(some_distances)
def test_camps_are_those_of_the_slow_way(distances):
    # Equal means may be joined in either order: only distances without ties are compared.
    spread = {
        pair: value + Fraction(n, 10**6 + n * n)
        for n, (pair, value) in enumerate(distances.items())
    }
    found = camps(NAMES, spread, widest=HALF)
    assert {frozenset(camp) for camp in found} == slow_camps(NAMES, spread, HALF)


@given(some_distances)
def test_everybody_stands_once(distances):
    assert sorted(name for camp in camps(NAMES, distances, widest=HALF) for name in camp) == list(
        NAMES
    )


@given(st.permutations(NAMES))
def test_the_order_asked_for_does_not_matter(names):
    place = {"a": 0.0, "b": 0.1, "c": 0.23, "d": 0.9, "e": 1.04, "f": 1.1}
    found = camps(names, distances_by(place), widest=HALF)
    assert {frozenset(camp) for camp in found} == {frozenset("abc"), frozenset("def")}
    order = "".join(name for camp in found for name in camp)
    assert order in ("abcdef", "fedcba")


def test_a_wide_gap_parts_camps_and_a_narrow_one_does_not():
    distances = distances_by({"a": 0, "b": 0.2, "c": 0.8})
    assert camps("abc", distances, widest=HALF) == [("a", "b"), ("c",)]
    assert camps("abc", distances, widest=Fraction(7, 10)) == [("a", "b", "c")]


def test_the_distance_of_clusters_is_the_mean_of_all_their_pairs():
    """c is 0.3 and 0.9 from a and b: 0.6 on average, which is more than a half."""
    distances = {("a", "b"): Fraction(0), ("a", "c"): Fraction(3, 10), ("b", "c"): Fraction(9, 10)}
    assert len(camps("abc", distances, widest=Fraction(59, 100))) == 2
    assert len(camps("abc", distances, widest=Fraction(60, 100))) == 1


def test_an_unknown_pair_counts_for_nothing():
    distances = {("a", "b"): Fraction(0), ("b", "c"): Fraction(1, 10)}
    assert camps("abc", distances, widest=HALF) == [("a", "b", "c")]


def test_who_shares_nothing_with_anybody_is_a_camp_of_one():
    distances = {("a", "b"): Fraction(0)}
    assert camps("abc", distances, widest=Fraction(1)) == [("a", "b"), ("c",)]


def test_nobody_makes_no_camp():
    assert camps([], {}, widest=HALF) == []
