"""What a project (.qdpx) says: its codes, texts, passages and what is told of them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import lxml.etree

from astana.formats.folders import Folder
from astana.formats.names import name_of
from astana.formats.package import Losses, Trouble, Troubles, Unreadable
from astana.formats.refi.codes import Code, Sets, codes_in
from astana.formats.refi.told import parted
from astana.formats.refi.xml import (
    Guids,
    children,
    lose_looks_and_moments,
    name_of_tag,
    parts_of,
    place_of,
    plain_guid,
    text_in,
)

NAMESPACE = "urn:QDA-XML:project"
_FILE = "project.qde"
_SOURCES = ("TextSource", "PDFSource", "PictureSource", "AudioSource", "VideoSource")
_MOST_NUMBER = 2**31


@dataclass(slots=True)
class Coding:
    """A code that a passage, or a whole text, was given."""

    code: str
    coder: str
    line: int


@dataclass(slots=True, eq=False)
class Selection:
    """A passage as the file has it."""

    guid: str
    place: str
    name: str
    start: int
    end: int
    text: str
    told: dict[str, str] | None
    codings: list[Coding]
    notes: list[str]


@dataclass(slots=True)
class Source:
    """A text with its passages. `variables` are by name in small letters once all is read."""

    guid: str
    place: str
    name: str
    words: str
    has_mark: bool
    text: str
    told: dict[str, str] | None
    codings: list[Coding]
    variables: dict[str, str]
    selections: list[Selection]


@dataclass(slots=True)
class Project:
    """A project. `notes` are the texts of notes by their GUIDs, `users` names."""

    name: str = ""
    text: str = ""
    codes: list[Code] = field(default_factory=list)
    sets: Sets = field(default_factory=Sets)
    users: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)
    # The codes and names of the cases that a source is of.
    cases: dict[str, list[tuple[str, list[str]]]] = field(default_factory=dict)


def project_of(content: bytes, losses: Losses) -> Project:
    """Return what a project says; raises Unreadable. What is not read goes to the losses."""
    return _Reader(Folder(content), losses).read()


class _Reader:
    """Reads a project part by part, in whatever order these are."""

    def __init__(self, folder: Folder, losses: Losses) -> None:
        self._folder = folder
        self._losses = losses
        self._troubles = Troubles()
        self._guids = Guids(self._troubles, _FILE)
        self._names = {name.casefold(): name for name in folder.names}
        self._variables: dict[str, str] = {}
        # What variables of cases say, by the source that these are of.
        self._cases: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._links: list[tuple[str, str, str]] = []
        self._project = Project()

    def read(self) -> Project:
        found = [name for name in self._folder.names if name.casefold().endswith(".qde")]
        if len(found) != 1:
            count = "no file" if not found else "more than one file"
            reason = f"There is {count} that ends in .qde in the zip. Export the project again."
            raise Unreadable([Trouble("zip", reason)])
        content = self._folder.read(found[0])
        for part in parts_of(content, place=found[0], is_a="Project", namespace=NAMESPACE):
            self._part(part)
        self._put_together()
        self._troubles.refuse()
        return self._project

    def _part(self, part: Any) -> None:
        lose_looks_and_moments(part, self._losses)
        project, name = self._project, part.get("name") or ""
        match name_of_tag(part):
            case "Project":
                project.name = name
            case "Description":
                project.text = "".join(part.itertext())
            case "User":
                project.users[self._guids.of(part)] = name_of(name or part.get("id") or "")
            case "Codes":
                codes = children(part, "Code")
                project.codes += codes_in(codes, self._guids, self._troubles, _FILE)
            case "Variable":
                self._variables[self._guids.of(part)] = name.strip().casefold()
            case "Case":
                self._case(part, name)
            case "Note":
                project.notes[self._guids.of(part)] = self._words(part)[0].strip()
            case "Link":
                origin, target = part.get("originGUID"), part.get("targetGUID")
                self._links.append((plain_guid(origin), plain_guid(target), name))
            case "Set":
                project.sets.add(part)
            case "Graph":
                self._losses.lose("graphs", name)
            case kind if kind in _SOURCES:
                self._source(part)

    def _put_together(self) -> None:
        """Resolve what parts say of one another."""
        project = self._project
        known = {one.guid for top in project.codes for one in (top, *top.all_below())}
        linked, used = self._linked(), set()
        for source in project.sources:
            values = self._cases.get(source.guid, {}) | source.variables
            named = {self._variables.get(guid, ""): value for guid, value in values.items()}
            source.variables = {name: value for name, value in named.items() if name}
            codings = list(source.codings)
            for one in source.selections:
                notes = [guid for guid in (*one.notes, *linked[one.guid]) if guid in project.notes]
                used.update(notes)
                one.notes = [project.notes[guid] for guid in dict.fromkeys(notes)]
                codings += one.codings
            for coding in codings:
                if coding.code not in known:
                    reason = f"There is no code {coding.code[:40]}. Delete the coding."
                    self._troubles.add(f"{_FILE}, line {coding.line}, CodeRef", reason)
        for guid, text in project.notes.items():
            if guid not in used:
                self._losses.lose("notes that belong to no passage", text[:60])

    def _linked(self) -> defaultdict[str, list[str]]:
        """Return the notes that links lead to from what they are of."""
        linked: defaultdict[str, list[str]] = defaultdict(list)
        for origin, target, name in self._links:
            if (origin in self._project.notes) == (target in self._project.notes):
                self._losses.lose("links", name)
            elif origin in self._project.notes:
                linked[target].append(origin)
            else:
                linked[origin].append(target)
        return linked

    def _case(self, element: Any, name: str) -> None:
        values = self._values(element)
        codes = [plain_guid(ref.get("targetGUID")) for ref in children(element, "CodeRef")]
        sources = [plain_guid(ref.get("targetGUID")) for ref in children(element, "SourceRef")]
        if not sources:
            self._losses.lose("cases without a text", name)
        passages = sum(1 for _ref in children(element, "SelectionRef"))
        self._losses.lose("links from cases to their passages", name, count=passages)
        for guid in sources:
            self._cases[guid] |= values
            self._project.cases.setdefault(guid, []).append((name, codes))

    @staticmethod
    def _values(element: Any) -> dict[str, str]:
        """Return what the variables of an element say, by their GUIDs."""
        values = {}
        for one in children(element, "VariableValue"):
            guid, text = "", ""
            for part in one.iterchildren(lxml.etree.Element):
                if name_of_tag(part) == "VariableRef":
                    guid = plain_guid(part.get("targetGUID"))
                else:
                    text = text or "".join(part.itertext()).strip()
            if text:
                values[guid] = text
        return values

    def _source(self, element: Any) -> None:
        kind = name_of_tag(element)
        name = element.get("name", "")
        if kind not in ("TextSource", "PDFSource"):
            self._losses.lose("pictures, audio and video", name)
            self._lose_passages(element, name)
            return
        guid = self._guids.of(element)
        holder = element
        if kind == "PDFSource":
            holder = next(children(element, "Representation"), None)
            for one in children(element, "PDFSelection"):
                self._losses.lose("passages on the pages of a PDF", one.get("name", ""))
        words, has_mark = self._words(holder) if holder is not None else ("", False)
        if not words.strip():
            self._losses.lose("sources without text", name)
            self._lose_passages(element, name)
            return
        text, told = parted(text_in(element, "Description"))
        selections: list[Selection] = []
        for holding in {id(one): one for one in (element, holder)}.values():
            for one in children(holding, "PlainTextSelection"):
                selections += self._selection(one)
        self._project.sources.append(
            Source(
                guid,
                place_of(element, _FILE),
                name,
                words,
                has_mark,
                text,
                told,
                self._codings(element),
                self._values(element),
                selections,
            )
        )

    def _lose_passages(self, element: Any, name: str) -> None:
        count = sum(
            name_of_tag(one).endswith("Selection")
            for one in element.iterdescendants(lxml.etree.Element)
        )
        self._losses.lose("passages of lost sources", name, count=count)

    def _selection(self, element: Any) -> Iterator[Selection]:
        guid, place = self._guids.of(element), place_of(element, _FILE)
        numbers = []
        for name in ("startPosition", "endPosition"):
            said = (element.get(name) or "").strip()
            if not re.fullmatch("[0-9]{1,10}", said, re.ASCII) or int(said) > _MOST_NUMBER:
                self._troubles.add(
                    place, f"{name} is “{said[:20]}”, which is not a place. Correct it."
                )
                return
            numbers.append(int(said))
        if numbers[0] > numbers[1]:
            reason = f"It runs from {numbers[0]} to {numbers[1]}. Delete the passage."
            self._troubles.add(place, reason)
            return
        holders = (element, *children(element, "Coding"))
        refs = [ref for one in holders for ref in children(one, "NoteRef")]
        text, told = parted(text_in(element, "Description"))
        yield Selection(
            guid,
            place,
            element.get("name") or "",
            numbers[0],
            numbers[1],
            text,
            told,
            self._codings(element),
            [plain_guid(one.get("targetGUID")) for one in refs],
        )

    @staticmethod
    def _codings(element: Any) -> list[Coding]:
        """Return the codes that an element was given."""
        found = []
        for one in children(element, "Coding"):
            coder = plain_guid(one.get("creatingUser") or element.get("creatingUser"))
            for ref in children(one, "CodeRef"):
                code = plain_guid(ref.get("targetGUID"))
                found.append(Coding(code, coder, ref.sourceline))
        return found

    def _words(self, element: Any) -> tuple[str, bool]:
        """Return the words of a text, and whether a byte order mark stood before them."""
        if next(children(element, "PlainTextContent"), None) is not None:
            words = text_in(element, "PlainTextContent")
            return words.removeprefix("\ufeff"), words.startswith("\ufeff")
        path = element.get("plainTextPath")
        if not path:
            return "", False
        place = place_of(element, _FILE)
        scheme, mark, name = path.partition("://")
        if mark and scheme.casefold() != "internal":
            self._losses.lose("texts outside the file", path[:60])
            return "", False
        file = name if mark else path
        possible = (f"sources/{file}".casefold(), file.casefold())
        there = next((self._names[one] for one in possible if one in self._names), None)
        if there is None:
            self._troubles.add(place, f"{file[:80]} is not in the zip. Export the project again.")
            return "", False
        content = self._folder.read(there)
        wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
        try:
            words = content.decode("utf-16" if wide else "utf-8")
        except UnicodeDecodeError:
            self._troubles.add(place, f"{file[:80]} is not UTF-8. Export the project again.")
            return "", False
        if "\0" in words:
            self._troubles.add(
                place, f"{file[:80]} contains a NUL character. Delete it from the text."
            )
        return words.removeprefix("\ufeff"), wide or words.startswith("\ufeff")
