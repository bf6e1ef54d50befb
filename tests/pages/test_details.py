"""The pages of one position, actor, event and document: what a reader finds there."""

import re
from datetime import date

import pytest

from astana.models import Affiliation, Document, Event, Evidence, Participation, Signature
from astana.pages.actors import presenter as profile
from astana.pages.positions import presenter
from tests.as_a_new_process import forget
from tests.pages.rows import rows_of, section_of, words_of

pytestmark = pytest.mark.django_db
BASE = "/dossiers/talks/"


def test_a_position_shows_its_passage_in_its_paragraph(client, a_position, a_rendition):
    rendition = a_rendition("They met.\n\nRussia backed the truce, others did not.")
    position = a_position(key="p7", rendition=rendition, quote="backed the truce")
    html = client.get(position.get_absolute_url()).content.decode()
    assert "Russia <mark>backed the truce</mark>, others did not." in html
    assert 'href="/dossiers/talks/articles/gazette-2017-01-25/?position=p7#p2"' in html


def test_a_passage_that_disputes_a_position_is_shown_as_such(client, a_position, a_rendition):
    rendition = a_rendition("They met. He denied it.")
    position = a_position(rendition=rendition, quote="They met")
    url = position.get_absolute_url()
    assert "isputed" not in words_of(client.get(url))
    Evidence.objects.create(
        position=position,
        number=2,
        role="disputes",
        rendition=rendition,
        paragraph=1,
        start=10,
        end=22,
        exact="He denied it",
    )
    words = words_of(client.get(url))
    assert "disputed" in words
    assert "Disputed:" in words
    assert "It rests on 1 passage. 1 passage disputes it." in words
    article = words_of(client.get(f"{BASE}articles/{rendition.article.slug}/"))
    assert "2 passages of it support or dispute positions." in article


@pytest.mark.parametrize(
    ("health", "words"),
    [
        ("reset", "Intact in another setting: the words are the same;"),
        ("moved", "Moved: these words are now in another place in the text."),
        ("ambiguous", "These words are in more than one place in the text."),
        ("lost", "These words are no longer found in the text."),
    ],
)
def test_a_passage_that_is_not_intact_says_so(client, a_position, a_rendition, health, words):
    position = a_position(rendition=a_rendition("They met."), quote="They met")
    assert words not in words_of(client.get(position.get_absolute_url()))
    place = {} if health in {"moved", "reset"} else {"start": None, "end": None, "paragraph": None}
    position.evidence.update(health=health, **place)
    shown = words_of(client.get(position.get_absolute_url()))
    assert words in shown
    assert "They met" in shown


def test_a_long_history_says_that_it_is_cut_and_has_the_position(client, a_position, monkeypatch):
    monkeypatch.setattr(presenter, "MOST_IN_TRAIL", 2)
    old, *_others = [
        a_position(said=f"2017-01-0{day}", summary=f"On day {day}.") for day in range(1, 5)
    ]
    page = client.get(old.get_absolute_url())
    assert [words for words in ("1", "2", "3", "4") if f"On day {words}." in words_of(page)] == [
        *("1", "3", "4"),
    ]
    assert "Only 3 positions are listed: the newest, and this one." in words_of(page)
    monkeypatch.setattr(presenter, "MOST_IN_TRAIL", 4)
    forget()
    assert "are listed: the newest" not in words_of(client.get(old.get_absolute_url()))


def test_words_for_members_are_named_but_not_shown_to_outsiders(
    client, a_position, a_rendition, a_member
):
    rendition = a_rendition("The secret wording.", kind="full", rights="members")
    position = a_position(rendition=rendition, quote="secret wording")
    words = words_of(client.get(position.get_absolute_url()))
    assert "1 passage is in a text that only members of the dossier may read." in words
    assert "secret wording" not in words
    client.force_login(a_member())
    assert "secret wording" in words_of(client.get(position.get_absolute_url()))


