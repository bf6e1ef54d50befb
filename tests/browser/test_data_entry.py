"""Data entry in a real browser: what only its scripts do. Nothing is saved here."""

import re
from urllib.parse import urljoin

import pytest
from django.contrib import admin
from django.urls import reverse
from playwright.sync_api import expect

from tests.admin.test_pages import LOGS


@pytest.fixture
def desk(visit):
    """Return the browser of the editor, signed in."""
    page = visit(reverse("admin:index"))
    page.get_by_label("User name").fill("editor")
    page.get_by_label("Password").fill("secret-word-7")
    page.get_by_role("button", name="Sign in", exact=True).click()
    # The address of the form ends like that of the index: wait for what only the index has.
    expect(page.locator("#user-tools")).to_be_visible()
    return page


def _go(page, address: str) -> None:
    page.goto(urljoin(page.url, address))


def _search(page, field: str, term: str = ""):
    """Open the search of a field, type, and return what it offers."""
    page.locator(f"#id_{field} + .select2-container").click()
    page.locator(".select2-search__field").fill(term)
    found = page.locator(".select2-results__option[role=option]")
    expect(page.locator(".loading-results")).to_have_count(0)
    expect(found.first).to_contain_text(term)
    return found


def test_every_form_opens_under_the_strict_policy(desk):
    for model in admin.site._registry:
        for page in ["changelist"] if model in LOGS else ["changelist", "add"]:
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
            _go(desk, reverse(name))
            expect(desk.locator("#content h1")).to_contain_text(re.compile("^(Select|Add)"))


def test_the_search_for_a_stance_keeps_to_the_issue(desk):
    _go(desk, reverse("admin:astana_position_changelist") + "?q=p155")
    desk.locator("#result_list .field-key a").first.click()
    stance, issue = desk.locator("#id_stance"), desk.locator("#id_issue")
    # Opening the form leaves the stance as it is stored.
    expect(stance).not_to_have_value("")
    chosen = issue.input_value()

    offered = _search(desk, "issue", "Assad")
    offered.first.click()
    expect(issue).not_to_have_value(chosen)
    expect(stance).to_have_value("")

    title = issue.locator("option:checked").inner_text().split(" · ")[0]
    stances = _search(desk, "stance")
    expect(stances.first).to_contain_text(f"{title}: ")
    assert all(text.startswith(f"{title}: ") for text in stances.all_inner_texts())
    assert stances.count() > 1
