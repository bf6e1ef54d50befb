"""Sources against each other: what each reports, where they disagree, and where that is flagged."""

import itertools
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astana.models import Actor, Evidence
from astana.models.process_cache import cache
from astana.pages.sources import presenter as tables
from tests.exchange.packages import SEEDS
from tests.pages.cells import cell_of
from tests.pages.rows import in_words, words_of

pytestmark = pytest.mark.django_db
BASE = "/dossiers/talks/"
CELL = f"{BASE}sources/?actor=russia&issue=cease-fire"
DEMONSTRATION = "/dossiers/syria-astana-2017/"


@pytest.fixture
def reported(a_position, a_rendition):
    """Return a builder of positions that one source reports."""

    numbers = itertools.count(1)

    def build(source: str, stance: str, **values):
        text = f"{source} says that it {stance} it."
        rendition = a_rendition(text, source=source, article=f"{source}-{next(numbers)}")
        return a_position(stance=stance, rendition=rendition, quote=f"it {stance} it", **values)

    return build


@pytest.fixture
def demonstration(db):
    call_command("load_dossier", SEEDS, verbosity=0)


def rows(response) -> dict[str, str]:
    """Return the words that the table by source has on each source."""
    found = {}
    for body in re.findall(r"<tbody>(.*?)</tbody>", response.content.decode(), re.DOTALL):
        source = re.search(r"<th[^>]*><bdi>(.*?)</bdi>", body)[1]
        found[source] = in_words(body)
    return found


def disputes(response) -> dict[str, str]:
    """Return the words on each actor and issue that the list has."""
    html = response.content.decode().partition('<ul class="plain disputes">')[2]
    return {
        in_words(title): in_words(rest)
        for title, rest in re.findall(r"<h2>(.*?)</h2>(.*?</ul>)", html, re.DOTALL)
    }


def test_each_source_has_a_row_with_what_it_reports(client, reported):
    reported("gazette", "supports", said="2017-01-23/2017-01-24", summary="It backs it.")
    reported("herald", "opposes", voice="attributed", attributed_by="turkey")
    response = client.get(CELL)
    found = rows(response)
    assert list(found) == ["Gazette", "Herald"]
    assert "Supports It backs it." in found["Gazette"]
    assert "23–24 Jan 2017 reported speech" in found["Gazette"]
    assert "gazette says that it supports it" in found["Gazette"]
    assert "attributed by Turkey" in found["Herald"]
    assert "reported by 2 of 2 sources, 0 silent" in words_of(response)


def test_a_row_leads_to_the_passage_in_its_article(client, reported):
    position = reported("gazette", "supports")
    html = client.get(CELL).content.decode()
    assert f'href="{BASE}articles/gazette-1/?position={position.key}#p1"' in html


def test_silent_sources_are_counted_and_named(client, reported, a_source):
    reported("gazette", "supports")
    reported("herald", "opposes", actor="turkey")
    a_source("courier")
    words = words_of(client.get(f"{CELL}&as_of=2017-01-25"))
    assert "reported by 1 of 2 sources, 1 silent" in words
    assert "Herald" in words.partition("1 source is silent on it")[2]
    # Nothing of it was there to be read: that is no silence.
    assert "No article from 1 further source had appeared by then." in words
    assert "Courier" not in words


def test_a_silence_counts_the_articles_that_had_appeared_by_the_day(client, reported, an_issue):
    reported("gazette", "supports", actor="turkey")
    an_issue("elections")
    cell = f"{BASE}sources/?actor=turkey&issue=elections"
    assert "No article read here had been published by then" in words_of(
        client.get(f"{cell}&as_of=2017-01-24")
    )
    words = words_of(client.get(f"{cell}&as_of=2017-01-25"))
    assert "Nothing was found in the 1 article published by then: 1 read in full" in words
    assert "No article was read for all that it says on the issue." in words


def test_a_person_is_not_silent_by_source_either(client, reported, an_actor):
    lavrov = an_actor("lavrov", kind="person")
    reported("gazette", "supports", speaker=lavrov)
    reported("herald", "opposes", speaker=lavrov)
    of_lavrov = f"{BASE}sources/?actor=lavrov"
    response = client.get(f"{of_lavrov}&issue=cease-fire")
    found = rows(response)
    assert list(found) == ["Gazette", "Herald"]
    assert "for Russia" in found["Gazette"]
    assert "Also reported:" not in found["Gazette"]
    assert "Sources disagree." in words_of(response)
    assert list(disputes(client.get(of_lavrov))) == ["Russia on Cease fire"]


