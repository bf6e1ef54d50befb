"""A dossier as a project (.qdpx)."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from typing import Any

import lxml.etree

from astana.formats.package import Losses, Package, TextKey, Written, text_key
from astana.formats.refi import told
from astana.formats.refi.codebook import DISPUTES
from astana.formats.refi.project import NAMESPACE
from astana.formats.refi.tree import Tree, describe, lose_tables
from astana.formats.refi.xml import ASTANA, guid_for
from astana.words.characters import for_xml

_WRITTEN = ("coders", "sources", "articles", "renditions", "positions", "evidence")
_VARIABLES = {
    "Source": "Text",
    "Published": "Date",
    "URL": "Text",
    "Language": "Text",
    "Author": "Text",
}
_LONGEST_NAME = 200
# The same in each export, so that nothing differs but what changed.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def write(package: Package) -> Written:
    """Return a dossier as a project: what rests on words that are here."""
    losses = Losses()
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for key, text in package.texts.items():
            # A mark that stands there of itself is no byte order mark.
            mark = "\ufeff" if text.startswith("\ufeff") else ""
            name = f"sources/{guid_for(package.slug, 'text', *key)}.txt"
            archive.writestr(_file(name), (mark + text).encode())
        with (
            archive.open(_file("project.qde"), "w") as file,
            lxml.etree.xmlfile(file, encoding="UTF-8") as xml,
        ):
            xml.write_declaration()
            _Writing(package, xml, losses).write()
    return Written(content.getvalue(), losses.listed())


def _file(name: str) -> zipfile.ZipInfo:
    about = zipfile.ZipInfo(name, _MOMENT)
    about.compress_type = zipfile.ZIP_DEFLATED
    return about


class _Writing:
    def __init__(self, package: Package, xml: Any, losses: Losses) -> None:
        self._package = package
        self._xml = xml
        self._losses = losses
        self._tree = Tree(package, losses)
        # By short name; nobody is ourselves.
        self._users = {"": ASTANA} | {
            row["slug"]: guid_for(package.slug, "user", row["slug"])
            for row in package.cells("coders")
        }
        self._positions = {row["key"]: row for row in package.cells("positions")}
        self._names: set[str] = set()

    def write(self) -> None:
        """Write the project text by text: as a whole it would be several times as large."""
        package = self._package
        about = {
            "name": for_xml(package.title or package.slug),
            "origin": "Astana",
            "creatingUserGUID": ASTANA,
        }
        with self._xml.element("Project", about, nsmap={None: f"{NAMESPACE}:1.0"}):
            before = lxml.etree.Element("before")
            users = lxml.etree.SubElement(before, "Users")
            lxml.etree.SubElement(users, "User", guid=ASTANA, name="Astana")
            for row in package.cells("coders"):
                guid = self._users[row["slug"]]
                lxml.etree.SubElement(users, "User", guid=guid, name=for_xml(row["name"]))
            book = lxml.etree.SubElement(before, "CodeBook")
            self._tree.add_to(lxml.etree.SubElement(book, "Codes"))
            variables = lxml.etree.SubElement(before, "Variables")
            for name, kind in _VARIABLES.items():
                guid = guid_for(package.slug, "variable", name)
                about = {"guid": guid, "name": name, "typeOfVariable": kind}
                lxml.etree.SubElement(variables, "Variable", about)
            for part in before:
                self._xml.write(part)
            with self._xml.element("Sources") if package.texts else nullcontext():
                for source in self._sources(self._passages()):
                    self._xml.write(source)
            if package.description:
                after = lxml.etree.Element("after")
                describe(after, package.description, self._losses)
                self._xml.write(after[0])
        lose_tables(package, self._losses, but=_WRITTEN)

    def _passages(self) -> dict[TextKey, list[Mapping[str, Any]]]:
        """Return the passages that can be written, by text."""
        found: dict[TextKey, list[Mapping[str, Any]]] = {}
        written = set()
        for row in self._package.cells("evidence"):
            key = text_key(row)
            if row["start"] is None or key not in self._package.texts:
                label = f"{row['position']}, passage {row['number']}"
                self._losses.lose("passages that are lost or in texts for members", label)
                continue
            found.setdefault(key, []).append(row)
            written.add(row["position"])
        coders = {self._positions[key].get("coder") for key in written}
        for row in self._package.cells("coders"):
            if row["slug"] not in coders:
                self._losses.lose("coders without an exported passage", row["slug"])
        for key, position in self._positions.items():
            if key not in written:
                self._losses.lose("positions without an exported passage", key)
                continue
            for column in ("event", "document", "reason"):
                if position[column]:
                    self._losses.lose("%(column)s of positions", key, column=column)
            if position["status"] != "draft":
                self._losses.lose("status of positions", key)
        return found

    def _sources(self, passages: Mapping[TextKey, list[Mapping[str, Any]]]) -> Iterator[Any]:
        texts: dict[str, list[Mapping[str, Any]]] = {}
        for row in self._package.cells("renditions"):
            if text_key(row) in self._package.texts:
                texts.setdefault(row["article"], []).append(row)
                if row["paragraphs"]:
                    self._losses.lose("paragraphs set by hand", row["article"])
            else:
                self._losses.lose("texts for members", row["article"])
        outlets = {row["slug"]: row for row in self._package.cells("sources")}
        used = set()
        for article in self._package.cells("articles"):
            if article["slug"] not in texts:
                self._losses.lose("articles without an exported text", article["slug"])
                continue
            outlet = outlets[article["source"]]
            used.add(outlet["slug"])
            for text in texts[article["slug"]]:
                yield self._source(article, outlet, text, passages.get(text_key(text), []))
        for slug in outlets:
            if slug not in used:
                self._losses.lose("sources without an exported text", slug)

    def _source(
        self,
        article: Mapping[str, Any],
        outlet: Mapping[str, Any],
        row: Mapping[str, Any],
        passages: list[Mapping[str, Any]],
    ) -> Any:
        slug, key = self._package.slug, text_key(row)
        guid = guid_for(slug, "text", *key)
        text = self._package.texts[key]
        name = self._name(article["title"], row["kind"])
        source = lxml.etree.Element(
            "TextSource",
            guid=guid,
            name=name,
            plainTextPath=f"internal://{guid}.txt",
            creatingUser=ASTANA,
        )
        of_it = {"slug": article["slug"], "title": article["title"]}
        of_it |= {
            f"text_{column}": row[column] for column in ("kind", "language", "version", "rights")
        }
        of_it |= {column: article.get(column) for column in told.ARTICLE}
        of_it["source"] = outlet["slug"]
        of_it |= {f"source_{column}": outlet[column] for column in told.SOURCE}
        describe(source, told.written("", of_it), self._losses)
        for one in passages:
            self._selection(source, one, text)
        values = (
            outlet["name"],
            article["published"].isoformat(),
            article["url"],
            article["language"],
            article["byline"],
        )
        for (variable, kind), value in zip(_VARIABLES.items(), values, strict=True):
            if value:
                holding = lxml.etree.SubElement(source, "VariableValue")
                target = guid_for(slug, "variable", variable)
                lxml.etree.SubElement(holding, "VariableRef", targetGUID=target)
                lxml.etree.SubElement(holding, f"{kind}Value").text = for_xml(value)
        return source

    def _name(self, title: str, kind: str) -> str:
        """Return a name that no other text has: programs do not take two of a name."""
        name, number = for_xml(title), 1
        while name.casefold() in self._names:
            number += 1
            name = for_xml(f"{title} ({kind}{f' {number}' if number > 2 else ''})")
        self._names.add(name.casefold())
        return name

    def _selection(self, source: Any, evidence: Mapping[str, Any], text: str) -> None:
        slug, position = self._package.slug, self._positions[evidence["position"]]
        start, end = evidence["start"], evidence["end"]
        place = slug, "evidence", position["key"], evidence["number"]
        selection = lxml.etree.SubElement(
            source,
            "PlainTextSelection",
            guid=guid_for(*place),
            name=for_xml(text[start:end][:_LONGEST_NAME]),
            startPosition=str(start),
            endPosition=str(end),
            creatingUser=self._users[position.get("coder") or ""],
        )
        stance = f"{position['issue']}/{position['stance']}"
        of_it = {"key": position["key"], "passage": evidence["number"]}
        of_it |= {"actor": position["actor"], "stance": stance}
        of_it |= {column: position.get(column) for column in told.POSITION}
        describe(selection, told.written("", of_it), self._losses)
        codes = [
            ("stance", position["issue"], position["stance"]),
            ("actor", position["actor"]),
            ("voice", position["voice"]),
        ]
        if evidence["role"] == DISPUTES:
            codes.append((DISPUTES,))
        for code in codes:
            coding = lxml.etree.SubElement(selection, "Coding", guid=guid_for(*place, *code))
            lxml.etree.SubElement(coding, "CodeRef", targetGUID=self._tree.of[code])
