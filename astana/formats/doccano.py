"""doccano: texts with labelled spans and relations, as JSON lines; in."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from astana.formats.choices import choices_of
from astana.formats.coded import Codings
from astana.formats.folders import Folder
from astana.formats.json_files import read_lines
from astana.formats.package import Format, Package, Read, Trouble, Unreadable
from astana.formats.placing import Words
from astana.formats.regions import OPTIONS, Marked, Marking, Region, about_in
from astana.formats.selectors import text_of

_SHAPELESS = (TypeError, AttributeError, KeyError, IndexError, ValueError)
_COLUMNS = ("id", "text", "data", "entities", "label", "labels", "relations", "Comments")
_ALL = ("all", "admin", "unknown")


def read(content: bytes, options: Mapping[str, str], there: Package) -> Read:
    """Return the rows of a dossier that labelled texts make; raises Unreadable."""
    choices = choices_of(options, prefix="doccano", roles="", coder="")
    codings = Codings(there, choices)
    marking = Marking(codings)
    for file, coder, lines in _files(content):
        seen: dict[str, int] = {}
        for number, told in lines:
            place = f"{file}line {number}"
            try:
                one = str(told["id"]) if "id" in told else str(number)
                if seen.setdefault(one, number) != number:
                    codings.troubles.add(place, f"Line {seen[one]} has the same id. Keep one.")
                    continue
                _read_text(place, one, told, coder, codings, marking)
            except _SHAPELESS:
                reason = "It does not have the form of a labelled text. Export it again as JSONL."
                codings.troubles.add(place, reason)
    codings.finish()
    losses = codings.losses.listed()
    return Read(codings.package, losses, choices.named, notes=tuple(codings.notes))


def _files(content: bytes) -> Iterator[tuple[str, str, list[tuple[int, Any]]]]:
    """Yield what messages call each file, whose it is, and its lines."""
    if not content.startswith(b"PK"):
        yield "", "", read_lines(content, "file")
        return
    folder = Folder(content)
    names = [name for name in folder.names if name.endswith((".jsonl", ".json"))]
    if not names:
        raise Unreadable([Trouble("zip", "It contains no file of JSON lines. Export as JSONL.")])
    for name in names:
        coder = name.rpartition("/")[2].rpartition(".")[0]
        lines = read_lines(folder.read(name), name)
        yield f"{name}, ", "" if coder in _ALL else coder, lines


def _read_text(
    place: str,
    one: str,
    told: Mapping[str, Any],
    coder: str,
    codings: Codings,
    marking: Marking,
) -> None:
    text = text_of(told.get("text", told.get("data")))
    about = about_in(told, codings.losses, place, known=_COLUMNS)
    article = codings.article(place, one, about, text)
    codings.losses.lose("comments", place, count=len(told.get("Comments") or ()))
    listed = told.get("entities", told.get("label", told.get("labels"))) or []
    spans: dict[str, tuple[int, int, list[str]]] = {}
    whole: list[str] = []
    for span in listed:
        if isinstance(span, str):
            whole.append(span)
        elif isinstance(span, dict):
            start, end = span["start_offset"], span["end_offset"]
            spans[str(span["id"])] = start, end, [text_of(span["label"])]
        else:
            start, end, label = span
            spans.setdefault(f"{start}-{end}", (start, end, []))[2].append(text_of(label))
    regions = [Region("text", None, "", whole)] if whole else []
    for name, (start, end, labels) in spans.items():
        where = f"{place}, label {name}"
        if type(start) is not int or type(end) is not int:
            raise TypeError(f"{start!r} and {end!r} are not places")
        if _cuts(text, start) or _cuts(text, end):
            reason = "It cuts a character in two: does the project count graphemes? Turn that off."
            codings.troubles.add(where, reason)
        words = Words(where, start=start, end=end)
        regions.append(Region(name, words, text[start:end], labels))
    relations = told.get("relations") or ()
    key = (codings.choices.named["prefix"], coder, one)
    for relation in relations:
        if name := relation.get("type"):
            codings.losses.lose("names of relations", str(name)[:40])
    joined = [(str(one["from_id"]), str(one["to_id"])) for one in relations]
    marking.add(Marked(place, article, key, regions, joined, coder))


def _cuts(text: str, at: int) -> bool:
    """Return whether a place is in the middle of what a reader takes for one character."""
    if not 0 < at < len(text):
        return False
    is_mark = (
        unicodedata.category(text[at]) in ("Mn", "Me") or "\U0001f3fb" <= text[at] <= "\U0001f3ff"
    )
    return is_mark or "\u200d" in (text[at], text[at - 1])


FORMAT = Format(
    "doccano",
    "doccano (JSON lines, or a zip of them)",
    read_beside=read,
    options=OPTIONS,
    takes_folders=True,
    endings=("jsonl", "json", "zip"),
)
