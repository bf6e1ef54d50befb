"""Questions are answered, misspelt words forgiven, and what comes close is offered."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astana.models import ActorName, Stance
from astana.models.process_cache import cache
from astana.pages.search import hits
from tests.a_large_dossier import a_large_dossier
from tests.pages.rows import in_words
from tests.pages.search.answers import answers_in

pytestmark = pytest.mark.django_db


def _page(client, words: str, **values: str) -> str:
    response = client.get("/search/", {"q": words} | values)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def _hits(html: str, *, near: bool = False) -> list[str]:
    kind = "read is-close" if near else "read"
    links = re.findall(rf'<a class="{kind}" href="/dossiers/[^/]+/([^"]+)"', html)
    return [link.rstrip("/") for link in links]


@pytest.mark.parametrize("words", ["UN", "U.N."])
def test_a_name_of_several_words_is_found_by_its_initials(client, an_actor, words):
    an_actor("un", name="United Nations", kind="international-organization")
    assert _hits(_page(client, words)) == ["actors/un"]


def test_a_person_is_not_found_by_initials(client, an_actor):
    an_actor("kerry", name="John Kerry", kind="person")
    assert _hits(_page(client, "JK ")) == []


def test_only_who_holds_a_stance_now_is_named(client, a_position, an_issue):
    an_issue("truce")
    a_position(key="p1", actor="iran", issue="truce", stance="supports", said="2017-01-01")
    a_position(key="p2", actor="russia", issue="truce", stance="supports", said="2017-01-01")
    a_position(key="p3", actor="iran", issue="truce", stance="opposes", said="2017-01-02")
    answers = answers_in(_page(client, "who supports the truce"))
    assert answers == [("Supports", ["Russia"])]
    a_position(key="p4", actor="russia", issue="truce", stance="opposes", said="2017-01-02")
    html = _page(client, "who supports the truce")
    assert answers_in(html) == [("Supports", [])]
    assert "Nobody is known to hold it now." in html


def test_of_whom_it_does_not_ask_it_does_not_say_that_nobody_holds_it(
    client, a_position, an_issue, monkeypatch
):
    monkeypatch.setattr(hits, "_MOST_HOLDERS", 1)
    a_position(key="p1", actor="iran", issue="truce", stance="supports")
    assert "Held by: Iran" in in_words(_page(client, "supports the truce"))
    a_position(key="p2", actor="russia", issue="truce", stance="supports")
    assert "Held by, and perhaps by others: Iran" in in_words(_page(client, "supports the truce"))
    a_position(key="p3", actor="iran", issue="truce", stance="opposes", said="2017-03-01")

    words = in_words(_page(client, "supports the truce"))

    assert "Who holds it is said on the page of the issue." in words
    assert "Nobody is known to hold it now." not in words


def test_a_stance_is_found_by_the_words_of_its_short_name(client, a_position, an_issue):
    issue = an_issue("truce", title="Laying down arms")
    Stance.objects.filter(issue=issue, slug="supports").update(slug="must-disarm", label="Yes")
    a_position(key="p1", issue="truce", stance="must-disarm", summary="It agrees.")
    html = _page(client, "must disarm")
    assert _hits(html) == ["issues/truce", "positions/p1"]
    assert answers_in(html) == [("Yes", ["Russia"])]


def test_an_issue_is_found_by_the_examples_of_its_codebook_entry(client, an_issue):
    an_issue("truce", examples="Calls for an armistice.")
    assert _hits(_page(client, "armistice")) == ["issues/truce"]


def test_a_draft_holds_no_stance(client, a_position, an_issue):
    an_issue("truce")
    a_position(key="p1", issue="truce", stance="supports", status="draft")
    assert answers_in(_page(client, "supports truce")) == [("Supports", [])]


@pytest.mark.parametrize("typed", ["ceasfire", "ceasefyre", "caesefire", "cease-fyre"])
def test_one_wrong_letter_of_a_word_is_forgiven_and_it_is_said(client, a_position, typed):
    a_position(key="p1", summary="Agrees to the cease-fire.")
    html = _page(client, f"{typed} agrees")
    assert _hits(html) == ["positions/p1"]
    assert "differ from it by one letter" in html
    assert re.findall(r"<mark>(.*?)</mark>", html) == ["Agrees", "cease-fire"]


def test_a_word_that_occurs_is_taken_as_it_is_typed(client, a_position):
    a_position(key="p1", summary="Iran spoke.")
    a_position(key="p2", summary="Iraq spoke.", stance="opposes")
    assert _hits(_page(client, "iraq spoke ")) == ["positions/p2"]
    # One of the words is misspelt: the other is not taken for its neighbour.
    assert _hits(_page(client, "iraq spooke ")) == ["positions/p2"]


def test_a_misspelt_name_finds_the_positions_of_its_actor(client, a_position):
    a_position(key="p1", actor="turkey", summary="It agrees.")
    assert _hits(_page(client, "turky agrees")) == ["positions/p1"]


@pytest.mark.parametrize(("stored", "typed"), [("grüne", "gruene"), ("gruene", "grüne")])
def test_an_umlaut_and_its_two_letters_find_each_other(client, an_actor, stored, typed):
    ActorName.objects.create(actor=an_actor("party"), name=stored, language="de")
    for words in (typed, typed.upper(), typed[:-1], f"die {typed} "):
        html = _page(client, words)
        assert _hits(html, near=words.startswith("die"))[0] == "actors/party", words


def test_where_nothing_has_all_words_what_has_most_of_them_is_offered(client, a_position):
    a_position(key="p1", summary="Agrees to the long truce.")
    a_position(key="p2", summary="Agrees to nothing.", stance="opposes")
    html = _page(client, "agrees truce winter ")
    assert _hits(html) == []
    assert _hits(html, near=True) == ["positions/p1"]


def test_another_ending_of_a_word_is_close_to_it(client, a_position):
    a_position(key="p1", summary="It negotiates.")
    html = _page(client, "negotiation ")
    assert _hits(html) == []
    assert _hits(html, near=True) == ["positions/p1"]


def test_what_is_offered_is_of_the_kind_that_was_asked_for(client, a_position, an_issue):
    an_issue("truce", title="The truce")
    a_position(key="p1", summary="A winter truce.")
    html = _page(client, "winter truce", kind="issue")
    assert _hits(html, near=True) == ["issues/truce"]
    assert "These words are found elsewhere" in html
    assert '<a href="?q=winter+truce&amp;kind=position">Positions' in html


def test_a_dossier_without_the_words_leads_to_where_they_are(client, a_dossier, a_position):
    a_dossier("congress")
    a_position(key="p1", summary="A winter truce.")
    html = _page(client, "winter", dossier="congress")
    assert '<a href="?q=winter&amp;kind=position">Positions' in html


def test_nothing_found_takes_the_same_queries_in_a_small_and_a_large_dossier(client):
    counts = []
    for slug, size in (("talks", 3), ("congress", 60)):
        a_large_dossier(slug, size=size)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            _page(client, "actor issue unheardof nowhere", dossier=slug)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 40


@pytest.mark.parametrize("letters", ["abcdefghijklm", "жзиклмнопрсту"])
def test_as_many_unknown_words_as_may_be_typed_are_answered(client, a_position, letters):
    a_position(summary="Agrees.")
    words = " ".join(letter * 2 + letters for letter in letters[:12])
    assert _hits(_page(client, words[:200])) == []
