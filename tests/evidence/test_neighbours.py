"""What was found keeps the order in which it stood, or is in doubt."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from astana.evidence.neighbours import Neighbours, landmarks, longest_chain, moved_together
from astana.evidence.setting import plainly

POINTS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=7).map(
    lambda points: sorted(set(points))
)


@given(POINTS, st.tuples(st.integers(0, 9), st.integers(0, 9)))
def test_a_point_is_in_order_if_it_crosses_no_other(points, point):
    crossed = [
        (old, now)
        for old, now in points
        if (old < point[0] and now > point[1]) or (old > point[0] and now < point[1])
    ]
    assert Neighbours(points).are_in_order_with(point) == (not crossed)


@given(POINTS, st.integers(0, 9))
def test_the_neighbours_are_the_nearest_before_and_after(points, old):
    before = [point for point in points if point[0] < old][-1:]
    after = [point for point in points if point[0] > old][:1]
    assert Neighbours(points).beside(old) == before + after


@given(POINTS)
def test_the_chain_is_the_longest_that_rises(points):
    chain = longest_chain(points)
    assert set(chain) <= set(points)
    assert all(one[1] < other[1] for one, other in pairwise(chain))
    longest = max(
        len(some)
        for number in range(len(points) + 1)
        for some in combinations(points, number)
        if all(one[1] < other[1] for one, other in pairwise(some))
    )
    assert len(chain) == longest


def test_a_landmark_stands_once_in_each_text():
    before = "one two three four five six seven. And six seven."
    now = "Now: one two three four five six eight."
    assert landmarks(plainly(before), plainly(now)) == [(0, 5)]
    assert landmarks(plainly(before), plainly(f"{now} {now}")) == []
    assert landmarks(plainly("too short a text"), plainly("too short a text")) == []


def test_what_waits_moved_if_it_moved_as_far_as_a_neighbour():
    known = Neighbours([(10, 10), (50, 57)])
    text = "x" * 100
    waiting = {1: (20, 20), 2: (40, 47), 3: (30, 33), 4: (60, 67), 5: (60, 9), 6: (55, 58)}
    assert moved_together(waiting, known, text, ()) == {1, 2, 4}


def test_two_that_wait_bear_each_other_out_across_paragraphs_alone():
    waiting = {1: (0, 5), 2: (20, 25)}
    nothing = Neighbours(())
    assert moved_together(waiting, nothing, "x" * 40, ()) == set()
    assert moved_together(waiting, nothing, "x" * 10 + "\n\n" + "x" * 28, ()) == {1, 2}
    assert moved_together({1: (0, 5), 2: (20, 26)}, nothing, "x" * 10 + "\n\n" * 20, ()) == set()
