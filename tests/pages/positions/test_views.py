"""The table of positions: what is shown under which filters, and what is refused."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astana.models import Evidence
from tests.a_large_dossier import a_large_dossier
from tests.pages.rows import choice_of, rows_of, words_of

pytestmark = pytest.mark.django_db
URL = "/dossiers/talks/positions/"


@pytest.fixture
def a_table(client, a_position):
    """Return a function that asks for the table of three positions under a query string."""
    a_position(actor="russia", issue="cease-fire", summary="Keeps it.", said="2017-01-10")
    a_position(
        actor="turkey", issue="cease-fire", stance="opposes", summary="Leaves it.", said="2017-02"
    )
    a_position(
        actor="russia",
        issue="elections",
        summary="Holds them.",
        said="2017-03-01",
        voice="attributed",
        attributed_by="turkey",
    )
    return lambda query="", **headers: client.get(f"{URL}?{query}", headers=headers)


def test_the_newest_position_comes_first(a_table):
    shown = rows_of(a_table())
    assert [row.split(".")[0].split()[-2:] for row in shown] == [
        ["Holds", "them"],
        ["Leaves", "it"],
        ["Keeps", "it"],
    ]


def test_a_second_hand_voice_is_said_in_words(a_table):
    assert "attributed by Turkey" in rows_of(a_table())[0]
    assert "attributed" not in rows_of(a_table())[1]


def test_a_month_is_not_shown_as_a_day(a_table):
    assert "February 2017" in rows_of(a_table())[1]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("actor=russia", {"Keeps it.", "Holds them."}),
        ("actor=russia&actor=turkey", {"Keeps it.", "Leaves it.", "Holds them."}),
        ("actor=russia&issue=cease-fire", {"Keeps it."}),
        ("stance=cease-fire.supports", {"Keeps it."}),
        ("stance=cease-fire.supports&stance=cease-fire.opposes", {"Keeps it.", "Leaves it."}),
        ("voice=attributed", {"Holds them."}),
        ("first_hand=1", {"Keeps it.", "Leaves it."}),
        ("since=2017-01-11", {"Leaves it.", "Holds them."}),
        ("until=2017-02-27", {"Keeps it."}),
        ("until=2017-02-28", {"Keeps it.", "Leaves it."}),
        ("q=holds", {"Holds them."}),
        ("q=TURK+leaves", {"Leaves it."}),
        ("q=turk+holds", set()),
        ("utm_source=news", {"Keeps it.", "Leaves it.", "Holds them."}),
    ],
)
def test_filters_are_or_inside_and_and_across(a_table, query, expected):
    response = a_table(query)
    shown = " ".join(rows_of(response))
    assert response.status_code == 200
    assert {s for s in ("Keeps it.", "Leaves it.", "Holds them.") if s in shown} == expected


def test_an_actor_is_found_by_a_name_in_another_script(a_table, an_actor):
    an_actor("turkey").names.create(name="ТУРЦИЯ", language="ru")
    assert len(rows_of(a_table("q=турция"))) == 1


def test_a_position_is_found_by_any_of_its_sources_and_once(client, a_position, a_rendition):
    first = a_rendition("It met.", article="one", source="gazette")
    second = a_rendition("It met.", article="two", source="courier")
    position = a_position(rendition=first, quote="It met")
    a_position(actor="turkey")
    for number, rendition in ((2, first), (3, second)):
        Evidence.objects.create(
            position=position, number=number, rendition=rendition, start=0, end=2, exact="It"
        )
    for query in ("source=gazette", "source=courier", "source=gazette&source=courier"):
        assert len(rows_of(client.get(f"{URL}?{query}"))) == 1


def test_a_source_that_only_disputes_a_position_is_not_named_as_reporting_it(
    client, a_position, a_rendition
):
    report = a_rendition("They met.", source="gazette")
    denial = a_rendition("They deny it.", source="herald", article="herald-1")
    position = a_position(rendition=report, quote="They met")
    disputes = {"rendition": denial, "role": "disputes", "exact": "They deny it"}
    Evidence.objects.create(position=position, number=2, start=0, end=12, **disputes)
    assert rows_of(client.get(URL))[0].endswith("Gazette, Herald (disputes it)")


def test_a_facet_counts_under_the_other_filters_but_not_its_own(a_table):
    response = a_table("actor=turkey")
    assert choice_of(response, "actor", "russia").endswith("2")
    assert choice_of(response, "issue", "cease-fire").endswith("1")
    assert choice_of(response, "issue", "elections") == ""


def test_stances_are_offered_for_the_issues_chosen(a_table):
    assert choice_of(a_table(), "stance", "cease-fire.supports") == ""
    assert "Supports" in choice_of(a_table("issue=cease-fire"), "stance", "cease-fire.supports")


def test_an_issue_is_asked_for_only_where_none_is_chosen(a_table):
    hint = "Choose an issue first"
    assert hint in words_of(a_table())
    assert hint not in words_of(a_table("issue=cease-fire&since=2018-01-01"))


def test_an_applied_filter_can_be_taken_back(a_table):
    html = a_table("actor=russia&issue=cease-fire&page=1").content.decode()
    assert 'href="?issue=cease-fire"' in html
    assert "Remove Actor Russia" in html


def test_clearing_all_keeps_the_words_and_the_order(a_table):
    html = a_table("q=it&actor=russia&first_hand=1&sort=actor").content.decode()
    cleared = re.search(r'id="clear-filters" href="([^"]*)"', html)[1].replace("&amp;", "&")
    assert cleared == "?q=it&sort=actor"


def test_the_number_of_positions_is_announced(a_table):
    html = a_table("actor=russia").content.decode()
    announced = re.search(r"<p[^>]*data-announce>(.*?)</p>", html)[1]
    assert announced.startswith("2 of 3 positions, said by 1 Mar 2017")


@pytest.mark.parametrize("column", ["actor", "issue", "stance", "summary", "said", "voice"])
def test_every_sortable_column_sorts_both_ways(a_table, column):
    up, down = a_table(f"sort={column}"), a_table(f"sort=-{column}")
    assert rows_of(up) == rows_of(down)[::-1]
    assert up.content.count(b"aria-sort") == 1
    assert b'aria-sort="ascending"' in up.content
    assert b'aria-sort="descending"' in down.content


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("sort=colour", "“colour” is not an order of this list. Orders: actor, issue, stance"),
        ("actor=rusia", "Actor: “rusia” is unknown. Known values: russia, turkey."),
        ("stance=supports", "“supports” is unknown. Known values: cease-fire.supports"),
        ("voice=shouted", "“shouted” is unknown. Known values: direct-quote"),
        ("since=2017-02-30", "“2017-02-30” is not a day in the calendar"),
        ("since=2017-02-01&until=2017-01-01", "The range of days ends before it starts"),
        ("first_hand=maybe", "“maybe” is neither 0 nor 1"),
        ("page=2", "There is no page “2”: the list has one page."),
        ("page=1000000000000", "There is no page “1000000000000”"),
        ("page=-1", "There is no page “-1”"),
        ("q=" + "x" * 201, "at most 200 characters"),
    ],
)
def test_what_is_unknown_is_refused_by_name(a_table, query, words):
    response = a_table(query)
    assert response.status_code == 400
    assert words in words_of(response)
    assert rows_of(response) == []


def test_a_refused_address_still_offers_the_filters(a_table):
    response = a_table("actor=rusia")
    assert "Russia" in choice_of(response, "actor", "russia")


def test_the_list_has_pages_of_25(client, a_position):
    for number in range(30):
        a_position(summary=f"Number {number}.", said="2017-01-01")
    first, second = client.get(URL), client.get(f"{URL}?page=2")
    assert (len(rows_of(first)), len(rows_of(second))) == (25, 5)
    assert len(set(rows_of(first) + rows_of(second))) == 30
    assert b'aria-current="page">2<' in second.content


@pytest.fixture
def a_long_table(client, a_position):
    """Return a function that asks for 60 positions, of whom many share a day."""
    for number in range(60):
        day = f"2017-01-{number // 20 + 1:02}"
        voice = "document" if number % 10 == 0 else "reported-speech"
        a_position(summary=f"Number {number}.", said=day, voice=voice)
    return lambda address=URL: client.get(address)


def turned(response, name: str) -> str:
    """Return the address that the pager leads to, or nothing."""
    found = re.search(rf'id="page-{name}"[^>]*? href="([^"]*)"', response.content.decode())
    return URL + found[1].replace("&amp;", "&") if found else ""


@pytest.mark.parametrize("sort", ["", "sort=said"])
def test_pages_lead_to_each_other_without_a_gap_or_a_repetition(a_long_table, sort):
    by_number = [rows_of(a_long_table(f"{URL}?{sort}&page={page}")) for page in (1, 2, 3)]
    assert len({row for rows in by_number for row in rows}) == 60
    response, forth = a_long_table(f"{URL}?{sort}"), []
    while True:
        forth.append(rows_of(response))
        if not (address := turned(response, "next")):
            break
        response = a_long_table(address)
    assert forth == by_number
    back = [rows_of(response)]
    while address := turned(response, "previous"):
        response = a_long_table(address)
        back.append(rows_of(response))
    assert back == by_number[::-1]


def test_a_page_beside_a_position_stays_as_others_are_added(a_long_table, a_position):
    address = turned(a_long_table(), "next")
    shown = rows_of(a_long_table(address))
    a_position(summary="Newest of all.", said="2018-01-01")
    assert rows_of(a_long_table(address)) == shown


@pytest.fixture
def few_are_counted(monkeypatch):
    """Count so few rows at most that the table of a test is a long one."""
    monkeypatch.setattr("astana.web.filters.MOST_COUNTED", 50)


def test_more_than_are_counted_is_said_as_that(a_long_table, few_are_counted):
    assert "60 of 60 positions" in words_of(a_long_table())
    words = words_of(a_long_table(f"{URL}?since=2017-01-01"))
    assert "More than 50 of 60 positions, said by 3 Jan 2017" in words


def test_beyond_what_is_counted_each_page_leads_to_the_next(a_long_table, few_are_counted):
    query = "since=2017-01-01"
    response = a_long_table(f"{URL}?{query}&page=3")
    assert response.status_code == 400
    assert "Pages 1 to 2 can be opened by number; “3” cannot." in words_of(response)
    third = a_long_table(turned(a_long_table(f"{URL}?{query}&page=2"), "next"))
    assert third.status_code == 200
    assert len(rows_of(third)) == 10
    assert turned(third, "next") == ""


def test_a_facet_of_a_long_list_counts_the_newest_and_says_so(a_long_table, few_are_counted):
    response = a_long_table()
    assert "Counted among the newest 50" in words_of(response)
    assert choice_of(response, "voice", "reported-speech").endswith(" 45+")
    assert choice_of(response, "voice", "act") == "act"
    # Each actor is counted once for each version of the dossier, all of its positions.
    assert choice_of(response, "actor", "russia").endswith(" 60")
    assert choice_of(a_long_table(f"{URL}?voice=document"), "source", "gazette") == ""


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("page=2&after=nobody", "There is no position “nobody” in this list"),
        ("page=2&after=p1&before=p1", "only if the list is in order of days"),
        ("page=2&after=p1&sort=actor", "only if the list is in order of days"),
    ],
)
def test_a_page_beside_no_position_is_refused(a_long_table, query, words):
    response = a_long_table(f"{URL}?{query}")
    assert response.status_code == 400
    assert words in words_of(response)


def test_a_page_beside_a_draft_is_refused_like_an_unknown_one(a_long_table, a_position):
    draft = a_position(status="draft")
    response = a_long_table(f"{URL}?page=2&after={draft.key}")
    assert response.status_code == 400
    assert f"There is no position “{draft.key}” in this list" in words_of(response)


def test_no_match_offers_to_drop_each_filter(a_table):
    words = words_of(a_table("q=nothing&actor=russia"))
    assert "Nothing matches all of these filters." in words
    assert "Without Words nothing" in words
    assert "Without Actor Russia" in words


def test_a_dossier_without_positions_says_so(client, a_dossier):
    a_dossier()
    assert "No position is published in this dossier yet." in words_of(client.get(URL))


def test_drafts_are_not_shown(client, a_position):
    a_position(summary="Not yet reviewed.", status="draft")
    assert "Not yet reviewed." not in words_of(client.get(URL))


def test_a_disputed_position_is_marked(client, a_position, a_rendition):
    rendition = a_rendition("It met.")
    position = a_position(rendition=rendition, quote="It met")
    assert "disputed" not in rows_of(client.get(URL))[0]
    Evidence.objects.create(
        position=position,
        number=2,
        role="disputes",
        rendition=rendition,
        start=0,
        end=2,
        exact="It",
    )
    assert "disputed" in rows_of(client.get(URL))[0]


@pytest.mark.parametrize(
    "query",
    [
        "actor=actor-0&issue=issue-0&voice=reported-speech&q=summary&sort=issue",
        "stance=issue-0.supports&first_hand=1&since=2017-01-01&sort=-voice",
    ],
)
def test_a_filtered_table_costs_the_same_queries_in_any_dossier(client, query):
    numbers = []
    for slug, size in (("talks", 3), ("congress", 40)):
        a_large_dossier(slug, size=size)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"/dossiers/{slug}/positions/?{query}")
        assert rows_of(response)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 20
