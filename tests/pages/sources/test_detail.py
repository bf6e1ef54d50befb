"""The page of a source: what it reports, alone or not, and what only others report."""

import re
from html import unescape

import pytest

from astana.models import LookedFor
from tests.pages.rows import rows_of, section_of, words_of

pytestmark = pytest.mark.django_db
BASE = "/dossiers/talks/"
PAGE = f"{BASE}sources/gazette/"


@pytest.fixture
def three_sources(a_position, a_rendition, an_actor, an_issue):
    """The gazette and the herald report of Russia, each of another party too; the courier nothing.

    The herald's position on Turkey is second-hand, and both name what the gazette denies.
    """
    gazette = a_rendition("Russia supports it. Iran does not.", article="g-1", source="gazette")
    herald = a_rendition("Russia supports it. Turkey, it says.", article="h-1", source="herald")
    a_rendition("Nothing here.", article="c-1", source="courier")
    a_position(actor="russia", rendition=gazette, quote="Russia supports it")
    a_position(actor="russia", rendition=herald, quote="Russia supports it")
    a_position(actor="russia", issue="borders", rendition=gazette, quote="supports")
    a_position(actor="iran", rendition=gazette, quote="Iran does not", said="2017-01-10")
    a_position(actor="turkey", rendition=herald, quote="Turkey", voice="characterised")
    a_position(actor="turkey", issue="oil", rendition=herald, quote="it says")
    LookedFor.objects.create(article=gazette.article, issue=an_issue("oil"))
    denied = a_position(actor="turkey", issue="ports", rendition=herald, quote="Turkey, it says")
    denied.evidence.create(
        rendition=gazette, number=2, role="disputes", start=0, end=6, exact="Russia"
    )


def test_of_a_source_without_an_article_by_then_nothing_is_said_to_be_unfound(
    client, three_sources
):
    words = words_of(client.get(f"{BASE}sources/gazette/?as_of=2017-01-10"))
    assert "By that day none of its articles read here had been published." in words
    for claim in ("0 of its articles", "from any party", "in what was read", "Nothing: another"):
        assert claim not in words
    # A later article reports what had been said.
    assert "1 position was found" in words
    assert "nothing could be found" not in words


def cells(response) -> list[tuple[str, str, str]]:
    """Return kind, words and address of each cell of the picture."""
    found = re.findall(
        r'<td class="covered ([-\w]+)[^"]*" title="([^"]*)">(?:<a href="([^"]*)")?',
        response.content.decode(),
    )
    return [(kind, words, unescape(href)) for kind, words, href in found]


@pytest.mark.usefixtures("three_sources")
def test_a_source_says_what_it_reports_alone_and_what_only_others_do(client):
    response = client.get(f"{PAGE}?as_of=2017-01-25")
    words = words_of(response)
    assert "By that day 1 of its articles had been published: 1 read in full" in words
    assert "3 positions were found, on 2 of 4 issues and of 2 of 3 parties" in words
    assert "What was not found may be in what was not read." in words
    assert rows_of(response)[0].startswith("All parties 3")
    alone = section_of(response, "Reported by no other source read here")
    assert "2 pairs of a party and an issue" in alone
    assert "Russia on Borders 1 position" in alone
    assert "Iran on Cease fire 1 position" in alone
    elsewhere = section_of(response, "Reported elsewhere, not found here")
    assert "They were not found in what was read of this one, which means no more than that." in (
        elsewhere
    )
    found, _, unknown = elsewhere.partition("not looked for here: nobody knows")
    assert "Oil: Turkey 1 source. Nothing was found on it from any party." in found
    assert "The issue was looked for in 1 of 1 article." in found
    assert "Ports: Turkey 1 source" in unknown
    assert "Cease fire: Turkey 1 source" in unknown
    assert "ignore" not in words


