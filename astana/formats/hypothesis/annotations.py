"""The annotations of a file of Hypothesis, whichever of its ways they were saved in."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from astana.formats.json_files import read_json, read_lines
from astana.formats.package import Trouble, Troubles, Unreadable
from astana.formats.placing import Words
from astana.formats.selectors import text_of, words_of

HEADER = ("URL", "Type", "Quote/description", "Comment", "Tags")
_MOST_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation; `kind` is one of `annotation`, `page note`, `reply`."""

    place: str
    one: str
    kind: str
    url: str
    title: str
    user: str
    text: str
    tags: tuple[str, ...]
    words: Words | None
    is_private: bool = False
    # Selectors that are of no text.
    others: tuple[str, ...] = ()
    group: str = ""
    made: str = ""
    is_flagged: bool = False
    has_links: bool = False


def annotations_in(content: bytes) -> list[Annotation]:
    """Return the annotations of a file; raises Unreadable."""
    start = content[:4_000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith((b"{", b"[")):
        return list(_of_table(content))
    troubles = Troubles()
    found: list[Annotation] = []
    seen: dict[str, str] = {}
    for place, told in _listed(content):
        if not isinstance(told, dict) or not isinstance(told.get("id"), str) or not told["id"]:
            troubles.add(
                place, "It is not an annotation: it has no id. Export the annotations again."
            )
            continue
        first = seen.setdefault(told["id"].casefold(), place)
        if first != place:
            troubles.add(place, f"{first} has the id {told['id'][:40]} too. Keep one of them.")
            continue
        try:
            found.append(_annotation(place, told))
        except (TypeError, AttributeError, KeyError, IndexError, ValueError):
            troubles.add(place, "It does not have the form of an annotation. Export it again.")
    troubles.refuse()
    return found


def _listed(content: bytes) -> list[tuple[str, Any]]:
    lines = content.strip().split(b"\n", 2)
    whole = lines[0].strip()
    if len(lines) > 1 and whole.startswith(b"{") and whole.endswith(b"}"):
        return [(f"line {number}", one) for number, one in read_lines(content, "lines")]
    told = read_json(content, "file")
    name, listed = "file", told
    if isinstance(told, dict):
        name = next((one for one in ("annotations", "rows") if one in told), "")
        listed = told[name] if name else [told]
    if not isinstance(listed, list):
        raise Unreadable([Trouble(name, "It is not a list of annotations. Begin it with [.")])
    return [(f"annotation {number}", one) for number, one in enumerate(listed, 1)]


def _annotation(place: str, told: dict[str, Any]) -> Annotation:
    targets = told.get("target") or [{}]
    selectors = targets[0].get("selector") or []
    words, others = words_of(place, selectors)
    document = told.get("document") or {}
    title = document.get("title") or ""
    kind = "reply" if told.get("references") else "annotation" if selectors else "page note"
    readers = (told.get("permissions") or {}).get("read") or []
    return Annotation(
        place=place,
        one=told["id"],
        kind=kind,
        url=text_of(told.get("uri") or targets[0].get("source")),
        title=text_of(title[0] if isinstance(title, list) and title else title or ""),
        user=text_of(told.get("user")).removeprefix("acct:").removesuffix("@hypothes.is"),
        text=text_of(told.get("text")),
        tags=tuple(map(text_of, told.get("tags") or ())),
        words=words,
        is_private=bool(readers) and all(text_of(one).startswith("acct:") for one in readers),
        others=tuple(others),
        group=text_of(told.get("group")),
        made=text_of(told.get("created")),
        is_flagged=bool(told.get("flagged")),
        has_links=bool(told.get("links")),
    )


def _of_table(content: bytes) -> Iterator[Annotation]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Unreadable([Trouble(f"line {line}", "This is not UTF-8. Save it again.")]) from error
    first = text.partition("\n")[0]
    mark = "\t" if "\t" in first else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        missing = [name for name in HEADER if name not in (reader.fieldnames or ())]
        if missing:
            reason = f"This is neither JSON nor a table of annotations: no column {missing[0]}."
            raise Unreadable([Trouble("line 1", reason)])
        for number, row in enumerate(reader, 1):
            if number > _MOST_ROWS:
                reason = f"The file has more than {_MOST_ROWS:,} rows. Split it."
                raise Unreadable([Trouble(f"row {number}", reason)])
            yield _of_row(number, {name: row.get(name) or "" for name in row if name})
    except csv.Error as error:
        raise Unreadable(
            [Trouble(f"line {reader.line_num}", f"This is not CSV: {error}.")]
        ) from error


def _of_row(number: int, row: dict[str, str]) -> Annotation:
    kind, quote = row["Type"].strip().casefold(), row["Quote/description"]
    words = Words(f"row {number}", exact=quote) if quote.strip() else None
    return Annotation(
        place=f"row {number}",
        one="",
        kind="annotation" if kind == "highlight" else kind,
        url=row["URL"],
        title="",
        user=row.get("Author", ""),
        text=row["Comment"],
        tags=tuple(row["Tags"].split(",")),
        words=words,
        group=row.get("Group", ""),
        made=row.get("Created at", ""),
    )
