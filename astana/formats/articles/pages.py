"""Web pages in which archives of newspapers hand articles out."""

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from astana.formats.package import Trouble, Unreadable
from astana.intake.declarations import encoding_of
from astana.intake.encodings import decode
from astana.intake.html import words_of
from astana.intake.plain import characters


def page_of(content: bytes) -> tuple[HtmlElement, tuple[str, ...]]:
    """Return the elements of a page, and warnings; raises Unreadable if there is none."""
    if b"<" not in content:
        raise Unreadable([Trouble("beginning", "This is not HTML. Download the articles as HTML.")])
    page, warnings = decode(content, declared=encoding_of(content))
    # What says which bytes they were is not for characters.
    page = characters(page).lstrip()
    if page.startswith("<?xml"):
        page = page.partition("?>")[2]
    parser = lxml.html.HTMLParser(
        remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True
    )
    try:
        return lxml.html.document_fromstring(page, parser=parser), warnings
    except lxml.etree.ParserError as error:
        reason = "This is not HTML. Download the articles as HTML."
        raise Unreadable([Trouble("beginning", reason)]) from error


def words_in(element: HtmlElement) -> str:
    """Return the words of an element on one line."""
    return " ".join(str(element.text_content()).split())


def text_of(element: HtmlElement) -> str:
    """Return the words of an element, with a blank line between its blocks."""
    return words_of(lxml.html.tostring(element, encoding="unicode", with_tail=False))
