"""Europresse: articles in one web page, as its export in HTML writes it."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from astana.formats.articles.days import day_in
from astana.formats.articles.entry import Entry
from astana.formats.articles.pages import page_of, text_of, words_in

_ISSUE = re.compile(r",\s*no\.?\s.*$", re.I | re.S)
_TEXTS = ("docOcurrContainer", "DocText")
_HEAD = {"DocPublicationName", "DocHeader", "docAuthors"}


def entries_in(content: bytes) -> Iterator[Entry]:
    """Yield the articles of a page."""
    tree, warnings = page_of(content)
    found = [one for one in tree.iter("article") if _named(one, "DocPublicationName")]
    if not found:
        # Older files have a cell of a table for each.
        cells = tree.iter("td")
        found = [
            one for one in cells if _named(one, "DocPublicationName") and one.find(".//td") is None
        ]
    for number, element in enumerate(found, 1):
        entry = _entry(f"article {number}", element)
        entry.warnings = warnings
        yield entry


def _entry(place: str, element: HtmlElement) -> Entry:
    titles = [one for one in element.iter() if _class(one).startswith("titreArticleVisu")]
    headers = _named(element, "DocHeader")
    header = words_in(headers[0]) if headers else ""
    # Section, day and page stand in no fixed order.
    parts = [part.strip() for part in header.split(",")]
    dated = next((part for part in parts if day_in(part)), "")
    published = day_in(dated) or day_in(header)
    authors = _named(element, "docAuthors")
    sources = _named(element, "DocPublicationName")
    number = next((words_in(one) for one in _named(element, "publiC-lblNodoc")), "")
    further = ", ".join(part for part in parts if part and part != dated)
    texts = [one for name in _TEXTS for one in _named(element, name)][:1]
    entry = Entry(
        place=place,
        title=words_in(titles[0]) if titles else "",
        byline="; ".join(map(words_in, authors)),
        source=_ISSUE.sub("", words_in(sources[0])),
        published=published,
        dated=dated or header,
        number=number,
        further={"section and page": further} if further else {},
    )
    for one in [*titles, *headers, *authors, *sources] if not texts else ():
        if one.getparent() is not None:
            one.drop_tree()
    entry.text = text_of(texts[0] if texts else element)
    return entry


def _named(element: HtmlElement, name: str) -> list[HtmlElement]:
    return [one for one in element.iter() if name in _class(one).split()]


def _class(element: HtmlElement) -> str:
    return str(element.get("class") or "") if isinstance(element.tag, str) else ""
