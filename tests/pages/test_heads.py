"""What each public page tells search engines and those with whom it is shared."""

import re
from html import unescape
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from tests.a_large_dossier import a_large_dossier, made_once
from tests.addresses import ADDRESSES
from tests.permissions import TABLE

# Lighthouse's list of words that say nothing of where a link leads.
NO_LINK_TEXT = {
    "click here", "click this", "go", "here", "information", "learn more", "more", "more info",
    "more information", "right here", "read more", "see more", "start", "this",
}  # fmt: skip
# Who has the link is meant, and nobody else.
NOT_FOR_ENGINES = {"invitations", "classes"}
PUBLIC = [name for name in ADDRESSES if TABLE[name].get in ("anonymous", "seen")]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _pages(django_db_setup, django_db_blocker):
    """Return every page that everybody may see, by its name, fetched once."""
    with made_once(django_db_blocker):
        a_large_dossier("talks", size=3)
        answers = {name: Client().get(reverse(name, kwargs=ADDRESSES[name])) for name in PUBLIC}
        yield {
            name: answer.content.decode()
            for name, answer in answers.items()
            if answer.status_code == 200
        }


@pytest.fixture
def pages(_pages, db) -> dict[str, str]:
    assert len(_pages) > 25
    return _pages


def _head(html: str) -> dict[str, str]:
    pairs = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', html)
    return {name: unescape(content) for name, content in pairs}


def _words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def test_every_public_page_says_what_it_is(pages):
    described = {}
    for name, html in pages.items():
        head = _head(html)
        title = _words(re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1])
        assert head["og:title"] == title, name
        assert head["og:site_name"] == "Astana"
        assert head["og:description"] == head["description"], name
        assert 30 <= len(head["description"]) <= 160, (name, head["description"])
        described[name] = head["description"]
    assert len(set(described.values())) == len(described)


def test_every_public_page_has_one_address_and_a_picture_that_is_there(client, pages):
    pictures = set()
    for name, html in pages.items():
        path = reverse(name, kwargs=ADDRESSES[name])
        canonical = re.findall(r'<link rel="canonical" href="([^"]+)">', html)
        head = _head(html)
        if name.startswith("blind:"):  # an address may name whom the page hides
            assert canonical == []
            assert not {"og:url", "og:image"} & head.keys()
            continue
        assert canonical == [f"http://testserver{path}"], name
        assert head["og:url"] == f"http://testserver{path}", name
        assert head["og:type"] == "website"
        assert head["twitter:card"] == "summary_large_image", name
        pictures.add(head["og:image"])
    assert len(pictures) == 2
    for picture in pictures:
        assert client.get(picture).headers["Content-Type"] == "image/png"


def test_every_public_page_keeps_to_the_rules_of_search_engines(pages):
    """Lighthouse's: viewport, language, links with words and addresses, text for pictures."""
    for name, html in pages.items():
        assert re.search(r'<html lang="[a-z-]+" dir="(ltr|rtl)">', html), name
        assert _head(html)["viewport"] == "width=device-width, initial-scale=1"
        if name.partition(":")[0] not in NOT_FOR_ENGINES:
            assert "noindex" not in html, name
        assert not re.findall(r"<img(?![^>]*\balt=)", html), name
        for attributes, inside in re.findall(r"<a\b([^>]*)>(.*?)</a>", html, re.DOTALL):
            address = re.search(r'href="([^"]*)"', attributes)
            assert address, (name, attributes)
            assert not address[1].startswith("javascript:"), name
            label = re.search(r'aria-label="([^"]+)"', attributes)
            words = label[1] if label else _words(inside)
            assert words, (name, attributes)
            if 'rel="nofollow"' not in attributes:  # nor does Lighthouse ask it of these
                assert words.casefold() not in NO_LINK_TEXT, (name, words)


def test_headings_of_every_public_page_never_skip_a_level(pages):
    for name, html in pages.items():
        levels = [int(level) for level in re.findall(r"<h([1-6])\b", html)]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        skipped = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
        assert not skipped, (name, levels)


def test_no_public_page_is_closed_to_robots_but_questions_and_files(client, pages):
    robots = client.get("/robots.txt").content.decode()
    closed = re.findall(r"^Disallow: (/[a-z/]+)$", robots, re.MULTILINE)
    for name in pages:
        path = reverse(name, kwargs=ADDRESSES[name])
        if name not in ("search:index", "invitations:detail"):
            assert not any(path.startswith(prefix) for prefix in closed), name


def test_the_foot_of_every_page_leads_to_what_a_reader_may_ask(client, pages):
    for name, html in pages.items():
        foot = html.split('<footer class="colophon"')[1]
        links = re.findall(r'href="([^"]+)"', foot)
        assert links == [
            "/method/",
            "/glossary/",
            "/files/",
            "/api/docs/",
            "/licence/",
            "/licence/#source-code",
        ], name
    assert 'id="source-code"' in pages["method:licence"]


def test_a_shared_comparison_is_described_with_its_own_picture(client, pages):
    address = "/dossiers/talks/compare/?actor=actor-1&issue=issue-0&as_of=2017-02-01"
    head = _head(client.get(address).content.decode())
    assert head["og:url"] == f"http://testserver{address}"
    assert head["og:image"].endswith("/card.png?actor=actor-1&issue=issue-0&as_of=2017-02-01")
    assert client.get(head["og:image"]).status_code == 200
    blind = _head(client.get(f"{address}&blind=1").content.decode())
    assert "og:image" not in blind


def test_the_picture_of_a_shared_permalink_is_that_of_then(client, pages):
    """The same holds where bodies are kept apart: what is shared beside the link is its table."""
    for asked in ("recorded_as_of=2017-02-01T00:00:00Z", "bodies=0"):
        html = client.get(f"/dossiers/talks/compare/?actor=actor-1&{asked}").content.decode()
        name, value = asked.split("=")
        assert parse_qs(urlsplit(_head(html)["og:image"]).query)[name] == [value]


def test_a_description_says_what_stands_below_the_heading(client, an_issue, a_rendition):
    """Not where the page is, which stands above it, and with one mark at the end of a sentence."""
    a_rendition(rights="members")
    article = _head(client.get("/dossiers/talks/articles/gazette-2017-01-25/").content.decode())
    assert "›" not in article["description"]
    an_issue(question="What about it?")
    issue = _head(client.get("/dossiers/talks/issues/cease-fire/").content.decode())
    assert issue["description"] == "Cease fire. What about it?"


def test_the_second_page_of_a_list_is_a_page_of_its_own(client):
    a_large_dossier("congress", size=60)
    address = "/dossiers/congress/positions/?page=2"
    html = client.get(f"{address}&q=").content.decode()
    assert f'<link rel="canonical" href="http://testserver{address}">' in html


def test_a_members_dossier_has_no_picture_to_share(client, a_dossier, a_member):
    client.force_login(a_member(dossier=a_dossier("closed", visibility="members")))
    html = client.get("/dossiers/closed/").content.decode()
    assert "og:image" not in _head(html)


def test_words_of_a_record_never_become_markup_in_the_head(client, an_actor):
    an_actor("evil", name='"><script>alert(1)</script>&amp;')
    html = client.get("/dossiers/talks/actors/evil/").content.decode()
    assert "<script>alert" not in html
    assert "alert(1)" in _head(html)["og:title"]


def test_a_slice_of_a_page_has_no_head(client, a_dossier):
    a_dossier()
    html = client.get("/dossiers/talks/", headers={"HX-Request": "true"}).content.decode()
    assert "og:title" not in html
