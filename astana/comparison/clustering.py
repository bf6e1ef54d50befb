"""Distances in, an order out in which camps stand together: average linkage (UPGMA).

Sokal and Michener, 1958, "A statistical method for evaluating systematic relationships",
University of Kansas Science Bulletin 38, 1409-1438: again and again the two nearest clusters are
joined; the distance of two clusters is the mean of the distances between their members.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Cluster:
    """Members in the order shown, and where the camps among them begin."""

    members: tuple[str, ...]
    camps: tuple[tuple[str, ...], ...]


def camps(
    names: Sequence[str], distances: Mapping[Pair, Fraction], *, widest: Fraction
) -> list[tuple[str, ...]]:
    """Return the names in camps, in an order in which the nearest stand together.

    `distances` holds each pair once, in either order; a pair that is missing is unknown. The mean
    of two clusters is over the pairs that are known; clusters without one are joined last and are
    never one camp. A camp is a cluster whose parts were joined at a mean distance of at most
    `widest`. Where two clusters meet, they are turned so that the nearest of their ends touch.
    The result depends on the order of the names only where distances are equal.
    """
    known = {frozenset(pair): distance for pair, distance in distances.items()}
    clusters = [_Cluster((name,), ((name,),)) for name in dict.fromkeys(names)]
    sums: dict[tuple[int, int], tuple[Fraction, int]] = {}
    # What pairs of clusters are ranked by; the float is quicker to compare than the mean, and
    # decides wherever it differs.
    ranks: dict[tuple[int, int], tuple[bool, float, Fraction, tuple[int, int]]] = {}
    for one, other in combinations(range(len(clusters)), 2):
        pair = frozenset((clusters[one].members[0], clusters[other].members[0]))
        sums[one, other] = (known[pair], 1) if pair in known else (Fraction(0), 0)
        ranks[one, other] = _rank(sums, (one, other))
    alive = list(range(len(clusters)))
    while len(alive) > 1:
        is_unknown, _near, mean, (one, other) = min(ranks.values())
        is_camp = not is_unknown and mean <= widest
        clusters[one] = _joined(clusters[one], clusters[other], known, is_camp=is_camp)
        alive.remove(other)
        del ranks[one, other]
        for third in alive:
            if third != one:
                left, gone = _sorted(one, third), _sorted(other, third)
                first, second = sums[left], sums[gone]
                sums[left] = (first[0] + second[0], first[1] + second[1])
                ranks[left] = _rank(sums, left)
                del ranks[gone]
    return list(clusters[alive[0]].camps) if alive else []


def _rank(
    sums: Mapping[tuple[int, int], tuple[Fraction, int]], pair: tuple[int, int]
) -> tuple[bool, float, Fraction, tuple[int, int]]:
    mean = _mean(sums[pair])
    return sums[pair][1] == 0, float(mean), mean, pair


def _mean(total: tuple[Fraction, int]) -> Fraction:
    return total[0] / total[1] if total[1] else Fraction(0)


def _sorted(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _joined(
    one: _Cluster, other: _Cluster, known: Mapping[frozenset[str], Fraction], *, is_camp: bool
) -> _Cluster:
    """Return both in one row, turned so that the ends that touch are the nearest ones."""
    ways = [(left, right) for left in (one, _turned(one)) for right in (other, _turned(other))]
    nearest = min(
        ways,
        key=lambda way: known.get(
            frozenset((way[0].members[-1], way[1].members[0])), Fraction(10**9)
        ),
    )
    members = nearest[0].members + nearest[1].members
    return _Cluster(members, (members,) if is_camp else nearest[0].camps + nearest[1].camps)


def _turned(cluster: _Cluster) -> _Cluster:
    return _Cluster(cluster.members[::-1], tuple(camp[::-1] for camp in reversed(cluster.camps)))
