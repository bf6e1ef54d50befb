"""What only the signed-in see is kept by no cache; no address is a blank page."""

import pytest

pytestmark = pytest.mark.django_db


def test_what_is_public_can_be_kept(client, a_position):
    a_position()
    for page in ("/dossiers/talks/positions.csv", "/dossiers/talks/feed.atom", "/sitemap.xml"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert "no-store" not in answer.get("Cache-Control", "")


@pytest.mark.parametrize(
    ("address", "above"),
    [
        ("coding/rounds/article-0/decide/", "coding/rounds/article-0/"),
        ("members/3/remove/", "members/"),
        ("comments/3/resolve/", ""),
    ],
)
def test_who_reads_an_address_that_only_takes_forms_is_led_to_the_page_above(
    client, a_dossier, address, above
):
    a_dossier()
    answer = client.get(f"/dossiers/talks/{address}")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert f'href="/dossiers/talks/{above}"' in answer.content.decode()
    # What comes from a program is answered as ever.
    assert not client.put(f"/dossiers/talks/{address}").content