def test_a_position_stands_in_the_order_of_what_was_said_on_the_issue(client, a_position):
    a_position(summary="First this.", said="2017-01-01")
    position = a_position(summary="Then that.", said="2017-02-01", stance="opposes")
    a_position(summary="In the end this.", said="2017-03-01")
    a_position(summary="Another matter.", issue="elections")
    a_position(summary="Another actor.", actor="turkey")
    trail = section_of(client.get(position.get_absolute_url()), "Russia on this issue over time")
    assert re.findall(r"First this|Then that|In the end this", trail) == [
        "First this",
        "Then that",
        "In the end this",
    ]
    assert "1 Feb 2017 · this position" in trail
    assert "Another" not in trail


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("2017-01-09", "9 Jan 2017 Voice"),
        ("2017-01", "January 2017 (at some time within these days)"),
        ("../2017-01-12", "by 12 Jan 2017 (at some time up to this day)"),
    ],
)
def test_a_date_claims_no_more_than_is_known(client, a_position, said, words):
    position = a_position(said=said)
    assert words in words_of(client.get(position.get_absolute_url()))


def test_a_position_links_to_its_cell_in_the_comparison(client, a_position):
    html = client.get(a_position().get_absolute_url()).content.decode()
    link = re.search(r'href="(/dossiers/talks/compare/[?][^"]*)"', html)[1].replace("&amp;", "&")
    assert link.endswith("?actor=russia&issue=cease-fire&as_of=2017-01-24&open=russia.cease-fire")
    assert client.get(link).status_code == 200


def test_a_draft_has_no_page(client, a_position):
    draft = a_position(status="draft")
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_a_profile_holds_the_newest_first_hand_position_as_of_a_day(client, a_position):
    a_position(summary="Once for it.", said="2017-01-01")
    a_position(summary="Now against it.", said="2017-02-01", stance="opposes")
    a_position(
        summary="Said to be for it.", said="2017-03-01", voice="attributed", attributed_by="turkey"
    )
    main = re.compile(r"<ul class=\"plain held\">.*?</ul>", re.DOTALL)
    today = main.search(client.get(f"{BASE}actors/russia/").content.decode())[0]
    assert "Now against it." in today
    assert "Said to be for it." not in today
    before = main.search(client.get(f"{BASE}actors/russia/?as_of=2017-01-15").content.decode())[0]
    assert "Once for it." in before
    assert "Now against it." not in before


def test_a_picture_that_goes_on_after_the_day_says_so(client, a_position):
    a_position(said="2017-01-24")
    a_position(said="2017-03-01", voice="characterised", stance="opposes")
    for page in ("actors/russia/", "issues/cease-fire/"):
        for query, is_said in (("", False), ("?as_of=2017-02-01", True), ("?first_hand=1", True)):
            words = words_of(client.get(f"{BASE}{page}{query}"))
            assert ("covers the whole period and all voices" in words) == is_said, (page, query)
    words = words_of(client.get(f"{BASE}issues/cease-fire/?as_of=2017-02-01"))
    assert "What was said after 1 Feb 2017 is listed too." in words


def test_a_profile_leaves_out_what_others_say_where_first_hand_is_asked_for(client, a_position):
    a_position(said="2017-01-24", voice="characterised", summary="The source says so.")
    address = f"{BASE}actors/russia/"
    everything, first_hand = (
        words_of(client.get(address + query)) for query in ("", "?first_hand=1")
    )
    assert "a stance on 1 issue" in everything
    assert "The source says so." in everything
    assert "first-hand only: stances on 0 issues, nothing first-hand found on 1" in first_hand
    assert "The source says so." not in first_hand
    # That nothing at all was found would be false: there is a second-hand one.
    assert "these issues nothing was found" not in first_hand
    assert "silence in these sources" not in first_hand
    assert "Second-hand positions are left out, as requested." in first_hand
    assert client.get(f"{address}?first_hand=yes").status_code == 400


def test_a_profile_names_silence_and_never_calls_it_neutral(
    client, a_position, an_issue, a_rendition
):
    a_rendition()
    an_issue("elections")
    a_position(issue="cease-fire")
    response = client.get(f"{BASE}actors/russia/?as_of=2017-01-31")
    silent = section_of(response, "No stated position")
    assert (
        "Read so far: 1 article published by then (1 read in full, 0 in their opening)." in silent
    )
    assert silent.endswith("Elections")
    assert "stance on 1 issue, nothing found on 1" in words_of(response)


