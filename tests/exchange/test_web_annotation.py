"""Positions as linked data: a processor reads what we mean, and nothing leaks."""

import json
import re

import pytest
from pyld import jsonld

from astana.exchange import web_annotation
from astana.exchange.web_annotation import in_script
from tests.exchange.jsonld_contexts import load

pytestmark = pytest.mark.django_db
OA = "http://www.w3.org/ns/oa#"


def _expanded(document: dict) -> dict:
    """Return the one thing of a document; a term that no context knows is an error."""
    (found,) = jsonld.expand(document, {"documentLoader": load})
    assert _terms(document) == []
    return found


def _terms(document: dict) -> list[str]:
    """Return the terms of our document that are dropped when it is expanded and compacted again."""
    compacted = jsonld.compact(
        document, document["@context"], {"documentLoader": load, "compactArrays": False}
    )

    def names(value) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(names, value))
        if not isinstance(value, dict):
            return set()
        return set(value).union(*map(names, value.values()))

    lost = names({k: v for k, v in document.items() if k != "@context"}) - names(compacted)
    return sorted(lost)


def _annotation(client, position) -> dict:
    response = client.get(position.get_absolute_url().removesuffix("/") + ".jsonld")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/ld+json; profile=")
    return json.loads(response.content)


def _claim(client, position) -> dict:
    html = client.get(position.get_absolute_url()).content.decode()
    return json.loads(
        re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1]
    )


def test_an_annotation_points_at_the_passage(client, a_position, a_rendition):
    position = a_position(rendition=a_rendition(), quote="supports the cease-fire")
    found = _expanded(_annotation(client, position))
    here = f"http://testserver{position.get_absolute_url()}"
    assert found["@type"] == [f"{OA}Annotation"]
    (target,) = found[f"{OA}hasTarget"]
    assert target["http://purl.org/spar/cito/supports"] == [{"@id": here}]
    quote, place, paragraph = target[f"{OA}hasSelector"]
    assert quote[f"{OA}exact"] == [{"@value": "supports the cease-fire"}]
    assert [place[f"{OA}{edge}"][0]["@value"] for edge in ("start", "end")] == [17, 40]
    assert paragraph["@type"] == [f"{OA}FragmentSelector"]


def test_an_annotation_carries_summary_stance_actor_and_condition(client, a_position):
    position = a_position(condition="If all agree.", note="See there.")
    bodies = _expanded(_annotation(client, position))[f"{OA}hasBody"]
    words = [
        body[next(k for k in body if k.endswith("#value"))][0]["@value"] for body in bodies[:4]
    ]
    assert words == [position.summary, "Cease fire: Supports", "If: If all agree.", "See there."]
    assert [body[f"{OA}hasSource"][0]["@id"].split("/talks/")[1] for body in bodies[4:]] == [
        "actors/russia/",
        "issues/cease-fire/",
    ]


def test_a_disputing_passage_disputes(client, a_position, a_rendition):
    position = a_position(rendition=a_rendition(), quote="They met.")
    position.evidence.update(role="disputes")
    (target,) = _expanded(_annotation(client, position))[f"{OA}hasTarget"]
    assert "http://purl.org/spar/cito/disputes" in target
    assert _claim(client, position)["creativeWorkStatus"] == "disputed"
    assert _claim(client, position)["appearance"] == []


def test_a_position_without_a_passage_is_about_its_issue(client, a_position):
    found = _expanded(_annotation(client, a_position()))
    assert found[f"{OA}hasTarget"][0]["@id"].endswith("/issues/cease-fire/")


def test_words_for_members_are_left_out_and_their_article_is_named(
    client, a_position, a_rendition, a_member
):
    secret = a_rendition("They met. The canary sang at night.", rights="members")
    position = a_position(rendition=secret, quote="The canary sang")
    found = _annotation(client, position)
    assert "canary" not in json.dumps(found)
    assert found["target"][0]["source"].endswith("/articles/gazette-2017-01-25/")
    assert _claim(client, position)["appearance"] == []
    client.force_login(a_member())
    assert "The canary sang" in json.dumps(_annotation(client, position))
    assert _claim(client, position)["appearance"][0]["text"] == "The canary sang"


