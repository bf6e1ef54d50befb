"""Searching from anywhere: by key, by box, in one dossier and in everything."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import COMPARE, DOSSIER


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_a_name_to_the_paragraph_that_has_it(visit, scripts):
    page = visit(f"{DOSSIER}issues/", scripts=scripts)
    page.get_by_label("Search this dossier").fill("Ja'afari")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?"))
    expect(page.get_by_role("link", name="Bashar al-Jaafari").first).to_be_visible()
    found = page.locator(".passage").first
    words = found.locator("mark").first.inner_text()
    found.get_by_role("link").click()
    page.wait_for_url(re.compile(r"/articles/.*#p\d+$"))
    expect(page.locator(":target")).to_contain_text(words)


def test_the_key_goes_to_the_box_unless_one_types_or_operates_something(visit):
    page = visit(f"{DOSSIER}issues/")
    box = page.locator("#masthead-search")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("one/two")
    expect(box).to_have_value("one/two")

    page.locator("#filter-q").focus()
    page.keyboard.type("/")
    expect(page.locator("#filter-q")).to_have_value("/")

    page.goto(page.url)
    link = page.locator(".masthead nav a").first
    link.focus()
    page.keyboard.press("/")
    expect(link).to_be_focused()

    page.goto(page.url)
    page.keyboard.press("Control+/")
    expect(box).not_to_be_focused()


def test_the_search_of_a_dossier_is_widened_and_narrowed(visit):
    page = visit("/search/?q=iran&dossier=syria-astana-2017")
    expect(page.locator(".masthead nav")).to_be_visible()
    page.locator("#search-widen").click()
    expect(page).to_have_url(re.compile(r"/search/\?q=iran$"))

    page.get_by_role("navigation", name="Kinds of result").get_by_role(
        "link", name="positions"
    ).click()
    expect(page).to_have_url(re.compile("kind=position"))
    page.locator("#page-next").click()
    expect(page).to_have_url(re.compile("page=2"))
    expect(page.locator(".pager")).to_contain_text("Page 2 of")
    page.go_back()
    expect(page.locator(".pager")).to_contain_text("Page 1 of")


def test_other_words_are_said_to_those_who_do_not_see(visit):
    page = visit("/search/?q=iran")
    page.locator("#search-words").fill("Erdogan")
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_contain_text("for Erdogan")
    expect(page.locator("#search-words")).to_have_value("Erdogan")


def test_the_box_is_on_a_narrow_screen_too(visit):
    page = visit(COMPARE, width=390)
    expect(page.locator("#masthead-search")).to_be_in_viewport()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_question_leads_to_who_holds_the_stance_on_a_phone_too(visit, scripts):
    page = visit("/search/", scripts=scripts, width=390)
    page.get_by_label("Words, names or a “phrase”").fill("who wants Assad to leave")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?"))
    answer = page.locator(".search-answer").first
    expect(answer).to_contain_text("His departure is a condition of peace")
    widths = "[document.documentElement.scrollWidth, window.innerWidth]"
    scrolled, width = page.evaluate(widths)
    assert scrolled <= width
    answer.get_by_role("link", name="Syrian armed opposition").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/positions/p\d+/$"))


def test_a_misspelt_word_is_forgiven_and_nothing_found_offers_what_is_close(visit):
    page = visit("/search/?q=ceasfire")
    expect(page.get_by_text("differ from it by one letter")).to_be_visible()
    expect(page.locator(".search-group mark").first).to_have_text("cease-fire")
    page = visit("/search/?q=Lavrov+zanzibar&kind=actor")
    expect(page.get_by_role("heading", name="Close to what you typed")).to_be_visible()
    expect(page.locator(".search-group .read").first).to_have_text("Sergey Lavrov")


def test_what_is_close_is_set_as_results_are(visit):
    page = visit("/search/?q=negotiating+Geneva&kind=issue")
    link = page.locator(".search-group .read").first
    expect(link).to_have_text("Armed groups at the Geneva talks")
    # On one line: its marked word stands among the others.
    assert link.bounding_box()["height"] < 40
