"""A brief counts sides and not heads; silence agrees to nothing; only the record brings near."""

from datetime import date
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.comparison.brief import Finding, brief
from astana.comparison.matrix import Cell, build_matrix
from astana.comparison.statement import Statement

DAY = date(2017, 1, 24)
# An ordered issue with five stances; `declines` is off the scale.
SCALE = {"demands": 1.0, "wishes": 0.5, "open": 0.0, "doubts": -0.5, "rejects": -1.0}
ORDERED = {"truce": tuple(SCALE.values()), "seat": (1.0, -1.0)}
_ids = count(1)


def says(actor: str, stance: str, *, issue: str = "truce", **changes) -> Statement:
    values = {
        "id": next(_ids),
        "actor": actor,
        "issue": issue,
        "stance": stance,
        "value": SCALE.get(stance),
        "earliest": DAY,
        "latest": DAY,
        "is_first_hand": True,
    }
    return Statement(**values | changes)


def points(*statements: Statement, sides=("a", "b"), issues=("truce",), nominal=(), **changes):
    return brief(
        build_matrix(
            statements,
            actors=list(dict.fromkeys(actor for side in sides for actor in side)),
            issues=list(issues),
            as_of=DAY,
            **changes,
        ),
        sides=sides,
        ordered=ORDERED,
        nominal=nominal,
    )


def finding(*statements: Statement, **changes) -> Finding:
    return points(*statements, **changes)[0].finding


def test_the_same_stance_of_all_sides_is_agreed():
    assert finding(says("a", "wishes"), says("b", "wishes")) == Finding.AGREED


def test_a_condition_makes_it_agreed_if():
    held = says("a", "wishes", condition="The fighting stops.")
    assert finding(held, says("b", "wishes")) == Finding.AGREED_IF


def test_different_conditions_of_two_sides_clash_and_the_same_one_does_not():
    (alike,) = points(
        says("a", "wishes", condition="The fighting stops."),
        says("b", "wishes", condition="the fighting  stops"),
    )
    (different,) = points(
        says("a", "wishes", condition="The fighting stops."),
        says("b", "wishes", condition="The army leaves."),
    )
    assert not alike.is_clashing
    assert different.is_clashing
    assert [stand.conditions for stand in different.stands] == [
        ("The fighting stops.",),
        ("The army leaves.",),
    ]


def test_different_conditions_within_one_side_are_no_clash_of_sides():
    (point,) = points(
        says("a", "wishes", condition="One."),
        says("b", "wishes", condition="Another."),
        says("c", "wishes"),
        sides=("ab", "c"),
    )
    assert point.finding == Finding.AGREED_IF
    assert not point.is_clashing
    assert point.stands[0].conditions == ("One.", "Another.")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("demands", "wishes", Finding.BRIDGEABLE),  # nothing between 1 and 0.5
        ("wishes", "open", Finding.BRIDGEABLE),  # nothing between 0.5 and 0
        ("demands", "open", Finding.OPPOSED),  # 0.5 lies between
        ("wishes", "doubts", Finding.OPPOSED),  # 0 lies between
        ("demands", "rejects", Finding.OPPOSED),
    ],
)
def test_neighbouring_stances_are_bridgeable_and_others_opposed(one, other, expected):
    assert finding(says("a", one), says("b", other)) == expected


def test_the_two_ends_of_a_scale_of_two_are_no_neighbours():
    """Nothing lies between taking a town and leaving it, yet they are opposites."""
    one = says("a", "yes", issue="seat", value=1.0)
    other = says("b", "no", issue="seat", value=-1.0)
    assert finding(one, other, issues=["seat"]) == Finding.OPPOSED


def test_three_sides_are_bridgeable_only_where_all_are_neighbours():
    near = [says("a", "demands"), says("b", "wishes"), says("c", "wishes")]
    far = [says("a", "demands"), says("b", "wishes"), says("c", "open")]
    assert finding(*near, sides="abc") == Finding.BRIDGEABLE
    assert finding(*far, sides="abc") == Finding.OPPOSED


def test_one_silent_side_of_two_leaves_it_bridgeable_and_never_agreed():
    (point,) = points(says("a", "demands"))
    assert point.finding == Finding.BRIDGEABLE
    assert point.stands[1].is_silent
    assert point.stands[1].silent == ("b",)


def test_one_voice_among_three_sides_is_unheard():
    assert finding(says("a", "demands"), sides="abc") == Finding.UNHEARD
    assert finding(says("a", "demands"), says("b", "demands"), sides="abc") == Finding.BRIDGEABLE


def test_where_nobody_is_heard_all_who_were_looked_for_are_named():
    (point,) = points(sides=("ab", "c"))
    assert (point.finding, point.distance) == (Finding.UNHEARD, 0)
    assert [stand.silent for stand in point.stands] == [("a", "b"), ("c",)]


