"""What a reader sees of the compare page."""

import re

from django.http import HttpResponse

from tests.pages.rows import in_words


def cell_of(response: HttpResponse, actor: str, issue: str) -> str:
    """Return the words of one cell; an actor's name in it is for narrow screens."""
    html = response.content.decode()
    for cell in re.findall(r"<td.*?</td>", html, re.DOTALL):
        if f'id="c-{actor}.{issue}"' in cell:
            return in_words(re.sub(r'<span class="who".*?</span>', "", cell))
    raise LookupError(f"The page has no cell {actor}.{issue}.")


def panel_of(response: HttpResponse) -> str:
    """Return the words of the evidence panel, or nothing where it is closed."""
    found = re.search(r'<aside class="drawer".*?</aside>', response.content.decode(), re.DOTALL)
    return in_words(found[0]) if found else ""


def heads_of(response: HttpResponse) -> tuple[list[str], list[str]]:
    """Return the titles of the columns and of the rows of the compare table, in order."""
    table = re.search(r'<table class="matrix.*?</table>', response.content.decode(), re.DOTALL)
    found = []
    for scope in ("col", "row"):
        heads = re.findall(rf'<th scope="{scope}".*?</th>', table[0], re.DOTALL)
        links = [re.search(r"<a [^>]*>(.*?)</a>", head) for head in heads]
        found.append([in_words(link[1]) for link in links if link])
    return found[0], found[1]


def lede_of(response: HttpResponse) -> str:
    """Return the sentence that says what is shown, and how much of it."""
    html = response.content.decode()
    asked = re.search(r'<h1 id="asked">.*?</h1>', html, re.DOTALL)
    counted = in_words(re.search(r'<p class="lede"[^>]*>.*?</p>', html, re.DOTALL)[0])
    return f"{in_words(asked[0])}: {counted}" if asked else counted
