"""The overview of a dossier: how much it holds, what is newest and most contested."""

import re

import pytest

from astana.models import Event
from astana.pages.dossiers import presenter
from tests.as_a_new_process import forget
from tests.pages.cells import lede_of
from tests.pages.rows import in_words, words_of

pytestmark = pytest.mark.django_db


def section_of(response, heading: str) -> list[str]:
    """Return the words of each line of the section under a heading."""
    for section in re.findall(r"<section.*?</section>", response.content.decode(), re.DOTALL):
        if in_words(re.search(r"<h2.*?</h2>", section)[0]) == heading:
            return [in_words(line) for line in re.findall(r"<li.*?</li>", section, re.DOTALL)]
    raise LookupError(heading)


@pytest.fixture
def overview(client):
    return lambda: client.get("/dossiers/talks/")


def test_the_overview_counts_what_is_published(overview, a_position, a_rendition):
    a_rendition()
    a_position(actor="russia")
    a_position(actor="turkey", said="2017-02-03")
    a_position(actor="iran", said="2017-03-01", status="draft")
    assert lede_of(overview()) == (
        "2 positions of 2 actors on 1 issue as of 3 Feb 2017; 1 article read."
    )


def test_the_newest_come_first_and_second_hand_is_told(overview, a_position):
    a_position(actor="russia", said="2017-01-01")
    a_position(actor="turkey", said="2017-01-24", voice="attributed", attributed_by="iran")
    first, second = section_of(overview(), "Newest positions")
    assert first.startswith("Turkey")
    assert "attributed by Iran" in first
    assert second.startswith("Russia")


def test_the_farther_apart_the_more_contested(overview, a_position):
    for issue, stances in (
        ("agreed", ("supports", "supports")),
        ("near", ("supports", "neither")),
        ("far", ("supports", "opposes")),
        ("off-the-scale", ("supports", "declines")),
    ):
        for actor, stance in zip(("russia", "turkey"), stances, strict=True):
            a_position(actor=actor, issue=issue, stance=stance)
    far, near = section_of(overview(), "Most contested issues")
    assert far.startswith("Far")
    assert near.startswith("Near")


def test_what_was_contested_once_and_is_no_more_does_not_count(overview, a_position):
    a_position(actor="russia", stance="opposes", said="2017-01-01")
    a_position(actor="russia", stance="supports", said="2017-01-24")
    a_position(actor="turkey", stance="supports", said="2017-01-24")
    assert section_of(overview(), "Most contested issues") == [
        "No stances that lie apart on a scale were found."
    ]


def test_on_how_many_issues_it_looked_is_said_where_there_are_more(
    overview, a_position, monkeypatch
):
    a_position(issue="truce")
    a_position(issue="borders")
    assert "Looked for on" not in words_of(overview())
    monkeypatch.setattr(presenter, "ISSUES_LOOKED_AT", 1)
    forget()
    assert "Looked for on the 1 issue most reported on." in words_of(overview())


def test_actors_are_counted_and_not_their_voices(overview, a_position):
    for stance in ("supports", "opposes"):
        a_position(actor="russia", stance=stance)
    a_position(actor="turkey")
    assert "Spread of the stances of 2 actors" in overview().content.decode()


def test_a_write_is_seen_at_once(overview, a_position):
    a_position(actor="russia", stance="supports")
    assert "No stances" in section_of(overview(), "Most contested issues")[0]
    a_position(actor="turkey", stance="opposes")
    assert section_of(overview(), "Most contested issues")[0].startswith("Cease fire")


def test_an_empty_dossier_says_what_is_missing(overview, a_dossier):
    a_dossier()
    response = overview()
    assert response.status_code == 200
    assert "Nothing has been published" in section_of(response, "Newest positions")[0]
    assert "No event" in section_of(response, "Events")[0]


def test_events_are_told_in_order_of_time(overview, a_dossier):
    for slug, day in (("second", "2017-02-15"), ("first", "2017-01-23")):
        Event.objects.create(dossier=a_dossier(), slug=slug, name=slug.title(), start=day, end=day)
    assert section_of(overview(), "Events") == ["23 Jan 2017First", "15 Feb 2017Second"]
