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
from astana.intake.shown import show

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_REFERENCE = re.compile(r"&#(?:\d+|x[0-9a-f]+);?", re.I)

_BLOCKS = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd"),
    *("blockquote", "pre", "table", "tr", "div", "section", "article", "figcaption", "caption"),
}
_CELLS = {"td", "th"}
_INLINE = {
    *("br", "q", "sup", "del", "s", "strike"),
    # They may be hidden.
    *("span", "a", "b", "i", "em", "strong", "font", "small", "u"),
}
# A row with more words sets out a page, which was once done by tables.
_LONGEST_ROW = 2_000
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
    show(tree)
    found = trafilatura.extract(tree, output_format="html", include_comments=False)
    return Reading(
        checked(words_of(found or page)),
        origins={field: origin for field, (_value, origin) in said.items()},
        warnings=warnings,
        **{field: value for field, (value, _origin) in said.items()},
    )


def _tree(page: str) -> lxml.html.HtmlElement | None:
    try:
        return lxml.html.document_fromstring(page, parser=_parser())
    except lxml.etree.ParserError:
        return None


def _parser() -> lxml.html.HTMLParser:
    """Return a parser that leaves nothing out, however deep it stands: the process is bounded."""
    return lxml.html.HTMLParser(
        remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True
    )


def _letter(reference: re.Match[str]) -> str:
    """Return what a numbered reference means to browsers, or itself where it may be markup."""
    letter = unescape(reference[0])
    return reference[0] if letter.isascii() and letter.isprintable() else letter


def words_of(html: str) -> str:
    """Return the words of markup: a blank line between its blocks, and a bar between cells."""
    safe = nh3.clean(
        html,
        tags=_BLOCKS | _CELLS | _INLINE,
        attributes={"*": {"hidden", "style"}},
        link_rel=None,
        clean_content_tags=_UNSEEN,
    )
    tree = lxml.html.fragment_fromstring(safe, create_parent="div", parser=_parser())
    show(tree)
    return clean("\n\n".join(_paragraphs(tree)))


def _paragraphs(element: lxml.html.HtmlElement) -> list[str]:
    """Return the words of an element, block by block."""
    paragraphs = [""]

    def write(words: str | None) -> None:
        paragraphs[-1] += re.sub(r"\s+", " ", words or "")

    def walk(element: lxml.html.HtmlElement) -> None:
        write(element.text)
        for child in element:
            if child.tag == "br":
                paragraphs[-1] += "\n"
            elif child.tag in _BLOCKS:
                paragraphs.extend([*(_row(child) or _paragraphs(child)), ""])
            elif child.tag in _CELLS:
                paragraphs.extend([*_paragraphs(child), ""])
            else:
                walk(child)
            write(child.tail)

    walk(element)
    return [words for words in map(clean, paragraphs) if words]


def _row(element: lxml.html.HtmlElement) -> list[str]:
    """Return a row of a table as one line; nothing for what is none, or only sets a page out."""
    if element.tag != "tr" or element.find(".//table") is not None:
        return []
    cells = [_paragraphs(cell) for cell in element if cell.tag in _CELLS]
    if len(cells) == 1 or sum(len(words) for cell in cells for words in cell) > _LONGEST_ROW:
        return []
    row = " | ".join(" ".join(cell) for cell in cells)
    return [" ".join(row.split())] if any(cells) else []
