"""What only the signed-in see is kept by no cache."""

import pytest

from tests.a_watched_site import Site, addresses

pytestmark = pytest.mark.django_db


def test_no_cache_keeps_what_is_answered_to_who_has_signed_in():
    site = Site("members")
    client = site.client("owner")
    kept = []
    for address in addresses():
        answer = client.get(site.url(address, "owner"))
        given = set(answer.get("Cache-Control", "").split(", "))
        if client.cookies["sessionid"].value and not given >= {"private", "no-store"}:
            kept.append((address.name, answer.status_code, given))
        client = site.client("owner")
    assert kept == []


def test_what_is_public_can_be_kept(client, a_position):
    a_position()
    for page in ("/dossiers/talks/positions.csv", "/dossiers/talks/feed.atom", "/sitemap.xml"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert "no-store" not in answer.get("Cache-Control", "")
