"""The lists of actors, issues, articles and events: what a reader finds in them."""

from datetime import date

import pytest

from astana.models import Article, Document, Event, Participation
from tests.pages.rows import choice_of, rows_of, words_of

pytestmark = pytest.mark.django_db
BASE = "/dossiers/talks/"


def test_actors_come_by_name_without_regard_to_case_and_accents(client, an_actor):
    for slug, name in (("a", "österreich"), ("b", "Zypern"), ("c", "Oman")):
        an_actor(slug, name=name)
    names = [row.split()[0] for row in rows_of(client.get(f"{BASE}actors/"))]
    assert names == ["Oman", "österreich", "Zypern"]


def test_an_actor_shows_its_names_in_their_languages(client, an_actor):
    an_actor("turkey").names.create(name="تركيا", language="ar")
    html = client.get(f"{BASE}actors/").content.decode()
    assert '<bdi lang="ar">تركيا</bdi>' in html


def test_an_actor_is_counted_with_positions_and_issues(client, a_position):
    a_position(actor="russia", issue="cease-fire")
    a_position(actor="russia", issue="cease-fire")
    a_position(actor="russia", issue="elections")
    a_position(actor="russia", issue="elections", status="draft")
    assert rows_of(client.get(f"{BASE}actors/")) == ["Russia state 3 2"]


def test_actors_are_found_by_any_name_and_kind(client, an_actor):
    an_actor("russia").names.create(name="Россия", language="ru")
    an_actor("lavrov", kind="person")
    assert [r.split()[0] for r in rows_of(client.get(f"{BASE}actors/?q=РОСС"))] == ["Russia"]
    assert [r.split()[0] for r in rows_of(client.get(f"{BASE}actors/?kind=person"))] == ["Lavrov"]


def test_an_issue_shows_who_was_heard_and_how_far_apart_they_lie(client, a_position):
    a_position(actor="russia", stance="supports")
    a_position(actor="turkey", stance="opposes", said="2017-01-01")
    a_position(actor="turkey", stance="supports", said="2016-01-01")
    response = client.get(f"{BASE}issues/")
    assert "what should be 2 3 The scale runs" in rows_of(response)[0]
    html = response.content.decode()
    assert 'aria-label="Stances reported: Opposes (1); Supports (1)"' in html
    assert html.count("<circle class=") == 1
    assert html.count("<rect class=") == 1


def test_an_issue_on_which_nobody_was_heard_is_not_drawn_as_neutral(client, an_issue):
    an_issue("elections")
    response = client.get(f"{BASE}issues/")
    assert "No stated position" in rows_of(response)[0]
    assert b"<svg class" not in response.content.split(b"<tbody")[1].split(b"</tbody>")[0]


def test_issues_are_found_by_group_kind_and_words(client, an_issue):
    an_issue("cease-fire", group="War", question="Should the guns be silent?")
    an_issue("strike", group="War", kind="fact")
    an_issue("elections", group="Politics")
    for query, expected in (
        ("group=War", ["Cease", "Strike"]),
        ("kind=fact", ["Strike"]),
        ("q=guns", ["Cease"]),
    ):
        response = client.get(f"{BASE}issues/?{query}")
        assert [row.split()[0] for row in rows_of(response)] == expected


def test_an_article_of_which_only_the_opening_was_read_says_so(client, a_rendition):
    a_rendition(article="read-in-full")
    a_rendition(article="half-read")
    Article.objects.filter(slug="half-read").update(coverage="opening")
    rows = {row.split()[0]: row for row in rows_of(client.get(f"{BASE}articles/"))}
    assert "only the opening was read" in rows["Half"]
    assert "in full" in rows["Read"]


def test_an_article_is_counted_with_positions_and_passages(client, a_position, a_rendition):
    rendition = a_rendition("They met. They left.")
    position = a_position(rendition=rendition, quote="They met")
    position.evidence.create(number=2, rendition=rendition, start=10, end=19, exact="They left")
    a_position(actor="turkey", rendition=rendition, quote="They left")
    a_position(actor="iran", rendition=rendition, quote="They left", status="draft")
    assert rows_of(client.get(f"{BASE}articles/"))[0].endswith("2 3")


def test_articles_are_found_by_source_and_day(client, a_rendition):
    a_rendition(article="first", source="gazette")
    a_rendition(article="second", source="courier")
    Article.objects.filter(slug="second").update(published=date(2017, 2, 1))
    for query, expected in (
        ("source=courier", ["Second"]),
        ("until=2017-01-31", ["First"]),
        ("", ["Second", "First"]),
        ("sort=published", ["First", "Second"]),
    ):
        response = client.get(f"{BASE}articles/?{query}")
        assert [row.split()[0] for row in rows_of(response)] == expected
    assert choice_of(client.get(f"{BASE}articles/"), "source", "courier") == "Courier 1"


