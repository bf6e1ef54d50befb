"""The articles behind a comparison, and the numbered notes that are printed of them."""

import re
from html import unescape

import pytest

from astana.models import Evidence, Membership
from astana.pages.compare import behind

pytestmark = pytest.mark.django_db
URL = "/dossiers/talks/compare/?actor=russia&actor=turkey&issue=cease-fire&as_of=2017-02-01"


def notes(client) -> list[str]:
    """Return the notes of a comparison as words."""
    html = client.get(URL).content.decode()
    found = re.findall(r'<span class="paper-note">(.*?)</span>(?=<span class="paper|</li>)', html)
    return [" ".join(re.sub(r"<[^>]*>", "", one).split()) for one in found]


def test_a_note_has_who_says_it_its_words_and_its_place(client, a_rendition, a_position, an_actor):
    text = a_rendition()
    quote = "Russia supports the cease-fire."
    lavrov = an_actor("lavrov", name="Sergey Lavrov", kind="person")
    a_position(actor="russia", rendition=text, quote=quote, speaker=lavrov)
    a_position(actor="turkey", voice="characterised", rendition=text, quote=quote)
    assert notes(client) == [
        "1 Russia (Sergey Lavrov), Turkey, characterised by the source: “" + quote + "” ¶ 1"
    ]
    assert client.get(URL).content.decode().count('data-notes="1"') == 2


def test_a_note_has_no_more_words_than_its_reader_may_see(
    client, a_rendition, a_position, an_actor, a_member
):
    an_actor("turkey")
    a_position(rendition=a_rendition("A canary.", rights="members", kind="full"), quote="A canary")
    closed, open_to_me = "1 Russia: ¶ 1 (for members of the dossier)", "1 Russia: “A canary” ¶ 1"
    assert notes(client) == [closed]
    member = a_member()
    client.force_login(member)
    assert notes(client) == [open_to_me]
    Membership.objects.filter(user=member).delete()
    assert notes(client) == [closed]
    client.logout()
    assert notes(client) == [closed]


def test_a_note_says_when_its_words_are_not_stored_or_lost(
    client, a_rendition, a_position, an_actor
):
    an_actor("turkey")
    a_position(rendition=a_rendition(), quote="Others did not speak.")
    Evidence.objects.update(start=None, end=None, health="lost")
    assert "Others did not speak." in notes(client)[0]
    assert notes(client)[0].endswith("(lost)")


def test_of_a_long_table_the_first_rows_have_notes_and_it_is_said(
    client, a_rendition, a_position, monkeypatch
):
    monkeypatch.setattr(behind, "MOST_WITH_NOTES", 1)
    said = "Passages are printed for the first rows only"
    text = a_rendition()
    a_position(actor="russia", rendition=text, quote="Russia supports the cease-fire.")
    assert said not in client.get(URL).content.decode()
    a_position(actor="turkey", rendition=text, quote="Others did not speak.")
    assert [one[:9] for one in notes(client)] == ["1 Russia:"]
    assert said in client.get(URL).content.decode()


def test_of_a_long_table_the_articles_behind_the_first_rows_are_listed_and_lead_to_all(
    client, a_rendition, a_position, monkeypatch
):
    monkeypatch.setattr(behind, "MOST_WITH_NOTES", 1)
    a_position(actor="russia", rendition=a_rendition("A word."), quote="A word")
    other = a_rendition("Another.", article="herald-2017-01-26")
    a_position(actor="turkey", rendition=other, quote="Another")
    html = client.get(URL).content.decode()
    listed = html[html.index('id="behind"') :]
    assert "The 2 articles behind this table" in listed
    assert "Only the 1 article behind the first rows is listed here." in listed
    assert "gazette-2017-01-25" in listed
    assert "herald-2017-01-26" not in listed
    [address] = re.findall(r'href="([^"]*compare\.csv[^"]*)">All of them', listed)
    everything = b"".join(client.get(unescape(address))).decode()
    assert "gazette-2017-01-25" in everything
    assert "herald-2017-01-26" in everything
