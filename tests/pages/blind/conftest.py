"""Ways to begin a blind reading, and a dossier to begin it in."""

import re

import pytest

from tests.pages.blind.sent import TALKS


@pytest.fixture
def blind(client):
    """Return a function that goes from a compare page to its blind reading: the set's token."""

    def ask(query: str = "", *, dossier: str = TALKS) -> str:
        response = client.get(f"{dossier}compare/?{query}&blind=1")
        assert response.status_code == 302
        assert response.content == b""
        assert re.fullmatch(r"\.\./blind/\?set=[\w.:-]+", response["Location"])
        return response["Location"].partition("=")[2]

    return ask


@pytest.fixture
def three(a_position, a_rendition, a_dossier):
    """Three actors on two issues in a dossier named after none of them."""
    text = "Russia's envoy spoke. The Gazette asked Turkish and Iranian delegates."
    rendition = a_rendition(text)
    a_position(actor="russia", rendition=rendition, quote="Russia's envoy spoke", summary="Yes.")
    a_position(actor="turkey", stance="opposes", rendition=rendition, quote="Turkish and Iranian")
    a_position(actor="iran", voice="attributed", attributed_by="turkey", issue="constitution")
    return a_dossier()
