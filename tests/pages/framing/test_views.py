"""The framing ledger: what each source calls an actor, in the words one may read."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astana.models import ActorName, Anchor
from astana.models.process_cache import cache
from astana.pages.framing import presenter as tables
from tests.exchange.packages import SEEDS
from tests.pages.rows import in_words, words_of

pytestmark = pytest.mark.django_db
PAGE = "/dossiers/talks/framing/"


@pytest.fixture
def damascus(an_actor):
    """Return an actor with other names than its neutral one."""
    actor = an_actor("syria-gov", name="Government of Syria (GoS)")
    for language, name in (("en", "Damascus"), ("en", "Assad government"), ("ar", "دمشق")):
        ActorName.objects.create(actor=actor, name=name, language=language)
    return actor


@pytest.fixture
def writes(a_position, a_rendition):
    """Return a builder of texts of a source: its first word of the text is the passage."""

    def build(source: str, text: str, *, actor: str = "syria-gov", **values):
        rendition = a_rendition(text, source=source, article=f"{source}-1", **values)
        a_position(actor=actor, rendition=rendition, quote=text.split()[0])
        return rendition

    return build


def ledger(response) -> dict[str, list[str]]:
    """Return the words of the rows of each actor."""
    found = {}
    for body in re.findall(r"<tbody>(.*?)</tbody>", response.content.decode(), re.DOTALL):
        actor = re.search(r"<th[^>]*><a[^>]*><bdi>(.*?)</bdi>", body)[1]
        cells = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
        found[actor] = [in_words(re.sub(r"<th.*?</th>", "", cell)) for cell in cells]
    return found


def test_names_of_nobody_are_not_counted_as_names_of_0_actors(client, an_actor, writes):
    writes("gazette", "They agreed.", actor="iran")
    words = words_of(client.get(PAGE))
    assert "No recorded name of an actor occurs in the paragraphs around passages" in words
    assert "0 actors" not in words


def test_each_source_has_its_wordings_with_their_number(client, damascus, writes):
    writes("gazette", "Damascus agreed, Damascus's envoy said. The Assad government did not.")
    writes("herald", "The Government of Syria agreed.")
    (gazette, herald) = ledger(client.get(PAGE))["Government of Syria (GoS)"]
    assert gazette.startswith("Gazette Damascus × 2")
    assert "Assad government × 1" in gazette
    assert herald.startswith("1 source with the neutral name alone Herald: Government of Syria × 1")


def test_a_wording_leads_to_its_paragraph(client, damascus, writes):
    rendition = writes("gazette", "They met.\n\nDamascus agreed.")
    rendition.evidence.update(start=11, end=19, exact="Damascus", paragraph=2)
    html = client.get(PAGE).content.decode()
    assert 'href="/dossiers/talks/articles/gazette-1/#p2">25 Jan 2017, ¶ 2</a>' in html


def test_only_the_paragraphs_of_passages_are_looked_through(client, damascus, writes):
    writes("gazette", "They met.\n\nDamascus agreed.")
    response = client.get(PAGE)
    assert ledger(response) == {}
    assert "No recorded name was found." in words_of(response)


def test_a_paragraph_counts_once_however_many_passages_it_has(client, damascus, writes, a_position):
    rendition = writes("gazette", "Damascus agreed.")
    a_position(actor="syria-gov", issue="borders", rendition=rendition, quote="agreed")
    assert "Damascus × 1" in ledger(client.get(PAGE))["Government of Syria (GoS)"][0]


def test_both_halves_of_a_name_with_its_short_form_are_neutral(client, damascus, writes):
    writes("gazette", "GoS agreed.")
    assert "neutral name alone" in ledger(client.get(PAGE))["Government of Syria (GoS)"][0]


def test_names_in_other_scripts_are_found(client, damascus, writes):
    writes("gazette", "دمشق وافقت.", language="ar")
    assert "دمشق × 1" in ledger(client.get(PAGE))["Government of Syria (GoS)"][0]


def test_a_longer_name_of_another_actor_is_not_counted_twice(client, writes, an_actor):
    an_actor("syria", name="Syria")
    an_actor("bank", name="Bank of Syria")
    writes("gazette", "The Bank of Syria opened.", actor="bank")
    assert list(ledger(client.get(PAGE))) == ["Bank of Syria"]


def test_a_name_that_two_actors_share_counts_for_both(client, damascus, writes, an_actor):
    other = an_actor("city", name="City")
    ActorName.objects.create(actor=other, name="Damascus", language="en")
    writes("gazette", "Damascus agreed.")
    assert set(ledger(client.get(PAGE))) == {"City", "Government of Syria (GoS)"}


def test_the_spelling_that_stands_there_is_shown(client, writes, an_actor):
    actor = an_actor("cavusoglu", name="Çavuşoğlu")
    ActorName.objects.create(actor=actor, name="Cavusoglu", language="en")
    writes("gazette", "Çavuşoğlu agreed.", actor="cavusoglu")
    writes("herald", "Cavusoglu agreed.", actor="cavusoglu")
    rows = ledger(client.get(PAGE))["Çavuşoğlu"]
    assert rows[0].startswith("Herald Cavusoglu × 1")
    assert "Gazette: Çavuşoğlu × 1" in rows[1]


def test_coders_words_are_said_to_be_that(client, damascus, writes):
    writes("gazette", "Damascus agreed.")
    assert "These are the coders' words, not the sources'." in words_of(client.get(PAGE)).replace(
        "&#x27;", "'"
    )
    writes("herald", "Damascus agreed.", kind="full")
    words = words_of(client.get(PAGE)).replace("&#x27;", "'")
    assert "1 of 2 paragraphs is the source's own text" in words
    assert "Damascus × 1, 1 in its own text" in words


def test_title_sentence_and_note_agree_on_whose_words_they_are(client, damascus, writes):
    def said() -> tuple[str, str]:
        response = client.get(PAGE)
        title = re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)[1]
        assert "sources call" not in title + words_of(response)
        return in_words(title), words_of(response).replace("&#x27;", "'")

    writes("gazette", "Damascus agreed.", kind="full")
    title, words = said()
    assert title.startswith("Names of the actors, by source")
    assert "texts of the sources: 1; in synopses that coders wrote: 0." in words
    assert "All of these paragraphs are the sources' own text." in words
    assert "the coders' words" not in words
    writes("herald", "Damascus agreed.")
    words = said()[1]
    assert "texts of the sources: 1; in synopses that coders wrote: 1." in words
    assert "the others are the coders' words" in words


def test_words_for_members_are_only_counted_for_them(client, damascus, writes, a_member):
    writes("gazette", "Damascus agreed.", kind="full", rights="members")
    assert ledger(client.get(PAGE)) == {}
    member = a_member()
    client.force_login(member)
    assert "Damascus × 1" in ledger(client.get(PAGE))["Government of Syria (GoS)"][0]
    client.logout()
    assert ledger(client.get(PAGE)) == {}


def test_a_text_that_was_attached_is_looked_through(client, damascus, writes, a_rendition):
    rendition = writes("gazette", "They agreed.")
    full = a_rendition("The Assad government agreed.", article="gazette-1", kind="full")
    Anchor.objects.create(
        evidence=rendition.evidence.get(), rendition=full, paragraph=1, start=21, end=27,
        sha256="0" * 64, exact="agreed",
    )  # fmt: skip
    row = ledger(client.get(PAGE))["Government of Syria (GoS)"][0]
    assert "Assad government × 1, 1 in its own text" in row


def test_passages_of_drafts_are_not_looked_through(client, damascus, a_position, a_rendition):
    rendition = a_rendition("Damascus agreed.")
    a_position(actor="syria-gov", rendition=rendition, quote="agreed", status="draft")
    assert ledger(client.get(PAGE)) == {}


def test_a_new_name_is_found_at_once(client, damascus, writes):
    writes("gazette", "The regime agreed.")
    assert ledger(client.get(PAGE)) == {}
    ActorName.objects.create(actor=damascus, name="regime", language="en")
    assert "regime × 1" in ledger(client.get(PAGE))["Government of Syria (GoS)"][0]


def test_one_actor_or_one_source_can_be_chosen(client, damascus, writes, an_actor):
    an_actor("russia")
    writes("gazette", "Damascus and Russia agreed.")
    writes("herald", "Damascus agreed.")
    assert set(ledger(client.get(PAGE))) == {"Russia", "Government of Syria (GoS)"}
    assert set(ledger(client.get(f"{PAGE}?actor=russia"))) == {"Russia"}
    (row,) = ledger(client.get(f"{PAGE}?source=herald"))["Government of Syria (GoS)"]
    assert row.startswith("Herald")


def test_a_large_dossier_asks_for_an_actor(client, damascus, writes, monkeypatch):
    monkeypatch.setattr(tables, "MOST_PASSAGES", 1)
    monkeypatch.setattr(tables, "MOST_PASSAGES_OF_ONE", 1)
    writes("gazette", "Damascus agreed.")
    writes("herald", "Damascus disagreed.")
    assert "Choose an actor." in words_of(client.get(PAGE))
    response = client.get(f"{PAGE}?actor=syria-gov")
    assert "Only passages on this actor are searched" in words_of(response)
    assert ledger(response)


def test_what_does_not_fit_is_counted(client, writes, an_actor, monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 1)
    for slug in ("russia", "turkey", "iran"):
        an_actor(slug)
    writes("gazette", "Russia, Turkey and Iran agreed.", actor="russia")
    response = client.get(PAGE)
    assert list(ledger(response)) == ["Iran"]
    assert "The recorded names of 3 actors" in words_of(response)
    assert "2 actors are not shown" in words_of(response)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("actor=syria", "no actor “syria”. It has: syria-gov."),
        ("source=nobody", "no source “nobody”. It has: gazette."),
        ("source=a&source=b", "too many"),
    ],
)
def test_what_is_unknown_is_named(client, damascus, writes, query, words):
    writes("gazette", "Damascus agreed.")
    response = client.get(f"{PAGE}?{query}")
    assert response.status_code == 400
    assert words in words_of(response)


def test_it_costs_the_same_however_much_there_is(client, damascus, writes, an_actor):
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        return len(captured)

    writes("gazette", "Damascus agreed.")
    few = queries()
    for number in range(8):
        an_actor(f"actor-{number}")
        writes(f"herald-{number}", f"Damascus and Actor {number} agreed.")
    assert queries() == few


def test_the_ledger_is_kept_for_the_version_of_the_dossier(client, damascus, writes):
    writes("gazette", "Damascus agreed.")
    counts = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        counts.append(len(captured))
    assert counts[1] < counts[0]


def test_the_demonstration_has_names_beside_the_neutral_ones(client, db):
    call_command("load_dossier", SEEDS, verbosity=0)
    found = ledger(client.get("/dossiers/syria-astana-2017/framing/"))
    assert any("Damascus ×" in row for row in found["Government of Syria"])
    assert any("Nusra Front ×" in row for row in found["Fateh al-Sham Front"])


def test_words_without_a_recorded_name_are_not_called_missing(client, damascus, writes):
    writes("gazette", "They met.\n\nNobody was named.")
    words = words_of(client.get(PAGE))
    assert "None of the recorded names was found in the passages that you may read." in words
    assert "No passage of evidence with stored words" not in words


def test_without_a_paragraph_nobody_s_words_are_told_of(client, a_dossier):
    a_dossier()
    words = words_of(client.get(PAGE))
    assert "No passage of evidence with stored words" in words
    assert "These are the coders' words" not in words
