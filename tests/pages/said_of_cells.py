"""What the pages say of a cell, as a reader sees it: read from their answers, in one shape."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree, html

# The words for how we know of what is first-hand, in lines, in tables and in files.
HOW = {
    "quoted": "direct-quote",
    "direct quote": "direct-quote",
    "reported": "reported-speech",
    "reported speech": "reported-speech",
    "in a document": "document",
    "document": "document",
    "by an act": "act",
    "act": "act",
    "characterised": "characterised",
    "characterised by the source": "characterised",
}

# What happened to a cell and is told without the stance on some pages.
NAMED_ALONE = ("the condition changed", "now heard first-hand")

# An actor, an issue, and the event where the issue is asked of each.
Name = tuple[str, str, str]


@dataclass(frozen=True, order=True)
class Said:
    """What is said of one position in a cell; what a page does not tell is None."""

    stance: str
    said: str | None
    how: str | None
    is_disputed: bool
    condition: str | None
    key: str | None = None

    def without(self, *names: str) -> "Said":
        """Return the same without what another page does not tell."""
        return Said(
            **{name: None if name in names else value for name, value in vars(self).items()}
        )


Cells = dict[Name, list[Said]]


def how_of(words: str) -> str:
    """Return how we know, whichever words a page has for it; who attributes it stays in words."""
    words = words.lower()
    return HOW.get(words, words)


def words_in(element: Any) -> str:
    """Return the words of an element, in one line."""
    return " ".join(element.text_content().split())


def of_class(element: Any, name: str) -> list[Any]:
    """Return the elements of a class within another one, in order."""
    within = "concat(' ', normalize-space(@class), ' ')"
    return element.xpath(f".//*[contains({within}, ' {name} ')]")


def content_of(response: Any) -> Any:
    """Return the parsed main part of a page."""
    assert response.status_code == 200
    return html.fromstring(response.content.decode()).xpath("//main")[0]


def rows_of_file(response: Any) -> list[dict[str, str]]:
    """Return the rows of a file of values separated by commas."""
    content = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(content)))


def name_in(address: str, noun: str) -> str:
    """Return the short name that an address of a noun ends with."""
    return re.search(rf"/{noun}/([-\w]+)/", address)[1]


def _link(element: Any, noun: str) -> Any:
    return element.xpath(f".//a[contains(@href, '/{noun}/')]")[0]


def _condition(element: Any) -> str:
    found = of_class(element, "condition")
    return words_in(found[0]).removeprefix("If: ") if found else ""


def _flags(element: Any) -> set[str]:
    return {words_in(flag) for flag in of_class(element, "flag")}


def of_table(response: Any) -> dict[Name, str]:
    """Return the words of each cell of the compare table."""
    found = {}
    for cell in content_of(response).xpath("//td[.//*[starts-with(@id, 'c-')]]"):
        name = cell.xpath(".//*[starts-with(@id, 'c-')]/@id")[0].removeprefix("c-")
        for who in of_class(cell, "who"):
            who.drop_tree()
        found[(*name.split("."), "")[:3]] = words_in(cell)
    return found


def of_issue(response: Any, issue: str, events: dict[str, str]) -> tuple[Cells, set[Name]]:
    """Return the cells of an issue's page, and those that it shows as two voices.

    `events` are short names by name.
    """
    cells: Cells = {}
    two_voices = set()
    event = ""
    for part in content_of(response).xpath(".//div[@id='content']/*"):
        # Where there is no event, the heading is for those who hear the page.
        if part.tag == "h2" and "visually-hidden" not in part.get("class", ""):
            event = events[words_in(part)]
        for lane in of_class(part, "lane"):
            stance = words_in(lane.xpath("./h3")[0])
            for line in of_class(lane, "standing"):
                name = (name_in(line.xpath("./a/@href")[0], "actors"), issue, event)
                position, how = _link(line, "positions"), of_class(line, "meta")[1]
                cells.setdefault(name, []).append(
                    Said(
                        stance=stance,
                        said=words_in(position),
                        how=how_of(words_in(how[0])),
                        is_disputed="disputed" in _flags(how),
                        condition=_condition(line),
                        key=name_in(position.get("href"), "positions"),
                    )
                )
                if "two voices" in _flags(how):
                    two_voices.add(name)
        if "silent-list" in part.get("class", ""):
            for silent in part.xpath(".//a/@href"):
                cells[name_in(silent, "actors"), issue, event] = []
    return cells, two_voices


def of_actor(response: Any, actor: str, events: dict[str, str]) -> tuple[Cells, set[Name]]:
    """Return the cells of an actor's page, and those that it shows as two voices."""
    cells: Cells = {}
    two_voices = set()
    content = content_of(response)
    for held in content.xpath(".//ul[contains(@class, 'held')]/li"):
        head = held.xpath("./h3")[0]
        event = events[words_in(head[1])] if len(head) > 1 else ""
        name = (actor, name_in(head.xpath("./a/@href")[0], "issues"), event)
        cells[name] = [_headline(line) for line in held.xpath("./div")]
        if any(flag.startswith("Two voices") for flag in _flags(held)):
            two_voices.add(name)
    for silent in content.xpath(".//ul[contains(@class, 'silences')]//a/@href"):
        cells[actor, name_in(silent, "issues"), ""] = []
    return cells, two_voices


