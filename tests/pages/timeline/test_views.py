"""The timeline shows who moved when, and links every mark to its position."""

import re

import pytest
from django.urls import reverse

from astana.pages.shared import timeline

pytestmark = pytest.mark.django_db


def url(**query) -> str:
    return reverse("timeline:index", args=["talks"], query=query or None)


def marks_of(response) -> str:
    """Return what is drawn on the lanes, without what explains it."""
    found = re.findall(
        r'<a class="[^"]*" href="[^"]*" aria-label=.*?</a>', response.content.decode()
    )
    return "".join(found)


@pytest.fixture
def moved(a_position):
    a_position(actor="russia", stance="opposes", said="2017-01-09", key="before")
    a_position(actor="russia", stance="supports", said="2017-01-23/2017-01-24", key="after")
    a_position(actor="turkey", stance="supports", said="../2017-01-12", key="open")


def test_a_move_is_told_from_what_to_what(client, moved):
    html = client.get(url()).content.decode()
    assert "moved from “Opposes” to “Supports”" in html


def test_every_mark_links_to_its_position(client, moved):
    html = client.get(url()).content.decode()
    for key in ("before", "after", "open"):
        assert html.count(f'href="/dossiers/talks/positions/{key}/"') == 2  # picture and table


def test_precision_is_drawn_as_a_span_and_an_open_start_as_open(client, moved):
    html = client.get(url()).content.decode()
    assert html.count('class="span"') == 1
    assert html.count('class="span open"') == 1


def test_second_hand_marks_are_hollow(client, a_position):
    a_position(voice="characterised")
    assert 'class="mark hollow"' in marks_of(client.get(url()))


@pytest.mark.parametrize(
    "values", [{"stance": "middle"}, {"stance": "supports"}, {"stance": "declines"}], ids=str
)
def test_only_second_hand_marks_are_hollow(client, a_position, an_issue, values):
    issue = an_issue()
    issue.stances.create(slug="middle", label="Between", value=0, order=9)
    a_position(voice="direct-quote", **values)
    first = marks_of(client.get(url()))
    assert 'class="mark' in first
    assert "hollow" not in first


def test_the_middle_is_a_bar_and_no_other_stance_is(client, a_position, an_issue):
    an_issue().stances.create(slug="middle", label="Between", value=0, order=9)
    a_position(actor="russia", stance="middle")
    a_position(actor="turkey", stance="supports")
    a_position(actor="iran", stance="opposes")
    assert marks_of(client.get(url())).count('width="16" height="6"') == 1


def test_first_hand_only_leaves_the_others_out(client, a_position):
    a_position(actor="russia")
    a_position(actor="turkey", voice="characterised")
    html = client.get(url(first_hand="1")).content.decode()
    assert 'aria-label="Russia"' in html
    assert 'aria-label="Turkey"' not in html


def test_the_range_zooms(client, moved):
    html = client.get(url(**{"from": "2017-01-20", "to": "2017-02-01"})).content.decode()
    assert "positions/after/" in html
    assert "positions/before/" not in html


def test_an_actor_has_a_lane_for_each_issue(client, a_position):
    a_position(actor="russia", issue="cease-fire")
    a_position(actor="russia", issue="secular-state")
    html = client.get(url(by="actor", actor="russia")).content.decode()
    assert 'aria-label="Cease fire"' in html
    assert 'aria-label="Secular state"' in html


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"issue": "no-such-issue"}, "no-such-issue"),
        ({"by": "actor", "actor": "rusia"}, "russia"),
        ({"from": "2017-02-30"}, "2017-02-30"),
        ({"from": "2017-02-02", "to": "2017-02-01"}, "ends before it starts"),
        ({"by": "weather"}, "weather"),
    ],
)
def test_what_is_unknown_is_named(client, moved, query, words):
    response = client.get(url(**query))
    assert response.status_code == 400
    assert words in response.content.decode()


def test_nothing_in_the_range_is_said_to_be_silence(client, moved):
    html = client.get(url(**{"from": "2001-01-01", "to": "2001-12-31"})).content.decode()
    assert "No position lies in this range" in html


def test_drafts_are_not_drawn(client, a_position):
    a_position(actor="russia")
    a_position(actor="turkey", status="draft", key="secret")
    assert "secret" not in client.get(url()).content.decode()


def test_what_was_said_by_the_end_of_a_range_is_shown_however_much_came_later(
    client, a_position, monkeypatch
):
    monkeypatch.setattr(timeline, "MOST_POSITIONS", 3)
    for day in range(1, 7):
        a_position(said=f"2017-01-0{day}", key=f"d{day}")
    html = client.get(url(to="2017-01-02")).content.decode()
    assert "positions/d1/" in html
    assert "positions/d2/" in html
    assert "newest 3 positions" not in html
    assert "Only the newest 3 positions are drawn." in client.get(url()).content.decode()
    html = client.get(url(**{"from": "2017-01-05"})).content.decode()
    assert "newest 3 positions" not in html
