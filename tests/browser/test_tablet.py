"""Coding and settling with a finger, on a tablet."""

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.a_large_dossier import a_large_dossier
from tests.browser.a_coder import HOLD
from tests.browser.barriers import RULES, violations

TARGETS = RULES | {"runOnly": {"type": "rule", "values": ["target-size"]}}
TABLET = {"width": 768, "height": 1024}
# What a screen reader says of the panel, in its order: each field by its name and what it is.
TREE = r"""
- region "Code this passage":
  - link "Close"
  - heading "Code this passage" [level=2]
  - blockquote:
    - paragraph:
      - mark: delegations
  - combobox "Actor": Actor 0
  - combobox "Issue"
  - group "Stance":
    - paragraph: /What should be done about matter 0\?/
    - radio "Supports"
    - radio "Opposes" [checked]
  - combobox "Others who take it too"
  - paragraph:
    - combobox "Voice"
  - paragraph:
    - combobox "Said": 2017-01-02
  - combobox "Speaker"
  - paragraph:
    - textbox "Summary"
  - paragraph:
    - button "Save as draft"
    - button "Save and submit"
"""
SIZES = """all => all
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height)
    .map((one) => [one.textContent.trim(), one.getBoundingClientRect().height])"""


@pytest.fixture
def tablet(browser, site, sessions, django_db_blocker) -> Page:
    """Return a page on which `keeper`, the owner of the dossier `tablet`, is signed in."""
    with django_db_blocker.unblock():
        a_large_dossier("tablet", size=3, visibility="members")
    context = browser.new_context(viewport=TABLET, has_touch=True, is_mobile=True, locale="en-GB")
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": sessions["keeper"], "url": site}
    context.add_cookies([cookie])
    yield context.new_page()
    context.close()


def _is_for_fingers(page: Page) -> None:
    """Say that what one does first is at least 44 pixels high, all else at least 24, by axe."""
    sizes = page.locator("main .button.primary").evaluate_all(SIZES)
    assert sizes
    assert [one for one in sizes if one[1] < 44] == []
    assert violations(page, TARGETS) == []


def test_a_passage_is_coded_and_a_difference_settled_on_a_tablet(tablet, site):
    page = tablet
    page.goto(f"{site}/dossiers/tablet/articles/article-1/code/")
    page.evaluate(HOLD, "delegations")
    page.get_by_role("button", name="Code this passage").tap()
    expect(page.locator("#panel .passage mark")).to_have_text("delegations")
    page.get_by_label("Actor", exact=True).fill("Actor 0")
    page.get_by_label("Issue", exact=True).select_option(label="Issue 0")
    page.get_by_role("radio", name="Opposes").tap()
    _is_for_fingers(page)
    expect(page.locator("#panel")).to_match_aria_snapshot(TREE)
    page.get_by_role("button", name="Save as draft").last.tap()
    told = page.locator("#panel").get_by_role("status")
    expect(told.filter(has_text="is saved as a draft.")).to_be_visible()

    page.goto(f"{site}/dossiers/tablet/coding/rounds/article-0/")
    page.locator(".decision input[type=radio]").last.tap()
    _is_for_fingers(page)
    page.get_by_role("button", name="Accept the chosen coding").tap()
    expect(page.get_by_role("heading", name="1 unit is decided on")).to_be_visible()

    # Another issue brings its stances at once, and keeps what is typed.
    page.get_by_role("link", name="Write another one").first.tap()
    page.get_by_label("Summary").fill("In other words.")
    stance = page.get_by_label("Stance").locator("option").last
    before = stance.get_attribute("value")
    page.get_by_label("Issue").select_option(label="Issue 1")
    expect(stance).not_to_have_attribute("value", before)
    expect(page.get_by_label("Summary")).to_have_value("In other words.")
    expect(page.get_by_role("button", name="Show its stances")).to_be_hidden()
