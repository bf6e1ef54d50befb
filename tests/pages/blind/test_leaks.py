"""Nothing that is read blind tells who is behind a letter, or which source."""

import re
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import QuerySet

from astana.exchange.check import check
from astana.exchange.files import read_files
from astana.exchange.load import load
from astana.models import Actor, ActorName, Affiliation, Dossier, Issue, Position, Source
from tests.a_large_dossier import made_once
from tests.comparison.names import surviving
from tests.pages.blind.sent import TALKS, all_that_is_sent
from tests.pages.rows import words_of

pytestmark = pytest.mark.django_db


SEEDS = Path(__file__).resolve().parents[3] / "seeds" / "syria-astana-2017"
SYRIA = "/dossiers/syria-astana-2017/"


@pytest.fixture(scope="module")
def syria(django_db_setup, django_db_blocker):
    """The demonstration dossier, there for all tests of this file and gone after them."""
    with made_once(django_db_blocker):
        load(check(read_files(SEEDS)))
        yield Dossier.objects.get(slug="syria-astana-2017")


def _kin(actors: list[Actor]) -> set[int]:
    """Return the actors, their bodies and wholes, and their people, one step after the other."""
    kin = {actor.pk for actor in actors}
    parts = list(Actor.objects.values_list("pk", "part_of"))
    bodies, wholes = set(kin), set(kin)
    for _ in parts:
        bodies |= {part for part, whole in parts if whole in bodies}
        wholes |= {whole for part, whole in parts if part in wholes and whole}
    kin |= bodies | wholes
    links = list(Affiliation.objects.values_list("person", "body"))
    people = {person for person, body in links if body in kin}
    return kin | people | {body for person, body in links if person in kin}


def _names(actors: list[Actor], dossier: Dossier) -> list[str]:
    kin = _kin(actors)
    return [
        *Actor.objects.filter(pk__in=kin).values_list("name", flat=True),
        *ActorName.objects.filter(actor__in=kin).values_list("name", flat=True),
        *Source.objects.filter(dossier=dossier).values_list("name", flat=True),
    ]


def _assert_nothing_leaks(
    client, token: str, actors, dossier: Dossier, *, asked=({}, {"HX-Request": "true"})
) -> None:
    """Look at page and worksheet, whole and as a slice, which is a part of the whole."""
    names = _names(actors, dossier)
    assert len(names) > len(actors)
    path = f"/dossiers/{dossier.slug}/blind/"
    for address in (path, f"{path}worksheet/"):
        for headers in asked:
            response = client.get(f"{address}?set={token}", headers=headers)
            assert response.status_code == 200
            sent = all_that_is_sent(response, token)
            assert surviving(names, sent) == []
            assert not re.search(r"(actors|articles|positions|issues)/[-\w]", sent)


def _query(actors, issues) -> str:
    pairs = [f"actor={actor.slug}" for actor in actors] + [f"issue={one.slug}" for one in issues]
    return "&".join(pairs)


def _spoken(dossier: Dossier) -> list[Actor]:
    return list(Actor.objects.filter(positions__dossier=dossier).distinct())


def test_all_actors_on_all_issues_leak_nothing(syria, client, blind):
    actors, issues = _spoken(syria), list(Issue.objects.of(syria))
    assert len(actors) > 10
    token = blind(_query(actors, issues), dossier=SYRIA)
    _assert_nothing_leaks(client, token, actors, syria)


def test_an_actor_alone_leaks_nothing(syria, client, blind):
    issues = list(Issue.objects.of(syria))
    for actor in _spoken(syria):
        token = blind(_query([actor], issues), dossier=SYRIA)
        _assert_nothing_leaks(client, token, [actor], syria, asked=({},))


def test_actors_two_by_two_leak_nothing(syria, client, blind):
    issues, spoken = list(Issue.objects.of(syria)), _spoken(syria)
    # Each with another one, which is no neighbour of its as they were entered.
    half = len(spoken) // 2
    for actors in zip(spoken, spoken[half:], strict=False):
        token = blind(_query(actors, issues) + "&bodies=0", dossier=SYRIA)
        _assert_nothing_leaks(client, token, list(actors), syria, asked=({},))


