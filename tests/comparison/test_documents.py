"""What a later text kept, changed, added and dropped; an omission is never a neutral stance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.comparison.documents import Provision, compare_texts
from tests.comparison.statements import ISSUES, VALUES, a_statement, statements

# Both texts were gone through for all issues.
BOTH = (ISSUES, ISSUES)
GROUPS = ("kept", "changed", "added", "dropped", "unspoken", "unexamined")


def groups(earlier: list[str], later: list[str], *, examined=BOTH, nominal=()) -> list[str]:
    """Return the groups that hold the issue, given the stances of either text."""
    found = compare_texts(
        [a_statement(n, stance=stance) for n, stance in enumerate(earlier)],
        [a_statement(n + 100, stance=stance) for n, stance in enumerate(later)],
        issues=ISSUES,
        examined=examined,
        nominal=nominal,
    )
    return [name for name in GROUPS if getattr(found, name)]


def test_the_same_stance_is_kept():
    assert groups(["supports"], ["supports"]) == ["kept"]


def test_another_stance_is_a_change():
    assert groups(["supports"], ["neither"]) == ["changed"]


def test_what_the_later_text_says_nothing_on_is_dropped():
    assert groups(["supports"], []) == ["dropped"]


def test_leaving_a_word_out_is_dropping_it_and_no_neutral_stance():
    assert groups(["supports"], ["declines"]) == ["dropped"]
    assert groups(["supports"], ["neither"]) != ["dropped"]


def test_what_only_the_later_text_says_is_new():
    assert groups([], ["supports"]) == ["added"]
    assert groups(["declines"], ["supports"]) == ["added"]


def test_a_text_that_only_leaves_out_provides_nothing():
    assert groups([], ["declines"]) == ["unspoken"]
    assert groups(["declines"], ["declines"]) == ["unspoken"]


def test_a_stance_off_the_scale_does_not_count_beside_one_with_a_value():
    assert groups(["supports"], ["supports", "declines"]) == ["kept"]


def test_what_a_text_leaves_out_is_shown_where_it_provides_nothing():
    found = compare_texts(
        [a_statement(1, stance="declines"), a_statement(2, issue=ISSUES[1])],
        [a_statement(3, stance="supports"), a_statement(4, stance="declines")],
        issues=ISSUES,
        examined=BOTH,
    )
    assert found.added == (Provision(ISSUES[0], ("declines",), ("supports",)),)
    assert found.dropped == (Provision(ISSUES[1], ("supports",), ()),)


def test_a_provision_of_several_signatories_is_one():
    assert groups(["supports", "supports"], ["supports"]) == ["kept"]


def test_what_is_recorded_as_left_out_comes_before_what_is_not_recorded():
    one, other = ISSUES
    found = compare_texts(
        [a_statement(1, issue=one), a_statement(2, issue=other)],
        [a_statement(3, issue=other, stance="declines")],
        issues=ISSUES,
        examined=BOTH,
    )
    assert [provision.issue for provision in found.dropped] == [other, one]


def test_what_the_later_text_is_recorded_as_is_told():
    found = compare_texts(
        [a_statement(1, stance="supports")],
        [a_statement(2, stance="declines")],
        issues=ISSUES,
        examined=BOTH,
    )
    assert [(one.earlier, one.later) for one in found.dropped] == [(("supports",), ("declines",))]


@pytest.mark.parametrize(
    ("earlier", "later", "examined"),
    [
        (["supports"], [], (ISSUES, ())),
        ([], ["supports"], ((), ISSUES)),
        # What a text is recorded as leaving out was looked for in it, but not in the other one.
        ([], ["declines"], ((), ISSUES)),
    ],
)
def test_where_a_text_was_not_examined_its_lack_counts_on_no_side(earlier, later, examined):
    assert groups(earlier, later, examined=examined) == ["unexamined"]


def test_a_recorded_provision_was_looked_at():
    nobody = ((), ())
    assert groups(["supports"], ["supports"], examined=nobody) == ["kept"]
    assert groups(["supports"], ["opposes"], examined=nobody) == ["changed"]
    assert groups(["supports"], ["declines"], examined=nobody) == ["dropped"]
    assert groups(["declines"], ["supports"], examined=nobody) == ["added"]


def test_nothing_found_in_either_is_a_finding_only_where_both_were_examined():
    for examined, neither in ((BOTH, ISSUES), ((ISSUES, ISSUES[:1]), ISSUES[:1]), (((), ()), ())):
        found = compare_texts([], [], issues=ISSUES, examined=examined)
        assert found.neither == neither
        assert not any(getattr(found, name) for name in GROUPS)


def test_an_answer_without_an_order_is_a_provision():
    assert groups(["declines"], ["declines"], nominal=ISSUES) == ["kept"]
    assert groups(["declines"], [], nominal=ISSUES) == ["dropped"]
    assert groups(["declines"], ["declines", "supports"], nominal=ISSUES) == ["changed"]


some_issues = st.sets(st.sampled_from(ISSUES))


def slow_group(before: set[str], after: set[str], was_examined: tuple[bool, bool]) -> str:
    """Return the group of an issue as the rule says it, by the names of its stances."""
    if not before and not after:
        return "neither" if was_examined == (True, True) else ""
    if (not before and not was_examined[0]) or (not after and not was_examined[1]):
        return "unexamined"
    one, other = ({name for name in text if VALUES[name] is not None} for text in (before, after))
    if one and other:
        return "kept" if one == other else "changed"
    if one:
        return "dropped"
    return "added" if other else "unspoken"


@given(statements(), statements(), some_issues, some_issues)
def test_each_issue_is_in_the_one_group_of_the_slow_way(earlier, later, before, after):
    found = compare_texts(earlier, later, issues=ISSUES, examined=(before, after))
    for issue in ISSUES:
        one, other = (
            {statement.stance for statement in text if statement.issue == issue}
            for text in (earlier, later)
        )
        inside = [
            name
            for name in GROUPS
            if issue in {provision.issue for provision in getattr(found, name)}
        ] + ["neither"] * (issue in found.neither)
        expected = slow_group(one, other, (issue in before, issue in after))
        assert inside == ([expected] if expected else [])


@given(statements(), statements(), some_issues, some_issues)
def test_examining_more_never_takes_a_finding_back(earlier, later, before, after):
    """What both texts say stays; only what was unexamined, or on no list, becomes a finding."""
    fewer = compare_texts(earlier, later, issues=ISSUES, examined=(before, after))
    more = compare_texts(earlier, later, issues=ISSUES, examined=BOTH)
    for name in ("kept", "changed", "added", "dropped", "unspoken", "neither"):
        assert set(getattr(fewer, name)) <= set(getattr(more, name))
    assert not more.unexamined


@given(statements(), statements())
def test_the_other_way_round_new_is_dropped(earlier, later):
    forth = compare_texts(earlier, later, issues=ISSUES, examined=BOTH)
    back = compare_texts(later, earlier, issues=ISSUES, examined=BOTH)
    # What is dropped has an order of its own.
    assert {one.issue for one in forth.added} == {one.issue for one in back.dropped}
    assert [one.issue for one in forth.kept] == [one.issue for one in back.kept]
    assert [one.issue for one in forth.changed] == [one.issue for one in back.changed]
