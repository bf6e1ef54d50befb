"""The page of the search: what is found, for whom, from whatever was typed."""

import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from astana.models import ActorName
from astana.models.process_cache import cache
from astana.pages.search import presenter as search
from tests.a_large_dossier import a_large_dossier

CANARY = "zanzibarian"

pytestmark = pytest.mark.django_db


def _page(client: Client, words: str = "", **values: str | list[str]) -> str:
    response = client.get("/search/", {"q": words} | values)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def _hits(html: str) -> list[str]:
    """Return the addresses of the results, in order."""
    return re.findall(r'<a class="read" href="([^"]+)"', html)


def _words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def _marked(html: str) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", html)


@pytest.mark.parametrize("words", ["Lavrentiev", "lavrentjew", "Alexandr Lavrentyef"])
def test_a_spelling_that_nobody_entered_leads_to_names_alike(client, an_actor, words):
    an_actor("lavrentyev", name="Alexander Lavrentyev")
    an_actor("iran")
    html = _page(client, words)
    assert "Names written alike" in html
    assert "/actors/lavrentyev/" in html
    assert "/actors/iran/" not in html


def test_results_come_in_groups_with_counts(client, a_position, a_rendition):
    a_rendition("Russia came.\n\nRussia left.", article="gazette-1")
    a_position(key="p1", summary="Russia agrees.")
    a_position(key="p2", summary="It is against it.", stance="opposes")
    html = _page(client, "russia")
    assert _hits(html) == [
        "/dossiers/talks/actors/russia/",
        "/dossiers/talks/articles/gazette-1/",
        "/dossiers/talks/positions/p1/",
        "/dossiers/talks/positions/p2/",
    ]
    assert "4 results for russia" in _words(html)
    tabs = re.search(r'<nav class="search-kinds".*?</nav>', html, re.DOTALL)[0]
    assert re.findall(r">(\w+) <span[^>]*>(\d+)<", tabs) == [
        ("all", "4"),
        ("actors", "1"),
        ("issues", "0"),
        ("articles", "1"),
        ("positions", "2"),
    ]


def test_a_position_is_found_by_who_speaks_on_what(client, a_position, an_issue):
    an_issue("truce", title="Laying down arms")
    a_position(key="p1", actor="iran", issue="truce", summary="It agrees.")
    a_position(key="p2", actor="iran", issue="peace", summary="It agrees.")
    assert "/dossiers/talks/positions/p1/" in _hits(_page(client, "iran arms agrees"))
    assert "/dossiers/talks/positions/p2/" not in _hits(_page(client, "iran arms agrees"))


def test_a_renamed_actor_takes_its_positions_along(client, a_position, an_actor):
    a_position(key="p1", actor="iran", summary="It agrees.")
    actor = an_actor("iran")
    actor.name = "Persia"
    actor.save()
    assert _hits(_page(client, "iran")) == []
    assert "/dossiers/talks/positions/p1/" in _hits(_page(client, "persia"))


def test_a_name_added_to_an_actor_finds_its_positions(client, a_position, an_actor):
    a_position(key="p1", actor="iran", summary="It agrees.")
    ActorName.objects.create(actor=an_actor("iran"), name="Иран", language="ru")
    assert "/dossiers/talks/positions/p1/" in _hits(_page(client, "иран"))


def test_an_article_is_found_by_its_source(client, a_rendition):
    a_rendition("Nothing else.", article="piece-1", source="telegraph")
    assert _hits(_page(client, "telegraph")) == ["/dossiers/talks/articles/piece-1/"]


def test_an_excerpt_leads_to_its_paragraph(client, a_rendition):
    text = a_rendition("They met.\n\nA cease-fire was signed.", article="gazette-1")
    html = _page(client, "ceasefire")
    assert f"/dossiers/talks/articles/gazette-1/?rendition={text.pk}#p2" in html
    assert _marked(html) == ["cease-fire"]


def test_words_of_a_text_are_never_markup(client, a_rendition, a_position):
    a_rendition("<script>alert(1)</script> & truce <b>bold</b>", article="gazette-1")
    a_position(key="p1", summary="<img src=x onerror=alert(1)> truce")
    html = _page(client, "truce")
    assert "<script>alert" not in html
    assert "<img" not in html
    assert "<b>bold" not in html
    assert _marked(html) == ["truce", "truce"]
    assert "<script" not in _page(client, "<script>alert(1)</script>").split("<main")[1]


def test_a_phrase_is_found_only_as_a_phrase(client, a_position):
    a_position(key="p1", summary="The free Syrian army agrees.")
    a_position(key="p2", summary="The Syrian army is free.", stance="opposes")
    hits = _hits(_page(client, '"free syrian army"'))
    assert hits == ["/dossiers/talks/positions/p1/"]
    assert len(_hits(_page(client, "free syrian army"))) == 2


