"""A page as it comes out of the printer: its sheets, whole, and what stands on them."""

import io
import re
from unicodedata import normalize

from pypdf import PdfReader

# The width between the margins of A4, upright and sideways, in CSS pixels.
UPRIGHT, SIDEWAYS = 703, 1032


def on_paper(page, *, sideways: bool = False) -> list[str]:
    """Print a page on A4, and return the text of each sheet.

    All sheets lie the same way, each has more on it than a line, and nothing is beyond the margin.
    """
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    sheets = PdfReader(io.BytesIO(printed)).pages
    assert {sheet.mediabox.width > sheet.mediabox.height for sheet in sheets} == {sideways}
    texts = [as_printed(one.extract_text()) for one in sheets]
    assert all(len(text) > 100 for text in texts)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": SIDEWAYS if sideways else UPRIGHT, "height": 1000})
    assert beyond_the_margin(page) == []
    return texts


def as_printed(words: str) -> str:
    """Return words as they can be looked for in a sheet: fonts write “fi” as one sign."""
    return normalize("NFKC", re.sub(r"\s+", " ", words)).strip()


def beyond_the_margin(page) -> list[str]:
    """Return the beginnings of what is wider than the sheet."""
    return page.evaluate(
        """() => [...document.querySelectorAll("table, html")].filter(one => {
            const box = one.getBoundingClientRect();
            const end = one.tagName === "HTML" ? one.scrollWidth : box.right;
            return box.width > 0 && (end > innerWidth + 1 || box.left < -1);
        }).map(one => one.outerHTML.slice(0, 160))"""
    )
