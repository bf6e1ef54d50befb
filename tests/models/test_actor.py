"""Who gives an actor away: its bodies and wholes, and the people of them all."""

import pytest

from astana.models import Actor, Affiliation

pytestmark = pytest.mark.django_db


@pytest.fixture
def kin(a_dossier):
    """Return a function that names the kin of an actor."""

    def names(slug: str) -> set[str]:
        actor = Actor.objects.get(slug=slug)
        pairs = Actor.objects.kin_of([actor.pk])
        assert {of for _kin, of in pairs} == {actor.pk}
        found = Actor.objects.filter(pk__in=[pk for pk, _of in pairs])
        return set(found.values_list("slug", flat=True))

    return names


@pytest.fixture
def a_state(a_dossier, an_actor):
    """A state with a ministry and an office of it, a minister, and another state."""
    ministry = an_actor("ministry", part_of=an_actor("state"))
    an_actor("office", part_of=ministry)
    an_actor("other-office", part_of=ministry)
    an_actor("another-state")
    minister = an_actor("minister", kind="person")
    Affiliation.objects.create(dossier=a_dossier(), person=minister, body=ministry, role="minister")


def test_bodies_and_people_give_their_whole_away(a_state, kin):
    assert kin("state") == {"state", "ministry", "office", "other-office", "minister"}


def test_wholes_and_their_people_give_a_body_away(a_state, kin):
    assert kin("office") == {"office", "ministry", "state", "minister"}


def test_a_person_is_given_away_by_the_body(a_state, kin):
    assert kin("minister") == {"minister", "ministry"}


def test_a_ring_of_wholes_comes_to_an_end(a_state, kin):
    state, office = (Actor.objects.get(slug=slug) for slug in ("state", "office"))
    Actor.objects.filter(pk=state.pk).update(part_of=office)
    assert "ministry" in kin("office")


def test_nobody_has_no_kin(db):
    assert Actor.objects.kin_of([]) == []


@pytest.mark.parametrize("name", ["각" * 150, "ﷺ" * 200, "𝔄" * 200])
def test_a_name_that_grows_without_its_accents_can_be_sorted(an_actor, name):
    actor = an_actor("long", name=name)
    actor.refresh_from_db()
    assert actor.name == name
    assert actor.sort_name
