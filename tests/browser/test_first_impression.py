"""From the first page to a passage on a phone, from its foot to what one may ask, to a feed."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import DOSSIER

each_way = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


def _is_as_wide_as_the_window(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@each_way
def test_the_sample_of_the_first_page_opens_on_a_phone(visit, scripts):
    page = visit("/", width=390, height=844, scripts=scripts)
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    # Within ten seconds: what it is, and the table right below, without a scroll to the side.
    table = page.locator(".sample")
    assert table.bounding_box()["y"] < 844
    if scripts:
        assert _is_as_wide_as_the_window(page)
        assert table.evaluate(
            "one => one.parentElement.scrollWidth <= one.parentElement.clientWidth"
        )
    cell = table.get_by_role("cell").filter(has=page.locator(".stance")).first
    stance = cell.locator(".stance").first.inner_text().strip()
    cell.get_by_role("link").click()
    page.wait_for_url(re.compile(r"/compare/\?.*open="))
    expect(page.get_by_text(stance).first).to_be_visible()
    expect(page.locator("mark").first).to_be_visible()


def test_the_first_page_shows_the_table_without_a_scroll_and_opens_it_by_keyboard(visit):
    page = visit("/", width=1440, height=900)
    expect(page.locator(".sample thead")).to_be_in_viewport()
    expect(page.locator(".sample tbody tr").first).to_be_in_viewport()
    # By keyboard: past what every page repeats, and on to the first cell that says something.
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    is_at_cell = "!!document.activeElement.closest('.sample td')"
    keys = 2
    while not page.evaluate(is_at_cell) and keys < 8:
        page.keyboard.press("Tab")
        keys += 1
    assert page.evaluate(is_at_cell)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/compare/\?.*open="))


@pytest.mark.parametrize(
    ("link", "heading"),
    [
        ("Glossary", "Glossary"),
        ("Files to download", "Files to download"),
        ("Licence", "Licence and source code"),
        ("Source code", "Licence and source code"),
    ],
)
def test_the_foot_leads_on_a_phone_to_what_one_may_ask(visit, link, heading):
    page = visit(DOSSIER, width=390, scripts=False)
    page.get_by_role("contentinfo").get_by_role("link", name=link, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


@each_way
def test_a_feed_opens_as_a_page_and_leads_to_the_position(visit, scripts):
    page = visit(f"{DOSSIER}issues/assad-future/", width=390, scripts=scripts)
    page.get_by_role("link", name="Feed", exact=True).click()
    page.wait_for_url(re.compile(r"/feed/\?issue=assad-future$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("New and changed positions")
    address = page.locator("#feed-address").inner_text()
    assert address.endswith("/issues/assad-future/feed.atom")
    assert "atom" in page.request.get(address).headers["content-type"]
    page.locator(".rows .read").first.click()
    page.wait_for_url(re.compile(r"/positions/p\d+/$"))


def test_the_picture_that_is_shared_is_there(visit):
    page = visit(f"{DOSSIER}compare/?actor=russia&actor=turkey&issue=assad-future")
    address = page.locator('meta[property="og:image"]').get_attribute("content")
    answer = page.request.get(address)
    assert answer.headers["content-type"] == "image/png"
    assert answer.body()[:8] == b"\x89PNG\r\n\x1a\n"
    assert len(answer.body()) < 150_000
