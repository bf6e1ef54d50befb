"""One issue as a spectrum: who stands where, who is silent, who moved."""

import re
from html import unescape

import pytest

from astana.models import Event, Evidence
from astana.pages.issues import spectrum
from tests.as_a_new_process import forget
from tests.pages.rows import in_words, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue(client):
    return lambda query="": client.get(f"/dossiers/talks/issues/cease-fire/?{query}")


def lanes_of(response) -> dict[str, str]:
    """Return the words under each stance, in the order of the page."""
    html = response.content.decode()
    lanes = re.findall(r'<li class="lane.*?</li>', html, re.DOTALL)
    return {
        in_words(re.search(r"<h3.*?</h3>", lane, re.DOTALL)[0]): in_words(
            lane.partition("</h3>")[2]
        )
        for lane in lanes
    }


def silent_of(response) -> str:
    return in_words(re.search(r'<p class="silent-list.*?</p>', response.content.decode())[0])


def changes_of(response) -> list[str]:
    section = re.search(
        r"What changed when</h2>(.*?)</section>", response.content.decode(), re.DOTALL
    )
    return [in_words(line) for line in re.findall(r"<li.*?</li>", section[1], re.DOTALL)]


def test_stances_stand_in_the_order_of_the_scale_and_those_off_it_after(issue, a_position):
    a_position()
    assert list(lanes_of(issue())) == ["Opposes", "Neither", "Supports", "Declines"]


def test_actors_stand_under_what_they_said_last(issue, a_position):
    a_position(actor="russia", stance="opposes", said="2017-01-01")
    a_position(actor="russia", stance="supports", said="2017-01-24")
    a_position(actor="turkey", stance="declines")
    lanes = lanes_of(issue())
    assert "Russia" in lanes["Supports"]
    assert "Turkey" in lanes["Declines"]
    assert "Nobody by this day" in lanes["Opposes"]
    before = issue("as_of=2017-01-10")
    assert "Russia" in lanes_of(before)["Opposes"]
    assert "As of 10 Jan 2017, 1 of 2 actors" in words_of(before)


def test_two_voices_stand_under_both(issue, a_position):
    a_position(stance="supports")
    a_position(stance="opposes")
    lanes = lanes_of(issue())
    for stance in ("Supports", "Opposes"):
        assert "two voices" in lanes[stance]


def test_second_hand_is_marked_and_can_be_left_out(issue, a_position):
    a_position(voice="attributed", attributed_by="turkey")
    assert "attributed by Turkey" in lanes_of(issue())["Supports"]
    without = issue("first_hand=1")
    assert "Russia" not in lanes_of(without)["Supports"]
    assert silent_of(without).startswith("No first-hand position found; second-hand ones are")
    assert "Russia" in silent_of(without)
    assert "first-hand only" in words_of(without)
    assert "Nothing yet" not in words_of(without)


def test_the_silent_are_named_and_stand_nowhere(issue, a_position):
    a_position(actor="russia")
    a_position(actor="turkey", issue="constitution")
    response = issue()
    assert "Turkey" in silent_of(response)
    assert "Russia" not in silent_of(response)
    assert "Turkey" not in " ".join(lanes_of(response).values())


def test_of_many_who_are_silent_those_not_named_are_counted(issue, a_position, monkeypatch):
    monkeypatch.setattr(spectrum, "MOST_SILENT", 2)
    a_position(actor="russia")
    for actor in ("iran", "syria", "turkey"):
        a_position(actor=actor, issue="constitution")
    assert silent_of(issue()).endswith("Iran, Syria and 1 more")


def test_moves_are_told_in_order_with_what_was_before(issue, a_position):
    a_position(said="2017-01-01", stance="opposes")
    a_position(said="2017-01-10", stance="opposes")
    a_position(said="2017-01-24", stance="supports")
    first, second = changes_of(issue())
    assert first.startswith("1 Jan 2017")
    assert "Russia first heard: Opposes" in first
    assert "Russia moved from Opposes to Supports" in second
    assert "1 move: from one first-hand, undisputed stance" in words_of(issue())


