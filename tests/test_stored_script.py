"""A script in every text field is shown as the words it is, on every page."""

import json
import re
from html.parser import HTMLParser

import pytest

from astana.models import Actor, Stance
from tests.a_hostile_site import HOLE, WRITTEN, a_hostile_site, words_of
from tests.a_watched_site import Site, addresses

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    """Return a public dossier in which every word of people is a script."""
    return a_hostile_site("public")


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


@pytest.mark.parametrize(
    ("role", "query"),
    [
        ("anonymous", ""),
        ("owner", ""),
        ("owner", "q=script"),
        ("admin", ""),
    ],
)
def test_it_runs_on_no_page(site, role, query):
    found, seen = [], 0
    for address in addresses():
        # The admin is Django's own, and is walked by those who see all of it, and by them alone.
        if address.name.startswith("admin:") != (role == "admin"):
            continue
        url = site.url(address, role)
        # What a question changes is in the slice; the rest of the page is that of no question.
        response = site.client(role).get(
            f"{url}{'&' if '?' in url else '?'}{query}".rstrip("?&"),
            headers={"HX-Request": "true"} if query else {},
        )
        assert response.status_code < 500, address.name
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            continue
        html = b"".join(response).decode() if response.streaming else response.content.decode()
        seen += "hole(" in html
        parser = _Scripts()
        parser.feed(html)
        found += [f"{address.name}: {tag[:200]}" for tag in parser.found]
        if "<script>hole" in html or "<b onmouseover" in html:
            found.append(f"{address.name}: raw")
        for data in re.findall(r"<script [^>]*json\">(.*?)</script>", html, re.S):
            json.loads(data)
    assert found == []
    assert seen > 10
