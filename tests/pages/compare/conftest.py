"""A way to ask for a comparison."""

import pytest


@pytest.fixture
def compare(client):
    """Return a function that asks for the compare page of the dossier “talks”."""

    def ask(query: str = "", *, dossier: str = "talks"):
        return client.get(f"/dossiers/{dossier}/compare/?{query}")

    return ask
