"""All pages and files say the same of the same cell: every cell of the demonstration dossier.

A cell is an actor on an issue, of one event where the issue is asked of each. What the file of the
comparison says of it, as of three days, of two of them without what is second-hand, is compared
with what a reader sees on the other pages. A page is fetched for a day only where the file says
something new: what is the same on two days is the same page.
"""

import json
import re
from collections import defaultdict
from io import StringIO
from itertools import product

import pytest
from django.core.management import call_command

from tests.a_large_dossier import made_once
from tests.exchange.packages import SEEDS
from tests.pages import said_of_cells as read
from tests.pages.demonstration import ASKED, DOSSIER, Asked, Record, name_of, query
from tests.pages.said_of_cells import Name, Said

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """Return the demonstration dossier, loaded once: these tests only read."""
    with made_once(django_db_blocker):
        call_command("load_dossier", str(SEEDS), stdout=StringIO())
        yield Record()


def differences(one: dict, other: dict) -> dict:
    """Return what two pages say of the cells of which they differ."""
    sides = [{name: _sorted(said) for name, said in side.items()} for side in (one, other)]
    return {
        name: (sides[0].get(name), sides[1].get(name))
        for name in sorted(one.keys() | other.keys())
        if sides[0].get(name) != sides[1].get(name)
    }


def _sorted(said):
    return sorted(said, key=str) if isinstance(said, list) else said


def test_every_cell_is_compared(record):
    cells = record.cells["", False]
    assert {(actor, issue) for actor, issue, _event in cells} == set(
        product(record.names, record.issues)
    )
    # Reports of two meetings.
    events = {event for _actor, issue, event in cells if issue == "direct-talks"}
    assert events == {"astana-1", "astana-3"}
    assert sum(map(bool, cells.values())) > 130


def test_all_pages_begin_at_the_same_day(record):
    days = {
        re.search("(?i)as of:? (\\d+ \\w+ \\d{4})", read.words_in(read.content_of(answer)))[1]
        for answer in map(
            record.get,
            ("compare/", "common-ground/?", "brief/", "issues/us-role/?", "actors/turkey/?"),
        )
    }
    assert days == {"30 Jan 2018"}


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_the_file_of_positions_and_that_in_json_say_the_same(record, asked):
    positions = record.said(record.rows(f"positions.csv?{query(asked).replace('as_of', 'until')}"))
    shown = [one for said in record.cells[asked].values() for one in said]
    assert set(shown) <= set(positions)
    response = record.client.get(
        f"{DOSSIER}compare.json?bodies=0&{query(asked)}&{record.everything}"
    )
    rows = json.loads(b"".join(response.streaming_content))
    assert record.of_cells([_as_in_csv(row) for row in rows]) == record.cells[asked]


def _as_in_csv(row: dict) -> dict[str, str]:
    words = {None: "", True: "true", False: "false"}
    return {
        name: value if isinstance(value, str | list) else words.get(value, str(value))
        for name, value in row.items()
    }


def test_where_bodies_count_a_cell_differs_by_what_its_bodies_say_alone(record):
    """The pages of issues keep them apart, and say so."""
    rows = record.rows(f"compare.csv?{record.everything}")
    whole = {row["actor"]: row["part_of"] for row in record.rows("actors.csv")}
    differing = differences(record.of_cells(rows), record.cells["", False])
    assert {actor for actor, _issue, _event in differing} == {"russia", "usa"}
    for name in differing:
        bodies = {row["body"] for row in rows if name_of(row) == name} - {name[0]}
        assert bodies, name
        assert all(whole[body] == name[0] for body in bodies), name
    words = read.words_in(read.content_of(record.get("issues/us-russia-strike/?")))
    assert "a body is listed apart from its whole" in words


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_the_table_says_what_the_file_says(record, asked):
    shown = record.table(asked)
    assert shown.keys() == record.cells[asked].keys()
    for name, said in record.cells[asked].items():
        words = shown[name]
        for one in said:
            assert one.stance in words, name
            assert one.said in words, name
        assert words.lower().count("disputed") == sum(one.is_disputed for one in said), name
        assert ("Two voices" in words) == (len(said) > 1), name
        nothing = "No first-hand position" if asked[1] else "No stated position"
        assert (nothing in words) == (not said), name


