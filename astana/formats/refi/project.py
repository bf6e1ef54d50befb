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
from astana.formats.refi.codes import Code, codes_in
from astana.formats.refi.told import parted
from astana.formats.refi.xml import (
    Guids,
    children,
    place_of,
    plain_guid,
    root_of,
    text_in,
    within,
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
    """A text with its passages. `variables` are by name in small letters."""

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
    users: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)
    # The codes and names of the cases that a source is of.
    cases: dict[str, list[tuple[str, list[str]]]] = field(default_factory=dict)


def project_of(content: bytes, losses: Losses) -> Project:
    """Return what a project says; raises Unreadable. What is not read goes to the losses."""
    return _Reader(Folder(content), losses).read()


class _Reader:
    def __init__(self, folder: Folder, losses: Losses) -> None:
        self._folder = folder
        self._losses = losses
        self._troubles = Troubles()
        self._guids = Guids(self._troubles, _FILE)
        self._names = {name.casefold(): name for name in folder.names}
        self._variables: dict[str, str] = {}
        self._known: set[str] = set()
        self._used_notes: set[str] = set()
        self._project = Project()

    def read(self) -> Project:
        found = [name for name in self._folder.names if name.casefold().endswith(".qde")]
        if len(found) != 1:
            count = "no file" if not found else "more than one file"
            reason = f"There is {count} that ends in .qde in the zip. Export the project again."
            raise Unreadable([Trouble("zip", reason)])
        root = root_of(
            self._folder.read(found[0]), place=found[0], is_a="Project", namespace=NAMESPACE
        )
        project = self._project
        project.name, project.text = root.get("name", ""), text_in(root, "Description")
        for one in within(root, "Users/User"):
            project.users[self._guids.of(one)] = name_of(one.get("name") or one.get("id") or "")
        for one in within(root, "CodeBook/Codes"):
            project.codes += codes_in(one, self._guids, self._troubles, _FILE)
        self._known = {one.guid for top in project.codes for one in (top, *top.all_below())}
        for one in within(root, "Variables/Variable"):
            self._variables[self._guids.of(one)] = one.get("name", "").strip().casefold()
        for one in within(root, "Notes/Note"):
            project.notes[self._guids.of(one)] = self._words(one)[0].strip()
        linked = self._links(root)
        cases = self._cases(root)
        for sources in children(root, "Sources"):
            for one in children(sources, *_SOURCES):
                self._source(one, linked, cases)
        self._troubles.refuse()
        for path in ("Sets/Set", "Graphs/Graph"):
            for one in within(root, path):
                self._losses.add(f"{path.partition('/')[0].lower()}", one.get("name", ""))
        for guid, text in project.notes.items():
            if guid not in self._used_notes:
                self._losses.add("notes that belong to no passage", text[:60])
        return project

    def _links(self, root: Any) -> dict[str, list[str]]:
        """Return the notes that links lead to from what they are of."""
        linked: defaultdict[str, list[str]] = defaultdict(list)
        for one in within(root, "Links/Link"):
            ends = [plain_guid(one.get("originGUID")), plain_guid(one.get("targetGUID"))]
            notes = [guid for guid in ends if guid in self._project.notes]
            if len(notes) != 1:
                self._losses.add("links", one.get("name", ""))
                continue
            (other,) = [guid for guid in ends if guid not in notes]
            linked[other] += notes
        return linked

    def _cases(self, root: Any) -> dict[str, dict[str, str]]:
        """Return what variables of cases say, by the source or selection that these are of."""
        told: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for one in within(root, "Cases/Case"):
            values = self._values(one)
            codes = [plain_guid(ref.get("targetGUID")) for ref in children(one, "CodeRef")]
            sources = [plain_guid(ref.get("targetGUID")) for ref in children(one, "SourceRef")]
            if not sources:
                self._losses.add("cases without a text", one.get("name", ""))
            for guid in sources:
                told[guid] |= values
                self._project.cases.setdefault(guid, []).append((one.get("name", ""), codes))
        return told

    def _values(self, element: Any) -> dict[str, str]:
        """Return what the variables of an element say."""
        values = {}
        for one in children(element, "VariableValue"):
            texts = []
            name = ""
            for part in one.iterchildren(lxml.etree.Element):
                if lxml.etree.QName(part).localname == "VariableRef":
                    name = self._variables.get(plain_guid(part.get("targetGUID")), "")
                else:
                    texts.append("".join(part.itertext()).strip())
            if name and texts and texts[0]:
                values[name] = texts[0]
        return values

    def _source(
        self, element: Any, linked: dict[str, list[str]], cases: dict[str, dict[str, str]]
    ) -> None:
        kind = lxml.etree.QName(element).localname
        name = element.get("name", "")
        if kind not in ("TextSource", "PDFSource"):
            self._losses.add("pictures, audio and video", name)
            self._lose_passages(element, name)
            return
        guid = self._guids.of(element)
        holder = element
        if kind == "PDFSource":
            holder = next(children(element, "Representation"), None)
            for one in children(element, "PDFSelection"):
                self._losses.add("passages on the pages of a PDF", one.get("name", ""))
        words, has_mark = self._words(holder) if holder is not None else ("", False)
        if not words.strip():
            self._losses.add("sources without words", name)
            self._lose_passages(element, name)
            return
        text, told = parted(text_in(element, "Description"))
        selections: list[Selection] = []
        for holding in {id(one): one for one in (element, holder)}.values():
            for one in children(holding, "PlainTextSelection"):
                selections += self._selection(one, linked)
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
                cases.get(guid, {}) | self._values(element),
                selections,
            )
        )

    def _lose_passages(self, element: Any, name: str) -> None:
        count = sum(
            lxml.etree.QName(one).localname.endswith("Selection")
            for one in element.iterdescendants(lxml.etree.Element)
        )
        self._losses.add("passages of sources that are lost", name, count=count)

    def _selection(self, element: Any, linked: dict[str, list[str]]) -> Iterator[Selection]:
        guid, place = self._guids.of(element), place_of(element, _FILE)
        numbers = []
        for name in ("startPosition", "endPosition"):
            said = (element.get(name) or "").strip()
            if not re.fullmatch("[0-9]{1,10}", said, re.ASCII) or int(said) > _MOST_NUMBER:
                self._troubles.add(place, f"{name} is “{said[:20]}”, and no place. Correct it.")
                return
            numbers.append(int(said))
        if numbers[0] > numbers[1]:
            reason = f"It reaches from {numbers[0]} to {numbers[1]}. Delete the passage."
            self._troubles.add(place, reason)
            return
        refs = [plain_guid(one.get("targetGUID")) for one in children(element, "NoteRef")]
        for one in within(element, "Coding/NoteRef"):
            refs.append(plain_guid(one.get("targetGUID")))
        known = [one for one in (*refs, *linked.get(guid, [])) if one in self._project.notes]
        self._used_notes |= set(known)
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
            [self._project.notes[one] for one in dict.fromkeys(known)],
        )

    def _codings(self, element: Any) -> list[Coding]:
        """Return the codes that an element was given; unknown ones are noted."""
        found = []
        for one in children(element, "Coding"):
            coder = plain_guid(one.get("creatingUser") or element.get("creatingUser"))
            for ref in children(one, "CodeRef"):
                code = plain_guid(ref.get("targetGUID"))
                if code not in self._known:
                    reason = f"There is no code {code[:40]}. Delete the coding."
                    self._troubles.add(place_of(ref, _FILE), reason)
                found.append(Coding(code, coder))
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
            self._losses.add("texts outside of the file", path[:60])
            return "", False
        file = f"sources/{name if mark else path}"
        if file.casefold() not in self._names:
            self._troubles.add(place, f"{file[:80]} is not in the zip. Export the project again.")
            return "", False
        content = self._folder.read(self._names[file.casefold()])
        wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
        try:
            words = content.decode("utf-16" if wide else "utf-8")
        except UnicodeDecodeError:
            self._troubles.add(place, f"{file[:80]} is not UTF-8. Export the project again.")
            return "", False
        return words.removeprefix("\ufeff"), wide or words.startswith("\ufeff")
