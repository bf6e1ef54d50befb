"""Feeds: what is new and changed, for those who may see it, as a reader of feeds reads it."""

import re
from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from astana.actions.code import add_passage, change_position
from astana.actions.coding import Coding
from astana.actions.history import revert
from astana.evidence.anchor import Passage
from astana.exchange.check import check
from astana.exchange.dump import dump
from astana.exchange.load import load
from astana.models import Position, Rendition, User
from tests.a_large_dossier import a_large_dossier

pytestmark = pytest.mark.django_db
BASE = "/dossiers/talks/"
NOON = datetime(2017, 2, 1, 12, tzinfo=UTC)
ADDRESSES = ("feed.atom", "actors/russia/feed.atom", "issues/cease-fire/feed.atom")


def _feed(client, address: str = "feed.atom") -> feedparser.FeedParserDict:
    response = client.get(BASE + address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = feedparser.parse(response.content)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    return feed


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_feed_has_what_atom_asks_for(client, a_position, address):
    """RFC 4287: id, title, updated and author of the feed; id, title, updated of each entry."""
    position = a_position(published_at=NOON)
    feed = _feed(client, address)
    assert feed.feed.id
    assert feed.feed.title
    assert feed.feed.updated
    assert feed.feed.author
    assert {link.rel for link in feed.feed.links} == {"self", "alternate"}
    assert f"http://testserver{BASE}{address}" in [link.href for link in feed.feed.links]
    (entry,) = feed.entries
    assert entry.id == entry.link == f"http://testserver{position.get_absolute_url()}"
    assert entry.title == "Russia on Cease fire: Supports"
    assert entry.updated == "2017-02-01T12:00:00+00:00"
    assert "Said: 24 Jan 2017 (reported)." in entry.summary


def test_an_entry_leads_to_its_cell_from_the_day_before_it_to_its_day(client, a_position):
    a_position(said="2017-01-10", stance="opposes", published_at=NOON - timedelta(days=1))
    a_position(said="2017-01-23/2017-01-24", published_at=NOON)
    entry = _feed(client).entries[0]
    (around,) = [link.href for link in entry.links if link.rel == "related"]
    assert "since=2017-01-22&as_of=2017-01-24" in around
    page = client.get(BASE + "feed/").content.decode()
    assert around.removeprefix("http://testserver").replace("&", "&amp;") in page
    compared = client.get(around).content.decode()
    assert "Between 22 Jan 2017 and 24 Jan 2017: 1 moved" in compared
    # Where the start is not known, its last day is its day; before the calendar there is none.
    a_position(said="../2017-01-25", published_at=NOON + timedelta(days=1))
    assert "since=2017-01-24&as_of=2017-01-25" in str(_feed(client).entries[0].links)


def test_a_feed_of_an_actor_or_an_issue_has_its_positions_alone(client, a_position):
    a_position(actor="russia", issue="cease-fire", summary="One.")
    a_position(actor="turkey", issue="cease-fire", summary="Two.")
    a_position(actor="russia", issue="elections", summary="Three.")

    def words(address):
        return sorted(entry.summary.split()[0] for entry in _feed(client, address).entries)

    assert words("feed.atom") == ["One.", "Three.", "Two."]
    assert words("actors/russia/feed.atom") == ["One.", "Three."]
    assert words("issues/cease-fire/feed.atom") == ["One.", "Two."]


def test_what_changed_last_comes_first(client, a_position, a_member):
    alice = a_member()
    old = a_position(published_at=NOON)
    new = a_position(published_at=NOON + timedelta(hours=1))
    keys = [entry.link.split("/")[-2] for entry in _feed(client).entries]
    assert keys == [new.key, old.key]
    old.reviewer, old.reviewed_at = alice, NOON + timedelta(days=1)
    old.save()
    first = _feed(client).entries[0]
    assert first.link.split("/")[-2] == old.key
    assert first.updated == "2017-02-02T12:00:00+00:00"


@pytest.mark.parametrize("status", ["draft", "submitted", "rejected"])
def test_what_is_not_published_is_in_no_feed(client, a_position, a_member, status):
    a_position(status=status, reason="No.")
    client.force_login(a_member())
    for address in ADDRESSES:
        assert _feed(client, address).entries == []


def test_the_feed_of_a_private_dossier_is_for_its_members(client, a_dossier, a_position, a_member):
    a_dossier(visibility="members")
    a_position()
    for address in ADDRESSES:
        assert client.get(BASE + address).status_code == 404
    client.force_login(User.objects.create_user("charlie"))
    assert client.get(f"{BASE}feed.atom").status_code == 404
    client.force_login(a_member())
    assert len(_feed(client).entries) == 1


def test_no_sign_breaks_the_feed(client, a_position):
    a_position(summary="A <b> & \x0b ]]> محمد.", condition="\x1b")
    assert _feed(client).entries[0].summary.startswith("A <b> &")


def test_a_feed_is_short_and_costs_the_same_for_every_dossier(client):
    numbers = []
    for slug, size in (("talks", 3), ("congress", 60)):
        a_large_dossier(slug, size=size)
        with CaptureQueriesContext(connection) as queries:
            feed = feedparser.parse(client.get(f"/dossiers/{slug}/feed.atom").content)
        numbers.append((len(queries), len(feed.entries)))
    assert numbers[0][0] == numbers[1][0]
    assert numbers[1][1] == 50


def test_unknown_names_have_no_feed(client, a_dossier):
    a_dossier()
    for address in ("actors/nobody/feed.atom", "issues/nothing/feed.atom"):
        assert client.get(BASE + address).status_code == 404


def test_pages_name_their_feed(client, a_position):
    a_position()
    for page, feed in (
        ("", "feed.atom"),
        ("positions/", "feed.atom"),
        ("actors/russia/", "actors/russia/feed.atom"),
        ("issues/cease-fire/", "issues/cease-fire/feed.atom"),
    ):
        html = client.get(BASE + page).content.decode()
        assert 'rel="alternate" type="application/atom+xml" title="' in html
        assert f'href="{BASE}{feed}"' in html


@pytest.fixture
def two(a_position, a_member, a_rendition):
    """Two positions that were coded, reviewed and published long ago, the first one first."""
    people = {
        "coder": a_member("coder", role="coder"),
        "reviewer": a_member("second", role="coder"),
    }
    text = a_rendition()
    found = [
        a_position(
            actor=actor,
            rendition=text,
            published_at=day,
            coded_at=day,
            reviewed_at=day,
            quote="They met.",
            **people,
        )
        for actor, day in (("russia", NOON), ("turkey", NOON + timedelta(days=1)))
    ]
    QuerySet(Position).update(edited_at=None)
    return found


def _as_typed(position, reviewer):
    says = {name: getattr(position, name) for name in Position.SAYS}
    coding = Coding(**says | {"summary": "Turned round."})
    change_position(position=position, coding=coding, by=reviewer)


def _as_loaded(position, reviewer):
    files = dump(position.dossier.slug)
    files["positions.csv"] = files["positions.csv"].replace(b"russia supports", b"Russia backs")
    load(check(files))


def _as_reverted(position, reviewer):
    _as_typed(position, reviewer)
    QuerySet(Position).update(edited_at=None)
    revert(change=position.history.filter(summary="Turned round.").get(), by=reviewer)


def _by_one_more_passage(position, reviewer):
    passage = Passage(0, 4, "They", "", "")
    add_passage(position=position, rendition=Rendition.objects.get(), passage=passage, by=reviewer)


@pytest.mark.parametrize("edit", [_as_typed, _as_loaded, _as_reverted, _by_one_more_passage])
def test_what_was_edited_after_publication_comes_first(client, two, a_member, edit):
    assert [entry.title[:6] for entry in _feed(client).entries] == ["Turkey", "Russia"]
    edit(Position.objects.get(pk=two[0].pk), a_member("rita", role="reviewer"))
    today = timezone.now().date().isoformat()
    first = _feed(client).entries[0]
    assert first.link.split("/")[-2] == two[0].key
    assert first.updated[:10] == today
    sitemap = client.get("/sitemap-positions.xml").content.decode()
    assert re.findall(r"<lastmod>([^<]*)", sitemap) == [today, "2017-02-02"]


def test_a_step_of_the_work_flow_is_no_edit(two):
    position = Position.objects.get(pk=two[0].pk)
    position.reason = "Looked at again."
    position.save()
    assert position.edited_at is None
