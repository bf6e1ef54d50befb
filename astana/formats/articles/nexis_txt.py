"""Nexis as it was before: articles in one text file, each below a line “3 of 20 DOCUMENTS”."""

import re
from collections.abc import Iterator

from astana.formats.articles.days import day_in, names_a_month
from astana.formats.articles.entry import Entry
from astana.formats.package import Trouble, Unreadable
from astana.intake.encodings import decode
from astana.intake.plain import characters

_START = re.compile(
    r"^[ \t\ufeff\f]*(\d+)[ \t]+(?:of|de|von|van|di)[ \t]+(\d+)[ \t]+DO[CK]UMENT\w*[ \t\r]*$",
    re.I | re.M,
)
_LABEL = re.compile(r"([A-ZÀ-Þ][A-ZÀ-Þ-]{2,30})\s?:\s*(.*)", re.S)
_BYLINE = {"BYLINE", "AUTEUR", "AUTOR", "AUTORE", "VERFASSER"}
_TITLE = {"HEADLINE", "TITRE", "TITEL", "TÍTULO", "TITOLO"}
# What stands above the words.
_HEAD = {
    *("SECTION", "RUBRIQUE", "RUBRIK", "SECTIE", "SECCIÓN", "SEZIONE", "DATELINE", "HIGHLIGHT"),
    *("LENGTH", "LONGUEUR", "LÄNGE", "LENGTE", "LONGITUD", "LUNGHEZZA", "SERIES"),
    *_BYLINE,
    *_TITLE,
}
_LANGUAGE = {"LANGUAGE", "LANGUE", "SPRACHE", "TAAL", "IDIOMA", "LINGUA"}
# What stands below them.
_TAIL = {
    *("LOAD-DATE", "UPDATE", "GRAPHIC", "GRAFIK", "PUBLICATION-TYPE", "JOURNAL-CODE", "SUBJECT"),
    *("CORRECTION", "CORRECTION-DATE", "NOTES", "URL", "DOCUMENT-TYPE", "TYPE", "ZEITUNGSCODE"),
    *_LANGUAGE,
}
_COPYRIGHT = re.compile(r"copyright\b|©|all rights reserved", re.I)


def is_text_of_nexis(content: bytes) -> bool:
    """Return whether bytes begin as such a file does, in an encoding that keeps ASCII."""
    return _START.search(content[:4_000].decode("latin-1")) is not None


def entries_in(content: bytes) -> Iterator[Entry]:
    """Yield the articles of a text file; raises Unreadable where one is missing at its end."""
    text, warnings = decode(content)
    text = characters(text)
    starts = list(_START.finditer(text))
    for number, start in enumerate(starts, 1):
        end = starts[number].start() if number < len(starts) else len(text)
        yield _entry(f"article {start[1]}", text[start.end() : end], warnings)
    last, most = map(int, starts[-1].groups())
    if last < most and len(starts) < most:
        reason = f"It ends with article {last} of {most}: the file is cut off. Download it again."
        raise Unreadable([Trouble(f"article {last}", reason)])


def _entry(place: str, part: str, warnings: tuple[str, ...]) -> Entry:
    # Lines are wrapped, and centred above the title.
    lines = [one.strip() for one in re.split(r"\n[ \t]*\n", part) if one.strip()]
    blocks = [" ".join(one.split()) for one in lines]
    entry = Entry(place=place, warnings=warnings)
    labels = [at for at, one in enumerate(blocks) if _label(one) in _HEAD]
    at = labels[0] if labels else len(blocks)
    above = _head(entry, lines[:at])
    # Before the title may stand which edition it is.
    entry.title = " ".join(above.pop().split()) if above else ""
    if above:
        entry.further["edition"] = " ".join(" ".join(above).split())
    while at < len(blocks) and (label := _label(blocks[at])) in _HEAD:
        _tell(entry, label, blocks[at])
        at += 1
    body: list[str] = []
    while at < len(blocks) and _label(blocks[at]) not in _TAIL:
        body.append(blocks[at])
        at += 1
    while body and at == len(blocks) and _COPYRIGHT.match(body[-1]):
        entry.further["copyright"] = body.pop()
    entry.text = "\n\n".join(body)
    label = ""
    for one in blocks[at:]:
        if _COPYRIGHT.match(one):
            label = "COPYRIGHT"
            entry.further["copyright"] = one
        elif found := _label(one):
            label = found
            _tell(entry, label, one)
        else:
            name = label.lower()
            entry.further[name] = f"{entry.further.get(name, '')} {one}".strip()
    if any(name.startswith("correction") for name in entry.further):
        entry.doubts.append("It has a correction. Read it beside the article.")
    return entry


def _head(entry: Entry, blocks: list[str]) -> list[str]:
    """Tell an entry its source and its day, and return what stands below these."""
    above: list[str] = []
    for one in blocks:
        if _COPYRIGHT.match(one):
            entry.further["copyright"] = " ".join(one.split())
        else:
            above.append(one)
    if above:
        entry.source = " ".join(above.pop(0).split())
    for number, one in enumerate(above):
        day, _line, rest = one.partition("\n")
        if len(day) < 80 and names_a_month(day):
            entry.dated = day.strip()
            entry.published = day_in(entry.dated)
            above[: number + 1] = [*above[:number], rest] if rest else above[:number]
            break
    return above


def _label(block: str) -> str:
    found = _LABEL.fullmatch(block)
    return found[1] if found else ""


def _tell(entry: Entry, label: str, block: str) -> None:
    """Add what a labelled line says to an entry."""
    value = block.partition(":")[2].strip()
    if label in _BYLINE:
        entry.byline = value
    elif label in _TITLE:
        entry.title = value
    elif label in _LANGUAGE:
        # Behind it may stand the share of each, or a second one.
        entry.language = re.split(r"[;,(]", value)[0].strip()
    else:
        entry.further[label.lower()] = value
