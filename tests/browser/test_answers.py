"""Answer first in a real browser: with scripts answers are kept there, without in the address."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import DOSSIER
from tests.browser.barriers import barriers
from tests.browser.widths import width_of

ANSWERS = f"{DOSSIER}answers/"
PHONE = {"width": 390, "height": 844}
both_ways = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])


def _answer(page, number: int) -> None:
    """Take the first stance on so many issues, by keyboard."""
    for question in page.locator(".own-answers fieldset.sheet").all()[:number]:
        question.get_by_role("radio").first.focus()
        page.keyboard.press("Space")


@both_ways
def test_from_an_answer_to_a_passage(visit, scripts):
    page = visit(ANSWERS, scripts=scripts, **PHONE)
    assert width_of(page) <= 390
    _answer(page, 8)
    page.get_by_role("button", name="Show who is near and far").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**answer-*")
    expect(page.locator("h1")).to_have_text("Who is near to you, and who is far?")
    expect(page.locator(".lede")).to_contain_text("Nearest to you is")
    assert width_of(page) <= 390
    first = page.locator(".near").first
    expect(first).to_contain_text(re.compile(r"on \d+ issues in common"))
    first.locator("summary").click()
    first.locator(".parts a").first.click()
    page.wait_for_url(re.compile(r"/compare/\?.*open="))
    expect(page.locator("mark").first).to_be_visible()


def test_answers_are_kept_in_the_browser_until_they_are_forgotten(visit):
    page = visit(ANSWERS)
    _answer(page, 3)
    taken = page.locator(".own-answers input[type=radio]:checked:not([value=''])")
    expect(taken).to_have_count(3)
    page.reload()
    expect(taken).to_have_count(3)
    expect(page.locator("#status")).to_have_text("Your earlier answers are filled in.")
    page.get_by_role("button", name="Show who is near and far").click()
    page.wait_for_url("**answer-*")
    assert "=&" not in page.url
    page.get_by_role("button", name="Forget my answers").click()
    expect(taken).to_have_count(0)
    page.goto(page.url.partition("?")[0])
    expect(taken).to_have_count(0)


def test_an_address_of_somebody_else_does_not_change_what_is_kept(visit):
    page = visit(f"{ANSWERS}?answer-assad-future=must-leave")
    page.goto(page.url.partition("?")[0])
    expect(page.locator(".own-answers input[type=radio]:checked:not([value=''])")).to_have_count(0)


def test_who_is_near_has_no_barrier(visit):
    page = visit(ANSWERS)
    _answer(page, 8)
    page.get_by_role("button", name="Show who is near and far").click()
    page.wait_for_url("**answer-*")
    for summary in page.locator(".near summary").all():
        summary.click()
    assert width_of(page) <= 1440
    assert barriers(page) == []