def test_an_issue_that_is_asked_of_each_event_counts_once(client, a_dossier, a_position, an_issue):
    an_issue(kind="fact", per_event=True)
    for number in (1, 2):
        meeting = Event.objects.create(
            dossier=a_dossier(),
            slug=f"meeting-{number}",
            name=f"Meeting {number}",
            start=date(2017, 1, number),
            end=date(2017, 1, number),
        )
        a_position(event=meeting)
    assert "a stance on 1 issue, nothing found on 0" in words_of(
        client.get(f"{BASE}actors/russia/")
    )


def test_two_newest_statements_that_differ_are_two_voices(client, a_position):
    a_position(summary="For it.")
    a_position(summary="Against it.", stance="opposes")
    words = words_of(client.get(f"{BASE}actors/russia/"))
    assert "Two voices: the newest statements differ." in words
    assert "For it." in words
    assert "Against it." in words


def test_a_profile_names_speakers_people_and_bodies(client, a_dossier, an_actor, a_position):
    state, person = an_actor("russia"), an_actor("lavrov", kind="person")
    an_actor("ministry", part_of=state)
    Affiliation.objects.create(
        dossier=a_dossier(), person=person, body=state, role="minister", start=date(2004, 3, 9)
    )
    a_position(actor="russia", speaker=person)
    words = words_of(client.get(f"{BASE}actors/russia/"))
    assert "Bodies Ministry" in words
    assert "Speakers Lavrov 1" in words
    assert "People Lavrov, minister (9 Mar 2004 – …)" in words
    words = words_of(client.get(f"{BASE}actors/lavrov/"))
    assert "Spoke for Russia 1" in words
    # The list has the positions of actors, and he has none of his own.
    assert "All its positions" not in words
    assert "Affiliations minister, Russia" in words
    # What he said for Russia is his too: nobody who is quoted is silent.
    assert "No position of this actor was found by this day" not in words


def test_speakers_who_are_not_named_are_counted(client, an_actor, a_position, monkeypatch):
    monkeypatch.setattr(profile, "MOST_PEOPLE", 1)
    for name in ("lavrov", "putin", "zakharova"):
        a_position(speaker=an_actor(name, kind="person"))
    assert "Speakers Lavrov 1 and 2 more" in words_of(client.get(f"{BASE}actors/russia/"))


def test_a_profile_refuses_a_day_that_is_none(client, an_actor):
    an_actor("russia")
    response = client.get(f"{BASE}actors/russia/?as_of=2017-02-30")
    assert response.status_code == 400
    assert "“2017-02-30” is not a day in the calendar" in words_of(response)


@pytest.fixture
def a_meeting(a_dossier, an_actor):
    """Return a meeting and its document: Russia signed, Turkey did not, Iran was absent."""
    event = Event.objects.create(
        dossier=a_dossier(),
        slug="meeting",
        name="The meeting",
        place="Astana",
        start=date(2017, 1, 23),
        end=date(2017, 1, 24),
    )
    document = Document.objects.create(
        dossier=a_dossier(), slug="text", title="The text", date=date(2017, 1, 24), event=event
    )
    for slug, role in (("russia", "sponsor"), ("turkey", "party"), ("iran", "absent")):
        Participation.objects.create(event=event, actor=an_actor(slug), role=role)
    for slug, status in (("russia", "signed"), ("turkey", "not-signed"), ("iran", "unknown")):
        Signature.objects.create(document=document, actor=an_actor(slug), status=status)
    return event


def test_an_event_says_who_was_absent_and_that_absence_is_no_stance(client, a_meeting):
    parts = section_of(client.get(f"{BASE}events/meeting/"), "Who took part")
    assert parts == (
        "Sponsor Russia Party Turkey Absent Iran Reported as absent. Being absent is not a stance."
    )