@pytest.mark.usefixtures("three_sources")
def test_each_number_opens_so_many_positions_with_their_passages(client):
    opened = 0
    for address in (f"{BASE}coverage/", f"{BASE}coverage/?by=actor", PAGE):
        response = client.get(address)
        for kind, words, href in cells(response):
            if kind not in ("reported", "alone"):
                continue
            number = int(words.split()[0])
            listed = client.get(href).content.decode().partition('id="reported"')[2]
            assert listed.count("<blockquote") == listed.count('<li class="sheet">') == number
            assert ("no other source" in words) == (kind == "alone")
            opened += 1
    assert opened == 5 + 4 + 7
    alone = client.get(f"{PAGE}?alone=1").content.decode().partition('id="reported"')[2]
    assert alone.count('<li class="sheet">') == 2


@pytest.mark.usefixtures("three_sources")
def test_what_is_not_here_opens_what_others_report(client):
    kinds = {
        words: href for kind, words, href in cells(client.get(f"{PAGE}?as_of=2017-01-25")) if href
    }
    (href,) = [href for words, href in kinds.items() if words.startswith("looked for in 1 of 1")]
    assert href == f"{BASE}sources/?actor=turkey&issue=oil&as_of=2017-01-25"
    assert "reported by 1 of 3 sources" in words_of(client.get(href))


@pytest.mark.usefixtures("three_sources")
def test_day_first_hand_and_group_are_kept_on_the_way(client):
    state = "as_of=2017-01-12&first_hand=1"
    response = client.get(f"{PAGE}?{state}")
    assert "As of 12 Jan 2017: 1 position was found" in words_of(response)
    assert "As of 12 Jan 2017; first-hand only." in words_of(response)
    links = [href for _kind, _words, href in cells(response) if href.startswith(PAGE)]
    assert links
    assert all(state in href for href in links)
    assert f"{BASE}coverage/?{state}" in unescape(response.content.decode())
    second_hand = client.get(f"{BASE}sources/herald/")
    assert "4 positions were found" in words_of(second_hand)
    assert "3 positions were found" in words_of(client.get(f"{BASE}sources/herald/?first_hand=1"))


@pytest.mark.usefixtures("three_sources")
def test_what_narrows_the_list_can_be_taken_back(client):
    html = client.get(f"{PAGE}?actor=iran&alone=1&as_of=2017-01-24").content.decode()
    chips = {
        unescape(words): unescape(href)
        for href, words in re.findall(r'<a href="([^"]*)"><span aria-hidden="true">×</span>'
                                      r'<span class="visually-hidden">(.*?)</span>', html)
    }  # fmt: skip
    assert chips["Remove Actor Iran"] == f"{PAGE}?as_of=2017-01-24&alone=1#reported"
    assert 'type="hidden" name="actor" value="iran"' in html


@pytest.mark.usefixtures("three_sources")
def test_a_source_without_a_find_is_said_to_have_none(client):
    words = words_of(client.get(f"{BASE}sources/courier/"))
    assert "0 positions were found" in words
    assert "Nothing was found in what was read of this source." in words
    early = client.get(f"{BASE}sources/courier/?as_of=2017-01-12")
    assert {kind for kind, _words, _href in cells(early)} <= {"none", "nowhere"}
    assert "There is nothing to show yet." in words_of(
        client.get(f"{BASE}sources/courier/?as_of=2010-01-01")
    )


@pytest.mark.usefixtures("three_sources")
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("sources/gazette/?actor=atlantis", "no actor “atlantis”"),
        ("sources/gazette/?page=9", "There is no page “9”"),
        (
            "coverage/?by=article",
            "“article” cannot be shown beside the sources. Choose one of: issue, actor.",
        ),
    ],
)
def test_what_a_picture_cannot_show_is_refused(client, query, said):
    response = client.get(BASE + query)
    assert response.status_code == 400
    assert said in words_of(response)


def test_words_for_members_are_not_shown_but_counted(client, a_position, a_rendition):
    text = a_rendition("They support it.", source="gazette", rights="members", kind="full")
    a_position(rendition=text, quote="support it")
    words = words_of(client.get(PAGE))
    assert "1 position was found" in words
    assert "In a text that only members of the dossier may read." in words
