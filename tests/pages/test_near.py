"""The page of an actor names who is nearest and farthest, as the page of agreement counts it."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astana.models import Position
from astana.pages.actors import near as module
from tests.as_a_new_process import forget
from tests.pages.agreement.test_views import cell, four, said_on  # noqa: F401

pytestmark = pytest.mark.django_db
TALKS = "/dossiers/talks/"


@pytest.fixture
def five(four, a_position):  # noqa: F811
    """With Russia: Turkey 1.5 of 2, Syria and Iran 0 of 2; the USA shares too little."""
    a_position(actor="iran", issue="border", stance="opposes")
    for issue in ("aid", "border"):
        a_position(actor="syria", issue=issue, stance="opposes")


def near(client, actor: str, query: str = "") -> str:
    """Return the words of the part of an actor's page that names who is near."""
    html = client.get(f"{TALKS}actors/{actor}/{query}").content.decode()
    part = re.search(r'aria-labelledby="near">(.*?)</section>', html, re.DOTALL)
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", part[1]).split())) if part else ""


def test_ties_are_named_with_n_and_each_leads_to_its_pair(client, five):
    words = near(client, "russia")
    assert (
        "Nearest Turkey 0.75 on 2 of the 2 issues on which both are heard, which is few "
        "Farthest Iran 0.00 on 2 of the 2 issues on which both are heard, which is few "
        "Syria 0.00 on 2 of the 2 issues" in words
    )
    assert "Nothing can be said about 1 other actor" in words
    html = client.get(f"{TALKS}actors/russia/").content.decode()
    (link,) = re.findall(r'<a href="([^"]*)"><bdi>Turkey</bdi></a> <b>', html)
    pair = client.get(unescape(link))
    assert "0.75 (1.5 of 2)" in said_on(pair)
    assert cell(pair, "russia", "turkey").startswith("0.75 1.5 of 2")
    assert unescape(link).endswith("#pair")
    assert 'id="pair"' in pair.content.decode()
    assert "It shares too few issues with any other actor" in near(client, "usa")


def test_how_many_it_looked_at_is_said_where_there_may_be_more(client, five, monkeypatch):
    assert "most reported on" not in near(client, "russia")
    monkeypatch.setattr(module, "MOST_ACTORS", 2)
    forget()
    assert "Only the 2 actors most reported on are looked at." in near(client, "russia")


def test_it_is_as_of_the_day_first_hand_where_asked_and_follows_an_edit(client, five, a_position):
    a_position(actor="france", issue="aid", voice="characterised")
    a_position(actor="france", issue="border", voice="characterised")
    assert "Nearest France 1.00" in near(client, "russia")
    assert "Nearest Turkey 0.75" in near(client, "russia", "?first_hand=1")
    assert "shares too few issues" in near(client, "russia", "?as_of=2015-01-01")
    changed = Position.objects.get(actor__slug="turkey", issue__slug="border")
    changed.stance = changed.issue.stances.get(slug="supports")
    changed.save()
    assert "Turkey 1.00" in near(client, "russia")


def test_a_person_is_not_put_beside_those_for_whom_the_person_spoke(
    client, five, an_actor, a_position
):
    person = an_actor("lavrov", kind="person")
    for issue in ("aid", "border"):
        a_position(actor="russia", issue=issue, speaker=person, said="2017-01-25")
    words = near(client, "lavrov")
    assert "Nearest Turkey 0.75" in words
    assert "Russia" not in words
    assert "Actors for whom this person spoke are not compared" in words
    assert "Lavrov" not in near(client, "turkey")


def test_it_is_counted_once_for_all_actors_in_each_version_of_the_dossier(client, five):
    with CaptureQueriesContext(connection) as first:
        near(client, "russia")
    with CaptureQueriesContext(connection) as other:
        near(client, "turkey")
    assert len(first) >= len(other) + 2
    assert len(first) <= 21