def test_a_cell_that_no_source_reports_is_silent_and_not_neutral(client, an_actor, an_issue):
    an_actor("russia")
    an_issue("cease-fire")
    words = words_of(client.get(CELL))
    assert "No source reports a position." in words
    assert "not a neutral stance" in words


def test_each_source_has_a_headline_of_its_own(client, reported):
    reported("gazette", "supports", said="2017-01-09", summary="Before.")
    reported("gazette", "opposes", said="2017-01-24", summary="Now.")
    row = rows(client.get(CELL))["Gazette"]
    assert row.index("Now.") < row.index("Also reported:") < row.index("Before.")


def test_what_was_said_later_is_not_reported_yet(client, reported):
    reported("gazette", "supports", said="2017-01-24")
    assert rows(client.get(CELL + "&as_of=2017-01-23")) == {}


def test_bodies_count_for_their_whole_and_are_named(client, reported, an_actor):
    an_actor("ministry", part_of=an_actor("russia"))
    reported("gazette", "supports", actor="ministry")
    assert "Ministry" in rows(client.get(CELL))["Gazette"]


def test_a_source_that_disputes_a_report_says_so(client, reported, a_rendition):
    position = reported("gazette", "supports")
    denial = a_rendition("They deny it.", source="herald", article="herald-1")
    Evidence.objects.create(
        position=position, number=2, role="disputes", rendition=denial,
        start=0, end=12, exact="They deny it", paragraph=1,
    )  # fmt: skip
    response = client.get(CELL)
    assert "Disputes this report:" in rows(response)["Herald"]
    words = words_of(response)
    assert "reported by 1 of 2 sources, 0 silent" in words
    assert "A passage in 1 source disputes what is reported." in words
    assert "No two sources disagree" not in words
    denial.evidence.update(rendition=position.evidence.get(number=1).rendition)
    assert "nobody contradicts" not in words_of(client.get(CELL))


def test_words_for_members_are_not_shown_to_outsiders(client, a_position, a_rendition, a_member):
    rendition = a_rendition("The secret wording.", kind="full", rights="members")
    a_position(rendition=rendition, quote="secret wording")
    row = rows(client.get(CELL))["Gazette"]
    assert "secret" not in row
    assert "In a text that only members of the dossier may read." in row
    client.force_login(a_member())
    assert "secret wording" in rows(client.get(CELL))["Gazette"]


def test_where_sources_disagree_is_listed(client, reported):
    reported("gazette", "supports", said="2017-01-23/2017-01-24")
    reported("herald", "opposes", said="2017-01-24")
    found = disputes(client.get(f"{BASE}sources/"))
    assert list(found) == ["Russia on Cease fire"]
    words = found["Russia on Cease fire"]
    assert words.index("Supports") < words.index("Gazette") < words.index("Opposes")
    assert words.index("Opposes") < words.index("Herald")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        pytest.param("herald", "2017-01-09", id="another day"),
        pytest.param("gazette", "2017-01-24", id="the same source"),
    ],
)
def test_no_disagreement_of_sources(client, reported, source, said):
    reported("gazette", "supports", said="2017-01-24")
    reported(source, "opposes", said=said, actor="russia", issue="cease-fire")
    response = client.get(f"{BASE}sources/")
    assert disputes(response) == {}
    assert "No two sources were found to disagree" in words_of(response)
    known = "No two sources disagree" if source == "herald" else "It rests on a single source"
    assert known in words_of(client.get(CELL))


def test_a_draft_disagrees_with_nobody(client, reported):
    reported("gazette", "supports")
    reported("herald", "opposes", status="draft")
    assert disputes(client.get(f"{BASE}sources/")) == {}


