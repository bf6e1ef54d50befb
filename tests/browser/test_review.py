"""The review queue by keyboard alone and without scripts, in a dossier of its own."""

import itertools

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from astana.models import (
    Actor,
    Article,
    Dossier,
    Evidence,
    Issue,
    Membership,
    Position,
    Rendition,
    Source,
    Stance,
    User,
)
from tests.a_large_dossier import a_large_dossier
from tests.browser.barriers import violations

_numbers = itertools.count(1)
TEXT = "They met in the morning. Russia welcomed the plan. Others did not speak."
QUOTE = "Russia welcomed the plan."
SCRIPT = "Not so. <script>document.title = 'broken'</script><img src=x onerror='alert(1)'>"


@pytest.fixture
def dossier(site, django_db_blocker) -> Dossier:
    """Return a dossier for each test, in which `coder` has submitted p0, p1 and p2."""
    with django_db_blocker.unblock():
        number = next(_numbers)
        made = Dossier.objects.create(slug=f"review-{number}", title=f"Review {number}")
        for role in ("coder", "reviewer"):
            user = User.objects.get(username=role)
            Membership.objects.create(dossier=made, user=user, role=role)
        actor = Actor.objects.create(dossier=made, slug="russia", name="Russia", kind="state")
        issue = Issue.objects.create(dossier=made, slug="plan", title="The plan", question="What?")
        stance = Stance.objects.create(issue=issue, slug="for", label="Welcomes it", value=1)
        article = Article.objects.create(
            dossier=made,
            slug="gazette",
            source=Source.objects.create(dossier=made, slug="gazette", name="Gazette"),
            title="The plan is welcomed",
            published="2017-01-25",
        )
        text = Rendition.objects.create(
            article=article,
            kind="synopsis",
            rights="public",
            text=TEXT,
            sha256="0" * 64,
            characters=len(TEXT),
            paragraphs=[[0, len(TEXT)]],
        )
        for number in range(3):
            position = Position.objects.create(
                dossier=made,
                key=f"p{number}",
                actor=actor,
                issue=issue,
                stance=stance,
                summary=f"Russia welcomes the plan, {number}.",
                said="2017-01-24",
                voice="reported-speech",
                status="submitted",
                coder=User.objects.get(username="coder"),
                coded_at=timezone.now(),
            )
            start = TEXT.index(QUOTE)
            Evidence.objects.create(
                position=position,
                rendition=text,
                paragraph=1,
                start=start,
                end=start + len(QUOTE),
                exact=QUOTE,
            )
        return made


@pytest.fixture
def queue(dossier) -> str:
    """Return the address of the queue."""
    return f"/dossiers/{dossier.slug}/review/"


@pytest.fixture
def status_of(dossier, django_db_blocker):
    """Return a function that says what became of a position."""

    def ask(key: str) -> tuple[str, str]:
        with django_db_blocker.unblock():
            return Position.objects.values_list("status", "reason").get(dossier=dossier, key=key)

    return ask


@pytest.fixture
def opened(dossier, django_db_blocker):
    """Return a function that opens the dossier to all; afterwards it is closed again."""

    def set_to(visibility: str) -> None:
        with django_db_blocker.unblock():
            dossier.visibility = visibility
            dossier.save()

    yield set_to
    set_to("members")


def _open(page: Page, number: int) -> None:
    expect(page.locator("#review-title")).to_have_text(f"Russia welcomes the plan, {number}.")


