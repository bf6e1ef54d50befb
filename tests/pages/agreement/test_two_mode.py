"""The page of statements: actors by issues, with the files that say the same."""

import io
import re

import networkx
import pytest

from astana.pages.agreement import forms
from tests.pages.agreement.test_views import said_on
from tests.pages.test_files import _taken

URL = "/dossiers/talks/agreement/statements/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(a_position, an_actor):
    """Russia spoke twice for aid and once against the border, Turkey once for the border."""
    for actor, issue, stance, day in (
        ("russia", "aid", "supports", "2017-01-10"),
        ("russia", "aid", "supports", "2017-02-10"),
        ("russia", "border", "opposes", "2017-01-10"),
        ("turkey", "border", "supports", "2017-01-10"),
        ("usa", "border", "declines", "2017-01-10"),
    ):
        a_position(actor=actor, issue=issue, stance=stance, said=day)
    an_actor("iran")


def table(response) -> list[list[str]]:
    """Return the words of the rows of the table."""
    rows = re.findall(r"<tr>(<th scope=\"row\".*?)</tr>", response.content.decode(), re.DOTALL)
    return [
        [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row)
        ]
        for row in rows
    ]


@pytest.mark.parametrize(
    ("query", "russia", "turkey"),
    [
        ("", ["Russia 2 statements", "1", "1"], ["Turkey 1 statement", "nothing found", "1"]),
        (
            "?duplicates=month&counting=balance",
            ["Russia 3 statements", "2", "−1 1 statement"],
            ["Turkey 1 statement", "nothing found", "1"],
        ),
        (
            "?duplicates=include&normalisation=activity",
            ["Russia 3 statements", "0.67 2 statements", "0.33 1 statement"],
            ["Turkey 1 statement", "nothing found", "1"],
        ),
        (
            "?normalisation=prominence",
            ["Russia 2 statements", "1", "0.50 1 statement"],
            ["Turkey 1 statement", "nothing found", "0.50 1 statement"],
        ),
    ],
)
def test_a_cell_says_how_much_was_said_and_silence_is_no_number(
    client, said, query, russia, turkey
):
    """Of a stance off the scale, as of who said nothing, there is no row."""
    assert table(client.get(URL + query)) == [russia, turkey]


def test_whom_it_does_not_count_is_said(client, said, monkeypatch):
    """Only so many are counted where none are chosen; others are heard too."""
    assert "not counted, only" not in said_on(client.get(URL))
    monkeypatch.setattr(forms, "MOST_ACTORS", 1)
    words = said_on(client.get(f"{URL}?as_of=2017-02-09"))
    assert "1 actor is heard on 2 preference issues" in words
    assert "2 more actors are not counted, only the 1 most reported on." in words
    assert "not counted, only" not in said_on(client.get(f"{URL}?actor=turkey"))


def test_the_files_say_the_same_as_the_page(client, said):
    query = "?duplicates=month&counting=balance&normalisation=activity"
    words = said_on(client.get(URL + query))
    counted = (
        "Counted: Statements for minus those against; repeated statements count: Once in each "
        "month; normalised: By everything that the actor said."
    )
    assert "2 actors are heard on 2 preference issues by 10 Feb 2017: 4 statements." in words
    assert counted in words
    assert "Second-hand reports count unless only first-hand is asked for" in words
    expected = {
        ("russia", "aid"): (round(2 / 3, 4), 2),
        ("russia", "border"): (round(-1 / 3, 4), 1),
        ("turkey", "border"): (1, 1),
    }
    for suffix in ("csv", "xlsx", "json"):
        rows = _taken(client, f"statements.{suffix}{query}")
        assert {
            (row["actor"], row["issue"]): (
                round(float(row["figure"]), 4),
                int(row["statements"]),
            )
            for row in rows
        } == expected
        assert {(row["counting"], row["duplicates"], row["normalisation"]) for row in rows} == {
            ("balance", "month", "activity")
        }
    sent = b"".join(client.get(f"/dossiers/talks/statements.graphml{query}"))
    assert counted in sent.decode()
    graph = networkx.read_graphml(io.BytesIO(sent))
    assert {
        (one.removeprefix("actor:"), other.removeprefix("issue:")): (
            round(data["weight"], 4),
            data["n"],
        )
        for one, other, data in graph.edges(data=True)
    } == expected
    assert graph.nodes["actor:russia"] == {"name": "Russia", "bipartite": 0}
    assert networkx.is_bipartite(graph)


def test_a_figure_opens_the_positions_behind_it(client, said):
    html = client.get(f"{URL}?from=2017-02-01").content.decode()
    (link,) = re.findall(r'<td class="tint-10"><a href="([^"]+)"', html)
    words = said_on(client.get(link.replace("&amp;", "&")))
    assert words.count("russia supports aid.") == 1
    assert "border." not in words


def test_what_cannot_be_counted_is_refused_by_name_on_the_page_and_in_files(client, said):
    for query, words in (
        ("counting=love", "“love” is unknown. Known values: statements"),
        ("normalisation=jaccard", "“jaccard” is unknown. Known values: none"),
        ("issue=atlantis", "This dossier has no issue “atlantis”"),
    ):
        for address in (
            URL,
            "/dossiers/talks/statements.graphml",
            "/dossiers/talks/statements.csv",
        ):
            response = client.get(f"{address}?{query}")
            assert response.status_code == 400
            assert words in said_on(response)


def test_nothing_said_is_said(client, a_dossier):
    a_dossier()
    assert "No statement on a preference issue of this selection" in said_on(client.get(URL))
