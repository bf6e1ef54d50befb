"""No write is lost: not in silence, and not without a trace."""

import pytest
from django.utils import timezone

from astana.models import Actor, Dossier, Position
from astana.models.of_dossier import holding
from astana.models.revised import StaleRecord

pytestmark = pytest.mark.django_db


def test_the_second_of_two_who_save_the_same_version_is_refused(a_position):
    position = a_position()
    mine, theirs = Position.objects.get(pk=position.pk), Position.objects.get(pk=position.pk)
    theirs.summary = "Theirs."
    theirs.save()
    mine.summary = "Mine."
    with pytest.raises(StaleRecord) as refusal:
        mine.save()
    # Pages say it as it is, in words for people.
    assert str(refusal.value).startswith("Somebody has changed it since you opened it.")
    assert Position.objects.get(pk=position.pk).summary == "Theirs."


def test_who_saves_twice_from_one_object_is_not_in_their_own_way(a_position):
    position = a_position()
    position.summary = "First."
    position.save()
    position.summary = "Second."
    position.save(update_fields=["summary"])
    stored = Position.objects.get(pk=position.pk)
    assert (stored.summary, stored.revision) == ("Second.", position.revision)


def test_a_deleted_record_does_not_come_back_by_saving_it(an_actor):
    actor = an_actor()
    Actor.objects.filter(pk=actor.pk).delete()
    with pytest.raises(StaleRecord):
        actor.save()
    assert not Actor.objects.filter(pk=actor.pk).exists()


def test_a_change_of_many_makes_what_was_read_before_stale(an_actor):
    actor = an_actor()
    Actor.objects.filter(pk=actor.pk).update(kind="person")
    with pytest.raises(StaleRecord):
        actor.save()


def test_every_kind_of_write_leaves_a_trace(a_dossier, an_actor):
    made = an_actor("russia")
    made.name = "Russian Federation"
    made.save()
    Actor.objects.filter(pk=made.pk).update(name="Russia")
    pk = made.pk
    Actor.objects.filter(pk=pk).delete()
    dossier = a_dossier()
    Actor.objects.bulk_create([Actor(dossier=dossier, slug="usa", name="USA", kind="state")])
    trace = Actor.history.filter(id=pk).order_by("history_id")
    assert [(row.history_type, row.name) for row in trace] == [
        ("+", "Russia"),
        ("~", "Russian Federation"),
        ("~", "Russia"),
        ("-", "Russia"),
    ]
    assert Actor.history.filter(slug="usa", history_type="+").count() == 1


def test_a_dossier_saved_as_it_was_read_takes_no_version_back(a_dossier, an_actor):
    read = a_dossier()
    an_actor()
    version = type(read).objects.get().version
    read.save()
    assert type(read).objects.get().version > version


def test_what_was_read_as_a_draft_is_seen_where_it_is_published_by_now(a_position, a_rendition):
    position = a_position(status="draft", rendition=a_rendition(), quote="Russia")
    dossier = Dossier.objects.filter(pk=position.dossier_id)
    passage, version = position.evidence.get(), dossier.get().version
    passage.save()
    assert dossier.get().version == version
    Position.objects.update(status="published", published_at=timezone.now())
    versions = [version, dossier.get().version]
    for write in (passage.save, position.delete):
        write()
        versions.append(dossier.get().version)
    assert sorted(set(versions)) == versions


def test_the_second_of_two_who_save_the_same_dossier_is_refused(a_dossier):
    mine, theirs = a_dossier(), a_dossier()
    theirs.title = "Theirs"
    theirs.save()
    with pytest.raises(StaleRecord):
        mine.save()


def test_single_rows_of_a_dossier_are_not_held(an_actor):
    an_actor()
    with pytest.raises(TypeError):
        Actor.objects.select_for_update()


def test_what_an_action_raised_that_was_undone_is_raised_by_the_next(a_position):
    position = a_position()
    version = type(position.dossier).objects.get().version

    @holding
    def note(*, position, is_refused):
        type(position).objects.get(pk=position.pk).save()
        if is_refused:
            raise ValueError("refused")

    @holding
    def try_twice(*, position):
        with pytest.raises(ValueError, match="refused"):
            note(position=position, is_refused=True)
        note(position=position, is_refused=False)

    try_twice(position=position)
    assert type(position.dossier).objects.get().version > version
