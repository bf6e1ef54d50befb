"""The documents of an export: a file alone, or a project with a file for each coder."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from astana.formats.folders import Folder
from astana.formats.json_files import read_json
from astana.formats.marked import gettext_noop
from astana.formats.package import Trouble, Unreadable

# What coders began with, where one of them has made something of it.
_BEGINNING = "INITIAL_CAS"
_PROJECT = "exportedproject.json"
_SIDE = ("TypeSystem.xml", _PROJECT, "layers.json")
_TAGS = gettext_noop("tag sets")
_STATES = gettext_noop("marks of finished documents")
# What is lost of a project, by the name of the list.
_LOST = {"tag_sets": _TAGS, "source_documents": _STATES, "annotation_documents": _STATES}
_ARTICLES = "articles.csv"


@dataclass(frozen=True, slots=True)
class Document:
    """One coder's annotations of a document; `columns` are what a table says of the article."""

    place: str
    name: str
    coder: str
    content: bytes
    columns: Mapping[str, str]


def documents_in(content: bytes) -> Iterator[Document]:
    """Yield the documents of a file, or of a zip; raises Unreadable."""
    if not content.startswith(b"PK"):
        yield Document("file", "", "", content, {})
        return
    folder = Folder(content)
    columns = _columns(folder)
    found = list(_documents(folder))
    if not found:
        is_java = any(name.endswith(".ser") for name in folder.names)
        reason = (
            "It contains Java objects, which only Java programs can read. Export as UIMA CAS JSON."
            if is_java
            else "It contains no CAS: no file that ends in .json or .xmi."
        )
        raise Unreadable([Trouble("zip", reason)])
    coded = {name for name, coder, *_rest in found if coder != _BEGINNING}
    for name, coder, inner, file in found:
        if coder == _BEGINNING and name in coded:
            continue
        place = f"{file} in {inner}" if inner else file
        whole = _inside(folder, inner)
        coder = "" if coder == _BEGINNING else coder
        yield Document(place, name, coder, whole.read(file), columns.get(name, {}))


def beside_documents(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield what a project says beside its documents, which is lost: its kind, and what it is."""
    folder = Folder(content) if content.startswith(b"PK") else None
    if folder is None or _PROJECT not in folder.names:
        return
    told = read_json(folder.read(_PROJECT), _PROJECT)
    for name, kind in _LOST.items():
        listed = told.get(name) if isinstance(told, dict) else None
        for one in listed if isinstance(listed, list) else ():
            if isinstance(one, dict) and (kind == _TAGS or one.get("state")):
                yield kind, f"{one.get('name', '')} {one.get('state', '')}".strip()[:60]


def _documents(folder: Folder) -> Iterator[tuple[str, str, str, str]]:
    """Yield document, coder, the zip within the zip or nothing, and file."""
    for name in folder.names:
        *way, last = name.split("/")
        stem, _mark, ending = last.rpartition(".")
        if last in _SIDE or name == _ARTICLES:
            continue
        where = next((at for at, one in enumerate(way) if one in ("annotation", "curation")), None)
        is_project = where is not None and where + 1 < len(way)
        document, coder = (way[where + 1], stem) if is_project and where is not None else (stem, "")
        if "source" in way[:1] or "annotation_ser" in way or "curation_ser" in way:
            continue
        if ending in ("json", "xmi"):
            yield document, coder, "", name
        elif ending == "zip" and is_project:
            inner = _inside(folder, name)
            for file in inner.names:
                if file.endswith((".json", ".xmi")):
                    yield document, coder, name, file


def _inside(folder: Folder, inner: str) -> Folder:
    return folder.within(inner) if inner else folder


def _columns(folder: Folder) -> dict[str, dict[str, str]]:
    """Return what a table beside the documents says of each."""
    if _ARTICLES not in folder.names:
        return {}
    try:
        text = folder.read(_ARTICLES).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
        return {
            row["document"]: {name: value for name, value in row.items() if name and value}
            for row in rows
        }
    except (UnicodeDecodeError, csv.Error, KeyError, TypeError) as error:
        reason = "It is not a CSV in UTF-8 with a column document. Correct it or leave it out."
        raise Unreadable([Trouble(_ARTICLES, reason)]) from error
