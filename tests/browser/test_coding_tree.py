"""What a screen reader meets in the panel: names and roles in the order of the work, and news."""

import re

from playwright.sync_api import expect

from astana.models import Stance
from tests.browser.test_unfinished import SLUG
from tests.browser.test_unfinished import address as address
from tests.browser.test_unfinished import panel as panel

TREE = """
- region "Code this passage":
  - link "Close"
  - heading "Code this passage" [level=2]
  - blockquote
  - paragraph:
    - button "Add the sentence before"
    - button "Add the sentence after"
  - combobox "Actor"
  - group: New actor
  - combobox "Issue"
  - group "Stance":
    - paragraph: Is it to be built? 2 stances.
    - radio "for"
    - radio "against" [checked]
    - paragraph: "Definition: No bridge at all."
  - combobox "Others who take it too"
  - paragraph:
    - combobox "Voice"
  - paragraph:
    - combobox "Said"
  - combobox "Attributed by"
  - combobox "Speaker"
  - paragraph:
    - textbox "New speaker"
  - paragraph:
    - textbox "Condition"
  - paragraph:
    - textbox "Summary"
  - group: Authority, certainty, event, document, note
  - paragraph:
    - button "Save as draft"
    - button "Save and submit"
    - button "Save, and code this passage again"
"""
# Writes down what is said, each time that it changes.
LISTENS = """() => {
  window.said = [];
  const status = document.getElementById("status");
  const note = () => window.said.push(status.textContent);
  new MutationObserver(note).observe(status, { childList: true });
}"""


def test_a_screen_reader_is_told_what_the_panel_is_and_what_happens_in_it(panel):
    Stance.objects.filter(issue__dossier__slug=SLUG, slug="against").update(
        description="No bridge at all."
    )
    page = panel(None)
    page.evaluate(LISTENS)
    page.get_by_label("Issue", exact=True).select_option(label="Bridge")
    against = page.get_by_role("radio", name="against")
    against.check()
    expect(against).to_have_accessible_description("Definition: No bridge at all.")
    expect(page.locator("#panel")).to_match_aria_snapshot(TREE)
    actor = page.get_by_role("combobox", name="Actor", exact=True)
    actor.press_sequentially("Bui")
    offered = page.get_by_role("listbox", name="Offered: Actor")
    expect(offered.get_by_role("option")).to_have_count(1)
    actor.fill("Builders")
    expect(page.locator("#kept")).to_contain_text("saved")
    said = page.get_by_role("combobox", name="Said")
    said.fill("soon")
    page.get_by_role("button", name="Save as draft").last.click()
    expect(said).to_be_focused()
    expect(said).to_have_accessible_description(re.compile("^This is not a date"))
    expect(page.locator("#panel").get_by_role("alert")).to_contain_text("Not saved yet.")
    # Each thing once, and nothing but what has just happened.
    heard = page.evaluate("said")
    assert heard[0] == "Is it to be built? 2 stances."
    assert "What you typed was saved just now." in heard
    assert heard[-1] == "Not saved yet."
    assert not [words for words in heard if words.startswith("Choose the words")]
