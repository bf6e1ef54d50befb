"""A script in every text field is shown as the words it is, on every page."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.db import models
from django.db.models.functions import Concat, Substr

from astana.models import (
    Actor,
    ActorName,
    Affiliation,
    Article,
    Challenge,
    Comment,
    Document,
    Dossier,
    Event,
    Evidence,
    Issue,
    Merge,
    Position,
    Rendition,
    SavedComparison,
    Source,
    Stance,
    User,
)
from tests.a_watched_site import Site, addresses

pytestmark = pytest.mark.django_db

# It breaks out of an attribute, an element, a script and a comment, wherever it stands raw.
HOLE = "'\"-->]]></script><script>hole(1)</script><b onmouseover=hole(2)>"
WITHIN = "<script>hole(3)</script>"
WRITTEN = (
    Dossier, Source, Article, Actor, ActorName, Affiliation, Issue, Stance, Event, Document,
    Position, Comment, Challenge, SavedComparison, Merge, User,
)  # fmt: skip
# Texts that are no words of people: addresses, dates, hashes and names in addresses.
NOT_WORDS = {
    "said", "published_words", "sha256", "token", "token_sha256", "password", "username", "email",
    "query", "language", "kept", "other", "noun", "timezone",
}  # fmt: skip


def _words_of(model: type[models.Model]) -> list[models.Field]:
    """Return the fields of a model in which people write what they like."""
    return [
        field
        for field in model._meta.fields
        if isinstance(field, (models.CharField, models.TextField))
        and not isinstance(field, (models.SlugField, models.URLField, models.EmailField))
        and not field.choices
        and field.name not in NOT_WORDS
    ]


@pytest.fixture
def site() -> Site:
    """Return a public dossier in which every word of people is a script."""
    site = Site("public")
    for model in WRITTEN:
        for field in _words_of(model):
            payload = HOLE if (field.max_length or 999) >= len(HOLE) + 12 else WITHIN
            # Some names are there once only: they keep what tells them apart.
            words = Concat(models.Value(payload), Substr(field.name, 1, 11))
            if (field.max_length or 999) < len(payload) + 12:
                continue
            rows = model._default_manager.all()
            # An objection has an answer once it is answered.
            rows = rows.exclude(status="open") if field.name == "answer" else rows
            rows.update(**{field.name: words})
    for text in Rendition.objects.exclude(text=""):
        start = text.text[: len(WITHIN)]
        Rendition.objects.filter(pk=text.pk).update(text=WITHIN + text.text.removeprefix(start))
        Evidence.objects.create(
            position=Position.objects.get(dossier=site.dossier, key="p0"),
            rendition=text,
            number=70 + text.pk % 20,
            start=0,
            end=len(WITHIN),
            exact=WITHIN,
            paragraph=1,
        )
    return site


def test_every_field_of_words_is_written_into(site):
    planted = {(model.__name__, field.name) for model in WRITTEN for field in _words_of(model)}
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
        ("anonymous", "q=script"),
        ("owner", ""),
        ("owner", "q=script"),
        ("admin", ""),
    ],
)
def test_it_runs_on_no_page(site, role, query):
    found, seen = [], 0
    for address in addresses():
        # The admin is Django's own, and is walked once.
        if address.name.startswith("admin:") and (role != "admin" or query):
            continue
        response = site.client(role).get(f"{site.url(address, role)}?{query}".rstrip("?"))
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
