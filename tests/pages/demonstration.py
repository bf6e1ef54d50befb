"""The demonstration dossier as its files tell it, cell by cell, and its pages."""

from collections import defaultdict

from django.http import HttpResponse
from django.test import Client

from astana.comparison.said import parse_said
from astana.models.said_words import said_words
from tests.exchange.packages import SEEDS
from tests.pages import said_of_cells as read
from tests.pages.said_of_cells import Cells, Name, Said

DOSSIER = f"/dossiers/{SEEDS.name}/"
# As of which day (of none: the default one), and whether first-hand only.
ASKED = [("", False), ("", True), ("2017-01-10", False), ("2017-01-24", True)]
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

    def table(self, asked: Asked, *, unfolded: bool = False) -> dict[Name, str]:
        """Return the words of each cell of the table; the notes are in unfolded rows alone."""
        address = f"compare/?bodies=0&unfold={int(unfolded)}&{query(asked)}&{self.everything}"
        return read.of_table(self.get(address))

    def of_cells(self, rows: list[dict[str, str]]) -> Cells:
        """Return what the rows of a file of a comparison say of each cell; nothing is silence."""
        found: dict[Name, list[dict[str, str]]] = defaultdict(list)
        for row in rows:
            found[name_of(row)] += [row] if row["position"] else []
        return {name: self.said(rows) for name, rows in found.items()}

    def _compare(self, asked: Asked) -> None:
        rows = self.rows(f"compare.csv?bodies=0&{query(asked)}&{self.everything}")
        self.cells[asked] = self.of_cells(rows)
        self.read[asked] = {row["issue"]: row for row in rows}
        self.whose[asked] = defaultdict(set)
        for row in rows:
            self.whose[asked][name_of(row)] |= {row["body"]} - {""}

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


def name_of(row: dict[str, str]) -> Name:
    """Return the cell that a row of a comparison is about."""
    return row["actor"], row["issue"], row["event"] if row["issue"] in OF_EVENT else ""


def _in_words(said: str) -> str:
    days = parse_said(said)
    return said_words(days.earliest, days.latest, said)
