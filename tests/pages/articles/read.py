"""What is read off a page of the reader."""

import re

URL = "/dossiers/talks/articles/gazette-2017-01-25/"
TEXT = "They met. Russia backs the truce.\n\nIran did not speak, they say."


def html_of(response):
    return response.content.decode()


def words_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def paragraph(html, number, prefix=""):
    return re.search(rf'<p [^>]*id="{prefix}p{number}".*?</p>', html, re.DOTALL)[0]


def marks(html):
    return re.findall(r"<mark[^>]*>(.*?)</mark>", html, re.DOTALL)


def chosen_marks(html):
    return re.findall(r'<mark[^>]*aria-current="true"[^>]*>(.*?)</mark>', html)


def note(html, number, prefix=""):
    return re.search(rf'<li class="reader-note" id="{prefix}n{number}".*?</li>', html, re.DOTALL)[0]
