"""Where only first-hand is asked for, no page calls silent of whom a second-hand claim is known."""

import re

import pytest

from tests.pages.rows import in_words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("compare/?since=2017-01-15&", "1 first heard first-hand"),
        ("compare/?since=2017-01-15&", "first heard first-hand: “Supports”"),
        ("timeline/?issue=cease-fire&", "first heard first-hand: “Supports”"),
        ("issues/cease-fire/?", "Russia first heard first-hand: Supports"),
    ],
)
def test_who_was_spoken_of_before_is_not_said_to_be_first_heard(client, a_position, address, words):
    a_position(said="2017-01-10", voice="characterised")
    a_position(said="2017-01-20")
    html = client.get(f"/dossiers/talks/{address}first_hand=1").content.decode()
    found = in_words(re.search(r"<main.*</main>", html, re.DOTALL)[0])
    assert words in found
    assert "first heard:" not in found
    whole = client.get(f"/dossiers/talks/{address}").content.decode()
    assert "first heard first-hand" not in whole


@pytest.mark.parametrize(
    "address",
    [
        "compare/?",
        "brief/?side=russia&side=iran&",
        "common-ground/?",
        "actors/iran/?",
        "issues/cease-fire/?",
        "agreement/?least=1&pair=iran.russia&",
    ],
)
def test_the_legend_and_the_words_of_empty_cells_say_that_something_is_left_out(
    client, a_position, address
):
    for issue in ("cease-fire", "elections"):
        a_position(actor="russia", issue=issue)
        a_position(actor="turkey", issue=issue)
    a_position(actor="iran", issue="elections")
    a_position(actor="iran", issue="cease-fire", voice="characterised")
    html = client.get(f"/dossiers/talks/{address}first_hand=1").content.decode()
    words = in_words(re.search(r"<main.*</main>", html, re.DOTALL)[0])
    assert "no first-hand position: second-hand ones are left out" in words
    assert "No first-hand position" in words or "without a first-hand position" in words
    assert "o stated position" not in words