def test_the_page_of_an_issue_says_what_the_file_says(record):
    for asked, issue in record.new(1):
        response = record.get(f"issues/{issue}/?{query(asked)}")
        cells, two_voices = read.of_issue(response, issue, record.events)
        expected = record.by_issue(asked, issue)
        assert differences(cells, expected) == {}, (asked, issue)
        assert two_voices == {name for name, said in expected.items() if len(said) > 1}
        words = read.words_in(read.content_of(response))
        assert_it_says_what_was_read(words, record.read[asked][issue])
        heard = {actor for (actor, _issue, _event), said in expected.items() if said}
        assert f"{len(heard)} of {len(record.parties)} actors" in words, (asked, issue)


def test_the_page_of_an_actor_says_what_the_file_says(record):
    for asked, actor in record.new(0, first_hand=False):
        response = record.get(f"actors/{actor}/?{query(asked)}")
        cells, two_voices = read.of_actor(response, actor, record.events)
        expected = record.by_actor(asked, actor)
        assert differences(cells, expected) == {}, (asked, actor)
        assert two_voices == {name for name, said in expected.items() if len(said) > 1}


@pytest.mark.parametrize("asked", ASKED, ids=str)
@pytest.mark.parametrize("show", ["accepted", "contested", "facts"])
def test_common_ground_says_what_the_file_says(record, asked, show):
    response = record.get(f"common-ground/?show={show}&{query(asked)}")
    cards = list(read.of_common_ground(response, record.events, record.actors))
    assert cards or asked[0] == "2017-01-10"
    for issue, event, cells in cards:
        expected = {
            name: [_as_a_card_has_it(one) for one in said]
            for name, said in record.by_issue(asked, issue, event).items()
        }
        assert differences(cells, expected) == {}, (asked, issue)


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_a_brief_says_what_the_file_says(record, asked):
    """What a person said for another actor is said once there, on the side of that actor."""
    parties = sorted(record.parties)
    sides = "&".join(f"side={','.join(parties[n::2])}" for n in range(2))
    rows = record.rows(f"brief.csv?bodies=0&group=*&{query(asked)}&{sides}")
    told = record.of_cells(rows)
    expected = {
        name: said
        for issue in record.issues
        for name, said in record.by_issue(asked, issue).items()
    }
    assert len(expected) > 500
    assert differences({name: told[name] for name in expected}, expected) == {}


def _as_a_card_has_it(said: Said) -> Said:
    is_second_hand = said.how not in ("direct-quote", "reported-speech", "document", "act")
    return said.without("said", "key", *([] if is_second_hand else ["how"]))


def test_the_panel_of_a_cell_says_what_the_file_and_the_table_say(record):
    """Once for each thing that a cell says on any day; of what has no mark, every second."""
    seen, plain = set(), 0
    for asked in ASKED:
        table = record.table(asked, unfolded=True)
        for name, said in record.cells[asked].items():
            if not said or (name, str(said)) in seen:
                continue
            seen.add((name, str(said)))
            rows = [record.of_position[one.key] for one in said]
            if len(said) == 1 and rows[0]["certainty"] == "stated" and not rows[0]["held"]:
                plain += 1
                if plain % 2 and not said[0].is_disputed:
                    continue
            panel = read.of_panel(record.get(_open(asked, name)))
            # Others of the same day and stance are there to be traced.
            assert panel.shown[: len(said)] == said, (asked, name)
            assert {one.stance for one in panel.shown} == {one.stance for one in said}, name
            assert any(flag.startswith("Two voices") for flag in panel.flags) == (len(said) > 1)
            assert not panel.silence
            for one in said:
                row, notes = record.of_position[one.key], panel.notes[one.key]
                assert all(note in table[name] for note in notes), name
                assert (row["certainty"] in notes) == (row["certainty"] != "stated"), name
                assert any(note.startswith("held ") for note in notes) == bool(row["held"]), name


