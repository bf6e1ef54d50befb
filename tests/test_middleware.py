"""What only the signed-in see is kept by no cache."""

import pytest

pytestmark = pytest.mark.django_db


def test_what_is_public_can_be_kept(client, a_position):
    a_position()
    for page in ("/dossiers/talks/positions.csv", "/dossiers/talks/feed.atom", "/sitemap.xml"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert "no-store" not in answer.get("Cache-Control", "")
