"""A text that is pasted once more is the stored one, byte for byte; what is refused is kept."""

import pytest
from django.urls import reverse

from astana.models import Rendition

pytestmark = pytest.mark.django_db


@pytest.fixture
def coder(a_member, client):
    user = a_member("coder", role="coder")
    client.force_login(user)
    return user


def _paste(client, article, text: str):
    of = article.renditions.order_by("-version").first()
    address = reverse("passages:text", args=["talks", article.slug])
    return client.post(address, {"of": of.pk, "text": text.replace("\n", "\r\n")}, follow=True)


def test_white_space_at_the_edges_of_a_text_is_kept(client, a_rendition, coder):
    """The first line break, above all: without it every passage would move."""
    article = a_rendition("\n  They met.\n\nAll of them.\n").article
    html = _paste(client, article, article.renditions.get().text).content.decode()
    assert "is already stored as version 1" in html
    assert Rendition.objects.count() == 1
    _paste(client, article, "\n\n They met in Astana. \n")
    assert article.renditions.get(version=2).text == "\n\n They met in Astana. \n"


def test_a_text_that_is_stored_with_two_characters_a_line_end_stays_so(client, a_rendition, coder):
    article = a_rendition("They met.\r\n\r\nAll of them.").article
    html = _paste(client, article, "They met.\n\nAll of them.").content.decode()
    assert "is already stored as version 1" in html
    assert Rendition.objects.count() == 1


def test_an_empty_text_is_refused_and_nothing_typed_is_lost(client, a_rendition, coder):
    article = a_rendition().article
    of = article.renditions.get()
    address = reverse("passages:text", args=["talks", article.slug])
    assert client.post(address, {"of": of.pk, "text": " "}).status_code == 422
    response = client.post(address, {"of": "0", "text": "What was typed."})
    assert response.status_code == 422
    assert b"What was typed." in response.content
    _paste(client, article, "Somebody else was quicker.")
    response = client.post(address, {"of": of.pk, "text": "What was typed."})
    assert b"Somebody has replaced this text since you opened the page." in response.content
    assert b"What was typed." in response.content
