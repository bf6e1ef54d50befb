"""What a later text kept, changed, added and dropped; an omission is never a neutral stance."""

from hypothesis import given

from astana.comparison.documents import Provision, compare_texts
from tests.comparison.statements import ISSUES, VALUES, a_statement, statements


def groups(earlier: list[str], later: list[str]) -> list[str]:
    """Return the groups that hold the issue, given the stances of either text."""
    found = compare_texts(
        [a_statement(n, stance=stance) for n, stance in enumerate(earlier)],
        [a_statement(n + 100, stance=stance) for n, stance in enumerate(later)],
        issues=ISSUES,
    )
    return [
        name for name in ("kept", "changed", "added", "dropped", "unspoken") if getattr(found, name)
    ]


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
    )
    assert [provision.issue for provision in found.dropped] == [other, one]


def test_what_the_later_text_is_recorded_as_is_told():
    found = compare_texts(
        [a_statement(1, stance="supports")], [a_statement(2, stance="declines")], issues=ISSUES
    )
    assert [(one.earlier, one.later) for one in found.dropped] == [(("supports",), ("declines",))]


@given(statements(), statements())
def test_each_issue_is_in_the_one_group_that_its_values_say(earlier, later):
    found = compare_texts(earlier, later, issues=ISSUES)
    for issue in ISSUES:
        before, after = (
            {VALUES[one.stance] for one in text if one.issue == issue} for text in (earlier, later)
        )
        one, other = before - {None}, after - {None}
        expected = {
            (True, True): "kept" if one == other else "changed",
            (True, False): "dropped",
            (False, True): "added",
            (False, False): "unspoken" if before or after else None,
        }[bool(one), bool(other)]
        inside = [
            name
            for name in ("kept", "changed", "added", "dropped", "unspoken")
            if issue in {provision.issue for provision in getattr(found, name)}
        ]
        assert inside == ([expected] if expected else [])


@given(statements(), statements())
def test_the_other_way_round_new_is_dropped(earlier, later):
    forth = compare_texts(earlier, later, issues=ISSUES)
    back = compare_texts(later, earlier, issues=ISSUES)
    # What is dropped has an order of its own.
    assert {one.issue for one in forth.added} == {one.issue for one in back.dropped}
    assert [one.issue for one in forth.kept] == [one.issue for one in back.kept]
    assert [one.issue for one in forth.changed] == [one.issue for one in back.changed]
