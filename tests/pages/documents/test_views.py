"""What a later document left out, and who is said to have caused it."""

import re
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astana.models import Document, Event, Evidence
from astana.models.process_cache import cache
from astana.pages.documents import presenter
from tests.exchange.packages import SEEDS
from tests.pages.documents.fates import fates
from tests.pages.rows import rows_of, words_of

pytestmark = pytest.mark.django_db
BASE = "/dossiers/talks/documents/"


def test_two_texts_are_compared_issue_by_issue(client, a_text, provides, examine):
    old, new = a_text("old", 1), a_text("new", 20)
    examine(old, "borders")
    examine(new, "prisoners")
    provides(old, "truce")
    provides(new, "truce")
    provides(old, "elections", "supports")
    provides(new, "elections", "opposes")
    provides(old, "prisoners")
    provides(new, "borders")
    found = fates(client.get(f"{BASE}new/"))
    assert {
        group: [words.split(" 1 Jan")[0] for words in all_] for group, all_ in found.items()
    } == {
        "dropped": ["Prisoners"],
        "changed": ["Elections"],
        "added": ["Borders"],
        "kept": ["Truce"],
    }


def test_the_order_of_the_texts_is_that_of_their_dates(client, a_text, provides, examine):
    provides(a_text("old", 1), "prisoners")
    examine(a_text("new", 20), "prisoners")
    assert list(fates(client.get(f"{BASE}old/?with=new"))) == ["dropped"]
    assert list(fates(client.get(f"{BASE}new/?with=old"))) == ["dropped"]


def test_leaving_a_word_out_is_dropping_it(client, a_text, provides):
    provides(a_text("old", 1), "prisoners", "supports")
    provides(a_text("new", 20), "prisoners", "declines")
    (dropped,) = fates(client.get(f"{BASE}new/"))["dropped"]
    assert "1 Jan 2017 Supports 20 Jan 2017 Declines" in dropped


def test_the_previous_text_with_the_same_signatories_is_suggested(client, a_text):
    a_text("first", 1, signed=("russia", "turkey"))
    a_text("second", 2, signed=("russia", "turkey"))
    a_text("other", 3, signed=("russia",))
    a_text("shown", 4, signed=("russia", "turkey"))
    a_text("later", 5, signed=("russia", "turkey"))
    html = client.get(f"{BASE}shown/").content.decode()
    assert re.search(r'<option value="second" selected>', html)
    assert "Set beside the previous document with the same signatories." in html


def test_without_the_same_signatories_nothing_is_suggested(client, a_text):
    a_text("other", 3, signed=("turkey",))
    a_text("unsigned", 4, signed=())
    for name in ("other", "unsigned"):
        words = words_of(client.get(f"{BASE}{name}/"))
        assert "No earlier document of this dossier has the same signatories." in words


def test_a_dossier_with_one_text_says_so(client, a_text):
    a_text("alone")
    assert "no other document in this dossier" in words_of(client.get(f"{BASE}alone/"))


def test_who_signed_both_and_who_only_one(client, a_text):
    a_text("old", 1, signed=("russia", "turkey"))
    a_text("new", 20, signed=("russia", "iran"))
    words = words_of(client.get(f"{BASE}new/?with=old"))
    assert "Signed both Russia Only the earlier Turkey Only the later Iran" in words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("with=nobody", "no other document “nobody”. It has: old."),
        ("with=new", "cannot be compared with itself"),
        ("with=" + "x" * 5000, "no other document"),
    ],
)
def test_an_unknown_document_is_named(client, a_text, query, words):
    a_text("old", 1)
    a_text("new", 20)
    response = client.get(f"{BASE}new/?{query}")
    assert response.status_code == 400
    assert words in words_of(response)


def test_a_document_of_another_dossier_is_unknown(client, a_text, a_dossier):
    a_text("new", 20)
    Document.objects.create(
        dossier=a_dossier("secret", visibility="members"),
        slug="plan",
        title="Plan",
        date=date(2017, 1, 1),
    )
    response = client.get(f"{BASE}new/?with=plan")
    assert response.status_code == 400
    assert "Plan" not in words_of(response)


@pytest.fixture
def dropped(a_text, provides, a_dossier):
    """Return the event of the later of two texts, which dropped what the earlier provides."""
    event = Event.objects.create(
        dossier=a_dossier(),
        slug="meeting",
        name="Meeting",
        start=date(2017, 1, 19),
        end=date(2017, 1, 20),
    )
    provides(a_text("old", 10), "prisoners", "supports")
    provides(a_text("new", 20, event=event), "prisoners", "declines")
    return event


def test_what_was_said_between_two_texts_is_shown_with_its_voice(client, dropped, a_position):
    a_position(
        issue="prisoners", actor="turkey", stance="opposes", said="2017-01-15",
        voice="attributed", attributed_by="syria", summary="Turkey is said to have had it removed.",
    )  # fmt: skip
    (words,) = fates(client.get(f"{BASE}new/"))["dropped"]
    assert "Turkey Opposes Turkey is said to have had it removed." in words
    assert "15 Jan 2017 attributed by Syria" in words


def test_what_was_said_before_or_after_two_texts_caused_nothing(client, dropped, a_position):
    a_position(issue="prisoners", said="2017-01-10", summary="On the day of the earlier text.")
    a_position(issue="prisoners", said="2017-01-21", summary="Too late.")
    a_position(issue="borders", said="2017-01-15", summary="Another matter.")
    (words,) = fates(client.get(f"{BASE}new/"))["dropped"]
    assert "Nothing was found on how this came about." in words


