"""The sitemap: every page of public dossiers, and no word of the others."""

import re
import xml.etree.ElementTree as ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astana.pages.sitemaps.views import SITEMAPS, Records
from tests.a_large_dossier import a_large_dossier

pytestmark = pytest.mark.django_db
SCHEMA = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def _addresses(client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    root = ElementTree.fromstring(response.content)
    return [found.text for found in root.iter(f"{SCHEMA}loc")]


def test_every_address_in_the_sitemap_answers(client):
    a_large_dossier("talks", size=3)
    lists = _addresses(client, "/sitemap.xml")
    assert len(lists) == len(SITEMAPS)
    addresses = [page for part in lists for page in _addresses(client, part)]
    assert "http://testserver/dossiers/talks/positions/p0/" in addresses
    assert len(addresses) == len(set(addresses)) > 20
    for address in addresses:
        assert client.get(address).status_code == 200


def test_a_private_dossier_is_not_in_the_sitemap(client, a_member):
    dossier = a_large_dossier("canary", size=3, visibility="members")
    client.force_login(a_member(dossier=dossier))
    for address in ("/sitemap.xml", *(f"/sitemap-{name}.xml" for name in SITEMAPS)):
        assert "canary" not in client.get(address).content.decode()


def test_a_draft_is_not_in_the_sitemap(client, a_position):
    draft, shown = a_position(status="draft"), a_position()
    (address,) = _addresses(client, "/sitemap-positions.xml")
    assert draft.key not in address
    assert address.endswith(shown.get_absolute_url())


def test_a_long_list_is_cut_into_pages(client, monkeypatch):
    monkeypatch.setattr(Records, "limit", 4)
    a_large_dossier("talks", size=3)
    parts = [part for part in _addresses(client, "/sitemap.xml") if "positions" in part]
    assert [len(_addresses(client, part)) for part in parts] == [4, 2]
    assert client.get("/sitemap-positions.xml?p=99").status_code == 404
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_the_sitemap_costs_the_same_for_every_dossier(client):
    numbers = []
    for slug, size in (("talks", 3), ("congress", 60)):
        a_large_dossier(slug, size=size)
        with CaptureQueriesContext(connection) as queries:
            client.get("/sitemap.xml")
            client.get("/sitemap-positions.xml")
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_robots_are_told_where_to_look(client, db):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert re.search(r"^Disallow: /admin/$", text, re.MULTILINE)


def test_where_holes_are_reported_is_what_the_settings_say_and_nothing_without(client, settings):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@astana.example"
    settings.SECURITY_EXPIRES = "2027-01-01T00:00:00Z"
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines()[:3] == [
        "Contact: mailto:security@astana.example",
        "Expires: 2027-01-01T00:00:00Z",
        "Canonical: http://testserver/.well-known/security.txt",
    ]
