"""An action that a deadlock undid is done again as a whole, and its rows are what they were."""

import pytest
from django.db import OperationalError
from django.utils.functional import SimpleLazyObject
from psycopg.errors import DeadlockDetected

from astana.models import Actor
from astana.models.of_dossier import holding

pytestmark = pytest.mark.django_db(transaction=True)


def _renaming(*errors):
    """Return an action that the database undoes so often, after its write, and its tries."""
    left, tries = list(errors), []

    @holding
    def rename(*, actor, name, words=(), by=None):
        tries.append((actor.name, actor.revision, *words))
        actor.name = name
        actor.save()
        if left:
            raise OperationalError from left.pop()

    return rename, tries


def test_what_a_deadlock_undid_is_done_again_with_its_rows_as_they_were(an_actor):
    actor = an_actor("russia", name="Before")
    before, written = (actor.name, actor.revision), actor.history.count()
    rename, tries = _renaming(DeadlockDetected(), DeadlockDetected())
    who = SimpleLazyObject(lambda: actor)
    rename(actor=actor, name="After", by=who)
    assert tries == [before] * 3
    assert Actor.objects.get(pk=actor.pk).name == actor.name == "After"
    assert actor.history.count() == written + 1


def test_what_fails_for_good_or_can_be_read_once_is_tried_no_more(an_actor):
    actor = an_actor("russia", name="Before")
    for errors, words, number in (
        ([ValueError()], (), 1),
        ([DeadlockDetected()] * 9, (), 3),
        ([DeadlockDetected()], iter(["read"]), 1),
    ):
        rename, tries = _renaming(*errors)
        with pytest.raises(OperationalError):
            rename(actor=Actor.objects.get(pk=actor.pk), name="After", words=words)
        assert len(tries) == number
    assert Actor.objects.get(pk=actor.pk).name == "Before"
