"""Journeys through sources and texts that are set against each other, with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import DOSSIER
from tests.browser.widths import width_of

each_way = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@each_way
def test_from_a_flag_to_the_passage_of_each_source(visit, scripts):
    page = visit(
        f"{DOSSIER}compare/?actor=syria-gov&issue=final-communique&open=syria-gov.final-communique",
        scripts=scripts,
    )
    page.get_by_role("link", name="Sources disagree: see what each reports").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("by source")
    row = page.locator("tbody", has=page.locator("th", has_text="bne IntelliNews"))
    expect(row).to_contain_text("Issued no statement of support")
    row.get_by_role("link", name=re.compile("bne IntelliNews, .* ¶ 2")).click()
    expect(page).to_have_url(re.compile(r"/articles/intellinews-2017-01-24/.*#p2$"))


@each_way
def test_where_sources_disagree_for_one_actor(visit, scripts):
    page = visit(f"{DOSSIER}sources/", scripts=scripts)
    before = page.locator(".disputes > .sheet").count()
    page.get_by_label("Actor").select_option("opposition")
    if not scripts:
        page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("actor=opposition"))
    expect(page.locator(".disputes > .sheet")).not_to_have_count(before)
    page.get_by_role("link", name="Syrian armed opposition on Direct or indirect talks").click()
    expect(page.get_by_text("Told differently about the same time")).to_be_visible()


@each_way
def test_what_a_later_text_left_out(visit, scripts):
    page = visit(f"{DOSSIER}documents/moscow-statement-2016/", scripts=scripts)
    page.get_by_label("Compare with").select_option("astana-statement-2017-01")
    if not scripts:
        page.get_by_role("button", name="Compare").click()
    secular = page.locator(".fate.dropped", has_text="Syria as a secular state")
    expect(secular).to_contain_text("Text leaves the word out")
    expect(secular).to_contain_text("attributed by Bashar al-Jaafari, for Government of Syria")
    secular.get_by_role("link", name="Who had the word secular dropped").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who had the word secular dropped")


@each_way
def test_from_a_wording_to_its_paragraph(visit, scripts):
    page = visit(f"{DOSSIER}framing/", scripts=scripts)
    page.get_by_label("Actor").select_option("fateh-al-sham")
    if not scripts:
        page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fateh al-Sham Front")
    row = page.locator("tr", has_text="Mehr News Agency")
    expect(row).to_contain_text("Nusra Front")
    row.get_by_role("link", name="24 Jan 2017, ¶ 2").click()
    expect(page).to_have_url(re.compile(r"/articles/mehr-2017-01-24/#p2$"))


def test_from_the_menu_over_a_count_to_its_passage_by_mouse(visit):
    page = visit(f"{DOSSIER}compare/?as_of=2018-01-10&first_hand=1")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("navigation", name="More pages").get_by_role(
        "link", name="What was read and looked for"
    ).click()
    expect(page.get_by_text("As of 10 Jan 2018; first-hand only.")).to_be_visible()
    page.get_by_label("Parties", exact=True).check()
    row = page.locator("tr", has=page.get_by_role("rowheader", name="The New Arab"))
    row.locator(".alone a").first.click()
    expect(page).to_have_url(re.compile("as_of=2018-01-10.*first_hand=1.*#reported$"))
    heading = page.get_by_role("heading", name="What it reports")
    expect(heading).to_be_in_viewport()
    page.locator(".reports blockquote a").first.click()
    expect(page.locator("mark.is-chosen").first).to_be_in_viewport()


def test_a_picture_of_coverage_is_walked_by_keys_on_a_phone_too(visit):
    page = visit(f"{DOSSIER}sources/reuters/", width=390, height=844)
    table = page.get_by_role("grid")
    # The table is one stop: its box, then the number that it begins with.
    page.get_by_role("group", name="Parties by issues").focus()
    page.keyboard.press("Tab")
    expect(table.locator("tbody td a").first).to_be_focused()
    for key in ("ArrowDown", "ArrowRight", "Home", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    focused = page.locator(":focus")
    expect(focused).to_be_in_viewport()
    expect(focused).to_contain_text("2 positions reported, by")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("actor=turkey&issue=assad-future#reported$"))
    assert width_of(page) <= 390
    # The menu opens and closes by keys, and lies within the page.
    more = page.get_by_text("More", exact=True)
    more.press("Enter")
    link = page.get_by_role("link", name="What was left out")
    expect(link).to_be_in_viewport(ratio=1)
    link.focus()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(more).to_be_focused()