@pytest.fixture
def a_meeting(a_dossier, an_actor):
    """Return a meeting of two days: Russia as a party, Iran absent, a document signed."""
    event = Event.objects.create(
        dossier=a_dossier(),
        slug="meeting",
        name="The meeting",
        place="Astana",
        start=date(2017, 1, 23),
        end=date(2017, 1, 24),
    )
    Participation.objects.create(event=event, actor=an_actor("russia"), role="party")
    Participation.objects.create(event=event, actor=an_actor("iran"), role="absent")
    Document.objects.create(
        dossier=a_dossier(), slug="text", title="The text", date=date(2017, 1, 24), event=event
    )
    return event


def test_an_event_says_when_where_who_and_what_came_of_it(client, a_meeting):
    assert rows_of(client.get(f"{BASE}events/")) == [
        "23–24 Jan 2017 The meeting Astana Iran (absent), Russia (party) The text"
    ]


def test_events_come_in_the_order_of_time(client, a_meeting, a_dossier):
    Event.objects.create(
        dossier=a_dossier(),
        slug="before",
        name="Before",
        start=date(2016, 12, 30),
        end=date(2016, 12, 30),
    )
    rows = rows_of(client.get(f"{BASE}events/"))
    assert ["Before" in row for row in rows] == [True, False]
    rows = rows_of(client.get(f"{BASE}events/?since=2017-01-24"))
    assert len(rows) == 1


@pytest.mark.parametrize("noun", ["actors", "issues", "articles", "events"])
def test_an_empty_list_says_so(client, a_dossier, noun):
    a_dossier()
    assert f"This dossier has no {noun} yet." in words_of(client.get(f"{BASE}{noun}/"))


@pytest.mark.parametrize("noun", ["actors", "issues", "articles", "events"])
@pytest.mark.parametrize("query", ["sort=colour", "page=7", "q=" + "x" * 300, "page=0x1"])
def test_a_list_refuses_what_it_does_not_understand(client, a_meeting, a_position, noun, query):
    response = client.get(f"{BASE}{noun}/?{query}")
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()


@pytest.mark.parametrize(
    ("noun", "columns"),
    [
        ("actors", "name kind part_of positions issues"),
        ("issues", "issue group kind actors positions"),
        ("articles", "title source published language coverage positions passages"),
        ("events", "start name place"),
    ],
)
def test_every_sort_link_of_a_list_works(client, a_meeting, a_position, a_rendition, noun, columns):
    a_position(rendition=a_rendition(), quote="They met")
    for column in columns.split():
        for sort in (column, f"-{column}"):
            response = client.get(f"{BASE}{noun}/?sort={sort}")
            assert response.status_code == 200
            assert rows_of(response)


@pytest.mark.parametrize(
    ("noun", "words"),
    [
        ("issues", "НЕМЕДЛЕННО ПЕРЕМИРИЕ"),
        ("issues", "ΕΚΕΧΕΙΡΊΑΣ"),
        ("articles", "ПЕРЕМИРИЕ"),
        ("positions", "согласна при Условии"),
        ("events", "вена ВСТРЕЧА"),
    ],
)
def test_case_does_not_count_in_the_words_of_a_list_in_any_script(
    client, an_issue, a_rendition, a_position, a_dossier, noun, words
):
    an_issue("truce", title="Перемирие", question="Немедленно?", description="εκεχειρίας")
    article = a_rendition().article
    article.title = "О Перемирии: перемирие"
    article.save()
    a_position(summary="СОГЛАСНА.", condition="При условии.")
    Event.objects.create(
        dossier=a_dossier(), slug="e", name="Встреча", place="Вена",
        start=date(2017, 1, 1), end=date(2017, 1, 1),
    )  # fmt: skip
    assert len(rows_of(client.get(f"{BASE}{noun}/", {"q": words}))) == 1


def test_signs_of_a_pattern_are_signs_in_the_words_of_a_list(client, an_issue):
    for slug, title in (("a", "Доля 100%"), ("b", "Доля 1000"), ("c", "a_b"), ("d", "a\\b")):
        an_issue(slug, title=title, question="?")
    for words, number in (("100%", 1), ("100", 2), ("a_b", 1), ("_", 1), ("\\", 1), ("ДОЛЯ", 2)):
        assert len(rows_of(client.get(f"{BASE}issues/", {"q": words}))) == number
