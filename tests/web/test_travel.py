"""What a page is under goes along from page to page of a dossier, is said, and left by a link."""

import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import lxml.html
import pytest
from django.urls import resolve

from astana.web.travel import GOES_BY, understood
from tests.a_large_dossier import a_large_dossier, made_once
from tests.addresses import page_url
from tests.permissions import READ, TABLE
from tests.site_pages import pages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_the_talks")]
BASE = "/dossiers/talks/"
PAGES = set(GOES_BY) - {"search:index"}
STATE = {"as_of": "2017-01-02", "first_hand": "1"}
# Pages of a dossier that are read by all and take nothing along: each is about an address of its
# own, or hides who is who.
APART = {"blind:index", "blind:worksheet", "blind:key", "citations:index", "feeds:index"}


@pytest.fixture(scope="module")
def _the_talks(django_db_setup, django_db_blocker):
    """Make the dossier once for all tests of this file."""
    with made_once(django_db_blocker):
        a_large_dossier("talks", size=3)
        yield


def _html(client, address: str):
    response = client.get(address)
    assert response.status_code == 200, address
    return lxml.html.fromstring(response.content.decode())


def _understood(name: str) -> dict[str, str]:
    return {k: v for k, v in STATE.items() if k in understood(name)}


def test_every_page_of_a_dossier_for_readers_takes_along_what_it_is_under():
    read = {name for name, row in TABLE.items() if row == READ and name in pages()}
    assert read == PAGES | APART


def test_every_link_and_form_that_leads_on_in_a_dossier_takes_the_day_and_first_hand_along(client):
    reached, led = {}, set()
    for name in PAGES:
        own = {"open": "actor-0.issue-0"} if name == "compare:matrix" else {}
        address = page_url(name)
        html = _html(client, f"{address}?{urlencode(_understood(name) | own)}")
        under = _understood(name).items()
        for link in html.xpath("//a[@href]"):
            path, query = urlsplit(link.get("href"))[2:4]
            if not path.startswith(BASE) or (target := resolve(path).view_name) not in GOES_BY:
                continue
            # What leads from a page to its own beginning takes nothing along.
            if path == address and not query and link.xpath("ancestor::main"):
                continue
            asked = parse_qs(query)
            for parameter, value in under:
                if parameter not in _understood(target):
                    assert parameter not in asked, (name, link.get("href"))
                elif not (parameter == "as_of" and {"since", "from", "as_of"} & set(asked)):
                    assert asked.get(parameter) == [value], (name, link.get("href"))
            reached[target] = link.get("href")
            led.add(name)
        for form in html.xpath("//form[@method='get']"):
            if (form.get("action") or "").startswith(BASE):
                fields = set(form.xpath(".//@name"))
                assert set(_understood(name)) <= fields, (name, form.get("id"))
    assert led == PAGES
    for address in reached.values():
        assert client.get(address).status_code == 200, address


def _led(client, address: str) -> dict[str, str]:
    """Return the query that each link of the masthead of a page leads with."""
    html = client.get(BASE + address).content.decode()
    masthead = re.search(r"<nav.*?</nav>", html, re.DOTALL)[0]
    links = re.findall(rf'href="{BASE}([-\w]*)/([^"]*)"', masthead)
    return {page: unescape(query) for page, query in links}


def test_the_actors_go_along_from_pages_that_compare_them_through_those_that_do_not(client):
    day = "as_of=2017-01-02&first_hand=1"
    state = f"actor=actor-0&actor=actor-1&{day}"
    compared = f"compared=actor-0.actor-1&{day}"
    sides = f"side=actor-0&side=actor-1&{day}"
    for address in (
        *(f"{page}/?{state}" for page in ("compare", "common-ground", "agreement")),
        f"issues/issue-0/?{compared}",
        f"brief/?{sides}",
    ):
        found = _led(client, address)
        for page in ("compare", "common-ground", "agreement"):
            assert found[page] == f"?{state}"
        assert found["brief"] == f"?{sides}"
        for page in ("issues", "positions", "sources", "timeline"):
            assert found[page] == f"?{compared}"


def test_sides_of_several_actors_come_back_to_the_brief_as_long_as_their_actors_are_compared(
    client,
):
    sides = "side=actor-0,actor-1&side=actor-2"
    found = _led(client, f"brief/?{sides}")
    assert found["compare"] == "?actor=actor-0&actor=actor-1&actor=actor-2"
    asked = "&".join((found["compare"][1:], sides))
    assert _led(client, f"compare/?{asked}")["brief"] == "?side=actor-0%2Cactor-1&side=actor-2"
    assert _led(client, f"compare/?actor=actor-0&{sides}")["brief"] == ""


