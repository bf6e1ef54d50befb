"""The day, and who is compared, go along from page to page of a dossier."""

import re
from html import unescape

import pytest

pytestmark = pytest.mark.django_db
BASE = "/dossiers/talks/"


@pytest.fixture
def leads(client, a_position):
    """Return a function that gives the query each link of the masthead of a page leads with."""
    a_position(actor="russia")
    a_position(actor="turkey")

    def ask(address: str) -> dict[str, str]:
        html = client.get(BASE + address).content.decode()
        masthead = re.search(r"<nav.*?</nav>", html, re.DOTALL)[0]
        links = re.findall(rf'href="{BASE}([-\w]*)/([^"]*)"', masthead)
        return {page: unescape(query) for page, query in links}

    return ask


def test_day_actors_and_first_hand_go_along_where_actors_are_set_side_by_side(leads):
    state = "actor=russia&actor=turkey&as_of=2017-01-24&first_hand=1"
    for address in ("compare/", "common-ground/", "agreement/"):
        found = leads(f"{address}?{state}")
        for page in ("compare", "common-ground", "agreement"):
            assert found[page] == f"?{state}"
        assert found["brief"] == "?as_of=2017-01-24&first_hand=1"
        assert found["sources"] == "?as_of=2017-01-24"
        assert found["positions"] == ""


def test_an_actor_that_narrows_a_list_does_not_go_along(leads):
    found = leads("positions/?actor=russia&as_of=2017-01-24")
    assert found["compare"] == "?as_of=2017-01-24"


def test_what_is_no_day_stays_behind(leads):
    assert leads("compare/?as_of=%22%3E")["compare"] == ""
    assert leads("compare/")["compare"] == ""


def test_the_heads_of_a_comparison_lead_on_with_its_day(client, a_position):
    a_position(actor="russia")
    html = client.get(f"{BASE}compare/?as_of=2017-02-01").content.decode()
    assert f'href="{BASE}actors/russia/?as_of=2017-02-01"' in html
    assert f'href="{BASE}issues/cease-fire/?as_of=2017-02-01"' in html
