"""Records that are written together: all or none, and as if each were saved."""

import pytest

from astana.models import Actor, Dossier, Position
from astana.models.revised import StaleRecord
from astana.models.search import SearchEntry
from astana.models.together import Together

pytestmark = pytest.mark.django_db


def test_nothing_is_written_where_one_was_changed_meanwhile(an_actor, a_dossier, a_member):
    kept, stale = an_actor("russia"), an_actor("iran")
    originals = [Actor.objects.get(pk=one.pk) for one in (kept, stale)]
    together = Together(by=a_member())
    together.add([Actor(dossier=a_dossier(), slug="turkey", name="Turkey", kind="state")])
    kept.name = stale.name = "New"
    together.change([kept, stale], originals)
    originals[1].save()
    with pytest.raises(StaleRecord):
        together.write()
    assert set(Actor.objects.values_list("name", flat=True)) == {"Russia", "Iran"}


def test_it_leaves_what_saving_one_by_one_leaves(a_position, an_actor, a_member):
    by = a_member()
    first, second = a_position(summary="As it was."), a_position(summary="As it was.")
    before = Dossier.objects.get().version
    together = Together(by=by)
    original = Position.objects.get(pk=second.pk)
    first.summary = second.summary = "As it is, in Zanzibar."
    together.change([second], [original])
    together.write()
    first.save()
    one, other = Position.objects.order_by("pk")
    assert (one.summary, one.revision) == (other.summary, other.revision)
    assert one.edited_at is not None
    assert other.edited_at is not None
    assert other.history.first().history_user == by
    assert other.history.first().summary == other.summary
    assert Dossier.objects.get().version == before + 2
    entries = SearchEntry.objects.filter(kind="position", record__in=[one.pk, other.pk])
    assert entries.count() == 2


def test_later_records_have_other_numbers(an_actor, a_dossier, a_member):
    together = Together(by=a_member())
    together.add([Actor(dossier=a_dossier(), slug="iran", name="Iran", kind="state")])
    between = an_actor("russia")
    together.write()
    assert len({between.pk, an_actor("iran").pk, an_actor("turkey").pk}) == 3
