"""A dossier's actors, issues, stances and voices as a tree of codes."""

from collections.abc import Iterable, Mapping
from typing import Any

import lxml.etree

from astana.formats.package import Losses, Package
from astana.formats.refi import told
from astana.formats.refi.codebook import DISPUTES, VOICES
from astana.formats.refi.xml import guid_for
from astana.words.characters import for_xml

_CODES = ("actors", "actor_names", "issues", "stances")


class Tree:
    """The codes of a dossier: `of` has their GUIDs by what they stand for."""

    def __init__(self, package: Package, losses: Losses) -> None:
        """What the tree cannot hold goes to the losses when it is written."""
        self._package = package
        self._losses = losses
        self.of: dict[tuple[str, ...], str] = {}

    def add_to(self, codes: Any) -> None:
        """Add the tree to the element `Codes`."""
        issues = self._code(codes, "Issue", {}, "branch", "issues", is_codable=False)
        stances: dict[str, list[Mapping[str, Any]]] = {}
        for row in self._ordered("stances"):
            stances.setdefault(row["issue"], []).append(row)
        for row in self._ordered("issues"):
            slug = row["slug"]
            issue = self._code(issues, row["title"], self._told(row, told.ISSUE), "issue", slug)
            if row["event"] or row["per_event"]:
                self._losses.lose("links from issues to events", slug)
            for one in stances.get(slug, []):
                of_stance = self._told(one, told.STANCE)
                self._code(issue, one["label"], of_stance, "stance", slug, one["slug"])
        self._actors(codes)
        voices = self._code(codes, "Voice", {}, "branch", "voices", is_codable=False)
        for voice in VOICES:
            name = voice.replace("-", " ").capitalize()
            self._code(voices, name, {}, "voice", voice)
        if any(row["role"] == DISPUTES for row in self._package.cells("evidence")):
            self._code(codes, "Disputes", ("", {"slug": DISPUTES}), DISPUTES)
        for table in _CODES:
            for row in self._package.cells(table):
                if row.get("standing"):
                    self._losses.lose("marks of records seen only at the desk", row["slug"])

    def _ordered(self, table: str) -> list[dict[str, Any]]:
        return sorted(self._package.cells(table), key=lambda row: (row["order"], row["slug"]))

    @staticmethod
    def _told(row: Mapping[str, Any], columns: Iterable[str]) -> tuple[str, dict[str, Any]]:
        return row.get("description") or "", {name: row.get(name) for name in columns}

    def _actors(self, codes: Any) -> None:
        branch = self._code(codes, "Actor", {}, "branch", "actors", is_codable=False)
        names: dict[str, list[str]] = {}
        for row in self._package.cells("actor_names"):
            names.setdefault(row["actor"], []).append(f"{row['language']}: {row['name']}")
        within: dict[str, list[dict[str, Any]]] = {}
        for row in self._package.cells("actors"):
            within.setdefault(row["part_of"], []).append(row)
        # Below its whole stands what is part of it.
        waiting = [(branch, row) for row in reversed(within.get("", []))]
        while waiting:
            above, row = waiting.pop()
            text, of_actor = self._told(row, told.ACTOR)
            of_actor["names"] = "\n".join(sorted(names.get(row["slug"], [])))
            code = self._code(above, row["name"], (text, of_actor), "actor", row["slug"])
            waiting += [(code, one) for one in reversed(within.get(row["slug"], []))]

    def _code(
        self,
        above: Any,
        name: str,
        of_it: tuple[str, Mapping[str, Any]] | Mapping[str, Any],
        *stands_for: str,
        is_codable: bool = True,
    ) -> Any:
        guid = self.of[stands_for] = guid_for(self._package.slug, *stands_for)
        flag = "true" if is_codable else "false"
        code = lxml.etree.SubElement(above, "Code", guid=guid, name=name, isCodable=flag)
        if isinstance(of_it, tuple):
            describe(code, told.written(*of_it), self._losses)
        return code


def describe(element: Any, text: str, losses: Losses, *, name: str = "Description") -> None:
    """Add a text to an element; characters that XML cannot hold are lost."""
    fitting = for_xml(text)
    losses.lose("characters that XML cannot hold", text[:60], count=len(text) - len(fitting))
    lxml.etree.SubElement(element, name).text = fitting


def lose_tables(package: Package, losses: Losses, *, but: Iterable[str]) -> None:
    """Count the rows of tables that there is no place for."""
    for table in package.rows:
        if table not in (*_CODES, *but):
            count = len(package.rows[table])
            losses.lose("rows of %(table)s.csv", count=count, table=table)