@pytest.mark.parametrize("change", [str.upper, str.lower, str.swapcase, "\u00ad".join])
def test_hostile_writing_leaks_nothing(syria, client, blind, change):
    actors, issues = _spoken(syria)[:6], list(Issue.objects.of(syria))
    with transaction.atomic():
        positions = Position.objects.of(syria).filter(actor__in=actors).select_related("actor")
        for position in positions:
            named = f"{position.actor.name}’s own, {position.actor.name}n: {position.summary}"
            position.summary = change(named)[:500]
            position.condition = change(position.actor.name)
        for issue in issues:
            issue.title = change(issue.title)[:200]
        # Past search and history, which this is not about.
        QuerySet(Position).bulk_update(positions, ["summary", "condition"])
        QuerySet(Issue).bulk_update(issues, ["title"])
        token = blind(_query(actors, issues), dossier=SYRIA)
        _assert_nothing_leaks(client, token, actors, syria)
        transaction.set_rollback(True)


def test_a_dossier_named_after_an_actor_has_no_masthead_and_a_title_without_it(
    client, a_dossier, a_position, a_rendition, blind
):
    dossier = a_dossier("russia-talks", title="The Russian talks")
    a_position(dossier=dossier, actor="russia", summary="It agrees.")
    a_rendition(dossier=dossier)
    token = blind(dossier="/dossiers/russia-talks/")
    _assert_nothing_leaks(client, token, list(Actor.objects.all()), dossier)
    response = client.get(f"/dossiers/russia-talks/blind/?set={token}")
    assert "The [A] talks" in words_of(response)


def test_a_refused_guess_leaks_nothing(client, three, blind):
    token = blind()
    for query in ("reveal=Z", "guess-A=" + "x" * 81):
        response = client.get(f"{TALKS}blind/?set={token}&{query}")
        assert response.status_code == 400
        sent = all_that_is_sent(response, token)
        actors = list(Actor.objects.all())
        assert surviving(_names(actors, three), sent) == []


def _masked(client, blind, a_position, an_actor, summary: str, *, role: str = "") -> str:
    usa = an_actor("usa", kind="state", name="United States")
    if role:
        toner = an_actor("toner", kind="person", name="Mark Toner")
        Affiliation.objects.create(dossier=usa.dossier, person=toner, body=usa, role=role)
    a_position(actor="usa", summary=summary)
    table = client.get(f"{TALKS}blind/?set={blind('actor=usa')}").context["table"]
    return table.rows[0]["cells"][0]["voices"][0]["line"].summary


@pytest.mark.parametrize(
    ("summary", "masked"),
    [
        ("The State Department spokesman declined.", "The [A] spokesman declined."),
        ("Washington and the White House agree.", "[A] and the [A] agree."),
        ("American troops stay.", "[A] troops stay."),
    ],
)
def test_capitals_offices_and_peoples_are_hidden(
    client, a_rendition, blind, a_position, an_actor, summary, masked
):
    assert _masked(client, blind, a_position, an_actor, summary) == masked


def test_a_country_is_hidden_by_its_names_in_the_language_of_the_text(
    client, a_rendition, blind, a_position, an_actor
):
    an_actor("state", kind="state", name="United States")
    text = "Die Vereinigten Staaten und die USA sagen, Amerikaner gehen."
    rendition = a_rendition(text=text, language="de")
    a_position(actor="state", rendition=rendition, quote=text)
    table = client.get(f"{TALKS}blind/?set={blind('actor=state')}").context["table"]
    shown = table.rows[0]["cells"][0]["voices"][0]["passages"][0]["exact"]
    assert shown == "Die [A] und die [A] sagen, [A] gehen."


def test_titles_in_the_dossier_are_hidden_but_not_what_anybody_could_be(
    client, a_rendition, blind, a_position, an_actor
):
    role = "Acting spokesman of the Foggy Bureau; Foreign minister"
    said = "A Foggy Bureau spokesman and a foreign minister met."
    shown = _masked(client, blind, a_position, an_actor, said, role=role)
    assert shown == "A [A] and a foreign minister met."


def test_a_government_is_told_by_its_capital_and_not_by_its_country(
    client, a_rendition, blind, a_position, an_actor
):
    an_actor("gov", kind="government", name="Government of Syria")
    a_position(actor="gov", summary="Damascus wants talks in Syria.")
    table = client.get(f"{TALKS}blind/?set={blind('actor=gov')}").context["table"]
    line = table.rows[0]["cells"][0]["voices"][0]["line"]
    assert line.summary == "[A] wants talks in Syria."


def test_what_cannot_be_hidden_is_said(client, three, blind):
    assert "Some things cannot be hidden" in words_of(client.get(f"{TALKS}blind/?set={blind()}"))
