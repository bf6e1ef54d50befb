"""The compare page: what its address asks for is what it shows, down to the passage."""

import re
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from astana.exchange.check import check
from astana.exchange.files import read_files
from astana.exchange.load import load
from astana.models import Evidence
from tests.a_large_dossier import a_large_dossier
from tests.as_a_new_process import forget
from tests.pages.cells import cell_of, heads_of, lede_of, panel_of
from tests.pages.rows import words_of

SEEDS = Path(__file__).resolve().parents[3] / "seeds" / "syria-astana-2017"
FIVE = "".join(f"&actor={name}" for name in ("syria-gov", "opposition", "russia", "turkey", "usa"))
ASKED = (
    f"/dossiers/syria-astana-2017/compare/?{FIVE[1:]}&issue=assad-future&issue=iran-guarantor"
    "&as_of=2017-01-24"
)
EARLIER = ASKED.replace("2017-01-24", "2017-01-10")
HTMX = {"HX-Request": "true"}
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def syria(django_db_setup, django_db_blocker):
    """The demonstration dossier, there for all tests of this file and gone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(check(read_files(SEEDS)))
        yield
        transaction.set_rollback(True)


# On the demonstration dossier.


def test_five_parties_on_two_issues_as_of_the_end_of_the_talks(syria, client):
    response = client.get(ASKED)
    assert response.status_code == 200
    assert "not up for discussion" in cell_of(response, "syria-gov", "assad-future")
    assert "condition of peace" in cell_of(response, "opposition", "assad-future")
    assert lede_of(response).startswith("5 actors on 2 issues as of 24 Jan 2017:")


def test_two_weeks_earlier_the_government_was_still_open(syria, client):
    response = client.get(EARLIER)
    assert "through the constitution" in cell_of(response, "syria-gov", "assad-future")
    assert "No stated position" in cell_of(response, "opposition", "assad-future")


def test_first_hand_only_drops_what_others_say_of_a_party(syria, client):
    day = ASKED.replace("2017-01-24", "2017-01-26")
    claimed = cell_of(client.get(day), "usa", "assad-future")
    assert "characterised by the source" in claimed
    without = client.get(f"{day}&first_hand=1&open=usa.assad-future")
    assert cell_of(without, "usa", "assad-future") == "No first-hand position"
    # Nothing is said of what was left out.
    assert "No first-hand position was found" in panel_of(without)
    assert "Nothing was found" not in panel_of(without)


@pytest.mark.parametrize("more", ["", "&first_hand=1", "&open=syria-gov.assad-future"])
@pytest.mark.parametrize("address", [ASKED, EARLIER])
def test_the_fragment_is_a_part_of_the_page(syria, client, address, more):
    whole = client.get(address + more).content.decode()
    fragment = client.get(address + more, headers=HTMX).content.decode()
    assert fragment.strip().startswith('<div id="desk"')
    assert fragment in whole


def test_a_cell_leads_to_its_passage_in_two_steps(syria, client):
    page = client.get(f"{ASKED}&open=syria-gov.assad-future")
    href = re.search(
        r'<a class="button primary" href="([^"]*)">Read in context', page.content.decode()
    )
    address, _, place = href[1].replace("&amp;", "&").partition("#")
    assert re.search(r"\?position=p\d+(&|$)", address)
    article = client.get(address).content.decode()
    assert f'id="{place}"' in article
    assert "<mark" in article


def test_the_demonstration_takes_at_most_eight_queries(syria, client):
    default = ASKED.split("?")[0]
    assert _queries(client, default) <= 8
    assert _queries(client, ASKED) <= 8
    assert _queries(client, f"{ASKED}&open=syria-gov.assad-future", after=ASKED) <= 8


def _queries(client, address: str, *, after: str = "") -> int:
    """Return the number of queries of a page, with nothing cached but what `after` left there."""
    forget()
    if after:
        client.get(after)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


# What a cell shows.


def test_silence_is_named_and_counted_apart(compare, a_position, a_rendition):
    a_position(actor="russia", rendition=a_rendition(), quote="Russia supports")
    a_position(actor="turkey", issue="constitution")
    both = "actor=russia&actor=turkey&issue=cease-fire"
    response = compare(f"{both}&as_of=2017-01-25")
    assert cell_of(response, "turkey", "cease-fire") == "No stated position"
    read = "1 article published by then (1 read in full, 0 in their opening)"
    assert f"1 cell with a position, 1 silent; {read}" in lede_of(response)
    # The article appeared a day after what it reports was said.
    assert "1 silent; no article published by then" in lede_of(compare(f"{both}&as_of=2017-01-24"))


def test_a_cell_says_how_when_and_by_how_many_sources_it_is_known(compare, a_position, a_rendition):
    position = a_position(
        voice="direct-quote", condition="If others do.", rendition=a_rendition(), quote="They met"
    )
    again = a_rendition("They met once more.", article="herald-2017-01-26", source="herald")
    Evidence.objects.create(
        position=position, number=2, rendition=again, start=0, end=8, exact="They met"
    )
    words = cell_of(compare("unfold=1"), "russia", "cease-fire")
    for part in ("Supports", "If: If others do.", "quoted 24 Jan 2017", "2 sources"):
        assert part in words
    assert "disputed" not in words


def test_a_disputed_cell_is_marked_and_the_dispute_is_no_source(compare, a_position, a_rendition):
    position = a_position(rendition=a_rendition(), quote="They met")
    denial = a_rendition("He denied it.", article="herald-2017-01-26", source="herald")
    Evidence.objects.create(
        position=position,
        number=2,
        role="disputes",
        rendition=denial,
        start=0,
        end=9,
        exact="He denied",
    )
    words = cell_of(compare("unfold=1"), "russia", "cease-fire")
    assert "1 source" in words
    assert words.endswith("disputed")


def test_second_hand_is_marked_with_who_says_so(compare, a_position):
    a_position(voice="attributed", attributed_by="turkey")
    assert "attributed by Turkey" in cell_of(compare("actor=russia"), "russia", "cease-fire")
    # Nor are an actor's words its own where it is said to attribute them to itself.
    a_position(actor="iran", voice="attributed", attributed_by="iran")
    assert "attributed by Iran" in cell_of(compare("actor=iran"), "iran", "cease-fire")


def test_two_voices_show_both_stances(compare, a_position):
    a_position(stance="supports")
    a_position(stance="opposes")
    words = cell_of(compare(), "russia", "cease-fire")
    assert "Two voices" in words
    assert "Supports" in words
    assert "Opposes" in words


def test_a_body_counts_for_its_whole_and_is_named(compare, a_position, an_actor):
    a_position(actor="russia", stance="supports")
    an_actor("russian-foreign-ministry", part_of=an_actor("russia"))
    a_position(actor="russian-foreign-ministry", stance="opposes", said="2017-01-20")
    together = cell_of(compare("actor=russia"), "russia", "cease-fire")
    assert "Two voices" in together
    assert "Russian Foreign Ministry" in together
    apart = compare("actor=russia&bodies=0")
    assert "Two voices" not in cell_of(apart, "russia", "cease-fire")
    assert "bodies kept apart from their whole" in lede_of(apart)


def test_words_of_a_dossier_are_shown_and_never_run(compare, a_position, an_actor):
    an_actor("russia", name="<b>Russia</b>")
    a_position(summary="<script>alert(1)</script>", condition="<i>x</i>")
    html = compare("open=russia.cease-fire").content.decode()
    assert "<script>alert" not in html
    assert "<i>x" not in html
    assert "<b>Russia" not in html
    assert "&lt;script&gt;alert(1)" in html


# The switches.


@pytest.fixture
def three_issues(a_position):
    """One issue on which two differ, one on which they agree, one on which both are silent."""
    a_position(actor="russia", issue="differs", stance="supports")
    a_position(actor="turkey", issue="differs", stance="opposes")
    a_position(actor="russia", issue="agreed")
    a_position(actor="turkey", issue="agreed")
    a_position(actor="iran", issue="silent")
    return "actor=russia&actor=turkey&issue=differs&issue=agreed&issue=silent"


@pytest.mark.parametrize(
    ("switch", "rows"),
    [
        ("", ["Differs", "Agreed", "Silent"]),
        ("&silent=0", ["Differs", "Agreed"]),
        ("&differences=1", ["Differs"]),
        ("&differences=1&silent=0", ["Differs"]),
        ("&differences=0&silent=1", ["Differs", "Agreed", "Silent"]),
    ],
)
def test_a_switch_hides_issues_and_says_how_many(compare, three_issues, switch, rows):
    response = compare(three_issues + switch)
    assert heads_of(response)[1] == rows
    hidden = {0: "hidden", 1: "1 issue is hidden", 2: "2 issues are hidden"}[3 - len(rows)]
    assert (hidden in lede_of(response)) == (len(rows) < 3)


@pytest.mark.parametrize(("transpose", "named"), [("0", "Russia"), ("1", "Iran as guarantor")])
def test_on_a_narrow_screen_a_cell_names_what_heads_its_column(syria, client, transpose, named):
    html = client.get(f"{ASKED}&transpose={transpose}").content.decode()
    cells = re.findall(r"<td.*?</td>", html, re.DOTALL)
    cell = next(cell for cell in cells if 'id="c-russia.iran-guarantor"' in cell)
    assert f'<span class="who" aria-hidden="true">{named}</span>' in cell


def test_transposing_swaps_rows_and_columns_and_changes_no_cell(compare, three_issues):
    plain, turned = compare(three_issues), compare(f"{three_issues}&transpose=1")
    assert heads_of(turned) == heads_of(plain)[::-1]
    for actor in ("russia", "turkey"):
        for issue in ("differs", "agreed", "silent"):
            assert cell_of(turned, actor, issue) == cell_of(plain, actor, issue)


def test_a_switch_that_hides_everything_says_so(compare, a_position):
    a_position()
    response = compare("differences=1")
    assert response.status_code == 200
    assert "hide every issue" in words_of(response)


def test_links_of_the_page_keep_its_state(compare, three_issues, client):
    html = compare(
        f"{three_issues}&as_of=2017-02-01&first_hand=1&open=russia.agreed"
    ).content.decode()
    close = re.search(r'id="close-evidence" href="([^"]*)"', html)[1].replace("&amp;", "&")
    closed = client.get(f"/dossiers/talks/compare/{close}")
    assert panel_of(closed) == ""
    assert "as of 1 Feb 2017" in lede_of(closed)
    assert "first-hand only" in lede_of(closed)


def test_the_list_to_choose_from_counts_what_is_published(compare, a_position, an_issue):
    a_position(actor="russia", issue="cease-fire")
    a_position(actor="turkey", issue="cease-fire")
    an_issue("constitution")
    html = compare("choose=issues&issue=cease-fire").content.decode()
    options = re.findall(r'<li><label class="switch"><input ([^>]*)>(.*?)</label>', html)
    assert [("checked" in box, words.rsplit("· ")[1][:1]) for box, words in options] == [
        (True, "2"),
        (False, "0"),
    ]


# What is not shown.


@pytest.mark.parametrize("status", ["draft", "submitted"])
def test_what_is_not_published_is_nowhere_on_the_page(compare, a_position, status):
    a_position(said="2017-01-01")
    a_position(stance="neither", summary="A canary.", said="2017-01-24", status=status)
    html = compare("open=russia.cease-fire").content.decode()
    assert "canary" not in html
    assert "Neither" not in html


# The cost.


def test_queries_do_not_grow_with_the_cells(client):
    a_large_dossier("talks", size=40)
    counts = []
    for actors, issues in ((5, 5), (12, 40)):
        chosen = "&".join(
            [f"actor=actor-{n}" for n in range(actors)]
            + [f"issue=issue-{n}" for n in range(issues)]
        )
        table = f"/dossiers/talks/compare/?{chosen}"
        panel = f"{table}&open=actor-0.issue-0"
        counts.append(
            [
                _queries(client, table),
                _queries(client, f"{table}&choose=issues"),
                # A cell is opened on a page that has been seen.
                _queries(client, panel, after=table),
            ]
        )
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 8, counts


# Two days.


def test_between_two_days_the_government_moved_and_the_opposition_was_first_heard(syria, client):
    """On 23 January the government no longer discusses Assad, which it did through a constitution.

    It is quoted both times, and nobody disputes either: p001 and what the agencies reported before.
    """
    response = client.get(f"{ASKED}&since=2017-01-10")
    moved = cell_of(response, "syria-gov", "assad-future")
    assert "moved from “Open to discussion, through the constitution” to" in moved
    assert "first heard" in cell_of(response, "opposition", "assad-future")
    assert "first heard" not in cell_of(response, "russia", "iran-guarantor")
    assert "Between 10 Jan 2017 and 24 Jan 2017: 1 moved, 3 first heard;" in words_of(response)
    assert "no change is known in the other cells" in words_of(response)


def test_only_what_changed_is_shown(syria, client):
    response = client.get(
        "/dossiers/syria-astana-2017/compare/?actor=russia&issue=assad-future&issue=iran-guarantor"
        "&issue=monitoring-mechanism&as_of=2017-01-24&since=2017-01-10&changed=1"
    )
    assert heads_of(response)[1] == ["Trilateral monitoring mechanism"]
    assert "2 issues are hidden" in lede_of(response)


def test_nothing_that_changed_is_said_as_such(compare, a_position):
    a_position(said="2017-01-05")
    words = words_of(compare("since=2017-01-10&as_of=2017-01-20"))
    assert "Between 10 Jan 2017 and 20 Jan 2017 no change is known here." in words


def test_a_narrow_screen_shows_first_whose_cells_changed(compare, a_position):
    """It has room for three actors at a time: else what changed could be told of and not seen."""
    for actor in ("iran", "russia", "turkey", "usa"):
        a_position(actor=actor, said="2017-01-05")
    a_position(actor="turkey", issue="border", said="2017-01-12")
    a_position(actor="usa", issue="border", said="2017-01-13")

    def chips(query: str) -> list[tuple[str, bool]]:
        html = compare(f"actor=iran&actor=russia&actor=turkey&actor=usa{query}").content.decode()
        found = re.findall(r'<input id="show-\d"([^>]*)><span>([^<]*)</span>', html)
        return [(words, "checked" in attributes.split()) for attributes, words in found]

    one_day = [("Iran", True), ("Russia", True), ("Turkey", False), ("Usa", False)]
    assert chips("") == one_day
    assert chips("&since=2017-01-10") == [
        *(("Iran", False), ("Russia", False)),
        *(("Turkey · 1 changed", True), ("Usa · 1 changed", True)),
    ]
    assert chips("&since=2017-01-10&open=iran.border")[0] == ("Iran", True)


def test_a_day_to_begin_at_lies_before_the_day_to_end_at(compare, a_position):
    a_position()
    response = compare("since=2017-02-01&as_of=2017-01-20")
    assert response.status_code == 400
    assert "from 1 Feb 2017 to 20 Jan 2017 cannot be shown: choose an earlier day" in words_of(
        response
    )
