"""Nobody's words are overwritten, and nobody's typing is lost."""

import pytest
from django import forms

from astana.models import Actor
from astana.pages.shared.revision import RevisionForm

pytestmark = pytest.mark.django_db


class ActorForm(RevisionForm, forms.ModelForm):
    class Meta:
        model = Actor
        fields = ["name", "kind", "part_of", "description"]


@pytest.fixture
def russia(an_actor):
    return an_actor("russia")


def _opened(actor: Actor, **typed) -> dict:
    values = {"name": actor.name, "kind": actor.kind, "revision": str(actor.revision)}
    return values | typed


def _changed_meanwhile(actor: Actor, **values) -> None:
    other = Actor.objects.get(pk=actor.pk)
    for name, value in values.items():
        setattr(other, name, value)
    other.save()


def test_what_nobody_else_has_changed_is_saved(russia):
    form = ActorForm(_opened(russia, description="A sponsor."), instance=russia)
    assert form.is_valid()
    form.save()
    assert (Actor.objects.get().description, Actor.objects.get().revision) == ("A sponsor.", 2)
    assert (form.is_stale, form.differences) == (False, [])


def test_a_stale_form_shows_both_versions_and_keeps_what_was_typed(russia, an_actor):
    whole = an_actor("union")
    form_data = _opened(russia, name="Mine", part_of=str(whole.pk))
    _changed_meanwhile(russia, name="Theirs", kind="office")
    form = ActorForm(form_data, instance=Actor.objects.get(pk=russia.pk))
    assert not form.is_valid()
    assert form.is_stale
    assert [(row.name, row.stored, row.typed) for row in form.differences] == [
        ("name", "Theirs", "Mine"),
        ("kind", "office", "state"),
        ("part_of", "", "Union"),
    ]
    assert form["name"].value() == "Mine"
    assert Actor.objects.get(pk=russia.pk).name == "Theirs"


def test_sending_a_refused_form_once_more_saves_it_on_top(russia):
    data = _opened(russia, name="Mine")
    _changed_meanwhile(russia, name="Theirs")
    form = ActorForm(data, instance=Actor.objects.get())
    assert not form.is_valid()
    again = ActorForm(
        _opened(russia, name="Mine", revision=form["revision"].value()),
        instance=Actor.objects.get(),
    )
    assert again.is_valid()
    again.save()
    assert Actor.objects.get().name == "Mine"


def test_a_form_without_a_revision_is_refused(russia):
    for given in ("", "no number", "0"):
        form = ActorForm(_opened(russia, revision=given), instance=russia)
        assert not form.is_valid()
        assert form.is_stale


def test_a_race_seen_only_in_saving_is_refused_the_same_way(russia):
    form = ActorForm(_opened(russia, name="Mine"), instance=russia)
    assert form.is_valid()
    _changed_meanwhile(russia, name="Theirs")
    form.refuse()
    assert form.is_stale
    assert [row.stored for row in form.differences] == ["Theirs"]
    assert form["revision"].value() == "2"


def test_what_is_deleted_by_now_keeps_what_was_typed(russia):
    form = ActorForm(_opened(russia, name="Mine"), instance=russia)
    assert form.is_valid()
    Actor.objects.all().delete()
    form.refuse()
    assert (form.is_stale, form.differences, form["name"].value()) == (True, [], "Mine")


def test_a_stale_form_says_who_changed_the_record(russia, a_member):
    data = _opened(russia)
    other = Actor.objects.get()
    other._history_user = a_member("bob", role="coder")
    other.save()
    form = ActorForm(data, instance=Actor.objects.get())
    assert not form.is_valid()
    assert form.last_change.history_user.username == "bob"