def test_an_event_shows_what_was_said_there(client, a_meeting, a_position):
    a_position(event=a_meeting, summary="Said at the meeting.")
    a_position(summary="Said elsewhere.")
    rows = rows_of(client.get(f"{BASE}events/meeting/"))
    assert len(rows) == 1
    assert "Said at the meeting." in rows[0]
    assert client.get(f"{BASE}events/meeting/?sort=x").status_code == 400


def test_what_is_said_of_an_event_is_not_called_said_there(client, a_meeting, a_position, an_issue):
    an_issue(kind="fact", per_event=True)
    a_position(event=a_meeting, said="2017-01-02", summary="Said weeks before.")
    words = words_of(client.get(f"{BASE}events/meeting/"))
    assert "1 position was taken there or is about it." in words
    assert "What was said there or is about it" in words
    panel = words_of(client.get(f"{BASE}compare/?open=russia.cease-fire.meeting"))
    assert "Said 2 Jan 2017 Event The meeting" in panel


def test_a_document_keeps_not_signing_apart_from_rejecting(client, a_meeting):
    response = client.get(f"{BASE}documents/text/")
    assert section_of(response, "Signed") == "Russia"
    not_signed = section_of(response, "Present and did not sign")
    assert not_signed.startswith("Turkey Not signing is not rejecting")
    assert section_of(response, "Status unknown").startswith("Iran The articles read do not say")
    assert "signed by 1 actor" in words_of(response)
    Signature.objects.all().delete()
    unsigned = words_of(client.get(f"{BASE}documents/text/"))
    assert "nobody is recorded as having signed it" in unsigned
    assert "signed by 0" not in unsigned
    # Nobody looked: that it has none is not known.
    assert "provisions are recorded on 0 of the issues" in unsigned


def test_the_provisions_of_a_document_are_positions_of_each_signatory(
    client, a_meeting, a_position
):
    document = a_meeting.documents.get()
    for actor in ("russia", "iran"):
        a_position(actor=actor, issue="cease-fire", voice="document", document=document)
    a_position(actor="turkey", issue="cease-fire")
    provisions = section_of(client.get(f"{BASE}documents/text/"), "What it provides")
    assert "iran supports cease-fire." in provisions
    assert "russia supports cease-fire." in provisions
    assert "turkey" not in provisions
    assert provisions.count("Cease fire") == 1


def test_a_position_is_a_provision_of_its_document_or_about_it(client, a_meeting, a_position):
    document = a_meeting.documents.get()
    provision = a_position(issue="cease-fire", voice="document", document=document)
    signing = a_position(issue="communique", voice="act", document=document)
    for position, words in ((provision, "Provision of"), (signing, "About the document")):
        assert f"{words} The text" in words_of(client.get(position.get_absolute_url()))
        cell = f"russia.{position.issue.slug}"
        panel = client.get(f"{BASE}compare/?actor=russia&issue={position.issue.slug}&open={cell}")
        assert f"{words} The text" in words_of(panel)


def test_a_profile_says_that_not_signing_is_not_rejecting(client, a_meeting):
    documents = section_of(client.get(f"{BASE}actors/turkey/"), "Documents")
    assert documents == (
        "The text (present and did not sign) Not signing a document is not rejecting it."
    )
    assert "The meeting (party)" in section_of(client.get(f"{BASE}actors/turkey/"), "Events")


def test_who_spoke_is_counted_in_the_newest_positions_and_says_so(
    client, an_actor, a_position, monkeypatch
):
    for number in range(4):
        said = f"2017-01-0{number + 1}"
        a_position(actor="russia", speaker=an_actor("lavrov" if number else "putin"), said=said)
    html = client.get("/dossiers/talks/actors/russia/").content.decode()
    assert "Counted in the newest" not in html
    assert 'Putin</bdi></a> <span class="muted">1</span>' in html
    monkeypatch.setattr("astana.pages.actors.presenter.MOST_COUNTED", 3)
    forget()
    html = client.get("/dossiers/talks/actors/russia/").content.decode()
    assert 'Lavrov</bdi></a> <span class="muted">3</span>' in html
    assert 'Putin</bdi></a> <span class="muted">' not in html
    assert "Counted in the newest" in html
