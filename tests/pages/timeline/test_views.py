"""The timeline shows who moved when, and links every mark to its position."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from astana.models import Event, Position
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


def test_one_lane_is_called_one(client, a_position):
    a_position()
    assert "1 position on 1 lane; the picture runs from " in client.get(url()).content.decode()


def test_an_issue_without_positions_speaks_of_no_range(client, a_position):
    a_position().delete()
    words = client.get(url(issue="cease-fire")).content.decode()
    assert "No position is found here." in words
    assert "Show the whole period" not in words


def test_an_empty_timeline_claims_nothing_of_what_the_choices_leave_out(client, a_position):
    a_position(voice="characterised")
    for chosen in ({"first_hand": "1"}, {"recorded_as_of": "2017-02-01T00:00:00Z"}):
        words = client.get(url(**chosen)).content.decode()
        assert "There may be some among what the choices above leave out." in words
        assert "Nothing found is silence" not in words
        address = f"/embed{url(**chosen, issue='cease-fire')}"
        framed = client.get(address).content.decode()
        assert "There may be some among what is left out." in framed
        assert "Nothing found is silence" not in framed


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
    assert marks_of(client.get(url())).count('width="14" height="5"') == 1


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


def test_what_is_not_drawn_is_said_at_the_top_with_the_way_to_it(client, a_position, monkeypatch):
    monkeypatch.setattr(timeline, "MOST_MARKS", 2)
    for day in range(1, 6):
        a_position(said=f"2017-01-0{day}", key=f"d{day}")
    html = client.get(url()).content.decode()
    assert "Only the newest 2 positions are drawn. 3 more that were said before are not." in html
    assert html.index("Only the newest 2") < html.index("<figure")
    # The picture does not show the time before as if nothing had been said in it.
    assert "2 positions on 1 lane; the picture runs from 4 Jan 2017" in html
    earlier = "?by=issue&amp;issue=cease-fire&amp;to=2017-01-04"
    assert f'timeline/{earlier}">Show what was said before</a>' in html
    assert 'positions/?issue=cease-fire">List all positions</a>' in html
    before = client.get(url(issue="cease-fire", to="2017-01-04")).content.decode()
    assert "positions/d3/" in before


def test_earlier_positions_are_reached_however_many_were_said_on_one_day(
    client, a_position, monkeypatch
):
    monkeypatch.setattr(timeline, "MOST_MARKS", 2)
    for number in range(3):
        a_position(said="2017-01-05", key=f"same-{number}")
    a_position(said="2017-01-01", key="before")
    html = client.get(url()).content.decode()
    assert 'to=2017-01-04">Show what was said before</a>' in html
    assert "positions/before/" in client.get(url(to="2017-01-04")).content.decode()


def test_lanes_that_are_not_drawn_are_counted_and_can_be_shown(client, a_position, monkeypatch):
    monkeypatch.setattr(timeline, "MOST_LANES", 1)
    a_position(actor="russia")
    for actor, number in (("turkey", 3), ("iran", 2)):
        for _ in range(number):
            a_position(actor=actor)
    html = client.get(url()).content.decode()
    assert 'aria-label="Turkey"' in html
    assert 'aria-label="Iran"' not in html
    assert "2 further lanes with fewer positions are not drawn." in html
    assert 'issue=cease-fire&amp;actor=iran">Show other lanes</a>' in html
    html = client.get(url(actor="iran")).content.decode()
    assert 'aria-label="Iran"' in html
    assert "At most 1 chosen lane can be drawn." in html
    assert (
        '<a class="button small" href="?by=issue&amp;issue=cease-fire">Show all lanes</a>' in html
    )


def test_the_reader_chooses_whether_crowded_weeks_have_room_and_the_page_says_which(
    client, a_position
):
    for day in ("2017-01-24", "2017-01-25", "2017-12-31"):
        a_position(said=day)
    even, ranked = (marks_of(client.get(url(axis=axis))) for axis in ("even", "ranked"))
    # The second day is a day from the first, and as far from it as from the last.
    assert 'x="2.83%"' in even
    assert 'x="3.11%"' in even
    assert [f'x="{x}%"' in ranked for x in ("26.00", "50.00", "74.00")] == [True] * 3
    assert "All days are equally wide." in client.get(url()).content.decode()
    assert "crowded weeks have room" in client.get(url(axis="ranked")).content.decode()
    assert client.get(url(axis="bent")).status_code == 400


def test_marks_that_share_a_place_are_stacked(client, a_position):
    for key in ("one", "two", "three"):
        a_position(said="2017-01-24", key=key)
    html = client.get(url()).content.decode()
    # The second and third row, wide (y) and narrow (u); the lane has room for three.
    for classes in (' y1 u1" href', ' y2 u2" href', 'class="lane-marks y2 u2"'):
        assert html.count(classes) == 1


def test_events_have_the_same_number_in_the_picture_and_in_the_list(client, a_position, a_dossier):
    a_position(said="2017-01-24")
    for number, day in enumerate(("2016-01-01", "2017-01-23", "2017-01-25")):
        a_dossier().events.create(slug=f"e{number}", name=f"Round {number}", start=day, end=day)
    html = client.get(url()).content.decode()
    # The first one is before the picture: the others keep their numbers.
    assert 'href="#event-1"' not in html
    for number, name in ((2, "Round 1"), (3, "Round 2")):
        assert f'href="#event-{number}"><title>{number}: {name}' in html
        assert f'<li id="event-{number}"><span class="number">{number}</span>' in html


def test_a_button_zooms_into_an_event_and_keeps_what_was_chosen(client, a_position, a_dossier):
    a_position(actor="russia", said="2017-01-24", key="near")
    a_position(actor="russia", said="2017-03-01", key="far")
    a_dossier().events.create(slug="astana", name="Astana", start="2017-01-23", end="2017-01-24")
    html = client.get(url(actor="russia", axis="ranked", first_hand="1")).content.decode()
    zoom = "from=2017-01-16&amp;to=2017-01-31"
    assert f"actor=russia&amp;first_hand=1&amp;axis=ranked&amp;{zoom}" in html
    assert 'aria-label="Zoom in on Astana"' in html
    near = client.get(url(actor="russia", **{"from": "2017-01-16", "to": "2017-01-31"}))
    html = near.content.decode()
    assert "positions/near/" in html
    assert "positions/far/" not in html
    assert 'aria-current="true" aria-label="Zoom in on Astana"' in html
    assert "Show the whole period" in html


def test_only_what_changed_leaves_out_what_repeats(client, a_position):
    a_position(stance="opposes", said="2017-01-01", key="first")
    a_position(stance="opposes", said="2017-01-02", key="again")
    a_position(stance="supports", said="2017-01-03", key="moved")
    html = client.get(url(changed="1")).content.decode()
    assert "first heard: “Opposes”" in html
    assert "moved from “Opposes” to “Supports”" in html
    assert "positions/again/" not in html


def test_a_date_stands_on_the_axis(client, a_position):
    a_position(said="2017-01-24")
    html = client.get(url()).content.decode()
    for day in range(21, 28):
        assert f">{day} Jan 2017</text>" in html


def test_the_page_stays_light_however_much_there_is(client, a_position, an_actor, a_dossier):
    """150 KB at 100,000 positions: the picture is bounded, so more than it draws is enough here."""
    a_position()
    position = Position.objects.get()
    actors = [an_actor(f"actor-{number}", name=f"Delegation {number}") for number in range(50)]
    Position.objects.bulk_create(
        Position(
            dossier=position.dossier,
            key=f"many-{number}",
            actor=actors[number % 50],
            issue=position.issue,
            stance=position.stance,
            summary="The delegation warned against haste in an interview with the television.",
            said=str(day := date(2016, 1, 1) + timedelta(days=number // 50)),
            earliest=day,
            latest=day,
            voice="reported-speech",
            status="published",
            published_at=position.published_at,
        )
        for number in range(2500)
    )
    Event.objects.bulk_create(
        Event(dossier=a_dossier(), slug=f"e{n}", name=f"Meeting {n}", start=day, end=day)
        for n in range(60)
        for day in [date(2016, 1, 1) + timedelta(days=n)]
    )
    html = client.get(url()).content
    assert html.count(b'class="lane-marks') == timeline.MOST_LANES
    assert len(html) < 150_000


def test_a_lane_never_has_more_rows_than_the_style_sheet_has_digits_for():
    assert max(timeline.MOST_MARKS, timeline.MOST_EVENTS) <= 100


def test_how_many_moves_and_other_changes_there_are_is_said(client, a_position):
    a_position(stance="opposes", said="2017-01-01")
    a_position(stance="supports", said="2017-01-02")
    a_position(stance="opposes", said="2017-01-03", voice="characterised")
    a_position(actor="turkey", voice="characterised", said="2017-01-03")
    a_position(actor="turkey", said="2017-01-04")
    html = client.get(url()).content.decode()
    assert "1 of them is a move. 1 is another change, named as what it is." in html
