"""Questions without an order count as same or different, apart from the mean, where asked for."""

import csv
import io

import networkx
import pytest

from tests.pages.agreement.test_views import URL, cell, four, said_on  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def nominal(four, an_issue, a_position):  # noqa: F811
    """On who may host Russia and Turkey give the same answer, on where they differ."""
    for slug, theirs in (("who-hosts", "supports"), ("where", "opposes")):
        issue = an_issue(slug, scale="nominal")
        issue.stances.update(value=None)
        a_position(actor="russia", issue=slug, stance="supports")
        a_position(actor="turkey", issue=slug, stance=theirs)


def test_they_count_only_where_the_reader_asks_and_change_no_figure(client, nominal):
    plain = client.get(URL)
    assert cell(plain, "russia", "turkey").startswith("0.75 1.5 of 2 open")
    assert "2 questions without an order are not counted." in said_on(plain)
    asked = client.get(f"{URL}?nominal=1")
    assert cell(asked, "russia", "turkey").startswith("0.75 1.5 of 2 same answer: 1 of 2 open")
    assert "without an order are not counted" not in said_on(asked)
    assert cell(plain, "russia", "turkey") == cell(asked, "russia", "turkey").replace(
        " same answer: 1 of 2", ""
    )


def test_a_pair_has_them_in_groups_of_their_own(client, nominal):
    words = said_on(client.get(f"{URL}?nominal=1&pair=russia.turkey"))
    assert "which are not in the figure: same answer: 1 of 2." in words
    assert "The same answer, without an order (1) Who hosts Russia Supports" in words
    assert "Different answers, without an order (1) Where Russia Supports" in words
    assert "Who hosts Russia" not in said_on(client.get(f"{URL}?pair=russia.turkey"))


def test_files_have_them_where_they_are_asked_for(client, nominal):
    def pairs(query: str) -> list[dict[str, str]]:
        sent = b"".join(client.get(f"/dossiers/talks/agreement.csv{query}")).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(sent)))

    (row,) = pairs("?nominal=1")
    assert (row["same"], row["nominal"], row["figure"]) == ("1", "2", "0.75")
    (row,) = pairs("")
    assert (row["same"], row["nominal"], row["figure"]) == ("", "", "0.75")
    sent = b"".join(client.get("/dossiers/talks/agreement.graphml?nominal=1"))
    (edge,) = networkx.read_graphml(io.BytesIO(sent)).edges(data=True)
    assert edge[2] == {"weight": 0.75, "n": 2, "same": 1, "nominal": 2}


def test_measures_of_statements_do_not_count_them(client, nominal):
    response = client.get(f"{URL}?nominal=1&measure=congruence")
    assert cell(response, "russia", "turkey") == "1.50 2 issues"
