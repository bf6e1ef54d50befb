"""What a reader sees of a list page."""

import re

from django.http import HttpResponse
from django.utils.html import strip_tags


def in_words(html: str) -> str:
    """Return the words of a piece of a page in one line; blocks are kept apart by a space."""
    return " ".join(strip_tags(re.sub(r"(</(?:dd|dt|h\d|li|p|td|th)>)", r"\1 ", html)).split())


def words_of(response: HttpResponse) -> str:
    """Return the words of the page, in one line."""
    return in_words(response.content.decode())


def section_of(response, heading: str) -> str:
    """Return the words of the section under a heading, in one line."""
    for section in re.findall(r"<section.*?</section>", response.content.decode(), re.DOTALL):
        title, _, rest = section.partition("</h2>")
        if in_words(title) == heading:
            return in_words(rest)
    return ""


def rows_of(response: HttpResponse) -> list[str]:
    """Return the words of each row of the table, in its order."""
    body = re.search(r"<tbody.*?</tbody>", response.content.decode(), re.DOTALL)
    rows = re.findall(r"<tr.*?</tr>", body[0], re.DOTALL) if body else []
    return [in_words(row) for row in rows]


def choice_of(response: HttpResponse, name: str, value: str) -> str:
    """Return the words of one check box of a facet with its count, or nothing."""
    html = response.content.decode()
    found = re.search(rf'<li><label[^>]*><input[^>]*id="{name}-{value}".*?</li>', html)
    return in_words(found[0]) if found else ""