def _headline(line: Any) -> Said:
    said, how = of_class(line, "meta")[0][:2]
    return Said(
        stance=words_in(of_class(line, "stance")[0]),
        said=words_in(said),
        how=how_of(words_in(how)),
        is_disputed="disputed" in _flags(line),
        condition=_condition(line),
        key=name_in(_link(line, "positions").get("href"), "positions"),
    )


def of_common_ground(
    response: Any, events: dict[str, str], actors: dict[str, str]
) -> Iterator[tuple[str, str, Cells]]:
    """Yield the issue, the event and the cells of each card of common ground.

    Of a first-hand position it does not say how we know, and of none when it was said; `actors`
    are short names by name.
    """
    for card in of_class(content_of(response), "ground"):
        head = of_class(card, "ground-head")[0].xpath("./h2")[0]
        event = events[words_in(head[1])] if len(head) > 1 else ""
        issue = name_in(head.xpath("./a/@href")[0], "issues")
        cells: Cells = {}
        for line in of_class(card, "held-by"):
            actor = actors[words_in(line.xpath(".//bdi")[0])]
            marks = _flags(line)
            how = next((how_of(mark) for mark in marks - {"disputed"}), None)
            cells.setdefault((actor, issue, event), []).append(
                Said(
                    stance=words_in(of_class(line, "stance")[0]),
                    said=None,
                    how=how,
                    is_disputed="disputed" in marks,
                    condition=_condition(line),
                )
            )
        silent = of_class(card, "ground-silent")
        for name in words_in(silent[0].xpath("./p")[0]).split(", ") if silent else ():
            cells[actors[name], issue, event] = []
        yield issue, event, cells


@dataclass(frozen=True)
class Panel:
    """What the evidence panel shows, by key its notes, its flags, and its words on a silence."""

    shown: list[Said]
    notes: dict[str, list[str]]
    flags: set[str]
    silence: str


def of_panel(response: Any) -> Panel:
    """Return what the evidence panel of the open cell says."""
    panel = content_of(response).xpath("//aside[@id='evidence']")[0]
    shown, notes = [], {}
    for voice in panel.xpath("./section[contains(@class, 'voice')]"):
        facts = dict(zip(voice.xpath(".//dt"), voice.xpath(".//dd"), strict=True))
        of = {words_in(name): words_in(value) for name, value in facts.items()}
        how, *noted = of["Voice"].split(" · ")
        key = name_in(voice.xpath(".//p[@class='actions']/a/@href")[-1], "positions")
        notes[key] = noted
        shown.append(
            Said(
                stance=words_in(of_class(voice, "stance")[0]),
                said=of["Said"].partition(",")[0],
                how=how_of(how),
                is_disputed=any(flag.startswith("Disputed: it") for flag in _flags(voice)),
                condition=_condition(voice),
                key=key,
            )
        )
    silence = of_class(panel, "silence")
    flags = {words_in(flag) for flag in panel.xpath("./p[contains(@class, 'flag')]")}
    return Panel(shown, notes, flags, words_in(silence[0]) if silence else "")