def test_a_disputed_report_is_told_as_one_and_moves_nobody(issue, a_position, a_rendition):
    a_position(said="2017-01-01", stance="opposes")
    twisted = a_position(said="2017-01-10", stance="supports")
    a_position(said="2017-01-24", stance="opposes")
    denial = a_rendition("He never said so.")
    Evidence.objects.create(
        position=twisted, role="disputes", rendition=denial, start=0, end=8, exact="He never"
    )
    first, second = changes_of(issue())
    assert "first heard: Opposes" in first
    assert "disputed report, Supports" in second
    assert "0 moves" in words_of(issue())


def test_an_issue_nobody_spoke_on_says_that_this_is_silence(issue, an_issue):
    an_issue()
    response = issue()
    assert response.status_code == 200
    assert "silence in the articles read, not agreement" in words_of(response)


def test_what_is_not_published_stands_nowhere(issue, a_position):
    a_position(actor="canary", status="draft")
    assert "Canary" not in words_of(issue())


def test_a_day_that_is_none_is_refused(issue, an_issue):
    an_issue()
    response = issue("as_of=2017-02-30")
    assert response.status_code == 400
    assert "“2017-02-30” is not a day in the calendar" in words_of(response)


def test_the_ways_on_keep_the_day_and_the_switch(issue, client, a_position):
    a_position(said="2017-01-10")
    html = issue("as_of=2017-01-12&first_hand=1").content.decode()
    for page, name in (("positions", "until"), ("compare", "as_of"), ("timeline", "to")):
        link = unescape(re.search(rf'href="([^"]*/{page}/\?issue=cease-fire[^"]*)"', html)[1])
        assert f"{name}=2017-01-12" in link
        assert "first_hand=1" in link
        assert client.get(link).status_code == 200


def test_of_a_history_that_is_cut_nothing_is_said_to_be_first(client, a_position, monkeypatch):
    monkeypatch.setattr(spectrum, "MOST_STATEMENTS", 2)
    a_position(stance="opposes", said="2017-01-01")
    a_position(stance="supports", said="2017-01-02")
    a_position(stance="neither", said="2017-01-03")
    page = words_of(client.get("/dossiers/talks/issues/cease-fire/"))
    assert "Only the newest 2 positions on this issue were looked at" in page
    assert "first heard" not in page
    monkeypatch.setattr(spectrum, "MOST_STATEMENTS", 3)
    forget()
    page = words_of(client.get("/dossiers/talks/issues/cease-fire/"))
    assert "were looked at" not in page
    assert "first heard" in page


def test_a_question_without_an_order_has_answers_and_no_scale(client, an_issue, a_position):
    question = an_issue("who-broke-it", kind="fact", scale="nominal")
    question.stances.update(value=None)
    a_position(actor="russia", issue="who-broke-it")
    html = client.get("/dossiers/talks/issues/who-broke-it/").content.decode()
    assert "Off the scale" not in html
    assert 'class="stance answer-1"' in html
    assert "reports of it differ" in html


def test_each_event_of_a_fact_has_its_own_spectrum(client, a_dossier, an_issue, a_position):
    an_issue("direct-talks", kind="fact", per_event=True)
    for slug, day, stance in [
        ("january", "2017-01-23", "supports"),
        ("march", "2017-03-14", "opposes"),
    ]:
        event = Event.objects.create(
            dossier=a_dossier(), slug=slug, name=slug.title(), start=day, end=day
        )
        a_position(issue="direct-talks", said=day, stance=stance, event=event)
    words = in_words(client.get("/dossiers/talks/issues/direct-talks/").content.decode())
    assert words.count("Russia") >= 2
    assert words.index("January") < words.index("March")
