"""Merging issues: positions take the stances that a reviewer maps, and it can be undone."""

import pytest

from astana.actions.journal import Refused
from astana.actions.merge import merge_issues
from astana.actions.undo import undo
from astana.models import (
    Issue,
    LookedFor,
    Position,
)
from tests.actions.all_there_is import everything

pytestmark = pytest.mark.django_db


def _mapped(kept, other, **names):
    known = {stance.slug: stance.pk for stance in kept.stances.all()}
    return {
        stance.pk: known.get(names.get(stance.slug, stance.slug)) for stance in other.stances.all()
    }


def test_positions_take_the_stances_that_the_reviewer_maps(two_issues, reviewer):
    kept, other = two_issues
    stances = _mapped(kept, other, supports="neither")
    merge_issues(kept=kept, other=other, stances=stances, by=reviewer)
    assert not Issue.objects.filter(slug="truce").exists()
    found = sorted(Position.objects.values_list("issue__slug", "stance__slug"))
    assert found == [
        ("cease-fire", "later"),
        ("cease-fire", "neither"),
        ("cease-fire", "opposes"),
        ("cease-fire", "supports"),
    ]
    assert kept.stances.last().label == "Only later"


def test_undoing_a_merge_of_issues_brings_everything_back(two_issues, reviewer):
    before = everything()
    kept, other = two_issues
    merge = merge_issues(kept=kept, other=other, stances=_mapped(kept, other), by=reviewer)
    merge.refresh_from_db()
    undo(merge=merge, by=reviewer)
    assert everything() == before


def test_a_stance_that_is_not_mapped_stops_the_merge(two_issues, reviewer):
    kept, other = two_issues
    with pytest.raises(Refused, match="stance"):
        merge_issues(kept=kept, other=other, stances={}, by=reviewer)


def test_a_question_of_fact_is_not_merged_with_one_of_preference(an_issue, reviewer):
    with pytest.raises(Refused, match="fact"):
        merge_issues(
            kept=an_issue("truce"), other=an_issue("attack", kind="fact"), stances={}, by=reviewer
        )


def test_an_added_stance_that_is_used_since_stops_the_undo(two_issues, reviewer, a_position):
    kept, other = two_issues
    merge = merge_issues(kept=kept, other=other, stances=_mapped(kept, other), by=reviewer)
    a_position(issue="cease-fire", stance="later")
    with pytest.raises(Refused, match="positions"):
        undo(merge=merge, by=reviewer)


def test_what_was_looked_for_stays_only_where_both_issues_were(two_issues, a_rendition, reviewer):
    kept, other = two_issues
    both, only_kept, only_other = (
        a_rendition(f"Text {name}.", article=name).article for name in ("both", "kept", "other")
    )
    for article, issue in [(both, kept), (both, other), (only_kept, kept), (only_other, other)]:
        LookedFor.objects.create(article=article, issue=issue)
    merge = merge_issues(kept=kept, other=other, stances=_mapped(kept, other), by=reviewer)
    assert [one.article for one in LookedFor.objects.all()] == [both]
    merge.refresh_from_db()
    undo(merge=merge, by=reviewer)
    assert LookedFor.objects.count() == 4


def test_issues_that_ask_in_different_ways_are_not_merged(two_issues, reviewer):
    kept, other = two_issues
    other.stances.update(value=None)
    Issue.objects.filter(pk=other.pk).update(scale="nominal")
    with pytest.raises(Refused, match="in different ways"):
        merge_issues(kept=kept, other=other, stances=_mapped(kept, other), by=reviewer)