@dataclass(frozen=True)
class Point:
    """A row of a timeline: what it says of its position, on which lane, and what happened there."""

    said: Said
    lane: str
    change: str


def of_timeline(response: Any) -> list[Point]:
    """Return the rows of a timeline; none where it says that there is no position."""
    found = []
    for row in content_of(response).xpath(".//tbody/tr"):
        when, stance, position, voice = row.xpath("./td")
        change = stance.xpath("./p[contains(@class, 'muted')]")
        said = Said(
            stance=words_in(of_class(stance, "stance")[0]),
            said=words_in(when),
            how=how_of(words_in(voice)),
            is_disputed="disputed" in _flags(stance),
            condition=None,
            key=name_in(position.xpath("./a/@href")[0], "positions"),
        )
        lane = row.xpath("./th/a/@href")[0].rstrip("/").rpartition("/")[2]
        found.append(Point(said, lane, words_in(change[0]) if change else ""))
    return found


def of_trail(response: Any) -> set[str]:
    """Return what happened to the open cell, as its panel tells it."""
    panel = content_of(response).xpath("//aside[@id='evidence']")[0]
    found = set()
    for step in of_class(panel, "trail")[0].xpath("./li"):
        _when, *further = of_class(step, "muted")
        found |= {words_in(words) for words in further if not words.xpath("./bdi")}
    return found


def of_changes(response: Any) -> tuple[dict[tuple[str, str], str], int]:
    """Return when what happened to whom, as the page of an issue tells it, and how many moves."""
    section = content_of(response).xpath(".//section[h2='What changed when']")[0]
    found = {}
    for step in of_class(section, "trail")[0].xpath("./li[span]"):
        when, words = step.xpath("./span")
        actor = words.xpath("./a")[0]
        told = words_in(words).removeprefix(words_in(actor))
        found[name_in(actor.get("href"), "actors"), plain(told)] = words_in(when).partition(" · ")[
            0
        ]
    counted = re.match(r"\d+", words_in(section.xpath("./p")[0])) if found else None
    return found, int(counted[0]) if counted else 0


def plain(told: str) -> str:
    """Return what is told to have happened, without how a page sets off stances and sentences."""
    words = re.sub("[“”:;,]", " ", told).replace("at second hand", "")
    words = " ".join(words.split()).removeprefix("with ")
    kinds = (kind for kind in NAMED_ALONE if words.startswith(kind))
    return next(kinds, words)


def of_feed(response: Any) -> dict[str, Said]:
    """Return what each entry of a feed says of its position, by key."""
    found = {}
    for entry in etree.fromstring(response.content).iter("{*}entry"):
        key = name_in(entry.find("{*}id").text, "positions")
        title, words = entry.find("{*}title").text, entry.find("{*}summary").text
        when = re.search(r"Said: (.*?) \((.*)\)\.", words)
        condition = re.search(r" If: (.*) Said: ", words)
        stance = title.rpartition(": ")[2]
        found[key] = Said(
            stance=stance.removesuffix(" (disputed)"),
            said=when[1],
            how=how_of(when[2]),
            is_disputed=stance.endswith(" (disputed)"),
            condition=condition[1] if condition else "",
            key=key,
        )
    return found


def of_file(
    rows: list[dict[str, str]], said_words: Callable[[str], str], names: dict[str, str]
) -> list[Said]:
    """Return what rows of a file say; `said_words` tells a date in words, `names` are of actors."""
    return [
        Said(
            stance=row["stance_label"],
            said=said_words(row["said"]),
            how=_how_in_file(row, names),
            is_disputed=row["disputed"] == "true",
            condition=row["condition"],
            key=row.get("position") or row["key"],
        )
        for row in rows
    ]


def _how_in_file(row: dict[str, str], names: dict[str, str]) -> str:
    if row["voice"] != "attributed":
        return row["voice"]
    by, speaker = names[row["attributed_by"]], names.get(row["speaker"], "")
    verb = "said for it" if row["authority"] == "for-actor" else "attributed"
    return f"{verb} by {f'{speaker}, for {by}' if speaker else by}".lower()
