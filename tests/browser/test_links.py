"""A link between two positions: made at the desk by keyboard, followed in the reader."""

import itertools

import pytest
from playwright.sync_api import Page, expect

from astana.models import Actor, Dossier, Issue, Link, Membership, Position, Stance, User
from tests.browser.barriers import violations

_numbers = itertools.count(1)


@pytest.fixture
def talks(site, django_db_blocker) -> str:
    """Return the address of a dossier for each test, in which p0 and p1 render one utterance."""
    with django_db_blocker.unblock():
        dossier = Dossier.objects.create(slug=f"links-{next(_numbers)}", title="Two renderings")
        reviewer = User.objects.get(username="reviewer")
        Membership.objects.create(dossier=dossier, user=reviewer, role="reviewer")
        actor = Actor.objects.create(dossier=dossier, slug="russia", name="Russia", kind="state")
        issue = Issue.objects.create(dossier=dossier, slug="plan", title="The plan", question="?")
        for number, label in enumerate(("Welcomes it", "Is open to it")):
            Position.objects.create(
                dossier=dossier,
                key=f"p{number}",
                actor=actor,
                issue=issue,
                stance=Stance.objects.create(
                    issue=issue, slug=f"s{number}", label=label, value=number, order=number
                ),
                summary=f"Russia {label.lower()}.",
                said="2017-01-24",
                voice="reported-speech",
                status="published",
            )
        return f"/dossiers/{dossier.slug}/"


def _tab_to(page: Page, where: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("where => document.activeElement?.matches(where)", where):
            return
    raise AssertionError(f"The keyboard does not come to {where}.")


def test_a_link_is_added_by_keyboard_and_followed_in_the_reader(visit, talks):
    page = visit(f"{talks}coding/positions/p1/", signed_in="reviewer")
    _tab_to(page, "a[href$='/positions/p1/links/']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Links of p1")).to_be_visible()
    # Nothing chosen is refused at the fields, by the page where the browser lets it pass.
    page.evaluate("document.querySelector('form.sheet').noValidate = true")
    _tab_to(page, "form.sheet button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Nothing was changed.")
    expect(page.get_by_label("The other position")).to_have_attribute("aria-invalid", "true")
    assert violations(page) == []

    _tab_to(page, "select[name=kind]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    _tab_to(page, "form.sheet button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="p1 is linked to p0.")).to_be_visible()
    assert violations(page) == []

    page.goto(page.url.replace("links/", ""))
    expect(page.locator("dl.links dt")).to_have_text("Same utterance as")
    _tab_to(page, "dl.links a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Russia welcomes it.")
    expect(page.locator("dl.links dt")).to_have_text("Rendered differently in")
    assert violations(page) == []

    page.get_by_role("link", name="Open in the comparison").click()
    expect(page.locator("#evidence")).to_contain_text("Welcomes it")
    assert violations(page) == []
    page.get_by_role("link", name="Rendered differently: see how each source puts it").click()
    expect(page).to_have_url(
        f"{page.url.partition('/dossiers')[0]}{talks}sources/?actor=russia&issue=plan&as_of=2017-01-24"
        "&compared=russia"
    )


@pytest.mark.parametrize("width", [1440, 390])
def test_a_link_is_added_and_removed_without_scripts(visit, talks, django_db_blocker, width):
    page = visit(f"{talks}positions/p1/links/", signed_in="reviewer", scripts=False, width=width)
    page.get_by_label("What this position is").select_option("A repetition of the other one")
    page.get_by_label("Or its key, such as p004").fill("p0")
    page.get_by_role("button", name="Link", exact=True).click()
    expect(page.locator("dl.links dt")).to_have_text("Repeats")
    page.get_by_role("button", name="Remove “Repeats p0”").click()
    expect(page.locator("dl.links")).to_have_count(0)
    page.get_by_role("link", name="its history").click()
    page.get_by_role("button", name="Restore").first.click()
    with django_db_blocker.unblock():
        assert Link.objects.filter(position__dossier__slug=talks.split("/")[2]).count() == 1
