"""An actor that a coder added in passing is seen at the desk alone until readers meet it."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from astana.actions import assign
from astana.actions.additions import add
from astana.actions.coding import NewActor
from astana.actions.merge import merge_actors
from astana.models import Actor, ActorName, Affiliation, Event, Participation, Position
from astana.models.past import readable_past
from astana.models.search import SearchEntry

pytestmark = pytest.mark.django_db

NAME = "Quirky Front"


@pytest.fixture
def team(a_member):
    """Return members by name: two coders, a reviewer and an owner."""
    roles = {"anna": "coder", "ben": "coder", "rita": "reviewer", "olga": "owner"}
    return {name: a_member(name, role=role) for name, role in roles.items()}


@pytest.fixture
def added(a_dossier, team) -> Actor:
    """Return an actor that a coder added in passing."""
    return add(NewActor(NAME, "party"), within=a_dossier(), by=team["anna"], under=None)


@pytest.fixture
def in_round(a_dossier, a_rendition, team) -> Actor:
    """Return an actor that a coder added in a round that the other and the reviewer code too."""
    article = a_rendition().article
    coders = [team[name] for name in ("anna", "ben", "rita")]
    owner = team["owner"] if "owner" in team else team["olga"]
    assign.assign(
        dossier=a_dossier(), articles=[article], coders=coders, is_independent=True, by=owner
    )
    under = article.assignments.get(coder=team["anna"])
    return add(NewActor(NAME, "party"), within=a_dossier(), by=team["anna"], under=under.pk)


def _is_shown(actor) -> bool:
    actor.refresh_from_db()
    is_found = SearchEntry.objects.filter(kind="actor", record=actor.pk).exists()
    assert is_found == actor.public
    return actor.public


def test_readers_see_it_nowhere_before_something_published_names_it(client, added, team):
    ActorName.objects.create(actor=added, name="Odd Front", language="en")
    dossier = f"/dossiers/{added.dossier.slug}/"
    pages = ["", "actors/", "actors.csv", "positions/", "events/", "framing/", "compare/"]
    for user in (None, *team.values()):
        if user:
            client.force_login(user)
        assert client.get(f"{dossier}actors/{added.slug}/").status_code == 404
        assert client.get(f"{dossier}actors/{added.slug}/feed.atom").status_code == 404
        for page in pages:
            response = client.get(f"{dossier}{page}")
            words = response.getvalue() if response.streaming else response.content
            assert b"Front" not in words, page
        assert b"Odd Front" not in client.get("/search/", {"q": "Front"}).content
    packed = client.get(f"{dossier}dossier.zip")
    with ZipFile(BytesIO(b"".join(packed))) as files:
        assert all(b"Front" not in files.read(name) for name in files.namelist())


def test_it_is_shown_for_good_with_the_first_published_position(added, a_position, team):
    position = a_position(status="draft")
    position.actor = added
    position.save()
    assert not _is_shown(added)
    position.status = "published"
    position.save()
    assert _is_shown(added)
    position.status = "draft"
    position.save()
    assert _is_shown(added)


@pytest.mark.parametrize("how", ["update", "bulk_create", "speaker", "attributed_by"])
def test_every_way_of_publishing_shows_it(how, added, a_position):
    match how:
        case "update":
            position = a_position(status="published")
            Position.objects.filter(pk=position.pk).update(actor=added)
        case "bulk_create":
            position = a_position()
            position.pk, position.key, position.actor = None, "another", added
            position._state.adding = True
            Position.objects.bulk_create([position])
        case "speaker":
            a_position(speaker=added)
        case "attributed_by":
            a_position(voice="attributed", attributed_by=added.slug)
    assert _is_shown(added)


def test_what_readers_meet_elsewhere_is_shown_too(added, an_actor, a_dossier):
    event = Event.objects.create(
        dossier=a_dossier(), slug="talks", name="Talks", start="2017-01-23", end="2017-01-24"
    )
    Participation.objects.create(event=event, actor=added, role="party")
    assert _is_shown(added)


def test_a_person_of_a_body_is_shown_with_it(added, an_actor, a_dossier):
    Affiliation.objects.create(
        dossier=a_dossier(), person=an_actor("somebody"), body=added, role="Head"
    )
    assert _is_shown(added)


def test_a_whole_is_shown_with_its_body(added, an_actor, a_dossier, team):
    body = add(NewActor("Wing", "party"), within=a_dossier(), by=team["anna"], under=None)
    body.part_of = added
    body.save()
    assert not _is_shown(added)
    Actor.objects.filter(pk=body.pk).show()
    assert _is_shown(body)
    assert _is_shown(added)


def test_what_an_old_address_leads_to_is_shown(added, an_actor, team):
    merge_actors(kept=added, other=an_actor("russia"), by=team["olga"])
    assert _is_shown(added)


def test_at_the_desk_all_see_it_who_take_no_part_in_the_round(in_round, team):
    for name, sees in {"anna": True, "ben": False, "rita": False, "olga": True}.items():
        found = Actor.objects.at_desk_of(team[name], dossier=in_round.dossier)
        assert found.filter(pk=in_round.pk).exists() is sees, name
        past = readable_past(Actor, user=team[name], dossier=in_round.dossier)
        assert past.filter(id=in_round.pk).exists() is sees, name
    in_round.delete()
    for name, sees in {"anna": True, "ben": False, "rita": False, "olga": True}.items():
        past = readable_past(Actor, user=team[name], dossier=in_round.dossier)
        assert past.filter(name=NAME).exists() is sees, name


def test_two_coders_of_a_round_who_add_the_same_actor_name_one(in_round, team, a_position):
    dossier = in_round.dossier
    ben = team["ben"]
    again = add(NewActor(NAME, "party"), within=dossier, by=ben, under=None)
    assert again == in_round
    a_position(status="draft", coder=ben, coded_at=dossier.created_at, actor=in_round.slug)
    assert Actor.objects.at_desk_of(ben, dossier=dossier).filter(pk=in_round.pk).exists()