def test_the_list_can_be_restricted(client, reported, an_actor):
    an_actor("army", part_of=an_actor("turkey"))
    for actor, issue in (("russia", "truce"), ("army", "truce"), ("russia", "borders")):
        reported("gazette", "supports", actor=actor, issue=issue)
        reported("herald", "opposes", actor=actor, issue=issue)
    assert set(disputes(client.get(f"{BASE}sources/?issue=truce"))) == {
        "Army on Truce",
        "Russia on Truce",
    }
    assert set(disputes(client.get(f"{BASE}sources/?actor=turkey"))) == {"Army on Truce"}


def test_a_large_dossier_asks_for_an_actor_or_an_issue(client, reported, monkeypatch):
    monkeypatch.setattr(tables, "MOST_POSITIONS", 1)
    reported("gazette", "supports", said="2017-01-23/2017-01-24")
    reported("herald", "opposes")
    words = words_of(client.get(f"{BASE}sources/"))
    assert "Choose an actor or an issue." in words
    assert "This dossier holds 2 positions" in words
    assert "Choose an actor" not in words_of(client.get(f"{BASE}sources/?actor=russia"))


def test_only_what_was_left_out_is_said_to_be(client, reported, monkeypatch):
    monkeypatch.setattr(tables, "MOST_POSITIONS", 2)
    reported("gazette", "supports")
    reported("herald", "opposes")
    assert "were looked at" not in words_of(client.get(f"{BASE}sources/?actor=russia"))
    reported("times", "opposes")
    assert "were looked at" in words_of(client.get(f"{BASE}sources/?actor=russia"))


def test_what_does_not_fit_is_counted(client, reported, monkeypatch):
    monkeypatch.setattr(tables, "MOST_CELLS", 1)
    for actor in ("russia", "turkey", "iran"):
        reported("gazette", "supports", actor=actor)
        reported("herald", "opposes", actor=actor)
    response = client.get(f"{BASE}sources/")
    assert len(disputes(response)) == 1
    assert "sources disagree on 3 pairs" in words_of(response)
    assert "2 are not shown" in words_of(response)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("actor=rusia", "no actor “rusia”. It has: russia."),
        ("issue=nothing", "no issue “nothing”"),
        ("as_of=2017-02-30", "“2017-02-30” is not a day"),
        ("actor=russia&actor=turkey", "too many"),
        ("actor=a%20b", "“a b” is not a short name"),
    ],
)
def test_what_is_unknown_is_named(client, reported, query, words):
    reported("gazette", "supports")
    response = client.get(f"{BASE}sources/?{query}")
    assert response.status_code == 400
    assert words in words_of(response)


def test_a_folded_cell_shows_that_sources_disagree_by_a_sign_with_words(client, reported):
    address = f"{BASE}compare/?actor=russia&issue=cease-fire"
    reported("gazette", "supports", said="2017-01-23/2017-01-24")
    assert "sources disagree" not in cell_of(client.get(address), "russia", "cease-fire")
    reported("herald", "opposes", said="2017-01-24")
    folded = client.get(address)
    assert "≠sources disagree" in cell_of(folded, "russia", "cease-fire")
    legend = re.search(r'<div class="legend".*?</div>', folded.content.decode(), re.DOTALL)[0]
    assert "sources disagree" in in_words(legend)
    unfolded = cell_of(client.get(f"{address}&unfold=1"), "russia", "cease-fire")
    assert "sources disagree" in unfolded
    assert "≠" not in unfolded


def test_the_flag_stands_wherever_the_cell_is_shown(client, reported):
    reported("gazette", "supports", said="2017-01-23/2017-01-24")
    pages = [
        f"{BASE}issues/cease-fire/",
        f"{BASE}actors/russia/?as_of=2017-01-24",
        f"{BASE}compare/?actor=russia&issue=cease-fire&open=russia.cease-fire",
    ]
    for page in pages:
        assert "Sources disagree" not in words_of(client.get(page))
    reported("herald", "opposes", said="2017-01-24")
    for page in pages:
        response = client.get(page)
        assert "Sources disagree" in words_of(response)
        href = f"{BASE}sources/?actor=russia&amp;issue=cease-fire&amp;as_of=2017-01-24"
        assert f'href="{href}' in response.content.decode()


def test_two_bodies_are_two_voices_and_no_disagreement_of_sources(client, reported, an_actor):
    an_actor("ministry", part_of=an_actor("russia"))
    reported("gazette", "supports")
    reported("herald", "opposes", actor="ministry")
    panel = client.get(f"{BASE}compare/?actor=russia&issue=cease-fire&open=russia.cease-fire")
    assert "Two voices" in words_of(panel)
    assert "Sources disagree" not in words_of(panel)
    assert disputes(client.get(f"{BASE}sources/")) == {}


