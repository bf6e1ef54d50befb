"""Impossible states are refused by the database itself, on both databases."""

import pytest
from django.db import IntegrityError, transaction

from astana.models import Anchor, Evidence, Position, Rendition, Stance


def refused():
    """Expect the database to refuse a write, and keep the test's transaction usable."""
    return pytest.raises(IntegrityError)


def test_a_stance_of_another_issue_is_refused(a_position, an_issue):
    position = a_position(issue="cease-fire")
    other = an_issue("secular-state").stances.first()
    with refused(), transaction.atomic():
        Position.objects.filter(pk=position.pk).update(stance=other)


def test_a_stance_that_is_taken_keeps_its_issue(a_position, an_issue):
    position = a_position(issue="cease-fire")
    with refused(), transaction.atomic():
        Stance.objects.filter(pk=position.stance_id).update(issue=an_issue("secular-state"))


def test_an_actor_of_another_dossier_is_refused(a_position, an_actor, a_dossier):
    position = a_position()
    stranger = an_actor("stranger", dossier=a_dossier("other"))
    with refused(), transaction.atomic():
        Position.objects.filter(pk=position.pk).update(actor=stranger)


def test_attributed_without_by_whom_is_refused(a_position):
    with refused(), transaction.atomic():
        a_position(voice="attributed")


def test_by_whom_without_attributed_is_refused(a_position):
    with refused(), transaction.atomic():
        a_position(voice="direct-quote", attributed_by="turkey")


@pytest.mark.parametrize("value", ["1.5", "-1.01"])
def test_a_value_off_the_scale_is_refused(an_issue, value):
    with refused(), transaction.atomic():
        an_issue().stances.filter(slug="supports").update(value=value)


@pytest.mark.parametrize("who", ["coder", "reviewer"])
def test_who_without_when_is_refused(a_position, a_member, who):
    position = a_position()
    with refused(), transaction.atomic():
        Position.objects.filter(pk=position.pk).update(**{who: a_member()})


def test_rejected_without_a_reason_is_refused(a_position):
    with refused(), transaction.atomic():
        a_position(status="rejected")


def test_a_passage_outside_its_text_is_refused(a_position, a_rendition):
    a_position(rendition=a_rendition(), quote="supports the cease-fire")
    with refused(), transaction.atomic():
        Evidence.objects.update(end=10_000)


def test_a_passage_that_ends_before_it_starts_is_refused(a_position, a_rendition):
    a_position(rendition=a_rendition(), quote="supports the cease-fire")
    with refused(), transaction.atomic():
        Evidence.objects.update(end=3)


def test_a_lost_passage_has_no_place(a_position, a_rendition):
    a_position(rendition=a_rendition(), quote="supports the cease-fire")
    with refused(), transaction.atomic():
        Evidence.objects.update(health="lost")


def test_a_stand_off_anchor_outside_its_text_is_refused(a_position, a_rendition):
    rendition = a_rendition()
    position = a_position(rendition=rendition, quote="supports the cease-fire")
    with refused(), transaction.atomic():
        Anchor.objects.create(
            evidence=position.evidence.get(),
            rendition=rendition,
            start=1,
            end=10_000,
            sha256="0" * 64,
        )


def test_stored_words_are_never_overwritten(a_rendition):
    a_rendition()
    with refused(), transaction.atomic():
        Rendition.objects.update(sha256="0" * 64)


def test_every_write_raises_the_version_of_the_dossier(a_position, a_dossier):
    position = a_position()
    before = a_dossier().version
    position.summary = "Another sentence."
    position.save()
    Position.objects.filter(pk=position.pk).update(note="Seen.")
    Position.objects.filter(pk=position.pk).delete()
    assert a_dossier().version >= before + 3