def test_an_actor_that_narrows_a_list_does_not_go_along(client):
    found = _led(client, "positions/?actor=actor-0&as_of=2017-01-24")
    assert found["compare"] == "?as_of=2017-01-24"


def test_what_means_nothing_and_unknown_actors_stay_behind(client):
    assert _led(client, "compare/?as_of=%22%3E")["compare"] == ""
    assert _led(client, "compare/?actor=nobody&as_of=2017-01-02")["issues"] == "?as_of=2017-01-02"
    assert _led(client, "issues/?compared=a%20b&first_hand=0")["compare"] == ""
    assert _led(client, "compare/")["compare"] == ""


def test_the_link_to_the_latest_day_asks_for_no_changes_after_it(client):
    html = _html(client, f"{BASE}compare/?since=2031-01-01&as_of=2031-01-02")
    (leave,) = html.find_class("under")[0].xpath(".//a/@href")
    assert client.get(f"{BASE}compare/{leave}").status_code == 200


def test_a_page_says_in_one_place_what_it_is_under_and_leaves_it_by_one_link(client):
    for name in PAGES:
        html = _html(client, f"{page_url(name)}?{urlencode(_understood(name))}")
        (said,) = html.find_class("under")
        words = said.text_content()
        assert words.startswith("As of 2 Jan 2017")
        assert ("first-hand only" in words) == ("first_hand" in _understood(name))
        goes_by = GOES_BY[name].split()
        assert ("later days too" in words) == ("as_of" not in goes_by)
        (leave,) = said.xpath(".//a/@href")
        assert not {"as_of", "first_hand"} & set(parse_qs(urlsplit(leave).query))
        left = _html(client, page_url(name) + leave)
        assert not left.find_class("under")
        assert STATE["as_of"] not in "".join(left.xpath("//nav//a/@href"))


def test_leaving_keeps_the_choice_of_a_page_itself(client):
    html = _html(client, f"{BASE}compare/?actor=actor-0&issue=issue-1&as_of=2017-01-02")
    assert html.xpath("//p[@class='under']/a/@href") == ["?actor=actor-0&issue=issue-1"]


def test_the_latest_day_is_no_other_than_none(client):
    (day,) = _html(client, f"{BASE}compare/?choose=day").xpath("//input[@id='as-of']/@value")
    assert not _html(client, f"{BASE}issues/?as_of={day}").find_class("under")


def test_every_page_that_goes_by_a_day_begins_at_the_latest_one(client):
    (day,) = _html(client, f"{BASE}compare/?choose=day").xpath("//input[@id='as-of']/@value")
    for name in (name for name in PAGES if "as_of" in GOES_BY[name]):
        first, asked = (
            _html(client, page_url(name) + query).xpath("//header[@class='head']")[0]
            for query in ("", f"?as_of={day}")
        )
        assert first.text_content() == asked.text_content(), name
        earlier = _html(client, f"{page_url(name)}?as_of=2017-01-01").xpath(
            "//header[@class='head']"
        )
        assert earlier[0].text_content() != first.text_content(), name


def test_the_script_of_the_masthead_takes_along_what_the_server_does(client):
    links = _html(client, f"{BASE}compare/").xpath("//header[@class='masthead']//nav/a")
    assert len(links) == 12
    more = _html(client, f"{BASE}compare/").find_class("more")[0].xpath(".//a")
    assert [resolve(link.get("href")).view_name for link in more] == [
        "sources:index",
        "coverage:index",
        "framing:index",
        "documents:index",
    ]
    for link in (*links, *more):
        carries = link.get("data-carries", "compared as_of first_hand recorded_as_of")
        assert set(carries.split()) == understood(resolve(link.get("href")).view_name)


def test_the_search_of_one_dossier_takes_along_and_leads_on_with_what_it_is_under(client):
    asked = {"q": "position", "dossier": "talks"}
    (masthead,) = _html(client, f"{BASE}issues/?{urlencode(STATE)}").find_class("masthead-search")
    assert STATE.items() <= dict(masthead.form_values()).items()
    page = _html(client, f"/search/?{urlencode(asked | STATE)}")
    assert "As of 2 Jan 2017" in page.find_class("under")[0].text_content()
    links = page.xpath(f"//main//a[starts-with(@href, '{BASE}')]/@href")
    tabs = page.xpath("//nav[@class='search-kinds']/a/@href")
    assert links
    assert tabs
    assert all(urlencode(STATE) in link for link in (*links, *tabs))
    # Everywhere there are other dossiers, with other days.
    everywhere = page.xpath("//a[@id='search-widen']/@href")[0]
    assert "as_of" not in everywhere
    widest = _html(client, f"/search/?q=position&{urlencode(STATE)}")
    # But for the way to sign in, which leads back to where one is.
    assert "as_of" not in str(widest.xpath("//@href[not(contains(., '/login/'))]"))