def test_yes_and_no_and_answers_without_an_order_have_no_neighbours():
    yes = says("a", "yes", issue="joint", value=1.0)
    maybe = says("b", "maybe", issue="joint", value=0.5)
    (point,) = points(yes, maybe, issues=["joint"])
    assert (point.finding, point.distance) == (Finding.OPPOSED, 2)
    they = says("a", "they", issue="who", value=None)
    we = says("b", "we", issue="who", value=None)
    (point,) = points(they, we, issues=["who"], nominal=["who"])
    assert (point.finding, point.distance) == (Finding.OPPOSED, 2)
    same = says("b", "they", issue="who", value=None)
    assert finding(they, same, issues=["who"], nominal=["who"]) == Finding.AGREED


def test_declining_to_answer_is_neither_agreement_nor_opposition():
    assert finding(says("a", "declines"), says("b", "declines")) == Finding.BRIDGEABLE
    (point,) = points(says("a", "declines"), says("b", "demands"))
    assert (point.finding, point.distance) == (Finding.BRIDGEABLE, 0)


def test_members_that_differ_divide_their_side():
    (point,) = points(
        says("a", "demands"), says("b", "rejects"), says("c", "demands"), sides=("ab", "c")
    )
    assert point.stands[0].is_divided
    assert point.divided == 1
    assert point.finding == Finding.OPPOSED


def test_a_side_that_is_divided_alone_is_not_opposed_to_who_is_silent():
    (point,) = points(says("a", "demands"), says("b", "rejects"), sides=("ab", "c"))
    assert point.finding == Finding.BRIDGEABLE
    assert point.distance == 0


def test_a_side_divided_between_neighbours_keeps_it_bridgeable():
    """Two stances of one side are two stances: that is not agreed, though the other holds one."""
    (point,) = points(
        says("a", "demands"), says("b", "wishes"), says("c", "demands"), sides=("ab", "c")
    )
    assert point.finding == Finding.BRIDGEABLE
    assert point.distance == 0.5


def test_two_voices_of_one_member_divide_its_side():
    (point,) = points(says("a", "demands"), says("a", "rejects"), says("b", "demands"))
    assert point.stands[0].is_divided


def test_a_silent_member_is_named_and_its_side_is_heard():
    (point,) = points(says("a", "wishes"), says("c", "wishes"), sides=("ab", "c"))
    assert point.finding == Finding.AGREED
    assert point.stands[0].silent == ("b",)


def test_a_body_on_a_side_of_its_own_does_not_count_for_its_whole():
    statements = [says("state", "wishes"), says("ministry", "rejects")]
    wholes = {"ministry": ["state"]}
    (together,) = points(*statements, sides=(["state"], ["other"]), wholes=wholes)
    assert together.stands[0].is_divided
    (apart,) = points(*statements, sides=(["state"], ["ministry"]), wholes=wholes)
    assert not apart.stands[0].is_divided
    assert [voice.stance for voice in apart.stands[0].voices] == ["wishes"]


def test_without_the_body_on_another_side_the_newest_of_the_others_stands_for_the_whole():
    older = says("state", "wishes", latest=date(2017, 1, 10), earliest=date(2017, 1, 10))
    newer = says("army", "wishes")
    wholes = {"ministry": ["state"], "army": ["state"]}
    (point,) = points(
        older, newer, says("ministry", "rejects"), sides=(["state"], ["ministry"]), wholes=wholes
    )
    assert point.stands[0].cells == (Cell("state", "truce", (newer,), (older,)),)


def test_without_the_body_on_another_side_each_stance_of_the_others_has_a_voice():
    own = says("state", "wishes"), says("army", "demands")
    wholes = {"ministry": ["state"], "army": ["state"]}
    (point,) = points(
        *own, says("ministry", "rejects"), sides=(["state"], ["ministry"]), wholes=wholes
    )
    assert set(point.stands[0].voices) == set(own)


def test_what_is_asked_of_an_event_is_told_of_that_event():
    said = says("state", "wishes", event="geneva"), says("ministry", "rejects", event="geneva")
    (point,) = points(*said, sides=(["state"], ["ministry"]), wholes={"ministry": ["state"]})
    assert point.event == "geneva"
    assert [stand.cells for stand in point.stands] == [
        (Cell("state", "truce", said[:1], (), "geneva"),),
        (Cell("ministry", "truce", said[1:], (), "geneva"),),
    ]


def test_what_a_person_said_for_an_actor_of_another_side_counts_there_alone():
    said = says("state", "wishes", speaker="minister")
    (point,) = points(said, sides=(["state"], ["minister"]))
    assert point.finding == Finding.BRIDGEABLE
    assert point.stands[1].is_silent
    (alone,) = points(said, sides=(["other"], ["minister"]))
    assert not alone.stands[1].is_silent


def test_what_is_second_hand_or_disputed_counts_and_is_not_firm():
    for weak in ({"is_first_hand": False}, {"is_disputed": True}):
        (point,) = points(says("a", "wishes"), says("b", "wishes", **weak))
        assert point.finding == Finding.AGREED
        assert not point.is_firm


def test_one_firm_statement_makes_a_side_firm():
    weak = says("b", "wishes", is_first_hand=False)
    (point,) = points(says("a", "wishes"), weak, says("c", "wishes"), sides=("ab", "c"))
    assert point.is_firm


