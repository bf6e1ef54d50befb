"""Factiva: articles in one web page, as *Save as HTML* writes it."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from astana.formats.articles.days import day_in
from astana.formats.articles.entry import Entry
from astana.formats.articles.pages import page_of, text_of, words_in

_LANGUAGE = re.compile("([a-z]{2})Article")
_CODE = re.compile("[A-Z]{2,3}")
_USED = {"HD", "SN", "PD", "BY", "LA", "LP", "TD", "AN"}
_TIME = re.compile(r"\d{1,2}:\d{2}")
_DOCUMENT = re.compile(r"\w{8,}$")


def entries_in(content: bytes) -> Iterator[Entry]:
    """Yield the articles of a page."""
    tree, warnings = page_of(content)
    number = 0
    for element in tree.iter("div"):
        names = (element.get("class") or "").split()
        languages = list(filter(None, map(_LANGUAGE.fullmatch, names)))
        if "article" not in names or not languages:
            continue
        number += 1
        place, language = f"article {number}", languages[0][1]
        parts = _parts(element)
        codes = _codes(parts)
        entry = _of_codes(place, codes) if codes else _of_blocks(place, parts)
        entry.language = entry.language or language
        entry.warnings = warnings
        yield entry


def _parts(element: HtmlElement) -> list[HtmlElement]:
    """Return an article's own parts: what is in its element, or behind it until the next one."""
    parts = list(element)
    if any(one.find(".//p") is not None or one.find(".//tr") is not None for one in parts):
        return parts
    if any(one.tag == "p" for one in parts):
        return parts
    for other in element.itersiblings():
        if "article" in (other.get("class") or "").split():
            break
        parts.append(other)
    return parts


def _codes(parts: list[HtmlElement]) -> dict[str, HtmlElement]:
    """Return what a table of codes says, by code."""
    codes: dict[str, HtmlElement] = {}
    for row in (row for part in parts for row in part.iter("tr")):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if len(cells) == 2 and _CODE.fullmatch(code := words_in(cells[0])):
            codes.setdefault(code, cells[1])
    return codes if "HD" in codes else {}


def _of_codes(place: str, codes: dict[str, HtmlElement]) -> Entry:
    said = {code: words_in(cell) for code, cell in codes.items()}
    number = _DOCUMENT.search(said.get("AN", ""))
    return Entry(
        place=place,
        title=said["HD"],
        byline=said.get("BY", ""),
        source=said.get("SN", ""),
        published=day_in(said.get("PD", "")),
        dated=said.get("PD", ""),
        language=said.get("LA", ""),
        number=number[0] if number else "",
        text="\n\n".join(text_of(codes[code]) for code in ("LP", "TD") if code in codes),
        further={code: said[code] for code in said if code not in _USED},
    )


def _of_blocks(place: str, parts: list[HtmlElement]) -> Entry:
    """Return an article that is shown without codes: blocks above, paragraphs below."""
    blocks = [part for part in parts if part.tag == "div"]
    paragraphs = [one for part in parts for one in part.iter("p")]
    lines = [words_in(one) for one in blocks if one.find(".//p") is None]
    title = next((words_in(one) for one in blocks if _is_headline(one)), lines[0] if lines else "")
    byline = next((words_in(one) for one in blocks if one.get("class") == "author"), "")
    entry = Entry(place=place, title=title, byline=byline)
    at = next((number for number, line in enumerate(lines) if day_in(line)), None)
    if at is not None:
        entry.dated, entry.published = lines[at], day_in(lines[at])
        below = [line for line in lines[at + 1 :] if line and not _TIME.match(line)]
        entry.source = below[0] if below else ""
        entry.further = {"further lines": " / ".join(below[1:])} if below[1:] else {}
    last = words_in(paragraphs[-1]) if paragraphs else ""
    if last.startswith("Document ") and (number := _DOCUMENT.search(last)):
        entry.number = number[0]
        paragraphs.pop()
    entry.text = "\n\n".join(map(text_of, paragraphs))
    return entry


def _is_headline(block: HtmlElement) -> bool:
    named = block.get("id") == "hd" or "Headline" in (block.get("class") or "")
    return named or (
        block.find(".//span[@class]") is not None
        and any("Headline" in (one.get("class") or "") for one in block.iter("span"))
    )
