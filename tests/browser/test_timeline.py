"""Journeys through change and common ground, with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import DOSSIER

each_way = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


def show(page, scripts: bool) -> None:
    """Send the form, where no script does so by itself."""
    if not scripts:
        page.get_by_role("button", name="Show", exact=True).click()


def wait_for(page, address: str) -> None:
    """Wait until the page has the address, and htmx has taken over what it put there."""
    expect(page).to_have_url(re.compile(address))
    expect(page.locator(".htmx-request, .htmx-added, .htmx-settling")).to_have_count(0)


@each_way
def test_from_a_move_to_the_position_that_made_it(visit, scripts):
    page = visit(f"{DOSSIER}timeline/", scripts=scripts)
    page.get_by_label("Issue", exact=True).select_option("assad-future")
    show(page, scripts)
    expect(page).to_have_url(re.compile("issue=assad-future"))
    # Damascus is the one that moved: an interview by 9 January, the talks two weeks later. Turkey
    # did not, as what its minister is reported to have said is disputed.
    moves = page.locator(".timeline li a[aria-label*='moved from']")
    expect(moves).to_have_count(1)
    # A mark is drawn in a picture that one part of it may cover: it is opened by keyboard.
    mark = moves.first
    moved = mark.get_attribute("aria-label")
    assert "from “Open to discussion, through the constitution”" in moved
    assert "to “His position is not up for discussion”" in moved
    mark.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/positions/"))
    expect(page.locator("main")).to_contain_text("The government refuses to discuss the position")


@each_way
def test_a_range_of_days_is_in_the_address_and_in_the_table_below(visit, scripts):
    page = visit(f"{DOSSIER}timeline/?issue=assad-future", scripts=scripts)
    rows = page.locator("#content table tbody tr")
    before = rows.count()
    page.get_by_label("From", exact=True).fill("2017-01-20")
    if scripts:
        # Each change is shown at once; the next one begins from what it shows.
        wait_for(page, "from=2017-01-20")
    page.get_by_label("To", exact=True).fill("2017-01-24")
    if scripts:
        wait_for(page, "to=2017-01-24")
    page.get_by_label("First-hand only").check()
    show(page, scripts)
    expect(page).to_have_url(re.compile("from=2017-01-20.*to=2017-01-24.*first_hand=1"))
    expect(page.locator(".lede")).to_contain_text("from 20 Jan 2017 to 24 Jan 2017")
    assert 0 < rows.count() < before
    assert rows.count() == page.locator(".lane-marks a").count()


@each_way
def test_the_lanes_of_one_actor_are_issues(visit, scripts):
    page = visit(f"{DOSSIER}timeline/", scripts=scripts)
    page.get_by_role("link", name="Issues of one actor").click()
    wait_for(page, "by=actor")
    page.get_by_label("Actor", exact=True).select_option("turkey")
    show(page, scripts)
    expect(page.get_by_role("heading", level=1)).to_have_text("Turkey over time")
    page.locator(".timeline").get_by_role(
        "link", name="The future of Bashar al-Assad"
    ).first.click()
    expect(page).to_have_url(re.compile("/issues/assad-future/"))


@each_way
def test_from_a_condition_to_the_issue_it_is_attached_to(visit, scripts):
    page = visit(f"{DOSSIER}common-ground/", scripts=scripts)
    card = page.locator(".ground", has_text="Trilateral monitoring mechanism").first
    expect(card).to_contain_text("5 of 6 on one side")
    expect(card).to_contain_text("If: As far as it reduces violence.")
    card.get_by_text("actors are silent").click()
    expect(card.get_by_text("High Negotiations Committee")).to_be_visible()
    card.get_by_role("link", name="Trilateral monitoring mechanism").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trilateral monitoring mechanism")


@each_way
def test_disputed_facts_are_a_list_of_their_own(visit, scripts):
    page = visit(f"{DOSSIER}common-ground/", scripts=scripts)
    page.locator("#show-facts").check()
    show(page, scripts)
    expect(page.get_by_role("heading", level=1)).to_have_text("Which facts are disputed?")
    expect(page.get_by_text("rests on a single source").first).to_be_visible()
    expect(page.get_by_role("heading", name="Reports that are disputed")).to_be_visible()