def test_the_nearest_comes_first():
    """Agreed; agreed if, then where conditions clash; the nearer bridge; opposed; unheard."""
    issues = ["silent", "far", "wide", "near", "half", "clash", "if", "weak", "firm"]
    ordered = {issue: tuple(SCALE.values()) for issue in issues}
    statements = [
        says("a", "demands", issue="far"), says("b", "rejects", issue="far"),
        says("a", "demands", issue="wide"), says("b", "open", issue="wide"),
        says("a", "demands", issue="half"),
        says("a", "demands", issue="near"), says("b", "wishes", issue="near"),
        says("a", "open", issue="clash", condition="x"),
        says("b", "open", issue="clash", condition="y"),
        says("a", "open", issue="if", condition="x"), says("b", "open", issue="if"),
        says("a", "open", issue="weak"), says("b", "open", issue="weak", is_disputed=True),
        says("a", "open", issue="firm"), says("b", "open", issue="firm"),
    ]  # fmt: skip
    matrix = build_matrix(statements, actors=["a", "b"], issues=issues, as_of=DAY)
    found = brief(matrix, sides=("a", "b"), ordered=ordered)
    assert [point.issue for point in found] == [
        "firm", "weak", "if", "clash", "near", "half", "wide", "far", "silent",
    ]  # fmt: skip


def test_of_two_as_near_the_one_on_which_no_side_is_divided_comes_first():
    issues = ["divided", "whole"]
    statements = [
        says("a", "wishes", issue="divided"), says("b", "demands", issue="divided"),
        says("c", "wishes", issue="divided"),
        says("a", "wishes", issue="whole"), says("b", "wishes", issue="whole"),
        says("c", "demands", issue="whole"),
    ]  # fmt: skip
    matrix = build_matrix(statements, actors="abc", issues=issues, as_of=DAY)
    ordered = {issue: tuple(SCALE.values()) for issue in issues}
    found = brief(matrix, sides=("ab", "c"), ordered=ordered)
    assert [(point.issue, point.distance) for point in found] == [("whole", 0.5), ("divided", 0.5)]


@pytest.mark.parametrize("sides", [("a",), (), ("a", ""), ("ab", "b")])
def test_what_are_no_sides_is_refused(sides):
    with pytest.raises(ValueError, match="two sides or more"):
        brief(build_matrix([], actors="ab", issues=[], as_of=DAY), sides=sides, ordered={})


_of_six = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from([*SCALE, "declines"])), max_size=10
)


@given(_of_six)
def test_heads_and_the_order_of_sides_change_no_finding(said):
    """Every member says also what the first of its side says: the sides say the same as before."""
    sides = ("ab", "cd", "ef")
    statements = [says(actor, stance) for actor, stance in said]
    (first,) = points(*statements, sides=sides)
    (turned,) = points(*statements, sides=("fe", "ba", "dc"))
    assert (first.finding, first.distance) == (turned.finding, turned.distance)
    echoed = statements + [
        says(f"{side[0]}-echo", voice.stance)
        for side, stand in zip(sides, first.stands, strict=True)
        for voice in stand.voices
    ]
    more = tuple([*side, f"{side[0]}-echo"] for side in sides)
    (third,) = points(*echoed, sides=more)
    assert (third.finding, third.distance) == (first.finding, first.distance)


@given(_of_six)
def test_silence_agrees_to_nothing_and_opposes_nothing(said):
    """A silent member changes nothing; a silent side takes agreement away, and opposes nobody."""
    statements = [says(actor, stance) for actor, stance in said]
    (before,) = points(*statements, sides=("abc", "def"))
    (member,) = points(*statements, sides=("abcx", "def"))
    assert member.finding == before.finding
    (side,) = points(*statements, sides=("abc", "def", "x"))
    assert side.finding not in (Finding.AGREED, Finding.AGREED_IF)
    assert (side.finding == Finding.OPPOSED) == (before.finding == Finding.OPPOSED)


@given(_of_six)
def test_a_finding_is_what_a_look_at_every_pair_of_sides_says(said):
    """The slow way: every stance of every side against every one of every other side."""
    sides = ("ab", "cd", "ef")
    (point,) = points(*(says(actor, stance) for actor, stance in said), sides=sides)
    order = list(SCALE)
    held = []
    for side in sides:
        # All is said on one day: each member holds all that it says.
        held.append({stance for actor, stance in said if actor in side})
    heard = [stances for stances in held if stances]

    def is_near(one: str, other: str) -> bool:
        if "declines" in (one, other):
            return True
        return abs(order.index(one) - order.index(other)) <= 1

    if len(heard) < 2:
        expected = Finding.UNHEARD
    elif not all(
        is_near(one, other)
        for n, stances in enumerate(held)
        for m, others in enumerate(held)
        for one in stances
        for other in others
        if n != m
    ):
        expected = Finding.OPPOSED
    elif all(held) and len(set().union(*held)) == 1 and "declines" not in held[0]:
        expected = Finding.AGREED
    else:
        expected = Finding.BRIDGEABLE
    assert point.finding == expected
