"""Names in a picture stand beside what they name, and not over each other."""

from itertools import pairwise
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.comparison.labels import in_a_row, in_the_box, named_spots

LABELS = st.lists(st.tuples(st.floats(0, 100), st.text("ab", max_size=20)), max_size=12).map(sorted)


@given(LABELS)
def test_labels_in_a_row_that_have_room_neither_meet_nor_leave_the_row(labels):
    placed = in_a_row(labels, letter=1)
    shown = [
        (start, start + len(label))
        for (start, has_room), (_x, label) in zip(placed, labels, strict=True)
        if has_room
    ]
    assert all(start >= 0 and end <= 100 + 1e-9 for start, end in shown)
    assert all(one[1] < other[0] for one, other in pairwise(shown))


def test_a_label_is_centred_where_it_has_room_and_an_empty_one_takes_none():
    assert in_a_row([(50, "abcd"), (51, ""), (51, "ab"), (60, "ab")], letter=1) == [
        (48, True),
        (51, False),
        (50, False),
        (59, True),
    ]


def test_points_fill_the_box_in_one_direction_and_keep_their_proportions():
    spots = in_the_box({"a": (0, 0), "b": (2, 0), "c": (0, 1)}, width=520, height=400)
    assert spots == {"a": (50, 305), "b": (470, 305), "c": (50, 95)}


def test_points_on_a_line_have_a_scale():
    spots = in_the_box({"a": (0, 3), "b": (1, 3), "c": (2, 3)}, width=520, height=400)
    assert [x for x, _y in spots.values()] == [50, 260, 470]
    assert all(isclose(y, 200) for _x, y in spots.values())


@pytest.mark.parametrize(("x", "part"), [(100, "start"), (515, "end")])
def test_a_name_stands_beside_its_mark_on_the_side_that_has_room(x, part):
    [(_slug, spot, beside, anchor)] = named_spots(
        {"a": (x, 200)}, {"a": "Russia"}, width=520, height=400
    )
    assert (spot, anchor) == ((x, 200), part)
    assert beside == (x + 10 if part == "start" else x - 10, 200)


def test_names_of_marks_at_one_spot_do_not_cover_each_other():
    spots = dict.fromkeys("abc", (260, 200))
    found = named_spots(spots, dict.fromkeys(spots, "Turkey"), width=520, height=400)
    assert len({(beside, anchor) for _slug, _spot, beside, anchor in found}) == 3