def test_the_last_word_may_be_unfinished(client, a_position):
    a_position(key="p1", summary="Constitutional change.")
    assert _hits(_page(client, "constit")) == ["/dossiers/talks/positions/p1/"]
    assert _hits(_page(client, "constit ")) == []


def test_what_matches_better_comes_first(client, a_position, an_issue):
    an_issue("truce", title="Truce")
    an_issue("other", title="Other", description="Word after word and then a truce at last.")
    assert _hits(_page(client, "truce"))[0].endswith("/issues/truce/")


def test_what_one_may_not_see_leaves_no_trace(client, a_dossier, an_actor, a_position, a_rendition):
    closed = a_dossier("closed", visibility="members", title=CANARY)
    an_actor(CANARY, dossier=closed)
    a_rendition(CANARY, dossier=closed, article=CANARY)
    a_position(dossier=closed, summary=CANARY)
    for number, status in enumerate(("draft", "submitted", "rejected")):
        a_position(key=f"d{number}", summary=CANARY, note=CANARY, status=status, reason=CANARY)
    a_rendition("Open.", article="gazette-1")
    a_rendition(f"A {CANARY} text.", article="gazette-1", kind="full", rights="members")
    html = _page(client, CANARY)
    assert "0 results" in _words(html)
    assert _hits(html) == []
    assert html.count(CANARY) == _page(client, "yonderless").count("yonderless")
    # A name alike, a facet and a refused dossier tell nothing either.
    assert CANARY not in _page(client, CANARY[:-2] + "xn ")
    assert CANARY not in _page(client, "open")
    refused = client.get("/search/", {"q": "open", "dossier": "closed"})
    assert refused.status_code == 400
    assert CANARY not in refused.content.decode()


def test_a_member_finds_what_members_may_read(client, a_rendition, a_member):
    a_rendition("Open.", article="gazette-1")
    a_rendition(f"A {CANARY} text.", article="gazette-1", kind="full", rights="members")
    client.force_login(a_member("alice"))
    html = _page(client, CANARY)
    assert _hits(html) == ["/dossiers/talks/articles/gazette-1/"]
    assert _marked(html) == [CANARY]


def test_the_search_of_one_dossier_can_be_widened(client, a_dossier, an_actor):
    for slug in ("talks", "congress"):
        an_actor("iran", dossier=a_dossier(slug))
    html = _page(client, "iran", dossier="talks")
    assert _hits(html) == ["/dossiers/talks/actors/iran/"]
    widened = re.search(r'id="search-widen" href="([^"]+)"', html)[1]
    assert len(_hits(client.get(f"/search/{widened}").content.decode())) == 2


def test_the_box_of_a_dossier_searches_that_dossier(client, a_dossier):
    a_dossier("talks")
    html = client.get("/dossiers/talks/issues/").content.decode()
    box = re.search(r'<form class="masthead-search".*?</form>', html, re.DOTALL)[0]
    assert '<input type="hidden" name="dossier" value="talks">' in box
    assert 'action="/search/"' in box


def test_facets_count_under_each_other(client, a_rendition):
    a_rendition("A truce.", article="one", source="gazette")
    a_rendition("A truce!", article="two", source="herald")
    a_rendition("A truce?", article="three", source="herald")
    html = _page(client, "truce")
    assert re.search(r'value="herald".*?<small>2</small></label>', html)
    narrowed = _page(client, "truce", source="gazette")
    assert _hits(narrowed) == ["/dossiers/talks/articles/one/"]
    assert re.search(r'value="herald".*?<small>2</small></label>', narrowed)
    assert "1 result for truce" in _words(narrowed)
    both = _page(client, "truce", source=["gazette", "herald"], language="en")
    assert len(_hits(both)) == 3


def test_one_kind_can_be_paged_through(client, a_position, monkeypatch):
    monkeypatch.setattr(search, "PER_PAGE", 2)
    for number in range(5):
        a_position(key=f"p{number}", summary="Agrees to the truce.", said=f"2017-01-0{number + 1}")
    seen = []
    for page in ("1", "2", "3"):
        seen += _hits(_page(client, "truce", kind="position", page=page))
    assert sorted(seen) == [f"/dossiers/talks/positions/p{number}/" for number in range(5)]
    assert "Page 2 of 3" in _words(_page(client, "truce", kind="position", page="2"))


def test_a_search_takes_the_same_queries_in_a_small_and_a_large_dossier(client):
    counts = []
    for slug, size in (("talks", 3), ("congress", 60)):
        a_large_dossier(slug, size=size)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            _page(client, "actor issue", dossier=slug)
            _page(client, "article", dossier=slug)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 36


