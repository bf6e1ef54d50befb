"""Where a dossier is blind: a source that reports, one that was searched, one that was not."""

import pytest

from astana.models import LookedFor
from tests.pages.rows import words_of

pytestmark = pytest.mark.django_db
URL = "/dossiers/talks/coverage/"


@pytest.fixture
def three_sources(a_rendition, a_position, an_issue):
    """The gazette reports, in the herald the issue was looked for, in the courier it was not."""
    text = a_rendition()
    a_position(rendition=text, quote="Russia supports the cease-fire")
    herald = a_rendition("Nothing.", article="herald-2017-01-25", source="herald")
    LookedFor.objects.create(article=herald.article, issue=an_issue("cease-fire"))
    a_rendition("Nothing here.", article="courier-2017-01-25", source="courier")
    an_issue("constitution")


def test_a_cell_says_what_was_found_and_what_was_looked_for(client, three_sources):
    words = words_of(client.get(f"{URL}?as_of=2017-01-25"))
    assert "By 25 Jan 2017, 3 articles had been published: 3 read in full" in words
    assert "For 1 issue, no article was read for all that it says on it" in words
    assert "1 position reported" in words
    assert "looked for in 1 of 1, nothing found" in words
    assert "nothing found, not looked for" in words


def test_what_is_left_out_as_second_hand_is_not_called_not_found(
    client, three_sources, a_position, a_rendition
):
    text = a_rendition("Somebody says so.", article="herald-2017-01-24", source="herald")
    a_position(rendition=text, quote="says so", voice="characterised")
    words = words_of(client.get(f"{URL}?as_of=2017-01-25&first_hand=1"))
    assert "1 first-hand position reported" in words
    assert "looked for in 1 of 2, nothing first-hand found" in words
    assert "nothing first-hand found, not looked for" in words
    assert ", nothing found" not in words.partition("Source By it alone")[2]
    by_party = words_of(client.get(f"{URL}?as_of=2017-01-25&first_hand=1&by=actor"))
    assert "nothing first-hand found in 2 articles" in by_party


def test_before_its_articles_a_source_is_no_silence(client, three_sources):
    words = words_of(client.get(f"{URL}?as_of=2017-01-23"))
    assert "0 articles had been published" in words
    assert "no article by then" in words


def test_an_unknown_group_day_or_page_is_refused(client, three_sources):
    for query, said in [
        ("group=Nonsense", "no group of issues “Nonsense”"),
        ("as_of=2017-02-30", "not a day in the calendar"),
        ("page=9", "There is no page “9”"),
    ]:
        response = client.get(f"{URL}?{query}")
        assert response.status_code == 400
        assert said in words_of(response)


def test_an_empty_dossier_has_nothing_to_show(client, a_dossier):
    a_dossier()
    words = words_of(client.get(URL))
    assert "There is nothing to show yet." in words
    assert "Every issue was looked for" not in words
