"""Where all is second-hand, no page says that an actor spoke."""

import re

import pytest

from tests.pages.rows import words_of

PAGES = (
    "compare/?actor=iran&actor=russia",
    "actors/",
    "issues/cease-fire/",
    "agreement/?actor=iran&actor=russia&least=1&pair=iran.russia",
    "agreement/statements/?actor=iran",
    "common-ground/?show=accepted",
    "common-ground/?show=contested",
    "issues/",
    "sources/?actor=iran&issue=cease-fire",
)
CLAIMS = re.compile(
    r"(?<!No )(?<!no )stated position|(has|have) (spoken|stated)|said something|One speaks|"
    r"said most|to have stated|[Ss]tances? held|scale (is|are) held"
)


@pytest.mark.parametrize("address", PAGES)
def test_of_whom_others_speak_it_is_not_said_to_have_spoken(client, a_position, address):
    a_position(actor="iran", voice="characterised")
    a_position(actor="russia", voice="characterised", stance="opposes")
    a_position(actor="russia", issue="border", voice="attributed", attributed_by="iran")

    response = client.get(f"/dossiers/talks/{address}")
    words = words_of(response) + " ".join(
        re.findall(r'aria-label="(.*?)"', response.content.decode())
    )

    assert not CLAIMS.search(words)
