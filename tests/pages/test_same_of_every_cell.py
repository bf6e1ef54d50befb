"""All pages and files say the same of the same cell: every cell of the demonstration dossier.

A cell is an actor on an issue, of one event where the issue is asked of each. What the file of the
comparison says of it, as of three days, with and without what is second-hand, is compared with
what a reader sees on the other pages. A page is fetched for a day only where the file says
something new: what is the same on two days is the same page.
"""

import json
import re
from collections import defaultdict
from io import StringIO
from itertools import product

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from astana.comparison.said import parse_said
from astana.models.said_words import said_words
from tests.a_large_dossier import made_once
from tests.exchange.packages import SEEDS
from tests.pages import said_of_cells as read
from tests.pages.said_of_cells import Cells, Name, Said

pytestmark = pytest.mark.django_db

DOSSIER = f"/dossiers/{SEEDS.name}/"
# As of which day (of none: the default one), and whether first-hand only.
ASKED = list(product(("", "2017-01-10", "2017-01-24"), (False, True)))
Asked = tuple[str, bool]
# What is asked of each event.
OF_EVENT = {"direct-talks"}


class Record:
    """The demonstration dossier as its pages and files tell it; each is fetched once."""

    def __init__(self) -> None:
        self.client = Client()
        self.answers: dict[str, HttpResponse] = {}
        actors, issues, events = (
            self.rows(f"{noun}.csv") for noun in ("actors", "issues", "events")
        )
        self.names = {row["actor"]: row["name"] for row in actors}
        self.actors = {name: slug for slug, name in self.names.items()}
        self.issues = {row["issue"]: row["title"] for row in issues}
        self.events = {row["name"]: row["event"] for row in events}
        self.everything = "&".join(
            [f"actor={slug}" for slug in self.names] + [f"issue={slug}" for slug in self.issues]
        )
        self.cells: dict[Asked, Cells] = {}
        # By issue, what was read for it by a day.
        self.read: dict[Asked, dict[str, dict[str, str]]] = {}
        self.of_position = {row["key"]: row for row in self.rows("positions.csv")}
        self.positions = {one.key: one for one in self.said(list(self.of_position.values()))}
        # Who has a position of their own; others are not listed by issue.
        self.parties = {row["actor"] for row in self.of_position.values()}
        self.whose: dict[Asked, dict[Name, set[str]]] = {}
        for asked in ASKED:
            self._compare(asked)

    def get(self, address: str):
        """Return the answer of a page of the dossier, asked for once."""
        if address not in self.answers:
            self.answers[address] = self.client.get(DOSSIER + address)
        return self.answers[address]

    def rows(self, address: str) -> list[dict[str, str]]:
        """Return the rows of a file."""
        return read.rows_of_file(self.client.get(DOSSIER + address))

    def timeline(self, by: str, slug: str) -> list[read.Point]:
        """Return the rows of the timeline of an issue or of an actor."""
        return read.of_timeline(self.get(f"timeline/?by={by}&{by}={slug}"))

    def said(self, rows: list[dict[str, str]]) -> list[Said]:
        """Return what rows of a file say."""
        return read.of_file(rows, _in_words, self.names)

    def table(self, asked: Asked) -> dict[Name, str]:
        """Return the words of each cell of the table."""
        address = f"compare/?bodies=0&{query(asked)}&{self.everything}"
        return read.of_table(self.get(address))

    def of_cells(self, rows: list[dict[str, str]]) -> Cells:
        """Return what the rows of a file of a comparison say of each cell; nothing is silence."""
        found: dict[Name, list[dict[str, str]]] = defaultdict(list)
        for row in rows:
            found[_name(row)] += [row] if row["position"] else []
        return {name: self.said(rows) for name, rows in found.items()}

    def _compare(self, asked: Asked) -> None:
        rows = self.rows(f"compare.csv?bodies=0&{query(asked)}&{self.everything}")
        self.cells[asked] = self.of_cells(rows)
        self.read[asked] = {row["issue"]: row for row in rows}
        self.whose[asked] = defaultdict(set)
        for row in rows:
            self.whose[asked][_name(row)] |= {row["body"]} - {""}

    def by_issue(self, asked: Asked, issue: str, *events: str) -> Cells:
        """Return the cells of an issue as the pages have them that list who stands where.

        What a person said for another actor stands under that actor there.
        """
        return {
            name: said
            for name, said in self.cells[asked].items()
            if name[0] in self.parties
            and name[1] == issue
            and (not events or name[2] in events)
            and self.whose[asked][name] <= {name[0]}
        }

    def by_actor(self, asked: Asked, actor: str) -> Cells:
        """Return the cells of an actor as its page has them: silent on issues, not on events."""
        own = {name: said for name, said in self.cells[asked].items() if name[0] == actor}
        heard = {name: said for name, said in own.items() if said}
        issues = {issue for _actor, issue, _event in heard}
        return heard | {(actor, name[1], ""): [] for name in own if name[1] not in issues}

    def new(self, at: int, *, first_hand: bool = True) -> list[tuple[Asked, str]]:
        """Return what to fetch of each actor (`at` 0) or issue (1): no page that says the same.

        Without `first_hand`, of pages that have no such choice.
        """
        seen, found = set(), []
        for asked in ASKED:
            if asked[1] > first_hand:
                continue
            of: dict[str, dict[Name, list[Said]]] = defaultdict(dict)
            for name, said in self.cells[asked].items():
                of[name[at]][name] = said
            for slug, cells in of.items():
                says = (slug, str(sorted(cells.items())))
                if says not in seen:
                    seen.add(says)
                    found.append((asked, slug))
        return found


def query(asked: Asked) -> str:
    """Return the parameters for a day and for first-hand only."""
    day, first_hand = asked
    return "&".join(([f"as_of={day}"] if day else []) + (["first_hand=1"] if first_hand else []))


def _name(row: dict[str, str]) -> Name:
    return row["actor"], row["issue"], row["event"] if row["issue"] in OF_EVENT else ""


def _in_words(said: str) -> str:
    days = parse_said(said)
    return said_words(days.earliest, days.latest, said)


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
        assert ("No stated position" in words) == (not said), name


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
    """Once for each thing that a cell says on any of the days."""
    seen = set()
    for asked in ASKED:
        for name, said in record.cells[asked].items():
            if not said or (name, str(said)) in seen:
                continue
            seen.add((name, str(said)))
            panel = read.of_panel(record.get(_open(asked, name)))
            # Others of the same day and stance are there to be traced.
            assert panel.shown[: len(said)] == said, (asked, name)
            assert {one.stance for one in panel.shown} == {one.stance for one in said}, name
            assert any(flag.startswith("Two voices") for flag in panel.flags) == (len(said) > 1)
            assert not panel.silence
            for one in said:
                row, notes = record.of_position[one.key], panel.notes[one.key]
                assert all(note in record.table(asked)[name] for note in notes), name
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
