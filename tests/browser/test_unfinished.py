"""Nothing typed in the panel is lost, whatever happens; and one is told what happens."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from astana.actions.add_article import add_article
from astana.models import Actor, Dossier, Issue, Membership, Position, Stance, Unfinished, User

SLUG = "nothing-is-lost"
WORDS = "They spoke of the bridge. Nobody listened. They went home in the evening. It rained."
TEXT = "\n\n".join([WORDS, *["Somebody else spoke of the weather."] * 40])
# What a screen reader meets in the panel, in the order of the work.
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


@pytest.fixture(scope="session")
def address(site, django_db_blocker) -> str:
    """Return the address of the coding page of an article of a dossier with one issue."""
    with django_db_blocker.unblock():
        made = Dossier.objects.create(slug=SLUG, title="Nothing is lost", visibility="members")
        coder = User.objects.get(username="coder")
        Membership.objects.create(dossier=made, user=coder, role="coder")
        Actor.objects.create(dossier=made, slug="builders", name="Builders", kind="organization")
        issue = Issue.objects.create(
            dossier=made, slug="bridge", title="Bridge", question="Is it to be built?"
        )
        for order, (slug, value) in enumerate((("for", 1), ("against", -1))):
            Stance.objects.create(issue=issue, slug=slug, label=slug, value=value, order=order)
        article = add_article(
            dossier=made,
            source=None,
            new_source="Herald",
            title="A bridge",
            published=date(2017, 1, 24),
            text=TEXT,
            by=coder,
        )
    return reverse("codings:article", args=[SLUG, article.slug])


@pytest.fixture
def panel(visit, address, django_db_blocker):
    """Return a function that opens the panel of a sentence, with a summary typed in it."""
    Unfinished.objects.all().delete()
    Position.objects.filter(dossier__slug=SLUG).delete()

    def open_panel(typed: str | None = "My words.", page=None, **how):
        page = page or visit(address, signed_in="coder", **how)
        at = WORDS.index("Nobody listened.")
        query = f"?start={at}&end={at + len('Nobody listened.')}"
        page.goto(page.url.split("?")[0] + query)
        if typed is not None:
            page.get_by_label("Summary").fill(typed)
        return page

    return open_panel


def _kept() -> list[str]:
    return [re.search(r'"summary": \["([^"]*)"', one.typed)[1] for one in Unfinished.objects.all()]


def test_it_is_kept_while_one_types_and_says_since_when(panel):
    page = panel()
    expect(page.locator("#kept")).to_contain_text("What you typed was saved")
    expect(page.locator("#status")).to_contain_text("What you typed was saved")
    expect(page.locator("#kept")).to_contain_text(re.compile(r"saved \d+\s?s ago"))
    assert _kept() == ["My words."]
    panel(None, page)
    expect(page.get_by_label("Summary")).to_have_value("My words.")


@pytest.mark.parametrize("way", ["leave", "back", "close", "end"])
def test_it_is_kept_when_one_goes_before_it_was(panel, site, way):
    page = panel()
    assert _kept() == []
    if way == "leave":
        page.goto(site + "/method/")
    elif way == "back":
        page.go_back()
    elif way == "close":
        page.get_by_role("link", name="Close").click()
        expect(page.locator("#panel form")).to_have_count(0)
    else:
        context = page.context
        page.close(run_before_unload=True)
        page = context.new_page()
        page.goto(site + "/method/")
    page.wait_for_timeout(300)
    assert _kept() == ["My words."]


def test_two_tabs_lose_nothing_of_each_other(panel, site, address):
    first = panel(None)
    second = first.context.new_page()
    second.goto(site + address)
    panel(None, second)
    for page, words in ((first, "In the first."), (second, "In the second.")):
        page.get_by_label("Summary").fill(words)
        expect(page.locator("#kept")).to_contain_text("was saved")
    first.get_by_label("Summary").fill("In the first, and more.")
    both, patience = ["In the first, and more.", "In the second."], 30
    while sorted(_kept()) != both and (patience := patience - 1):
        first.wait_for_timeout(100)
    assert sorted(_kept()) == both


def test_a_server_that_does_not_answer_loses_nothing(panel, browser, site, sessions, address):
    # Of its own, as the browser complains of what it is not answered.
    context = browser.new_context(locale="en-GB")
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": sessions["coder"], "url": site}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(site + address)
    panel(None, page)

    def dead(route):
        route.abort("connectionrefused")

    page.route("**/code/*", dead)
    page.get_by_label("Summary").fill("My words.")
    expect(page.get_by_text("The site is not answering.").first).to_be_visible()
    page.get_by_role("button", name="Save as draft").last.click()
    page.get_by_role("link", name="Close").click()
    expect(page.get_by_label("Summary")).to_have_value("My words.")
    page.unroute("**/code/*", dead)
    expect(page.locator("#not-kept")).to_be_hidden()
    assert _kept() == ["My words."]
    context.close()


def test_what_cannot_be_kept_is_not_closed(panel, browser, site, sessions, address):
    context = browser.new_context(locale="en-GB")
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": sessions["coder"], "url": site}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(site + address)
    panel(None, page)
    context.set_offline(True)
    page.get_by_label("Summary").fill("My words.")
    # At once: nothing was tried to be kept yet.
    page.get_by_role("link", name="Close").click()
    expect(page.get_by_label("Summary")).to_have_value("My words.")
    expect(page.locator("#not-kept")).to_be_visible()
    context.set_offline(False)
    expect(page.locator("#not-kept")).to_be_hidden()
    assert _kept() == ["My words."]
    context.close()


def test_one_signs_in_in_the_panel_and_the_same_form_goes_on(panel, sessions):
    page = panel(None)
    page.get_by_label("Actor", exact=True).fill("Builders")
    page.get_by_label("Issue", exact=True).select_option(label="Bridge")
    page.get_by_role("radio", name="against").check()
    expect(page.locator("#kept")).to_contain_text("was saved")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_label("Summary").fill("My words.")
    page.get_by_role("button", name="Save as draft").last.click()
    asked = page.locator("#signing-in")
    expect(asked).to_contain_text("You are no longer signed in.")
    asked.get_by_label("Password").fill("not-it")
    asked.get_by_role("button", name="Sign in", exact=True).click()
    expect(asked.get_by_role("alert")).to_contain_text("not correct")
    asked.get_by_label("Password").fill("secret-word-7")
    asked.get_by_role("button", name="Sign in", exact=True).click()
    expect(asked).to_be_empty()
    assert page.get_by_label("Summary").input_value() == "My words."
    page.get_by_role("button", name="Save as draft").last.click()
    expect(page.locator("#panel")).to_contain_text("is saved as a draft.")
    assert Position.objects.get(dossier__slug=SLUG).summary == "My words."
    assert _kept() == []


def test_a_save_moves_nothing_and_one_goes_on_in_the_text(panel):
    page = panel(None)
    page.get_by_label("Actor", exact=True).fill("Builders")
    page.get_by_label("Issue", exact=True).select_option(label="Bridge")
    page.get_by_role("radio", name="against").check()
    page.get_by_label("Said").fill("soon")
    page.evaluate("document.documentElement.dataset.same = 'page'")
    page.get_by_role("button", name="Save as draft").last.click()
    expect(page.get_by_label("Said")).to_be_focused()
    expect(page.locator("#id_said_error")).to_contain_text("This is not a date.")
    page.get_by_label("Said").fill("2017-01")
    page.evaluate("scrollTo(0, 600)")
    at = page.evaluate("scrollY")
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_contain_text("is saved as a draft.")
    expect(page.locator("#coding-text")).to_be_focused()
    assert page.evaluate("document.documentElement.dataset.same") == "page"
    assert page.evaluate("scrollY") == at


def test_a_passage_is_made_longer_by_keys_and_nothing_typed_is_lost(panel):
    page = panel()
    page.get_by_label("Actor", exact=True).fill("Builders")
    page.get_by_label("Issue", exact=True).select_option(label="Bridge")
    page.get_by_role("radio", name="against").check()
    page.get_by_label("Said").fill("2016")
    more = page.get_by_role("button", name="Add the sentence after")
    more.press("Enter")
    marked = page.locator("#panel .passage mark")
    expect(marked).to_have_text("Nobody listened. They went home in the evening.")
    expect(more).to_be_focused()
    more.press("Enter")
    expect(marked).to_contain_text("It rained.")
    assert page.get_by_role("radio", name="against").is_checked()
    values = [page.get_by_label(name).first.input_value() for name in ("Actor", "Said", "Summary")]
    assert values == ["Builders", "2016", "My words."]
    expect(page.locator("#kept")).to_contain_text("was saved")
    kept = Unfinished.objects.get()
    assert WORDS[kept.start : kept.end].endswith("It rained.")


def test_the_page_of_a_position_keeps_what_is_typed_and_saves_in_place(panel, site, address):
    page = panel(None)
    stance = Stance.objects.get(issue__dossier__slug=SLUG, slug="for")
    position = Position.objects.create(
        dossier=stance.issue.dossier,
        key="p001",
        actor=Actor.objects.get(dossier__slug=SLUG),
        issue=stance.issue,
        stance=stance,
        voice="act",
        said="2017-01",
        summary="They build.",
        status="draft",
        coder=User.objects.get(username="coder"),
        coded_at=timezone.now(),
    )
    edit = site + reverse("codings:edit", args=[SLUG, position.key])
    page.goto(edit)
    page.get_by_label("Summary").fill("My words.")
    page.go_back()
    page.wait_for_timeout(300)
    assert _kept() == ["My words."]
    page.goto(edit)
    expect(page.get_by_label("Summary")).to_have_value("My words.")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    save = page.get_by_role("button", name="Save", exact=True).last
    save.click()
    asked = page.locator("#signing-in")
    expect(asked.get_by_label("Password")).to_be_in_viewport()
    asked.get_by_label("Password").fill("secret-word-7")
    asked.get_by_role("button", name="Sign in", exact=True).click()
    expect(asked).to_be_empty()
    page.get_by_label("Said").fill("soon")
    save.click()
    expect(page.get_by_label("Said")).to_be_focused()
    page.get_by_label("Said").fill("2016")
    save.click()
    expect(page.get_by_text(f"{position.key} is saved.")).to_be_in_viewport()
    expect(save).to_be_focused()
    assert _kept() == []
    Position.objects.get(pk=position.pk).save()
    page.get_by_label("Summary").fill("On top.")
    save.click()
    expect(page.get_by_text("This has been changed since you opened it").first).to_be_in_viewport()
    page.get_by_role("button", name="Save mine anyway", exact=True).click()
    expect(page.get_by_text(f"{position.key} is saved.")).to_be_visible()
    assert Position.objects.get(pk=position.pk).summary == "On top."
    # What is published is shown on its own page, and nothing of it is kept on the way.
    Membership.objects.filter(dossier__slug=SLUG).update(role="reviewer")
    Position.objects.filter(pk=position.pk).update(status="published", published_at=timezone.now())
    page.goto(edit)
    page.get_by_label("Summary").fill("In public.")
    save.click()
    expect(page).to_have_url(site + position.get_absolute_url())
    page.wait_for_timeout(300)
    assert _kept() == []
    Membership.objects.filter(dossier__slug=SLUG).update(role="coder")


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
