"""The reader shows each passage in its place and whose position rests on it."""

import re
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astana.models import Anchor, Article, Evidence, Rendition
from tests.pages.articles.read import (
    TEXT,
    URL,
    chosen_marks,
    html_of,
    marks,
    note,
    paragraph,
    words_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def a_full_text(a_rendition):
    """Build full texts for members only."""

    def build(text="Canary words of the publisher. Russia backs it.", **values):
        return a_rendition(text, **{"kind": "full", "rights": "members"} | values)

    return build


def test_paragraphs_keep_their_number_language_and_address(client, a_rendition):
    a_rendition("One.\n\nDeux.", language="fr")
    html = html_of(client.get(URL))
    assert 'lang="fr"' in paragraph(html, 2)
    assert 'dir="auto"' in paragraph(html, 2)
    assert 'href="#p2"' in paragraph(html, 2)
    assert words_of(paragraph(html, 2)) == "2Deux."


def test_a_heading_is_shown_without_a_number(client, a_rendition):
    text = a_rendition("Heading\n\nOne.")
    Rendition.objects.filter(pk=text.pk).update(paragraphs=[[9, 13]])
    html = html_of(client.get(URL))
    assert words_of(paragraph(html, 1)) == "1One."
    assert re.search(r'<p class="reader-paragraph is-outside"[^>]*>Heading</p>', html)


def test_a_passage_leads_to_its_note_and_the_note_to_its_passage(client, a_rendition, a_position):
    a_position(rendition=a_rendition(TEXT), quote="Russia backs the truce", summary="In favour.")
    html = html_of(client.get(URL))
    assert marks(paragraph(html, 1)) == ["Russia backs the truce"]
    assert 'href="#n1"' in paragraph(html, 1)
    assert 'id="m1"' in paragraph(html, 1)
    assert 'href="#m1"' in note(html, 1)
    for said in ("Russia", "Cease fire", "Supports", "In favour.", "reported speech", "24 Jan"):
        assert said in words_of(note(html, 1))


def test_overlapping_passages_are_cut_and_both_have_a_note(client, a_rendition, a_position):
    text = a_rendition("abcdef ghi")
    a_position(rendition=text, quote="abcd", summary="First.")
    a_position(rendition=text, quote="cdef", summary="Second.")
    html = html_of(client.get(URL))
    assert marks(paragraph(html, 1)) == ["ab", "cd", "ef"]
    assert 'class="over-2" data-notes="1 2 "' in paragraph(html, 1)
    assert "First." in note(html, 1)
    assert "Second." in note(html, 2)


def test_actors_who_share_a_passage_and_a_stance_share_a_note(client, a_rendition, a_position):
    text = a_rendition(TEXT)
    for actor in ("russia", "turkey"):
        a_position(rendition=text, quote="They met", actor=actor, summary=f"{actor} met.")
    a_position(rendition=text, quote="They met", actor="iran", stance="opposes")
    html = html_of(client.get(URL))
    assert html.count('class="reader-note"') == 1
    assert html.count('class="reader-entry ') == 2
    assert "russia met." in note(html, 1)
    assert "turkey met." in note(html, 1)


def test_second_hand_and_disputed_positions_are_marked_in_words(client, a_rendition, a_position):
    text = a_rendition(TEXT)
    a_position(rendition=text, quote="Russia", voice="attributed", attributed_by="turkey")
    disputed = a_position(rendition=text, quote="truce", voice="characterised")
    Evidence.objects.create(
        position=disputed,
        number=2,
        role="disputes",
        rendition=text,
        paragraph=2,
        start=TEXT.index("Iran"),
        end=TEXT.index("Iran") + 4,
        exact="Iran",
    )
    html = html_of(client.get(URL))
    assert "attributed by Turkey" in words_of(note(html, 1))
    assert "characterised by the source" in words_of(note(html, 2))
    assert "disputed" in words_of(note(html, 2))
    assert "disputed" not in words_of(note(html, 1))
    assert "This passage disputes that it was said." in note(html, 3)


def test_the_words_of_a_text_are_not_markup(client, a_rendition, a_position):
    a_position(rendition=a_rendition("Say <script>1</script> & go."), quote="<script>1</script>")
    assert marks(html_of(client.get(URL))) == ["&lt;script&gt;1&lt;/script&gt;"]


def test_a_chosen_position_stands_out_and_its_note_comes_first(client, a_rendition, a_position):
    text = a_rendition(TEXT)
    a_position(rendition=text, quote="They met", key="p001")
    a_position(rendition=text, quote="backs the truce", key="p002", summary="The chosen one.")
    html = html_of(client.get(f"{URL}?position=p002"))
    assert chosen_marks(html) == ["backs the truce"]
    assert re.findall(r'class="reader-note" id="n(\d)"', html) == ["2", "1"]
    assert 'aria-current="true"' in note(html, 2).split(">")[0]
    assert '<details class="reader-notes" open>' in html
    assert "Show all passages alike" in html
    assert chosen_marks(html_of(client.get(URL))) == []


def test_an_unknown_position_is_named_and_known_ones_are_offered(client, a_rendition, a_position):
    a_position(rendition=a_rendition(TEXT), quote="They met", key="p001")
    response = client.get(f"{URL}?position=p999")
    assert response.status_code == 400
    assert "“p999”" in html_of(response)
    assert 'role="alert"' in html_of(response)
    assert 'href="?position=p001"' in html_of(response)
    assert marks(html_of(response)) == ["They met"]


def test_a_position_of_another_text_is_refused_with_the_way_to_it(client, a_rendition, a_position):
    a_rendition(TEXT)
    elsewhere = a_rendition("Elsewhere.", article="herald-2017-01-26")
    a_position(rendition=elsewhere, quote="Elsewhere", key="p007")
    response = client.get(f"{URL}?position=p007")
    assert response.status_code == 400
    assert "rests on no passage of this text" in html_of(response)
    assert 'href="/dossiers/talks/positions/p007/"' in html_of(response)


def test_an_unpublished_position_is_neither_shown_nor_named(client, a_rendition, a_position):
    a_position(
        rendition=a_rendition(TEXT),
        quote="They met",
        key="p001",
        status="submitted",
        summary="Secret so far.",
    )
    html = html_of(client.get(URL))
    assert marks(html) == []
    assert "Secret so far." not in html
    assert "No published position rests on" in html
    assert "There is no position" in html_of(client.get(f"{URL}?position=p001"))


def test_a_further_anchor_of_an_unpublished_position_is_not_shown(client, a_rendition, a_position):
    position = a_position(rendition=a_rendition(TEXT), quote="They met", summary="Secret so far.")
    words = "Said elsewhere"
    Anchor.objects.create(
        evidence=position.evidence.get(),
        rendition=a_rendition(words, kind="full"),
        start=0,
        end=len(words),
        sha256=sha256(words.encode()).hexdigest(),
    )
    assert marks(html_of(client.get(URL))) == [words]
    type(position).objects.update(status="draft")
    html = html_of(client.get(URL))
    assert marks(html) == []
    assert "Secret so far." not in html


def test_a_member_reads_the_full_text_and_everybody_else_the_synopsis(
    client, a_rendition, a_full_text, a_member
):
    a_rendition(TEXT)
    a_full_text()
    assert "They met." in html_of(client.get(URL))
    client.force_login(a_member())
    html = html_of(client.get(URL))
    assert "Canary words" in html
    assert "They met." not in html
    assert "They met." in html_of(client.get(f"{URL}?rendition=synopsis"))


def test_words_for_members_never_reach_an_outsider(
    client, a_rendition, a_full_text, a_position, a_member, django_user_model
):
    synopsis, full = a_rendition(TEXT), a_full_text()
    position = a_position(rendition=synopsis, quote="They met", key="p001")
    words = "Canary words"
    anchor = {"rendition": full, "start": 0, "end": len(words), "exact": words, "paragraph": 1}
    Anchor.objects.create(
        evidence=position.evidence.get(), sha256=sha256(words.encode()).hexdigest(), **anchor
    )
    a_position(rendition=full, quote="Canary", key="p002", summary="Only in the full text.")
    other = a_rendition("Russia.", article="herald-2017-01-26")
    a_position(rendition=other, quote="Russia")
    addresses = [
        URL,
        f"{URL}?rendition=full",
        f"{URL}?rendition={full.pk}",
        f"{URL}?position=p001",
        f"{URL}?position=p002",
        f"{URL}?beside=herald-2017-01-26",
        f"{URL}?beside=",
        "/dossiers/talks/articles/herald-2017-01-26/?beside=gazette-2017-01-25",
    ]
    stranger = django_user_model.objects.create_user("stranger")
    for login in (None, stranger):
        if login:
            client.force_login(login)
        for address in addresses:
            html = html_of(client.get(address))
            assert "Canary" not in html, address
            assert "Only in the full text." not in html, address
            assert str(full.characters) + " characters" not in html, address
    client.force_login(a_member())
    assert marks(html_of(client.get(URL))) == ["Canary", " words"]


def test_a_text_for_members_is_an_unknown_text_to_others(client, a_rendition, a_full_text):
    a_rendition(TEXT)
    full = a_full_text()
    for name in ("full", str(full.pk), "nothing"):
        response = client.get(f"{URL}?rendition={name}")
        assert response.status_code == 400
        assert f"“{name}”" in html_of(response)
        assert "synopsis (en)" in words_of(html_of(response))


def test_words_of_a_text_for_members_stay_hidden_where_they_were_not_found(
    client, a_rendition, a_full_text, a_position, a_member
):
    full = a_full_text()
    position = a_position(rendition=full, quote="Canary words", summary="Known position.")
    excerpt = a_rendition("Another wording.", kind="excerpt")
    Anchor.objects.create(
        evidence=position.evidence.get(),
        rendition=excerpt,
        exact="Canary words",
        sha256=sha256(b"Canary words").hexdigest(),
        health="lost",
    )
    html = html_of(client.get(URL))
    assert "Known position." in html
    assert "Canary" not in html


def test_what_could_not_be_placed_is_listed(client, a_rendition, a_position):
    text = a_rendition("Yes. No. Yes.")
    for health, exact in (("lost", "Perhaps."), ("ambiguous", "Yes.")):
        Evidence.objects.create(
            position=a_position(summary=f"It is {health}."),
            rendition=text,
            exact=exact,
            health=health,
        )
    html = html_of(client.get(URL))
    assert marks(html) == []
    section = html.split("Passages that could not be placed")[1]
    for said in ("Lost:", "Perhaps.", "It is lost.", "Ambiguous:", "Yes.", "It is ambiguous."):
        assert said in section


def test_a_moved_passage_is_marked_and_listed(client, a_rendition, a_position):
    position = a_position(rendition=a_rendition(TEXT), quote="They met")
    assert "another place" not in html_of(client.get(URL))
    position.evidence.update(health="moved")
    html = html_of(client.get(URL))
    assert marks(html) == ["They met"]
    assert "moved" in words_of(note(html, 1))
    assert "Note 1, now in paragraph 1" in html.split("now found in another place")[1]


def test_a_passage_in_another_setting_is_shown_in_the_words_of_now(client, a_rendition, a_position):
    position = a_position(rendition=a_rendition("They\u00a0met."), quote="They\u00a0met")
    assert "another setting" not in html_of(client.get(URL))
    position.evidence.update(health="reset")
    html = html_of(client.get(URL))
    assert marks(html) == ["They\u00a0met"]
    assert "intact in another setting" in words_of(note(html, 1))
    assert "could not be placed" not in html


def test_words_that_do_not_stand_at_their_place_are_lost_not_shown(client, a_rendition, a_position):
    position = a_position(rendition=a_rendition(TEXT), quote="They met", summary="Misplaced.")
    position.evidence.update(exact="They left")
    html = html_of(client.get(URL))
    assert marks(html) == []
    assert "Misplaced." in html.split("Passages that could not be placed")[1]


def test_a_text_known_by_its_hash_is_said_to_exist(client, a_rendition, a_full_text, a_member):
    a_rendition(TEXT)
    full = a_full_text()
    Rendition.objects.filter(pk=full.pk).update(text="")
    client.force_login(a_member())
    html = html_of(client.get(URL))
    assert "They met." in html
    assert "by its hash only" in html
    assert "attach_text gazette-2017-01-25" in html
    alone = client.get(f"{URL}?rendition=full")
    assert alone.status_code == 200
    assert "This text is known by its hash only." in html_of(alone)


def test_an_article_read_in_part_says_so(client, a_rendition):
    a_rendition(TEXT)
    assert "Only the opening" not in html_of(client.get(URL))
    Article.objects.update(coverage="opening")
    assert "Only the opening" in html_of(client.get(URL))


def test_an_older_version_leads_to_the_newest(client, a_rendition):
    old = a_rendition("Old words.")
    new = a_rendition("New words.", version=2)
    assert "New words." in html_of(client.get(URL))
    html = html_of(client.get(f"{URL}?rendition={old.pk}"))
    assert "Old words." in html
    assert f'href="?rendition={new.pk}"' in html


def test_an_article_without_a_text_to_read_says_so(client, a_full_text):
    a_full_text()
    html = html_of(client.get(URL))
    assert "There is no text of this article that you may read." in html
    assert "Canary" not in html


@pytest.mark.parametrize("name", ["rendition", "position", "beside"])
@pytest.mark.parametrize("value", ["9" * 30, "x" * 5000, "%0a", "'", "٣", "a b"])
def test_nonsense_is_refused_in_words(client, a_rendition, name, value):
    a_rendition(TEXT)
    response = client.get(f"{URL}?{name}={value}")
    assert response.status_code in (200, 400)
    if response.status_code == 400:
        assert 'role="alert"' in html_of(response)


def test_the_number_of_queries_does_not_grow_with_the_passages(client, a_rendition, a_position):
    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    long = " ".join(f"word{number}" for number in range(60))
    here, beside = a_rendition(long), a_rendition(long + ".", article="herald-2017-01-26")
    addresses = [URL, f"{URL}?beside=herald-2017-01-26", f"{URL}?position=a0", f"{URL}?beside="]

    def grow(numbers):
        for number in numbers:
            for text, letter in ((here, "a"), (beside, "b")):
                a_position(
                    rendition=text,
                    quote=f"word{number}",
                    key=f"{letter}{number}",
                    actor=f"actor-{number}",
                    issue=f"issue-{number % 7}",
                    voice="attributed",
                    attributed_by="turkey",
                )

    grow([0])
    few = [queries(address) for address in addresses]
    grow(range(10, 40))
    assert [queries(address) for address in addresses] == few


def test_the_first_page_of_an_outlet_is_not_shown_as_the_original(client, a_rendition):
    """Neither above a text nor where no text is open; an address of its own is a link in both."""
    rendition = a_rendition()
    for rights in ("public", "members"):
        Rendition.objects.filter(pk=rendition.pk).update(rights=rights)
        for url, is_link in (
            ("https://gazette.example/", False),
            ("", False),
            ("https://gazette.example/talks", True),
        ):
            Article.objects.update(url=url)
            html = html_of(client.get(URL))
            assert ("The address of the original is not known." in html) is not is_link
            assert ('rel="noopener noreferrer external"' in html) is is_link
            assert (f'href="{url}"' in html) is is_link