@pytest.mark.parametrize("status", ["draft", "submitted", "rejected"])
def test_what_is_not_published_has_no_annotation(client, a_position, status):
    position = a_position(status=status, reason="No.")
    address = position.get_absolute_url().removesuffix("/") + ".jsonld"
    assert client.get(address).status_code == 404


def test_a_collection_has_all_that_a_reader_sees_page_by_page(
    client, a_position, a_rendition, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(web_annotation, "PER_PAGE", 2)
    secret = a_rendition("They met. The canary sang at night.", rights="members")
    quotes = ({"rendition": a_rendition(article="other"), "quote": "They met."}, {})
    shown = [a_position(key=f"q{number}", **quotes[number % 2]) for number in range(2)]
    shown.append(a_position(key="q2", rendition=secret, quote="The canary sang"))
    a_position(key="q9", status="draft")
    address = f"{shown[0].dossier.get_absolute_url()}annotations.jsonld"
    answer = client.get(address)
    assert answer["Content-Type"].startswith("application/ld+json; profile=")
    found = answer.json()
    assert (found["total"], found["last"]) == (3, f"http://testserver{address}?page=2")
    with django_assert_num_queries(5):
        first = client.get(found["first"]).json()
    second = client.get(first["next"]).json()
    assert "next" not in second
    assert "canary" not in json.dumps([first, second])
    alone = [_annotation(client, one) for one in shown]
    for one in alone:
        del one["@context"]
    assert first["items"] + second["items"] == alone
    assert _expanded(first)["@type"] == [
        "http://www.w3.org/ns/activitystreams#OrderedCollectionPage"
    ]
    assert _expanded(found)["@type"] == ["http://www.w3.org/ns/activitystreams#OrderedCollection"]
    for number in ("3", "0", "-1", "x", "9" * 30):
        assert client.get(f"{address}?page={number}").status_code == 404


def test_a_claim_says_who_is_said_to_hold_it_and_where_it_stands(client, a_position, a_rendition):
    position = a_position(rendition=a_rendition(), quote="supports the cease-fire")
    found = _expanded(_claim(client, position))
    schema = "https://schema.org/"
    assert found["@type"] == [f"{schema}Claim"]
    assert found[f"{schema}author"][0][f"{schema}name"] == [{"@value": "Russia"}]
    (quotation,) = found[f"{schema}appearance"]
    assert quotation["@type"] == [f"{schema}Quotation"]
    assert quotation[f"{schema}text"] == [{"@value": "supports the cease-fire"}]
    article = quotation[f"{schema}isPartOf"][0]
    assert article[f"{schema}publisher"][0][f"{schema}name"] == [{"@value": "Gazette"}]


def test_a_second_hand_claim_names_who_says_so(client, a_position, a_rendition):
    attributed = a_position(voice="attributed", attributed_by="turkey")
    assert _claim(client, attributed)["claimInterpreter"]["name"] == "Turkey"
    characterised = a_position(
        voice="characterised", rendition=a_rendition(), quote="They met.", key="second"
    )
    assert _claim(client, characterised)["claimInterpreter"][0]["name"] == "Gazette"


def test_a_date_is_no_more_precise_than_it_is_known(client, a_position):
    assert _claim(client, a_position(said="2017-01-24"))["datePublished"] == "2017-01-24"
    loose = _claim(client, a_position(said="../2017-01-12"))
    assert "datePublished" not in loose
    assert loose["temporalCoverage"] == "../2017-01-12"


def test_no_words_end_the_script(client, a_position):
    evil = "</script><script>alert(1)</script><!-- & \u2028"
    position = a_position(summary=evil)
    assert _claim(client, position)["text"] == evil
    assert not re.search("[<>&\u2028]", in_script({"text": evil}))
