"""A feed is read as a page too: what changed, and the address that a feed reader takes."""

import re

import pytest

from tests.pages.rows import words_of

pytestmark = pytest.mark.django_db
BASE = "/dossiers/talks/"


@pytest.mark.parametrize(
    ("query", "feed"),
    [
        ("", "feed.atom"),
        ("?actor=russia", "actors/russia/feed.atom"),
        ("?issue=cease-fire", "issues/cease-fire/feed.atom"),
    ],
)
def test_a_page_shows_the_positions_of_its_feed_and_names_its_address(
    client, a_position, query, feed
):
    a_position(key="p1", actor="russia", issue="cease-fire", summary="One.")
    a_position(key="p2", actor="turkey", issue="elections", summary="Two.")
    response = client.get(f"{BASE}feed/{query}")
    assert f"<bdi>http://testserver{BASE}{feed}</bdi>" in response.content.decode()
    on_page = re.findall(r"/positions/(p\d)/", response.content.decode())
    in_feed = re.findall(r"/positions/(p\d)/</id>", client.get(BASE + feed).content.decode())
    assert on_page == in_feed
    assert len(on_page) == (1 if query else 2)


@pytest.mark.parametrize("address", ["", "actors/russia/", "issues/cease-fire/"])
def test_a_link_to_a_feed_opens_a_page_and_not_the_file(client, a_position, address):
    a_position(actor="russia", issue="cease-fire")
    html = client.get(BASE + address).content.decode()
    assert "feed.atom" not in html.split("<body>")[1]
    link = re.search(r'href="([^"]*/feed/[^"]*)">Feed<', html)[1]
    assert client.get(link.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("actor=nobody", "no actor “nobody”"),
        ("issue=nothing", "no issue “nothing”"),
        ("actor=russia&issue=cease-fire", "Choose one of the two"),
    ],
)
def test_a_feed_that_is_not_there_is_refused_in_words(client, a_position, query, said):
    a_position(actor="russia", issue="cease-fire")
    response = client.get(f"{BASE}feed/?{query}")
    assert response.status_code == 400
    assert said in words_of(response)


def test_a_dossier_without_positions_says_so(client, a_dossier):
    a_dossier()
    words = words_of(client.get(f"{BASE}feed/"))
    assert "Nothing has been published here yet." in words
    assert "The 0 positions" not in words
