"""The documents of the project as parts of a page."""

import re
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# Where a document is a page of the site.
_PAGES = {"method": "method:index", "glossary": "method:glossary", "files": "method:files"}
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)


@lru_cache(maxsize=8)
def document(path: str) -> SafeString:
    """Return a document as HTML; HTML in it would be shown as text.

    A link to another document leads to its page, or is plain words where it has none.
    """
    text = (settings.BASE_DIR / path).read_text(encoding="utf-8")
    html = MarkdownIt("js-default").render(text)
    return mark_safe(_LINK.sub(_linked, html.replace("<table>", '<table class="table">')))


def _linked(link: re.Match) -> str:
    address, words = link.groups()
    if address.startswith(("http://", "https://", "#")):
        return link[0]
    name = address.rpartition("/")[2].partition(".md")[0]
    return f'<a href="{reverse(_PAGES[name])}">{words}</a>' if name in _PAGES else words
