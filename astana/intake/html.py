"""Web pages: the article in them, as plain text. Nothing of their markup is kept."""

import re
from dataclasses import replace
from html import unescape

import lxml.html
import nh3
import trafilatura

from astana.intake.declarations import encoding_of, language_declared
from astana.intake.encodings import decode
from astana.intake.plain import characters, checked, clean, line_of
from astana.intake.reading import Reading

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_REFERENCE = re.compile(r"&#(?:\d+|x[0-9a-f]+);?", re.I)

_BLOCKS = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd"),
    *("blockquote", "pre", "table", "tr", "div", "section", "article", "figcaption", "caption"),
}
_CELLS = {"td", "th"}
# What browsers show none of.
_UNSEEN = {"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math"}


def read_html(data: bytes) -> Reading:
    """Return the article of a web page, and what the page says about it."""
    page, warnings = decode(data, declared=encoding_of(data))
    # The parser takes no characters that say which bytes they were.
    page = characters(_REFERENCE.sub(_letter, _XML_DECLARATION.sub("", page)))
    found = trafilatura.extract_with_metadata(page, output_format="html", include_comments=False)
    reading = Reading(
        # Nothing is found where the page has no words, and where it is too much for the parser.
        checked(words_of(found.text if found and found.text else page)),
        language=language_declared(page),
        warnings=warnings,
    )
    if found is None:
        return reading
    return replace(
        reading,
        title=line_of(found.title),
        author=line_of(found.author),
        date=line_of(found.date),
        site=line_of(found.sitename),
    )


def _letter(reference: re.Match[str]) -> str:
    """Return what a numbered reference means to browsers, or itself where it may be markup."""
    letter = unescape(reference[0])
    return reference[0] if letter.isascii() and letter.isprintable() else letter


def words_of(html: str) -> str:
    """Return the words of markup: a blank line between its blocks, and a bar between cells."""
    safe = nh3.clean(
        html,
        tags=_BLOCKS | _CELLS | {"br"},
        attributes={},
        link_rel=None,
        clean_content_tags=_UNSEEN,
    )
    paragraphs = [""]

    def write(words: str | None) -> None:
        paragraphs[-1] += re.sub(r"\s+", " ", words or "")

    def walk(element: lxml.html.HtmlElement) -> None:
        if element.tag in _BLOCKS:
            paragraphs.append("")
        elif element.tag == "br":
            paragraphs[-1] += "\n"
        elif element.tag in _CELLS and paragraphs[-1].strip():
            paragraphs[-1] += " | "
        write(element.text)
        for child in element:
            walk(child)
            write(child.tail)
        if element.tag in _BLOCKS:
            paragraphs.append("")

    walk(lxml.html.fragment_fromstring(safe, create_parent="div"))
    return clean("\n\n".join(words for words in map(clean, paragraphs) if words))