@pytest.mark.parametrize(
    "page",
    [
        "sources/",
        "sources/?actor=actor-0",
        "sources/?actor=actor-0&issue=truce",
        "issues/truce/",
        "actors/actor-0/",
    ],
)
def test_it_costs_the_same_however_many_cells_are_flagged(client, reported, page):
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(BASE + page).status_code == 200
        return len(captured)

    def disagree(actor: str, issue: str) -> None:
        reported("gazette", "supports", actor=actor, issue=issue)
        reported(f"herald-{actor}", "opposes", actor=actor, issue=issue)

    disagree("actor-0", "truce")
    few = queries()
    for number in range(8):
        disagree(f"actor-{number}", "truce")
        disagree("actor-0", f"issue-{number}")
    assert queries() == few


def test_face_to_face_or_same_room_or_through_mediators(client, demonstration):
    found = disputes(client.get(f"{DEMONSTRATION}sources/"))
    damascus = found["Government of Syria on Direct or indirect talks"]
    for stance, sources in (
        ("Meets the other side face to face", "Associated Press, World Socialist Web Site"),
        ("Sits in the same room", "Mehr News Agency, United Nations"),
        ("Talks through mediators", "Agence France-Presse"),
    ):
        assert sources in damascus.partition(stance)[2]
    flagged = words_of(client.get(f"{DEMONSTRATION}issues/direct-talks/"))
    assert "Sources disagree on what these actors hold: Government of Syria" in flagged
    profile = client.get(f"{DEMONSTRATION}actors/syria-gov/").content.decode()
    assert re.search(r"sources/\?actor=syria-gov&amp;issue=direct-talks&amp;as_of=", profile)


def test_what_sources_tell_of_one_meeting_is_not_set_against_another(client, demonstration):
    """Of the first meeting AFP, AP, the UN and WSWS differ; of the third only LBC reports."""
    page = f"{DEMONSTRATION}sources/?actor=opposition&issue=direct-talks"
    found = rows(client.get(page))
    assert "Also reported" not in found["LBCI Lebanon (carrying Reuters)"]
    assert "Meets the other side face to face" in found["World Socialist Web Site"]
    (dispute,) = re.findall(
        r'aria-labelledby="differ">(.*?)</section>', client.get(page).content.decode(), re.DOTALL
    )
    assert "Talks through mediators" in in_words(dispute)
    assert "Stays away" not in in_words(dispute)


def test_whether_damascus_stood_behind_the_communique(client, demonstration):
    page = f"{DEMONSTRATION}sources/?actor=syria-gov&issue=final-communique"
    found = rows(client.get(page))
    assert "Endorses it without signing" in found["Mehr News Agency"]
    assert "Issued no statement of support" in found["bne IntelliNews"]
    assert "characterised by the source" in found["bne IntelliNews"]
    assert "Did not sign, no reason reported" in found["World Socialist Web Site"]
    panel = client.get(
        f"{DEMONSTRATION}compare/?actor=syria-gov&issue=final-communique"
        "&open=syria-gov.final-communique"
    )
    assert "Sources disagree: see what each reports" in words_of(panel)


def test_the_small_timeline_leads_to_the_full_one(client, a_position):
    for number in range(14):
        a_position(actor=f"actor-{number}", issue="truce")
        a_position(actor="actor-0", issue=f"issue-{number}")
    for page, full, lanes in (
        ("issues/truce/", "timeline/?issue=truce", "with 2 more actors"),
        ("actors/actor-0/", "timeline/?by=actor&amp;actor=actor-0", "with 3 more issues"),
    ):
        html = client.get(BASE + page).content.decode()
        assert html.count('class="lane-marks"') == 12
        assert f'href="{BASE}{full}"' in html
        assert lanes in html


def test_without_positions_there_is_no_timeline(client, an_actor, an_issue):
    an_actor("russia")
    an_issue("truce")
    assert Actor.objects.exists()
    for page in ("issues/truce/", "actors/russia/"):
        assert "lane-marks" not in client.get(BASE + page).content.decode()
