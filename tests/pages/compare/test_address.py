"""The address of a comparison: as recorded by a moment, in an order, and kept for later."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from astana.models import Position
from astana.models.process_cache import cache
from tests.a_large_dossier import a_large_dossier
from tests.pages.cells import cell_of, heads_of, lede_of, panel_of
from tests.pages.rows import in_words, words_of

TALKS = "/dossiers/talks/compare/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def compare(client):
    def ask(query: str = "", **headers: str):
        return client.get(f"{TALKS}?{query.removeprefix('?')}", headers=headers)

    return ask


@pytest.fixture
def two_days(a_position):
    """A stance recorded here in March, and a newer one recorded in May."""
    asked = {"actor": "russia", "issue": "cease-fire"}
    a_position(**asked, stance="supports", said="2017-01-10", published_at=_at(3))
    a_position(**asked, stance="opposes", said="2017-01-20", published_at=_at(5))


def _at(month: int, *, second: int = 0) -> datetime:
    return datetime(2017, month, 1, 12, 0, second, tzinfo=UTC)


def _link(response, words: str) -> str:
    """Return the address that a link with these words leads to."""
    found = re.findall(r'<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', response.content.decode())
    return unescape(next(href for href, inner in found if words in re.sub(r"<[^>]+>", "", inner)))


# Two clocks.


@pytest.mark.parametrize(
    ("recorded", "stance"),
    [
        ("2017-02-28", None),
        ("2017-03-01T11:59:59Z", None),
        ("2017-03-01T12:00:00Z", "Supports"),
        ("2017-03-01T12:00Z", "Supports"),
        ("2017-03-01", "Supports"),
        ("2017-04-30", "Supports"),
        ("2017-05-01", "Opposes"),
        ("", "Opposes"),
    ],
)
def test_a_table_shows_what_was_recorded_by_then(two_days, compare, recorded, stance):
    response = compare(f"recorded_as_of={recorded}")
    if stance is None:
        assert "No stated position" in words_of(response)
    else:
        assert stance in cell_of(response, "russia", "cease-fire")


def test_the_days_of_saying_and_of_recording_are_two_clocks(two_days, compare):
    cell = cell_of(compare("as_of=2017-01-15"), "russia", "cease-fire")
    assert "Supports" in cell
    cell = cell_of(compare("as_of=2017-01-15&recorded_as_of=2017-05-01"), "russia", "cease-fire")
    assert "Supports" in cell


def test_the_sentence_says_so(two_days, compare):
    words = lede_of(compare("recorded_as_of=2017-04-01T08:30:00Z"))
    assert words.endswith("as recorded here by 1 Apr 2017, 08:30:00 UTC.")
    assert "recorded" not in lede_of(compare())


def test_a_permalink_says_what_is_of_now(two_days, compare, an_issue):
    """Names, issues and stances have no past here: what is called otherwise is so there too."""
    stance = an_issue("cease-fire").stances.get(slug="supports")
    stance.label = "Welcomes"
    stance.save()
    response = compare("recorded_as_of=2017-04-01")
    assert "Welcomes" in cell_of(response, "russia", "cease-fire")
    assert "Names and the codebook are those of now." in words_of(response)
    assert "those of now" not in words_of(compare())


def test_the_evidence_is_that_of_then(two_days, compare):
    query = "open=russia.cease-fire&as_of=2017-01-15"
    assert "after this date" in panel_of(compare(query))
    panel = panel_of(compare(f"{query}&recorded_as_of=2017-04-01"))
    assert "Supports" in panel
    assert "after this date" not in panel
    assert "Opposes" not in panel


@pytest.mark.parametrize(
    "value",
    ["yesterday", "2017-02-30", "2017-01-01T25:00:00Z", "2017-01-01T10:00:00+03:00", "9" * 300],
)
def test_a_moment_that_is_none_is_refused_by_name(two_days, compare, value):
    response = compare(f"recorded_as_of={value.replace('+', '%2B')}")
    assert response.status_code == 400
    assert unescape(words_of(response)).count(f"“{value[:40]}” is not a moment in UTC.") == 1


@pytest.mark.parametrize("value", ["0001-01-01", "9999-12-31T23:59:59Z"])
def test_the_ends_of_the_calendar_are_moments(two_days, compare, value):
    assert compare(f"recorded_as_of={value}").status_code == 200


@pytest.mark.parametrize("opened", ["", "&open=actor-0.issue-0"])
def test_looking_back_costs_a_few_queries_more_whatever_the_size(client, opened):
    counts = []
    for slug, size in (("talks", 2), ("more", 30)):
        a_large_dossier(slug, size=size)
        Position.objects.filter(dossier__slug=slug).update(summary="Edited.")
        chosen = f"/dossiers/{slug}/compare/?actor=actor-0&issue=issue-0&issue=issue-1{opened}"
        for query in ("", "&recorded_as_of=2018-01-01", "&recorded_as_of=2100-01-01"):
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                assert client.get(chosen + query).status_code == 200
            counts.append(len(queries))
    plain, *_back = small = counts[:3]
    assert counts[3:] == small
    assert max(small) <= plain + (4 if opened else 3)


# The permalink.


def test_a_permalink_names_everything_and_the_second(two_days, compare, client):
    response = client.get(TALKS + _link(compare("first_hand=1&choose=more"), "Permalink"))
    assert response.status_code == 302
    assert response.content == b""
    address = response["Location"]
    moment = re.search(r"recorded_as_of=([\d-]+)T([\d%A]+)Z", address)
    assert moment
    for pair in (
        "actor=russia",
        "issue=cease-fire",
        "as_of=2017-01-20",
        "first_hand=1",
        "differences=0",
        "silent=1",
        "bodies=1",
        "transpose=0",
    ):
        assert pair in address
    shown = client.get(TALKS + address)
    assert shown.status_code == 200
    field = re.search(r'<input id="permalink"[^>]*value="([^"]*)"', shown.content.decode())[1]
    assert unescape(field) == f"http://testserver{TALKS}{address}"


def test_a_permalink_shows_the_same_table_when_more_is_published(
    two_days, compare, client, a_position
):
    address = client.get(TALKS + _link(compare("choose=more"), "Permalink"))["Location"]
    before = client.get(TALKS + address)
    a_position(stance="neither", said="2017-01-20", published_at=timezone.now())
    a_position(actor="turkey", said="2017-02-20", published_at=timezone.now())
    after = client.get(TALKS + address)
    assert heads_of(after) == heads_of(before)
    assert cell_of(after, "russia", "cease-fire") == cell_of(before, "russia", "cease-fire")
    assert lede_of(after) == lede_of(before)
    assert "Turkey" in words_of(compare())


def test_the_present_second_is_not_yet_recorded(two_days, client, monkeypatch):
    now = datetime(2030, 1, 1, 12, 0, 5, 400_000, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    address = client.get(f"{TALKS}?recorded_as_of=now")["Location"]
    assert "recorded_as_of=2030-01-01T12%3A00%3A04Z" in address
    Position.objects.update(published_at=now - timedelta(microseconds=1))
    assert "No stated position" in words_of(client.get(TALKS + address))


# The order.


@pytest.fixture
def three(a_position):
    for actor in ("iran", "russia", "turkey"):
        a_position(actor=actor)
        a_position(actor=actor, issue="constitution", stance="opposes")


def _press(client, response, words: str):
    """Press a button of the picker, which is answered with the address of the result."""
    form = re.search(r'<form id="picker".*?</form>', response.content.decode(), re.DOTALL)[0]
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    buttons = re.findall(r'<button[^>]*name="edit" value="([^"]+)"[^>]*>(.*?)</button>', form)
    edit = next(value for value, inner in buttons if words in in_words(inner))
    asked = {name: [value for key, value in hidden if key == name] for name, _value in hidden}
    return client.get(TALKS, asked | {"edit": edit, "first_hand": "1"}, follow=True)


def test_an_actor_is_moved_later_and_earlier(three, compare, client):
    shown = compare("actor=iran&actor=russia&actor=turkey&first_hand=1&choose=actors")
    moved = _press(client, shown, "Move later: Iran")
    assert heads_of(moved)[0] == ["Russia", "Iran", "Turkey"]
    assert "first-hand only" in lede_of(moved)
    assert moved.request["QUERY_STRING"].endswith("actor=russia&actor=iran&actor=turkey")
    moved = _press(client, shown, "Move earlier: Turkey")
    assert heads_of(moved)[0] == ["Iran", "Turkey", "Russia"]


def test_an_issue_is_moved_though_none_was_chosen(three, compare, client):
    first, second = heads_of(compare())[1]
    moved = _press(client, compare("choose=issues"), f"Move later: {first}")
    assert heads_of(moved)[1] == [second, first]


def test_the_first_cannot_move_earlier_nor_the_last_later(three, compare):
    words = words_of(compare("actor=iran&actor=russia&choose=actors"))
    assert "Move later: Iran" in words
    assert "Move earlier: Iran" not in words
    assert "Move later: Russia" not in words


# Saving.


def test_what_is_saved_is_the_whole_selection(three, compare):
    address = _link(compare("actor=turkey&differences=1&choose=more"), "Save comparison")
    assert address.startswith("/comparisons/new/?actor=turkey&")
    for pair in ("dossier=talks", "issue=cease-fire", "differences=1", "as_of=2017-01-24"):
        assert pair in address


def test_what_compare_has_no_use_for_is_refused_and_what_others_add_is_not(client, a_position):
    """It would show something else than what was asked for, and not say so."""
    a_position()
    refused = client.get(f"{TALKS}?source=gazette")
    assert refused.status_code == 400
    assert "This page does not use “source”." in refused.content.decode()
    assert client.get(f"{TALKS}?utm_source=letter").status_code == 200


def test_only_what_changed_is_asked_for_with_the_day_to_begin_with(compare, a_position):
    a_position()
    refused = compare("changed=1")
    assert refused.status_code == 400
    assert "“Only what changed” needs a day to begin with" in refused.content.decode()

    # Who empties the field of the day in the form has asked for one day alone.
    emptied = compare("since=&changed=1")
    assert emptied.status_code == 200
    assert "changed=1" not in emptied.content.decode().partition("<main")[2]


def test_the_sides_of_a_brief_are_carried_along_and_unknown_members_are_named(client, a_position):
    a_position(actor="russia")
    a_position(actor="turkey")
    carried = client.get(f"{TALKS}?side=russia&side=turkey").content.decode()
    assert "side=russia&amp;side=turkey" in carried
    refused = client.get(f"{TALKS}?side=russia&side=atlantis")
    assert refused.status_code == 400
    assert "no actor “atlantis”" in refused.content.decode()


# Folding.


def test_a_row_is_unfolded_and_folded_again(three, client):
    asked = f"{TALKS}?actor=iran&as_of=2017-02-01"
    one = client.get(asked + "&edit=unfold:cease-fire", follow=True)
    assert one.request["QUERY_STRING"].endswith("&row=cease-fire")
    assert "iran supports cease-fire" in cell_of(one, "iran", "cease-fire")
    assert "iran opposes constitution" not in cell_of(one, "iran", "constitution")
    folded = client.get(f"{asked}&row=cease-fire&edit=fold:cease-fire", follow=True)
    assert "row=" not in folded.request["QUERY_STRING"]
    assert "iran supports cease-fire" not in cell_of(folded, "iran", "cease-fire")


def test_all_rows_are_unfolded_and_one_of_them_folded(three, client):
    asked = f"{TALKS}?actor=iran"
    every = client.get(asked + "&edit=unfold:all", follow=True)
    assert every.request["QUERY_STRING"].endswith("&unfold=1")
    assert "iran opposes constitution" in cell_of(every, "iran", "constitution")
    less = client.get(f"{asked}&unfold=1&edit=fold:constitution", follow=True)
    assert less.request["QUERY_STRING"].endswith("&row=cease-fire")
    last = client.get(f"{asked}&row=cease-fire&edit=unfold:constitution", follow=True)
    assert last.request["QUERY_STRING"].endswith("&unfold=1")


def test_a_folded_cell_still_says_what_its_stance_depends_on(a_position, compare):
    a_position(
        condition="If others do.", certainty="implied", said="../2017-01-24", voice="attributed",
        attributed_by="turkey",
    )  # fmt: skip
    cell = cell_of(compare(), "russia", "cease-fire")
    for mark in ("by 24 Jan 2017", "attributed by Turkey", "on a condition", "implied"):
        assert mark in cell
    assert "If others do." not in cell


def test_the_head_of_a_row_says_whether_those_who_speak_differ(a_position, compare):
    for actor, stance in (("iran", "supports"), ("russia", "opposes")):
        a_position(actor=actor, issue="first", stance=stance)
        a_position(actor=actor, issue="second")
    a_position(actor="iran", issue="third")
    heads = re.findall(r'<th scope="row".*?</th>', compare().content.decode(), re.DOTALL)
    says = [re.search(r'<small class="differs">(.*?)</small>', head)[1] for head in heads]
    assert says == ["Stances differ", "The same stance", "One is heard"]


def test_what_is_open_to_choose_from_is_sent_in_the_order_of_the_table(client, a_position):
    for actor in ("albania", "belgium", "chile"):
        a_position(actor=actor)
    page = client.get("/dossiers/talks/compare/?actor=chile&actor=albania&choose=actors")
    boxes = re.findall(r'type="checkbox" name="actor" value="(\w+)"', page.content.decode())
    assert boxes == ["chile", "albania", "belgium"]


def test_what_is_compared_where_nothing_is_chosen_is_said_before_and_after(compare, a_position):
    for actor in ("russia", "turkey"):
        a_position(actor=actor)
    page = words_of(compare("actor=russia&issue=cease-fire&choose=actors"))
    assert "If you choose none, the actors most reported on are compared." in page
    page = words_of(compare("issue=cease-fire&choose=actors"))
    assert "No actor is chosen, so the 2 most reported on are compared." in page
    assert "If you choose none" in words_of(compare("issue=cease-fire&choose=issues"))
    assert "No issue is chosen, so the one most" in words_of(compare("choose=issues"))
