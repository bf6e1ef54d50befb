"""RIS: lists of references, as Zotero, EndNote and many databases write them."""

import re
from collections.abc import Iterator
from string import ascii_uppercase, digits

import rispy

from astana.formats.articles.days import day_in
from astana.formats.articles.entry import Entry
from astana.formats.package import Troubles
from astana.intake.encodings import decode
from astana.intake.plain import characters

_TAGS = [first + second for first in ascii_uppercase for second in ascii_uppercase + digits]
_EDGE = re.compile("(TY|ER)  -")
_KINDS = {"NEWS": "newspaper", "MGZN": "magazine"}
_TITLES = ("TI", "T1", "CT")
_AUTHORS = ("AU", "A1")
_SOURCES = ("T2", "JO", "JF", "JA", "PB")
_DATES = ("DA", "Y1", "PY")
_USED = {*_TITLES, *_AUTHORS, *_SOURCES, *_DATES, "UR", "LA", "TY", "ER"}


def entries_in(content: bytes) -> Iterator[Entry]:
    """Yield the entries of a file; raises Unreadable with the lines that are wrong."""
    text, warnings = decode(content)
    text = characters(text.removeprefix("\ufeff"))
    places = _places(text)
    records = rispy.loads(
        text,
        mapping={tag: tag for tag in _TAGS},
        # What stands in several lines is a list of them.
        list_tags=_TAGS,
        delimiter_tags_mapping={},
        skip_unknown_tags=True,
    )
    for line, record in zip(places, records, strict=True):
        yield _entry(f"line {line}", record, warnings)


def _places(text: str) -> list[int]:
    """Return the lines in which entries begin; raises Unreadable where one has no end."""
    troubles, is_open = Troubles(), False
    places: list[int] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not (found := _EDGE.match(line)):
            continue
        if found[1] == "TY":
            if is_open:
                reason = f"The entry of line {places[-1]} has no end. Add a line “ER  - ” before."
                troubles.add(f"line {number}", reason)
            places.append(number)
        is_open = found[1] == "TY"
    if is_open:
        reason = "The entry has no line “ER  - ”: the file is cut off. Export it again."
        troubles.add(f"line {places[-1]}", reason)
    troubles.refuse()
    return places


def _entry(place: str, record: dict[str, list[str] | str], warnings: tuple[str, ...]) -> Entry:
    values = {
        tag: [line for line in (value if isinstance(value, list) else [value]) if line]
        for tag, value in record.items()
    }

    def first(tags: tuple[str, ...]) -> str:
        return next((" ".join(values[tag]) for tag in tags if values.get(tag)), "")

    dated = first(_DATES)
    addresses = values.get("UR", [])
    entry = Entry(
        place=place,
        title=first(_TITLES),
        byline="; ".join(next((values[tag] for tag in _AUTHORS if values.get(tag)), [])),
        source=first(_SOURCES),
        source_kind=_KINDS.get(first(("TY",)), "other"),
        published=day_in(dated.rstrip("/")),
        dated=dated,
        url=addresses[0] if addresses else "",
        language=first(("LA",)),
        further={
            tag: " ".join(lines) for tag, lines in values.items() if lines and tag not in _USED
        },
        warnings=warnings,
    )
    if len(addresses) > 1:
        entry.further["further addresses"] = addresses[1]
    return entry