HOSTILE = [
    '"', "''", "*", "()", "a AND", "NOT", "NEAR(", "title:", "cease-fire", "-x", "^a", "a*b",
    "{title} : x", "' OR 1=1 --", "%", "_", "\\", ":*", "a & | !b", "<->", "a:A", "'':*AB",
    "\u0640", "\u200f", "🙂", "x" * 200, "\u0301", "refs : kposition", "position", "؟", "ﷺ",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_any_sign_is_safe(client, a_position, words):
    a_position(summary="Agrees to the cease-fire.")
    _page(client, words)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=40))
def test_any_text_is_answered(client, a_position, words):
    response = client.get(f"/search/?{urlencode({'q': words})}")
    assert response.status_code in (200, 400)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"q": "x" * 201}, "at most 200"),
        ({"q": " ".join(f"word{number}" for number in range(30))}, "at most 12"),
        ({"q": "a", "kind": "nothing"}, "nothing"),
        ({"q": "a", "kind": "source"}, "source"),
        ({"q": "a", "dossier": "nowhere"}, "nowhere"),
        ({"q": "a", "source": "nobody"}, "nobody"),
        ({"q": "a", "language": "xx"}, "xx"),
        ({"q": "russia", "page": "1000000000000"}, "1000000000000"),
        ({"q": "russia", "page": "0"}, "0"),
        ({"q": "russia", "page": "2"}, "one page"),
        ({"q": "russia", "kind": "actor", "page": "2"}, "one page"),
    ],
)
def test_what_cannot_be_searched_for_is_refused_in_words(client, an_actor, values, said):
    an_actor("russia")
    response = client.get("/search/", values)
    assert response.status_code == 400
    alert = re.search(r'role="alert">(.*?)</div>', response.content.decode(), re.DOTALL)[1]
    assert said in alert


def test_a_hundred_thousand_characters_are_refused_clearly(client):
    response = client.get("/search/", {"q": "a" * 100_000})
    assert response.status_code == 414
    assert "too long" in response.content.decode()


def test_a_null_byte_is_refused(client):
    assert client.get("/search/?q=%00").status_code == 400


def test_signs_alone_are_answered_with_how_to_search(client):
    assert "no letters or digits" in _page(client, "?! --")
    assert "What is searched" in _page(client)


def test_an_index_that_was_never_built_is_not_called_no_match(client, a_dossier):
    a_dossier()
    assert "rebuild_search" in _page(client, "russia")


def test_a_person_shows_for_whom_they_spoke_and_what_they_said_last(client, a_position, an_actor):
    envoy = an_actor("envoy-mamnoun", name="Envoy Mamnoun", kind="person")
    a_position(actor="turkey", speaker=envoy, said="2017-01-02", stance="opposes")
    newest = a_position(actor="turkey", speaker=envoy, said="2017-01-20", issue="borders")
    a_position(actor="iran", speaker=envoy, said="2017-01-05")
    a_position(actor="envoy-mamnoun", speaker=envoy, said="2017-01-24")
    # Not what one says for oneself, nor a draft, nor what somebody says about another actor.
    a_position(actor="france", speaker=envoy, status="draft")
    a_position(actor="qatar", speaker=envoy, voice="attributed", attributed_by="turkey")
    html = _page(client, "Mamnoun", kind="actor")
    words = _words(html)
    assert "spoke for Iran, Turkey" in words
    assert "Borders, for Turkey" in words
    assert f'href="{newest.get_absolute_url()}"' in html
    assert "for Envoy" not in words
    assert "France" not in words
    assert "Qatar" not in words


def test_who_is_no_person_or_spoke_for_nobody_shows_nobody(client, a_position, an_actor):
    office = an_actor("office-mamnoun", name="Office Mamnoun", kind="office")
    a_position(actor="turkey", speaker=office)
    an_actor("silent-mamnoun", name="Silent Mamnoun", kind="person")
    words = _words(_page(client, "Mamnoun", kind="actor"))
    assert "Office Mamnoun" in words
    assert "Silent Mamnoun" in words
    assert "spoke for" not in words


def test_persons_take_no_query_each(client, a_position, an_actor):
    counts = []
    for number in (1, 6):
        for place in range(number):
            slug = f"zoltan-{number}-{place}"
            envoy = an_actor(slug, name=f"Zoltan{number} {place}", kind="person")
            a_position(actor=f"state-{place}", speaker=envoy)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert "spoke for" in _page(client, f"Zoltan{number}", kind="actor")
        counts.append(len(queries))
    assert counts[0] == counts[1]
