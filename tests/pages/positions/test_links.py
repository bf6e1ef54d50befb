"""What a position is to others, on its public page."""

import pytest

from astana.models import Link
from tests.pages.rows import in_words

pytestmark = pytest.mark.django_db

SAID = {
    "same-utterance": ("Same utterance as", "Rendered differently in"),
    "reason-for": ("Reason for", "Reason given"),
    "answers": ("Answers", "Answered by"),
    "repeats": ("Repeats", "Repeated by"),
}


def links_on(client, position) -> str:
    """Return the words of what is said of its links, empty where there is nothing."""
    page = client.get(position.get_absolute_url()).content.decode()
    _, _, rest = page.partition('<dl class="facts links">')
    return in_words(rest.partition("</dl>")[0])


@pytest.mark.parametrize("kind", SAID)
def test_a_link_is_said_in_words_from_either_end(client, a_position, kind):
    here, there = a_position(summary="It would."), a_position(summary="It may.")
    Link.objects.create(position=here, kind=kind, to=there)
    onward, back = SAID[kind]
    assert links_on(client, here).startswith(f"{onward} It may.")
    assert links_on(client, there).startswith(f"{back} It would.")
    page = client.get(here.get_absolute_url()).content.decode()
    assert f'href="{there.get_absolute_url()}"' in page


def test_a_link_leads_only_to_what_a_reader_may_see(client, a_position, a_member):
    here, draft = a_position(), a_position(status="draft", summary="Not said aloud.", key="p803")
    Link.objects.create(position=here, kind="repeats", to=draft)
    Link.objects.create(position=draft, kind="answers", to=here)
    client.force_login(a_member(role="owner"))
    page = client.get(here.get_absolute_url()).content.decode()
    assert "Not said aloud." not in page
    assert "p803" not in page
    assert links_on(client, here) == ""


def test_what_has_no_link_says_nothing_of_links(client, a_position):
    assert "to other positions" not in client.get(a_position().get_absolute_url()).content.decode()
