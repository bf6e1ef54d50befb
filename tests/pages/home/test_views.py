"""The first page: a live sample of the first dossier that the reader may see."""

import re

import pytest

from tests.pages.rows import rows_of, words_of

pytestmark = pytest.mark.django_db


def test_a_site_without_dossiers_says_how_to_get_one(client):
    response = client.get("/")
    assert response.status_code == 200
    assert "no dossier that you may see yet" in words_of(response)
    assert "load_dossier" in words_of(response)


def test_the_sample_shows_stances_and_names_silence(client, a_position):
    a_position(actor="russia", issue="cease-fire")
    a_position(actor="turkey", issue="constitution", voice="characterised")
    first, second = rows_of(client.get("/"))
    ends = "The scale runs from one end to the other: Opposes Supports"
    assert first == f"Cease fire {ends} Supports No stated position"
    assert second == f"Constitution {ends} No stated position Supportscharacterised by the source"


def test_a_cell_of_the_sample_leads_to_its_evidence(client, a_position, a_rendition):
    a_position(rendition=a_rendition(), quote="They met")
    address = "/dossiers/talks/compare/?actor=russia&issue=cease-fire&open=russia.cease-fire"
    assert address.replace("&", "&amp;") in client.get("/").content.decode()
    assert "<mark>They met</mark>" in client.get(address).content.decode()


def test_a_dossier_without_positions_is_listed_without_a_sample(client, a_dossier):
    a_dossier()
    response = client.get("/")
    assert "Talks" in words_of(response)
    assert rows_of(response) == []


def test_dossiers_for_members_are_shown_to_members_and_marked(
    client, a_dossier, a_position, a_member
):
    a_position(dossier=a_dossier("canary", visibility="members"))
    assert "anary" not in client.get("/").content.decode()
    client.force_login(a_member(dossier=a_dossier("canary")))
    words = words_of(client.get("/"))
    assert "Canary" in words
    assert "for members only" in words


def test_a_dossier_that_is_opened_later_does_not_take_the_sample_over(
    client, a_dossier, a_position
):
    a_dossier("archive", visibility="members")
    a_position(summary="Said.", issue="cease-fire")
    a_dossier("aaa", title="A later one")
    answer = client.get("/")
    assert answer.context["example"].slug == "talks"
    assert b'href="/dossiers/talks/compare/"' in answer.content
    assert b'href="/dossiers/aaa/compare/"' not in answer.content


def test_many_dossiers_are_turned_page_by_page_and_none_is_left_out(client, a_dossier):
    slugs = [f"dossier-{number:03}" for number in range(60)]
    for slug in slugs:
        a_dossier(slug, title="The same title")
    found = []
    for number in (1, 2, 3):
        response = client.get("/", {"page": number})
        assert f"Page {number} of 3" in words_of(response)
        found += re.findall(r'<h3><a href="/dossiers/([^/]+)/"', response.content.decode())
    assert sorted(found) == slugs


def test_the_sample_is_on_the_first_page_alone(client, a_dossier, a_position):
    a_position(dossier=a_dossier("oldest", title="Zulu"))
    for number in range(30):
        a_dossier(f"dossier-{number}", title="A title")
    assert client.get("/").context["example"].slug == "oldest"
    assert rows_of(client.get("/"))
    assert rows_of(client.get("/?page=2")) == []


@pytest.mark.parametrize("number", ["0", "2", "-1", "x", "9" * 30])
def test_a_page_of_dossiers_that_is_not_there_is_refused_in_words(client, a_dossier, number):
    a_dossier()
    response = client.get("/", {"page": number})
    assert response.status_code == 400
    assert "the list has one page" in words_of(response)
    assert "Talks" in words_of(response)


def test_pages_tell_nothing_of_hidden_dossiers(client, a_dossier):
    for number in range(30):
        a_dossier(f"hidden-{number}", visibility="members")
    a_dossier()
    assert "Pages of the list" not in client.get("/").content.decode()
    assert client.get("/?page=2").status_code == 400
