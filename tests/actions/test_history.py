"""Reverting one change, and bringing back what was deleted."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from astana.actions import code
from astana.actions.history import Refused, bring_back, revert
from astana.actions.workflow import delete_draft
from astana.models import (
    Actor,
    Anchor,
    Challenge,
    Comment,
    Evidence,
    Issue,
    Link,
    Position,
    Rendition,
    User,
)
from astana.models.revised import StaleRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def coder(a_member):
    return a_member("coder", role="coder")


@pytest.fixture
def reviewer(a_member):
    return a_member("reviewer", role="reviewer")


@pytest.fixture
def a_draft(a_position, coder, a_rendition):
    def build(**values) -> Position:
        values = {"status": "draft", "coder": coder, "coded_at": timezone.now()} | values
        return a_position(rendition=a_rendition(), quote="Russia supports", **values)

    return build


def _change(record, **values):
    """Change a record and return what its history keeps of that."""
    record = type(record).objects.get(pk=record.pk)
    for name, value in values.items():
        setattr(record, name, value)
    record.save()
    return record.history.first()


def test_one_change_is_reverted_and_what_came_after_it_stays(a_draft, coder):
    position = a_draft(summary="First words.")
    change = _change(position, summary="Second words.")
    _change(position, note="A later note.")
    revert(change=change, by=coder)
    position.refresh_from_db()
    assert (position.summary, position.note) == ("First words.", "A later note.")
    kept = list(position.history.values_list("summary", flat=True))
    assert kept == ["First words.", "Second words.", "Second words.", "First words."]


def test_newer_edits_of_the_same_field_are_not_overwritten(a_draft, coder):
    position = a_draft(summary="First words.")
    change = _change(position, summary="Second words.", note="A note.")
    _change(position, summary="Third words.")
    with pytest.raises(Refused) as refused:
        revert(change=change, by=coder)
    assert refused.value.clashes == ["summary"]
    position.refresh_from_db()
    assert (position.summary, position.note) == ("Third words.", "A note.")


def test_issue_and_stance_go_back_together(a_draft, an_issue, coder):
    position = a_draft()
    other = an_issue("ceasing")
    change = _change(position, issue=other, stance=other.stances.get(slug="opposes"))
    _change(position, stance=other.stances.get(slug="neither"))
    with pytest.raises(Refused) as refused:
        revert(change=change, by=coder)
    assert refused.value.clashes == ["stance"]


def test_the_status_is_never_reverted(a_draft, coder, reviewer):
    position = a_draft(summary="First words.", status="submitted")
    change = _change(
        position,
        summary="Second words.",
        status="published",
        reviewer=reviewer,
        reviewed_at=timezone.now(),
    )
    revert(change=change, by=reviewer)
    position.refresh_from_db()
    assert (position.summary, position.status) == ("First words.", "published")


def test_a_change_of_the_status_alone_cannot_be_reverted(a_draft, reviewer):
    change = _change(a_draft(), status="submitted")
    with pytest.raises(Refused):
        revert(change=change, by=reviewer)


def test_what_is_published_is_reverted_by_reviewers_only(a_draft, coder, reviewer):
    position = a_draft(summary="First words.", status="published")
    change = _change(position, summary="Second words.")
    with pytest.raises(PermissionDenied):
        revert(change=change, by=coder)
    assert revert(change=change, by=reviewer).summary == "First words."


def test_what_all_share_is_reverted_by_reviewers_only(an_actor, coder, reviewer):
    actor = an_actor(name="Russia")
    change = _change(actor, name="Russland")
    with pytest.raises(PermissionDenied):
        revert(change=change, by=coder)
    assert revert(change=change, by=reviewer).name == "Russia"


def test_a_value_that_is_gone_is_not_put_back(a_draft, an_actor, reviewer):
    position = a_draft(speaker=an_actor("envoy"))
    change = _change(position, speaker=None)
    Actor.objects.get(slug="envoy").delete()
    with pytest.raises(Refused, match="Envoy"):
        revert(change=change, by=reviewer)


def test_a_first_version_has_nothing_before_it(a_draft, coder):
    with pytest.raises(Refused):
        revert(change=a_draft().history.get(), by=coder)


def test_a_deleted_position_comes_back_with_what_was_deleted_with_it(
    a_draft, a_rendition, reviewer
):
    position = a_draft()
    passage = position.evidence.get()
    other = a_rendition("Another wording.", kind="excerpt")
    Anchor.objects.create(evidence=passage, rendition=other, start=0, end=7, sha256="0" * 64)
    before = [list(model.objects.values()) for model in (Position, Evidence, Anchor)]
    Position.objects.get().delete()
    back = bring_back(model=Position, pk=position.pk, by=reviewer)
    assert back.pk == position.pk
    after = [list(model.objects.values()) for model in (Position, Evidence, Anchor)]
    for [was], [now] in zip(before, after, strict=True):
        assert now == was | {"revision": was["revision"] + 1}


def test_a_passage_that_was_deleted_earlier_stays_deleted(a_draft, reviewer):
    position = a_draft()
    position.evidence.get().delete()
    Evidence.history.update(history_date="2020-01-01T00:00:00Z")
    position.delete()
    bring_back(model=Position, pk=Position.history.first().id, by=reviewer)
    assert not Evidence.objects.exists()


def test_bringing_back_is_refused_where_something_it_needs_is_gone(a_draft, reviewer):
    position = a_draft()
    pk = position.evidence.get().pk
    position.delete()
    with pytest.raises(Refused, match=position.key):
        bring_back(model=Evidence, pk=pk, by=reviewer)


def test_bringing_back_is_refused_where_its_place_is_taken(an_actor, reviewer):
    pk = an_actor("russia").pk
    Actor.objects.get(pk=pk).delete()
    an_actor("russia")
    with pytest.raises(Refused, match="short name"):
        bring_back(model=Actor, pk=pk, by=reviewer)


def test_a_coder_brings_back_own_drafts_only(a_draft, a_member, coder):
    position = a_draft()
    pk = position.pk
    position.delete()
    with pytest.raises(PermissionDenied):
        bring_back(model=Position, pk=pk, by=a_member("another", role="coder"))
    assert bring_back(model=Position, pk=pk, by=coder).pk == pk


def test_what_is_there_is_not_brought_back_twice(a_draft, reviewer):
    with pytest.raises(Refused):
        bring_back(model=Position, pk=a_draft().pk, by=reviewer)


def test_a_form_from_before_the_deletion_is_stale_afterwards(a_draft, reviewer):
    position = a_draft()
    before = Position.objects.get()
    position.delete()
    bring_back(model=Position, pk=before.pk, by=reviewer)
    with pytest.raises(StaleRecord):
        before.save()


def test_a_text_comes_back_with_its_words(a_rendition, reviewer):
    rendition = a_rendition()
    pk, text = rendition.pk, rendition.text
    Rendition.objects.get(pk=pk).delete()
    assert bring_back(model=Rendition, pk=pk, by=reviewer).text == text
    assert Rendition.objects.get().text == text


@pytest.fixture
def discussed(a_draft, coder):
    """A draft with a comment and an objection, of a day that is over."""
    position = a_draft()
    of = {"dossier": position.dossier, "position": position}
    Comment.objects.create(author=coder, text="Is it?", **of)
    Challenge.objects.create(text="It is not.", reader=User.objects.create_user("one"), **of)
    for model in (Comment, Challenge):
        model.objects.update(created_at="2017-03-02T12:00Z")
        model.objects.get().save()
    return position


def test_what_was_said_of_a_position_comes_back_with_it(discussed, reviewer):
    pk, kinds = discussed.pk, (Comment, Challenge)
    before = [list(model.objects.values()) for model in kinds]
    discussed.delete()
    assert not any(model.objects.exists() for model in kinds)
    bring_back(model=Position, pk=pk, by=reviewer)
    assert [list(model.objects.values()) for model in kinds] == before


def test_an_objection_comes_back_without_a_reader_who_is_gone(discussed, reviewer):
    discussed.delete()
    User.objects.get(username="one").delete()
    bring_back(model=Position, pk=Position.history.first().id, by=reviewer)
    assert Challenge.objects.get().reader is None


@pytest.mark.parametrize("model", [Comment, Challenge])
def test_what_people_have_said_is_neither_reverted_nor_brought_back_alone(
    discussed, reviewer, model
):
    said = model.objects.get()
    change = _change(said, text="Something else.")
    with pytest.raises(PermissionDenied):
        revert(change=change, by=reviewer)
    pk = said.pk
    said.delete()
    with pytest.raises(PermissionDenied):
        bring_back(model=model, pk=pk, by=reviewer)
    assert not model.objects.exists()


def _remove(passage, coder):
    code.remove_passage(evidence=Evidence.objects.get(pk=passage.pk), by=coder)


def test_what_was_removed_on_purpose_just_before_stays_removed(a_draft, coder):
    position = a_draft()
    kept = position.evidence.get()
    passage = {"rendition": kept.rendition, "start": 0, "end": 4, "exact": "They", "paragraph": 1}
    wrong = Evidence.objects.create(position=position, number=2, **passage)
    _remove(wrong, coder)
    delete_draft(position=Position.objects.get(), by=coder)
    assert bring_back(model=Position, pk=position.pk, by=coder).evidence.get() == kept


def test_what_came_back_once_and_was_removed_then_stays_removed(a_draft, coder):
    position = a_draft()
    kept = position.evidence.get()
    passage = {"rendition": kept.rendition, "start": 0, "end": 4, "exact": "They", "paragraph": 1}
    wrong = Evidence.objects.create(position=position, number=2, **passage)
    Position.objects.all().delete()
    assert bring_back(model=Position, pk=position.pk, by=coder).evidence.count() == 2
    _remove(wrong, coder)
    delete_draft(position=Position.objects.get(), by=coder)
    assert bring_back(model=Position, pk=position.pk, by=coder).evidence.get() == kept


def test_what_fell_with_its_whole_comes_back_however_long_that_took(a_draft, coder):
    position = a_draft()
    delete_draft(position=Position.objects.get(), by=coder)
    Evidence.history.filter(history_type="-").update(history_date="2020-01-01T00:00:00Z")
    assert bring_back(model=Position, pk=position.pk, by=coder).evidence.count() == 1


def test_a_stance_that_was_removed_before_its_issue_stays_removed(an_issue, reviewer):
    issue = an_issue()
    issue.stances.get(slug="declines").delete()
    issue.delete()
    back = bring_back(model=Issue, pk=Issue.history.first().id, by=reviewer)
    assert [stance.slug for stance in back.stances.all()] == ["supports", "neither", "opposes"]


def test_a_revert_does_not_part_two_renderings_of_one_utterance(a_position, an_actor, reviewer):
    fuller, moved = a_position(), a_position(actor="turkey")
    change = _change(moved, actor=fuller.actor)
    Link.objects.create(position=moved, kind="same-utterance", to=fuller)
    with pytest.raises(Refused, match=f"{moved.key} is linked as the same utterance"):
        revert(change=change, by=reviewer)
    moved.refresh_from_db()
    assert moved.actor == fuller.actor


def test_a_position_comes_back_with_its_links_from_either_end(a_draft, a_position, coder, reviewer):
    gone, first, second = a_draft(), a_position(), a_position()
    Link.objects.create(position=gone, kind="answers", to=first)
    Link.objects.create(position=second, kind="repeats", to=gone)
    pk = gone.pk
    delete_draft(position=gone, by=coder)
    assert not Link.objects.exists()
    bring_back(model=Position, pk=pk, by=reviewer)
    assert sorted(Link.objects.values_list("position", "to")) == sorted(
        [(pk, first.pk), (second.pk, pk)]
    )
