"""A script in every text field is shown as the words it is, on every page."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from astana.models import Actor, Stance
from tests.a_hostile_site import HOLE, WRITTEN, a_hostile_site, words_of
from tests.a_large_dossier import made_once
from tests.a_watched_site import Site, addresses
from tests.asked import asked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uncounted")]


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """Make a public dossier in which every word of people is a script."""
    with made_once(django_db_blocker):
        yield a_hostile_site("public")


def test_every_field_of_words_is_written_into(site):
    planted = {(model.__name__, field.name) for model in WRITTEN for field in words_of(model)}
    assert {("Actor", "name"), ("Position", "summary"), ("Comment", "text")} <= planted
    assert Actor.objects.filter(name__startswith=HOLE).exists()
    assert Stance.objects.filter(label__startswith=HOLE).exists()


class _Scripts(HTMLParser):
    """Collect what would run, as a browser reads it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if any("hole" in name or (name.startswith("on") and value) for name, value in attributes):
            self.found.append(self.get_starttag_text())
        is_data = (values.get("type") or "").endswith("json")
        if tag == "script" and "src" not in values and not is_data:
            self.found.append(self.get_starttag_text())
        for name in ("href", "src", "action", "formaction"):
            if re.match(r"\s*(javascript|data|vbscript):", values.get(name) or "", re.IGNORECASE):
                self.found.append(self.get_starttag_text())


def _pages(site: Site, role: str) -> Iterator[tuple[str, bool, str]]:
    """Yield the name of each page, whether it was asked a question, and what it answers."""
    for address in addresses():
        # The admin is Django's own, and is walked by those who see all of it, and by them alone.
        if address.name.startswith("admin:") != (role == "admin"):
            continue
        url, client = site.url(address, role), site.client(role)
        with asked() as known:
            answers = [client.get(url)]
        # A question that a page does not look for changes nothing, as is tested of every page. What
        # it changes is in the slice; the rest of the page is that of no question.
        if role == "owner" and "q" in known:
            question = f"{url}{'&' if '?' in url else '?'}q=script"
            answers.append(client.get(question, headers={"HX-Request": "true"}))
        for place, response in enumerate(answers):
            assert response.status_code < 500, address.name
            if response.headers.get("Content-Type", "").startswith("text/html"):
                words = b"".join(response) if response.streaming else response.content
                yield address.name, place > 0, words.decode()


@pytest.mark.parametrize("role", ["anonymous", "owner", "admin"])
def test_it_runs_on_no_page(site, role):
    found, seen = [], Counter()
    for name, is_answer, html in _pages(site, role):
        seen[is_answer] += "hole(" in html
        parser = _Scripts()
        parser.feed(html)
        found += [f"{name}: {tag[:200]}" for tag in parser.found]
        if "<script>hole" in html or "<b onmouseover" in html:
            found.append(f"{name}: raw")
        for data in re.findall(r"<script [^>]*json\">(.*?)</script>", html, re.S):
            json.loads(data)
    assert found == []
    assert seen[False] > 10
    assert seen[True] > 5 or role != "owner"
