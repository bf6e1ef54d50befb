"""Web pages: the article in them, as plain text. Nothing of their markup is kept."""

import re
from html import unescape

import lxml.etree
import lxml.html
import nh3
import trafilatura

from astana.intake.about import said_by
from astana.intake.declarations import encoding_of
from astana.intake.encodings import decode
from astana.intake.plain import characters, checked, clean
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
    tree = _tree(page)
    if tree is None:
        return Reading(checked(words_of(page)), warnings=warnings)
    said, is_unclear = said_by(tree, page)
    if is_unclear:
        warnings += ("date-unclear",)
    # Nothing is found where the page has no article, and where it is too much for the parser.
    found = trafilatura.extract(tree, output_format="html", include_comments=False)
    return Reading(
        checked(words_of(found or page)),
        origins={field: origin for field, (_value, origin) in said.items()},
        warnings=warnings,
        **{field: value for field, (value, _origin) in said.items()},
    )


def _tree(page: str) -> lxml.html.HtmlElement | None:
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        return lxml.html.document_fromstring(page, parser=parser)
    except lxml.etree.ParserError:
        return None


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
