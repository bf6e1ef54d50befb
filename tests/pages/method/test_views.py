"""The page that says how the others come about is there for everybody, and linked from all."""

import re
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db


def test_every_heading_of_the_docs_is_on_the_page(client):
    html = client.get("/method/").content.decode()
    text = (Path(settings.BASE_DIR) / "docs" / "method.md").read_text()
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    assert len(headings) > 10
    for heading in headings:
        assert re.search(rf"<h[12]>{re.escape(heading)}</h[12]>", html), heading


def test_each_section_has_an_example_and_its_limits(client):
    html = client.get("/method/").content.decode()
    for section in html.split("<h2>")[1:]:
        assert "<strong>Limits.</strong>" in section, section[:60]
    assert html.count("<strong>Example.</strong>") >= 9


def test_the_foot_of_a_page_leads_there(client, a_dossier):
    a_dossier()
    for address in ("/", "/dossiers/talks/", "/dossiers/talks/compare/"):
        foot = client.get(address).content.decode().split("<footer")[1]
        assert 'href="/method/"' in foot