def test_what_was_said_later_about_the_later_text_counts(client, dropped, a_position, a_text):
    a_position(issue="prisoners", said="2017-03-01", event=dropped, summary="Of the meeting.")
    a_position(issue="prisoners", said="2017-03-02", document=a_text("new"), summary="Of the text.")
    (words,) = fates(client.get(f"{BASE}new/"))["dropped"]
    assert "Of the meeting." in words
    assert "Of the text." in words


def test_much_said_on_one_issue_does_not_silence_another(
    client, dropped, a_position, provides, a_text, monkeypatch
):
    monkeypatch.setattr(presenter, "MOST_SAID", 1)
    provides(a_text("old"), "borders", "supports")
    provides(a_text("new"), "borders", "declines")
    a_position(issue="borders", said="2017-01-15", summary="The only one on borders.")
    for day in (16, 17):
        a_position(issue="prisoners", said=f"2017-01-{day}", summary=f"On day {day}.")
    prisoners, borders = sorted(
        fates(client.get(f"{BASE}new/"))["dropped"], key=lambda words: "borders" in words
    )
    assert "The only one on borders." in borders
    assert "Only the newest" not in borders
    assert "On day 17." in prisoners
    assert "On day 16." not in prisoners
    assert "Only the newest 1 are shown." in prisoners


def test_drafts_are_not_named_as_a_cause(client, dropped, a_position):
    a_position(issue="prisoners", said="2017-01-15", summary="A draft.", status="draft")
    assert "A draft." not in words_of(client.get(f"{BASE}new/"))


@pytest.fixture
def told(dropped, a_position, a_rendition, an_issue):
    """Tell who had the matter dropped: one passage for the claim, the fact and a further matter."""
    rendition = a_rendition("They met. Turkey had it removed, said Syria.\n\nMore.")
    an_issue("who-removed-it", kind="fact")
    an_issue("who-came", kind="fact")
    for issue, quote, summary in (
        ("prisoners", "Turkey had it removed", "The claim."),
        ("who-removed-it", "had it removed, said Syria", "The fact."),
        ("borders", "Turkey had it removed", "A preference."),
        ("who-came", "They met", "Another passage."),
    ):
        a_position(
            issue=issue, said="2017-01-15", summary=summary, rendition=rendition, quote=quote
        )
    return rendition


def test_a_disputed_fact_on_the_same_passage_is_related(client, told):
    (words,) = fates(client.get(f"{BASE}new/"))["dropped"]
    _, _, related = words.partition("A disputed fact resting on the same passage: Who removed it")
    assert "The fact." in related
    assert "A preference." not in related
    assert "Another passage." not in words


def test_a_passage_that_one_may_not_read_relates_nothing(client, told):
    type(told).objects.filter(pk=told.pk).update(rights="members")
    (words,) = fates(client.get(f"{BASE}new/"))["dropped"]
    assert "The claim." in words
    assert "The fact." not in words


def test_the_word_secular_is_dropped_and_an_ambassador_says_who_had_it_removed(client):
    call_command("load_dossier", SEEDS, verbosity=0)
    response = client.get("/dossiers/syria-astana-2017/documents/astana-statement-2017-01/")
    words = fates(response)["dropped"]
    (secular,) = [one for one in words if one.startswith("Syria as a secular state")]
    assert "20 Dec 2016 Text calls Syria secular 24 Jan 2017 Text leaves the word out" in secular
    for actor in ("Turkey", "Syrian armed opposition"):
        assert f"{actor} Wants the word removed According to Jaafari" in secular
    assert secular.count("attributed by Bashar al-Jaafari, for Government of Syria") == 2
    related = secular.partition("A disputed fact resting on the same passage:")[2]
    assert "Who had the word secular dropped Government of Syria Says they did" in related
    assert "Signed both Iran, Russia, Turkey" in words_of(response)


def test_comparing_costs_the_same_however_much_there_is(client, told, a_text, provides, a_position):
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{BASE}new/?with=old").status_code == 200
        return len(captured)

    few = queries()
    for number in range(8):
        provides(a_text("old"), f"matter-{number}", actor=f"actor-{number}")
        said = a_position(issue=f"matter-{number}", said="2017-01-15", actor=f"speaker-{number}")
        a_text(f"further-{number}", 5, signed=(f"actor-{number}",))
        Evidence.objects.create(
            position=said, rendition=told, start=10, end=20, exact="Turkey had", paragraph=1
        )
    assert queries() == few


def test_the_list_sets_each_document_beside_the_text_before_it(client, a_text, provides, examine):
    both = ("russia", "turkey")
    old, other = a_text("old", 1, signed=both), a_text("other", 3, signed=("russia",))
    new = a_text("new", 20, signed=both)
    for text in (old, new):
        examine(text, "prisoners")
    provides(old, "prisoners")
    provides(old, "ports")
    provides(other, "ports")
    provides(new, "ports", "declines")
    rows = rows_of(client.get(BASE))
    assert [row.split()[0].lower() for row in rows] == ["old", "other", "new"]
    assert "Provisions on 2 issues are recorded. No earlier text has the same" in rows[0]
    assert "No earlier text has the same signatories." in rows[1]
    assert "Signed by 2 actors. Provisions on 0 issues are recorded." in rows[2]
    assert "2 issues dropped, 0 changed, 0 new, 0 kept." in rows[2]
    html = client.get(BASE).content.decode()
    assert f'href="{BASE}new/?with=old#left-out"' in html
    assert len(fates(client.get(f"{BASE}new/?with=old"))["dropped"]) == 2


def test_a_dossier_without_documents_says_so(client, a_dossier):
    a_dossier()
    assert "This dossier has no documents yet." in words_of(client.get(BASE))
    assert client.get(f"{BASE}?page=2").status_code == 400
