"""Nexis Uni and Nexis Advance: articles in one Word document, or in many that a zip holds.

What it handed out as text before is read by `nexis_txt`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table

from astana.formats.articles import nexis_txt
from astana.formats.articles.days import day_in, names_a_month
from astana.formats.articles.entry import Entry
from astana.formats.folders import Folder
from astana.formats.package import Trouble, Troubles, Unreadable
from astana.intake.archives import opened

# What a hundred articles unpack to.
_MOST_UNPACKED = 60_000_000
_DOCUMENT = "word/document.xml"

_BODY = {"body", "corps", "textkörper", "tekst", "cuerpo", "corpo", "corps du texte"}
_END = {
    *("end of document", "fin du document", "ende des dokuments", "einde van document"),
    *("einde van het document", "fin del documento", "fine del documento", "fim do documento"),
}
# What stands behind the words of an article, by what it is called.
_AFTER = {
    **dict.fromkeys(("classification", "klassifizierung", "clasificación"), "classification"),
    **dict.fromkeys(("classificatie", "classificazione"), "classification"),
    **dict.fromkeys(("graphic", "graphique", "grafik", "grafiek", "gráfico"), "graphic"),
    **dict.fromkeys(("correction", "korrektur", "correctie", "corrección"), "correction"),
}
_LOADED = re.compile(r"(load-date|date de chargement|ladedatum|laaddatum|fecha de carga)\s*:", re.I)
_BYLINE = {"byline", "auteur", "autor", "verfasser", "autore", "auteurs"}
_LABEL = re.compile(r"([^\W\d][\w' -]{0,30}?)\s?:[\s\u00a0]*(.*)", re.S)
_LABELS = {
    *("section", "rubrique", "rubrik", "sectie", "sección", "sezione", "ressort"),
    *("length", "longueur", "länge", "lengte", "longitud", "lunghezza"),
    *("dateline", "highlight", "headline", "faits saillants", "series", "distribution"),
    *_BYLINE,
}
_LANGUAGE = re.compile(r"(?:language|langue|sprache|taal|idioma|lingua)\s*:\s*([^\W\d]+)", re.I)
_NUMBER = re.compile(r"urn:contentItem:[\w-]+")


@dataclass(slots=True)
class _Line:
    words: str
    link: str = ""


@dataclass(slots=True)
class _Head:
    """What stands before the words of an article."""

    title: str = ""
    link: str = ""
    source: str = ""
    dated: str = ""
    byline: str = ""
    further: dict[str, str] = field(default_factory=dict)


def entries_in(content: bytes) -> Iterator[Entry]:
    """Yield the articles of a document, or of all documents in a zip; raises Unreadable."""
    if nexis_txt.is_text_of_nexis(content):
        yield from nexis_txt.entries_in(content)
        return
    if not content.startswith(b"PK"):
        rtf = content.startswith(b"{\\rtf")
        reason = "This is Rich Text." if rtf else "This is not a Word document."
        advice = "Download the articles from Nexis as DOCX."
        raise Unreadable([Trouble("beginning", f"{reason} {advice}")])
    folder = Folder(content)
    if _DOCUMENT in folder.names or "[Content_Types].xml" in folder.names:
        yield from _entries(content, "")
        return
    for name in folder.names:
        if name.lower().endswith(".docx") and not name.startswith("__MACOSX"):
            yield from _entries(folder.read(name), f"{name}, ")


def _entries(content: bytes, file: str) -> Iterator[Entry]:
    lines = _lines(content, file)
    ends = [number for number, line in enumerate(lines) if line.words.casefold() in _END]
    troubles, start = Troubles(), 0
    for number, end in enumerate(ends, 1):
        place = f"{file}article {number}"
        part = lines[start:end]
        bodies = [at for at, line in enumerate(part) if line.words.casefold() in _BODY]
        if bodies:
            yield _entry(place, part[: bodies[0]], part[bodies[0] + 1 :])
        else:
            troubles.add(place, "It has no line “Body”. Choose the full documents in Nexis.")
        start = end + 1
    if any(line.words.casefold() in _BODY for line in lines[start:]):
        reason = "It has no line “End of Document”: the file is cut off. Download it again."
        troubles.add(f"{file}article {len(ends) + 1}", reason)
    troubles.refuse()


def _lines(content: bytes, file: str) -> list[_Line]:
    """Return the paragraphs of a document that are not blank, each with where it links to."""
    with opened(content, is_read=lambda _name: True, most=_MOST_UNPACKED):
        pass
    try:
        document = docx.Document(BytesIO(content))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        reason = "It is not a Word document, or it is damaged. Download it again."
        raise Unreadable([Trouble(f"{file}beginning", reason)]) from error
    lines = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells)
                lines.append(_Line(" | ".join(filter(None, cells))))
        else:
            link = next((one.address for one in block.hyperlinks if one.address), "")
            lines.append(_Line(block.text.strip(), link))
    return [line for line in lines if line.words]


def _entry(place: str, before: list[_Line], after: list[_Line]) -> Entry:
    head = _head(before)
    body, behind = _body([line.words for line in after])
    found = _LANGUAGE.search(behind.get("classification", ""))
    number = _NUMBER.search(head.link)
    entry = Entry(
        place=place,
        title=head.title,
        byline=head.byline,
        source=head.source,
        published=day_in(head.dated),
        dated=head.dated,
        url=head.link,
        language=found[1] if found else "",
        number=number[0] if number else "",
        text="\n\n".join(body),
        further=head.further | behind,
    )
    if "correction" in behind:
        entry.doubts.append("It has a correction. Read it beside the article.")
    return entry


def _head(lines: list[_Line]) -> _Head:
    """Return what the lines before the words say, read from below."""
    head, rest = _Head(), list(lines)
    while rest and (found := _LABEL.fullmatch(rest[-1].words)):
        label, value = found[1].casefold(), found[2].strip()
        if label not in _LABELS and "\u00a0" not in rest[-1].words:
            break
        if label in _BYLINE:
            head.byline = value
        else:
            head.further[label] = value
        rest.pop()
    at = next((number for number in range(len(rest) - 1, -1, -1) if rest[number].link), None)
    dates = [number for number, line in enumerate(rest) if _is_date(line.words)]
    if at is None and dates:
        at = max(0, dates[-1] - 2)
    if at is None:
        return head
    head.title, head.link = rest[at].words, rest[at].link
    dates = [number for number in dates if number > at]
    # Below it stand the copyright and notes.
    last = dates[0] if dates else len(rest)
    head.source = rest[at + 1].words if at + 1 < last else ""
    if dates:
        head.dated = rest[dates[0]].words
    notes = [line.words for line in rest[(dates[0] if dates else at + 1) + 1 :]]
    if notes:
        head.further["copyright"] = " ".join(notes)
    return head


def _is_date(words: str) -> bool:
    is_short = len(words) < 80
    return is_short and not words.casefold().startswith(("copyright", "©")) and names_a_month(words)


def _body(lines: list[str]) -> tuple[list[str], dict[str, str]]:
    """Return the paragraphs of an article, and what stands behind them by what it is called."""
    body: list[str] = []
    behind: dict[str, str] = {}
    part = ""
    for line in lines:
        if name := _AFTER.get(line.casefold().rstrip(":")):
            part = name
            behind.setdefault(part, "")
        elif _LOADED.match(line):
            part = "load-date"
            behind[part] = line.partition(":")[2].strip()
        elif part:
            behind[part] = f"{behind[part]} {line}".strip()
        else:
            body.append(line)
    return body, behind