def _tab_to(page: Page, where: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("where => document.activeElement?.matches(where)", where):
            return
    raise AssertionError(f"The keyboard does not come to {where}.")


def test_a_queue_is_worked_off_with_the_keyboard_alone(visit, queue, status_of):
    page = visit(queue, signed_in="reviewer")
    _open(page, 0)
    # On a control outside the queue the keys do nothing.
    page.keyboard.press("Tab")
    page.keyboard.press("a")
    page.keyboard.press("j")
    _open(page, 0)
    assert status_of("p0") == ("submitted", "")

    # Where nothing has the focus, as when the page has just come, they work at once.
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    _open(page, 1)
    expect(page.locator("#review-one")).to_be_focused()
    page.keyboard.press("k")
    _open(page, 0)
    page.keyboard.press("a")
    _open(page, 1)
    expect(page.get_by_role("status").filter(has_text="p0 is published.")).to_be_visible()
    assert status_of("p0")[0] == "published"

    page.keyboard.press("r")
    expect(page.get_by_label("Reason, if you reject it (its coder will see it)")).to_be_focused()
    # Where one writes, the keys are letters.
    page.keyboard.type("a jar of k")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _open(page, 2)
    assert status_of("p1") == ("rejected", "a jar of k")
    assert violations(page) == []


def test_a_round_is_settled_with_the_keyboard_alone(visit, django_db_blocker):
    with django_db_blocker.unblock():
        a_large_dossier("by-keys", size=3, visibility="members")
    page = visit("/dossiers/by-keys/coding/rounds/article-0/", signed_in="keeper")
    unit = page.locator("#review-one h2")
    expect(unit).to_have_text("Unit 2: 1 of 2 to decide on")
    # The keys work at once: nothing has been clicked.
    page.keyboard.press("j")
    expect(unit).to_have_text("Unit 3: 2 of 2 to decide on")
    page.keyboard.press("k")
    expect(unit).to_have_text("Unit 2: 1 of 2 to decide on")
    page.keyboard.press("2")
    expect(page.locator(".decision input[type=radio]").nth(1)).to_be_checked()
    page.keyboard.press("w")
    expect(page.locator("h1")).to_have_text("Write another position")
    page.go_back()
    page.keyboard.press("2")
    page.keyboard.press("r")
    page.keyboard.type("a jam")
    expect(page.get_by_label("Reason, needed to reject")).to_have_value("a jam")
    page.keyboard.press("Tab")
    page.keyboard.press("a")
    expect(unit).to_have_text("Unit 3: 1 of 1 to decide on")
    with django_db_blocker.unblock():
        taken = Position.objects.get(dossier__slug="by-keys", key="s1")
        assert (taken.status, taken.reviewer.username) == ("published", "keeper")


def test_the_keys_can_be_switched_off(visit, queue, status_of):
    page = visit(f"{queue}?position=p1", signed_in="reviewer")
    page.get_by_label("Use these keys").uncheck()
    page.locator("#review-one").focus()
    for key in ("a", "j", "k", "r"):
        page.keyboard.press(key)
    _open(page, 1)
    page.reload()
    expect(page.get_by_label("Use these keys")).not_to_be_checked()
    page.locator("#review-one").focus()
    page.keyboard.press("a")
    _open(page, 1)
    assert status_of("p1")[0] == "submitted"
    page.get_by_label("Use these keys").check()
    page.locator("#review-one").focus()
    page.keyboard.press("a")
    _open(page, 2)
    assert status_of("p1")[0] == "published"


def test_a_reason_that_was_begun_waits_for_its_reviewer(visit, queue, status_of):
    page = visit(queue, signed_in="reviewer")
    reason = page.get_by_label("Reason, if you reject it (its coder will see it)")
    reason.fill("Not said there.")
    page.get_by_role("link", name="Next", exact=True).click()
    _open(page, 1)
    expect(reason).to_have_value("")
    page.get_by_role("link", name="Previous", exact=True).click()
    _open(page, 0)
    expect(reason).to_have_value("Not said there.")
    page.get_by_role("button", name="Reject", exact=True).click()
    _open(page, 1)
    assert status_of("p0") == ("rejected", "Not said there.")
    assert page.evaluate("Object.keys(sessionStorage).filter(key => key.includes('p0'))") == []


def test_the_queue_works_without_scripts(visit, queue, status_of):
    page = visit(queue, signed_in="reviewer", scripts=False)
    expect(page.get_by_label("Use these keys")).to_be_hidden()
    page.get_by_role("link", name="Next", exact=True).click()
    _open(page, 1)
    page.get_by_role("button", name="Publish").click()
    _open(page, 2)
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why the position is rejected")
    page.get_by_label("Reason, if you reject it (its coder will see it)").fill("Not said there.")
    page.get_by_role("button", name="Reject").click()
    _open(page, 0)
    assert status_of("p1")[0] == "published"
    assert status_of("p2") == ("rejected", "Not said there.")


def test_two_reviewers_at_once_lose_no_text(visit, queue, status_of):
    first = visit(queue, signed_in="reviewer")
    second = visit(queue, signed_in="editor")
    second.get_by_label("Reason, if you reject it (its coder will see it)").fill(
        "A reason that took long."
    )
    first.get_by_role("button", name="Publish").click()
    _open(first, 1)
    second.get_by_role("button", name="Reject").click()
    expect(second.get_by_role("alert")).to_contain_text("Nothing was changed.")
    kept = second.get_by_label("What you had written")
    expect(kept).to_have_value("A reason that took long.")
    assert violations(second) == []
    assert status_of("p0")[0] == "published"


def test_what_people_write_never_runs(visit, dossier, queue, opened):
    page = visit(queue, signed_in="reviewer")
    page.get_by_label("Your comment").fill(SCRIPT)
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".comment")).to_contain_text(SCRIPT)
    page.get_by_label("Reason, if you reject it (its coder will see it)").fill(SCRIPT)
    page.get_by_role("button", name="Publish").click()
    _open(page, 1)

    opened("public")
    stranger = visit(f"/dossiers/{dossier.slug}/positions/p0/")
    expect(stranger.get_by_role("heading", name="Comments")).to_have_count(0)
    stranger.get_by_role("link", name="This passage does not say that").click()
    stranger.get_by_label("Your objection").fill(SCRIPT)
    assert violations(stranger) == []
    stranger.get_by_role("button", name="Send to the reviewers").click()
    expect(stranger.locator("#objections ~ .banner, .banner").last).to_contain_text("Contested")
    expect(stranger.locator("body")).not_to_contain_text("Not so.")

    page.get_by_role("link", name="Challenges").click()
    page.get_by_role("link", name="Not so.").click()
    expect(page.locator("blockquote").last).to_contain_text(SCRIPT)
    page.get_by_label("Decline: the position stands").check()
    page.get_by_label("Answer (readers see it)").fill(SCRIPT)
    page.get_by_role("button", name="Answer in public").click()
    expect(page.get_by_role("status").filter(has_text="answered")).to_be_visible()

    stranger.reload()
    expect(stranger.locator(".comment")).to_contain_text(SCRIPT)
    assert "broken" not in stranger.title()
    assert "broken" not in page.title()

    coder = visit("/notices/", signed_in="coder")
    expect(coder.locator("main")).to_contain_text(SCRIPT[:30])
    assert violations(coder) == []
