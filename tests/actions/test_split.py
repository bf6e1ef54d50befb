"""Splitting actors and issues: the new one takes what was chosen, and no more."""

import pytest

from astana.actions.journal import Refused
from astana.actions.split import split_actor, split_issue
from astana.actions.undo import undo
from astana.models import (
    Actor,
    Issue,
    Link,
    Merge,
    Position,
)
from tests.actions.all_there_is import everything

pytestmark = pytest.mark.django_db


def test_a_split_actor_takes_what_was_chosen_and_no_more(two, reviewer):
    _kept, other = two
    before = everything()
    mine = Position.objects.get(actor=other)
    spoken = Position.objects.get(speaker=other)
    merge = split_actor(
        actor=other,
        name="Rossiya II",
        slug="",
        rows=[("position", mine.pk, "actor"), ("position", spoken.pk, "actor")],
        by=reviewer,
    )
    new = Actor.objects.get(slug="rossiya-ii")
    assert (new.positions.get(), new.kind) == (mine, other.kind)
    assert Position.objects.get(speaker=other) == spoken
    merge.refresh_from_db()
    undo(merge=merge, by=reviewer)
    assert everything() == before


def test_a_split_issue_has_the_same_stances(two_issues, reviewer):
    before = everything()
    _kept, other = two_issues
    moved = other.positions.get(stance__slug="later")
    merge = split_issue(
        issue=other, title="Pause", slug="pause", question="?", positions=[moved.pk], by=reviewer
    )
    new = Issue.objects.get(slug="pause")
    assert list(new.stances.values_list("slug")) == list(other.stances.values_list("slug"))
    moved.refresh_from_db()
    assert (moved.issue, moved.stance.issue, moved.stance.slug) == (new, new, "later")
    merge.refresh_from_db()
    undo(merge=merge, by=reviewer)
    assert everything() == before


def test_a_split_actor_has_an_address_whatever_its_script(two, reviewer):
    _kept, other = two
    row = ("position", Position.objects.get(actor=other).pk, "actor")
    split_actor(actor=other, name="روسيا", slug="", rows=[row], by=reviewer)
    assert Actor.objects.get(name="روسيا").slug == "actor"


def test_a_split_that_takes_nothing_is_none(two, reviewer):
    with pytest.raises(Refused, match="Choose"):
        split_actor(actor=two[0], name="Another", slug="another", rows=[], by=reviewer)
    assert not Actor.objects.filter(slug="another").exists()


def test_a_split_is_not_undone_once_the_new_one_is_used(two, reviewer, a_position):
    _kept, other = two
    row = ("position", Position.objects.get(actor=other).pk, "actor")
    merge = split_actor(actor=other, name="New", slug="new", rows=[row], by=reviewer)
    a_position(actor="new")
    with pytest.raises(Refused, match="positions"):
        undo(merge=merge, by=reviewer)


@pytest.mark.parametrize("noun", ["actor", "issue"])
def test_a_split_does_not_part_two_renderings_of_one_utterance(a_position, reviewer, noun):
    fuller, shorter = a_position(), a_position()
    Link.objects.create(position=shorter, kind="same-utterance", to=fuller)
    before = everything()

    def split(*positions: Position) -> Merge:
        if noun == "actor":
            rows = [("position", one.pk, "actor") for one in positions]
            return split_actor(actor=fuller.actor, name="Next", slug="next", rows=rows, by=reviewer)
        pks = [one.pk for one in positions]
        return split_issue(
            issue=fuller.issue,
            title="Next",
            slug="next",
            question="?",
            positions=pks,
            by=reviewer,
        )

    with pytest.raises(Refused, match=f"{shorter.key} is linked as the same utterance"):
        split(fuller)
    assert everything() == before
    merge = split(fuller, shorter)
    undo(merge=merge, by=reviewer)
    assert everything()["position"] == before["position"]