def test_a_silence_says_the_same_on_its_panel_and_in_the_file(record):
    """Of each issue as of one of the days, in turn."""
    for number, issue in enumerate(record.issues):
        asked = ASKED[number % len(ASKED)]
        silent = (name for name, said in record.cells[asked].items() if not said)
        name = min(name for name in silent if name[1] == issue)
        panel = read.of_panel(record.get(_open(asked, name)))
        assert panel.shown == []
        assert_it_says_what_was_read(panel.silence, record.read[asked][issue])


def assert_it_says_what_was_read(words: str, row: dict[str, str]) -> None:
    """Compare what a silence rests on with a row of the file."""
    assert f"{row['articles_read']} articles published by then" in words, row
    assert f"{row['read_in_full']} read in full" in words, row
    looked = f"The issue was looked for in {row['looked_for']} of {row['articles_read']}"
    if row["looked_for"] == "0":
        looked = "No article was read for all that it says on the issue."
    assert looked in words, row


def _open(asked: Asked, name: Name) -> str:
    actor, issue, event = name
    cell = ".".join(filter(None, (actor, issue, event)))
    return f"compare/?bodies=0&{query(asked)}&actor={actor}&issue={issue}&open={cell}"


@pytest.mark.parametrize("by", ["issue", "actor"])
def test_timelines_say_what_the_file_says(record, by):
    """Of every position, whether it stands in a cell or not."""
    found = {}
    for slug in record.issues if by == "issue" else record.names:
        found |= {point.said.key: point.said for point in record.timeline(by, slug)}
    assert found == {key: one.without("condition") for key, one in record.positions.items()}


def test_what_happened_is_told_alike_on_the_page_of_an_issue_and_on_its_timeline(record):
    for issue in record.issues:
        listed, moves = read.of_changes(record.get(f"issues/{issue}/"))
        days = defaultdict(set)
        for point in record.timeline("issue", issue):
            if point.change:
                days[point.lane, read.plain(point.change)].add(point.said.said)
        assert listed.keys() == days.keys(), issue
        for step, when in listed.items():
            assert when in days[step], (issue, step)
        assert moves == sum(words.startswith("moved from") for _actor, words in listed)


def test_what_happened_is_told_alike_on_the_panels_of_an_actor_and_on_its_timeline(record):
    """But for being heard for the first time, which panels leave out."""
    told = defaultdict(set)
    for name, said in record.cells["", False].items():
        if said:
            told[name[:2]] |= read.of_trail(record.get(_open(("", False), name)))
    for actor in {actor for actor, _issue in told}:
        shown = defaultdict(set)
        for point in record.timeline("actor", actor):
            if point.change and not point.change.startswith("first heard"):
                shown[point.lane].add(point.change)
        assert shown == {
            issue: words for (who, issue), words in told.items() if who == actor and words
        }


def test_the_page_of_a_position_opens_the_cell_that_shows_it(record):
    """Of those that stand in a cell as of the day on which they had been said."""
    for key in ("p009", "p018", "p025", "p029", "p154"):
        [address] = [
            link
            for link in read.content_of(record.get(f"positions/{key}/")).xpath(".//a/@href")
            if "&open=" in link
        ]
        panel = read.of_panel(record.get(address.removeprefix(DOSSIER)))
        assert key in {one.key for one in panel.shown}, key


def test_feeds_say_what_the_file_says(record):
    found = {}
    for issue in record.issues:
        found |= read.of_feed(record.get(f"issues/{issue}/feed.atom"))
    assert found == record.positions
