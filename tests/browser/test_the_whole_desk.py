"""A dossier from its beginning to its readers, by people with accounts of their own."""

import re
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from astana.models import Dossier, Evidence, Position, User
from tests.browser.a_coder import Counted
from tests.browser.barriers import violations

TEXT = """The talks opened on Monday 🕊️🇰🇿. Russia said that the truce must hold.

وقالت روسيا إن وقف إطلاق النار يجب أن يستمر.

Turkey wants it to end soon. Nobody else spoke."""
SECOND = """Russia welcomed the truce. Turkey did not want it.

Iran stayed away."""
PASSWORD = "secret-word-7"


@pytest.fixture(scope="session")
def people(site, django_db_blocker) -> dict[str, User]:
    """Return three people with accounts, who are members of nothing."""
    with django_db_blocker.unblock():
        return {
            name: User.objects.create_user(name, f"{name}@example.org", PASSWORD)
            for name in ("fiona", "colin", "rita")
        }


@pytest.fixture
def at(browser, site, people, django_db_blocker):
    """Return, by name, what each person sees: a window of their own, signed in as they are."""
    contexts = []

    def window(name: str = "") -> Page:
        context = browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
        context.set_default_timeout(10_000)
        contexts.append(context)
        if name:
            with django_db_blocker.unblock():
                client = Client()
                client.force_login(people[name])
            cookie = settings.SESSION_COOKIE_NAME
            value = client.cookies[cookie].value
            context.add_cookies([{"name": cookie, "value": value, "url": site}])
        return context.new_page()

    yield SimpleNamespace(window=window, site=site)
    for context in contexts:
        context.close()


def _begin(page: Page, site: str, title: str) -> str:
    """Begin a dossier with one issue, and return its address."""
    page.goto(f"{site}/dossiers/new/")
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Create the dossier").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    home = page.url
    page.goto(f"{home}issues/new/")
    page.get_by_label("Title").fill("Truce")
    page.get_by_label("Question").fill("Is the truce to hold?")
    for number, (label, value) in enumerate((("For it", "1"), ("Against it", "-1")), 1):
        page.get_by_label(f"Stance {number}").fill(label)
        page.get_by_label("Value").nth(number - 1).fill(value)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Truce")
    return home


def _invite(owner: Page, guest: Page, home: str, *, name: str, role: str) -> None:
    owner.goto(f"{home}members/")
    owner.get_by_label("E-mail address").fill(f"{name}@example.org")
    owner.get_by_label("Role", exact=True).select_option(role)
    owner.get_by_role("button", name="Invite", exact=True).click()
    said = owner.get_by_text("/invitations/").inner_text()
    guest.goto(re.search(r"http\S+/invitations/[\w-]+/", said)[0])
    guest.get_by_role("button", name="Accept").click()
    expect(guest.get_by_role("heading", level=1)).to_be_visible()


def _paste(page: Page, home: str, text: str, *, title: str, day: str) -> str:
    page.goto(f"{home}articles/new/")
    page.get_by_label("Paste the text").fill(text)
    page.get_by_role("button", name="Read the text").click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Or the name of a new source").fill(f"Gazette {day}")
    page.get_by_label("Published on").fill(day)
    page.get_by_role("button", name="Save the article").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    return page.url


def _code(page: Page, words: str, *, actor: str, stance: str, is_new: bool = False) -> None:
    """Select words and submit a position on them."""
    Counted(page).drag_over(words)
    if is_new:
        page.get_by_label("Actor", exact=True).fill("")
        page.get_by_text("New actor", exact=True).click()
        page.get_by_label("Name of the new actor").fill(actor)
        page.get_by_label("Kind", exact=True).select_option("state")
    else:
        page.get_by_label("Actor", exact=True).fill(actor)
    page.get_by_label("Issue", exact=True).select_option(label="Truce")
    page.get_by_role("radio", name=stance).check()
    page.get_by_role("button", name="Save and submit").last.click()
    expect(page.locator("#panel").get_by_text("is submitted.")).to_be_visible()


def test_from_a_private_dossier_to_its_readers(at, people):
    owner, coder, reviewer, anybody = (at.window(name) for name in ("fiona", "colin", "rita", ""))
    home = _begin(owner, at.site, "A private matter")
    assert anybody.goto(home).status == 404
    assert coder.goto(home).status == 404
    _invite(owner, coder, home, name="colin", role="coder")
    _invite(owner, reviewer, home, name="rita", role="reviewer")

    article = _paste(coder, home, TEXT, title="A day of talks", day="2017-01-23")
    _code(coder, "the truce must hold", actor="Russia", stance="For it", is_new=True)
    _code(coder, "يجب أن يستمر", actor="Russia", stance="For it")
    _code(coder, "wants it to end soon", actor="Turkey", stance="Against it", is_new=True)
    dossier = Dossier.objects.get(title="A private matter")
    first, arabic, third = Position.objects.of(dossier).order_by("pk")
    for position, words in ((first, "the truce must hold"), (arabic, "يجب أن يستمر")):
        passage = Evidence.objects.get(position=position)
        assert passage.rendition.text[passage.start : passage.end] == words

    # The reviewer rejects one with a reason and publishes two.
    reviewer.goto(f"{home}review/?position={third.key}")
    reviewer.get_by_label("Reason, if you reject it (its coder will see it)").fill(
        "It does not name the truce."
    )
    reviewer.get_by_role("button", name="Reject").click()
    for _ in range(2):
        reviewer.get_by_role("button", name="Publish").click()
    expect(reviewer.get_by_text("No positions are waiting for a decision here.")).to_be_visible()

    # Nobody else sees anything until the owner opens the dossier; then exactly the two.
    for address in ("", "positions/", f"positions/{first.key}/", "positions.csv", "feed.atom"):
        assert anybody.goto(home + address).status == 404
    owner.goto(f"{home}settings/")
    owner.get_by_role("radio", name="public").check()
    owner.get_by_role("button", name="Save").click()
    anybody.goto(f"{home}positions/")
    expect(anybody.locator("tbody tr")).to_have_count(2)
    assert anybody.goto(f"{home}positions/{third.key}/").status == 404
    anybody.goto(f"{home}positions/{first.key}/")
    # Members alone read the full text.
    assert "must hold" not in anybody.content()

    # The coder sees why, works on it again, and takes an edit back.
    coder.goto(f"{home}coding/")
    coder.goto(f"{home}coding/positions/{third.key}/")
    expect(coder.get_by_text("It does not name the truce.").first).to_be_visible()
    third.refresh_from_db()
    before = third.summary
    coder.goto(f"{home}positions/{third.key}/edit/")
    coder.get_by_label("Summary").fill("Turkey wants an end of the truce.")
    coder.get_by_role("button", name="Save", exact=True).last.click()
    expect(coder.get_by_text("is saved.")).to_be_visible()
    coder.goto(f"{home}coding/positions/{third.key}/")
    coder.get_by_role("link", name="History").click()
    coder.get_by_role("button", name="Revert this change").first.click()
    expect(coder.get_by_role("heading", level=1)).to_be_visible()
    third.refresh_from_db()
    assert third.summary == before

    # Two tabs edit the same position: the second is refused with both texts.
    other = coder.context.new_page()
    for tab in (coder, other):
        tab.goto(f"{home}positions/{third.key}/edit/")
    coder.get_by_label("Summary").fill("What the first tab says.")
    coder.get_by_role("button", name="Save", exact=True).last.click()
    expect(coder.get_by_text("is saved.")).to_be_visible()
    other.get_by_label("Summary").fill("What the second tab says.")
    other.get_by_role("button", name="Save", exact=True).last.click()
    expect(other.get_by_role("table")).to_contain_text("What the first tab says.")
    expect(other.get_by_label("Summary")).to_have_value("What the second tab says.")
    third.refresh_from_db()
    assert third.summary == "What the first tab says."
    assert violations(other) == []
    assert article.startswith(home)


def test_two_code_independently_and_a_curator_settles(at, people):
    owner, colin, rita = (at.window(name) for name in ("fiona", "colin", "rita"))
    home = _begin(owner, at.site, "An independent matter")
    for guest, name in ((colin, "colin"), (rita, "rita")):
        _invite(owner, guest, home, name=name, role="coder")
    article = _paste(owner, home, SECOND, title="A shared article", day="2017-01-25")
    owner.goto(f"{home}coding/assignments/")
    owner.get_by_role("checkbox", name="A shared article").check()
    for name in ("colin", "rita"):
        owner.get_by_role("checkbox", name=name).check()
    owner.get_by_role("checkbox", name="Independently of each other").check()
    owner.get_by_role("button", name="Assign the chosen articles").click()

    colin.goto(article)
    _code(colin, "welcomed the truce", actor="Russia", stance="For it", is_new=True)
    _code(colin, "did not want it", actor="Turkey", stance="Against it", is_new=True)
    rita.goto(article)
    # Nothing of what the other coded is shown.
    expect(rita.locator(".coding-status")).to_have_count(0)
    # Nor are the actors that the other has added; added again, they are the same.
    _code(rita, "Russia welcomed the truce", actor="Russia", stance="For it", is_new=True)
    _code(rita, "Turkey did not want it", actor="Turkey", stance="For it", is_new=True)
    slug = article.rstrip("/").split("/")[-2]
    assert colin.goto(f"{home}coding/rounds/{slug}/").status == 403
    assert owner.goto(f"{home}coding/rounds/{slug}/").status == 404
    for coder in (colin, rita):
        coder.goto(f"{home}coding/")
        coder.get_by_role("button", name="I have finished").click()

    owner.goto(f"{home}coding/rounds/{slug}/")
    units = owner.locator(".unit")
    expect(units).to_have_count(2)
    expect(units.nth(1)).to_contain_text("coded differently")
    assert violations(owner) == []
    owner.goto(f"{home}coding/agreement/?of=stance&measure=percent")
    # Both found both statements; of the two on the same issue they agree on one.
    found = owner.get_by_role("row", name="Statements found by both")
    expect(found).to_contain_text("1.0000")
    stance = owner.get_by_role("row", name="Stance where coders chose the same issue percent")
    expect(stance).to_contain_text("0.5000")
    alike = owner.get_by_role("row", name="Issue also used to line up percent agreement")
    expect(alike).to_contain_text("1.0000")
    only_one = "only one value was used, so agreement cannot be told from chance"
    expect(owner.get_by_role("row", name="Voice Cohen's kappa")).to_contain_text(only_one)
    expect(owner.locator("#units li")).to_have_count(2)

    owner.goto(f"{home}coding/rounds/{slug}/")
    owner.get_by_role("button", name="Accept all that agree").click()
    # By keys alone: the second coding, and with all passages.
    owner.locator("#review-one").focus()
    owner.keyboard.press("2")
    owner.keyboard.press("m")
    expect(owner.locator("#review-one")).to_have_count(0)
    owner.get_by_role("button", name="Settle the round").click()
    expect(owner.get_by_text("settled this round")).to_be_visible()
    dossier = Dossier.objects.get(title="An independent matter")
    published = Position.objects.of(dossier).filter(public=True).order_by("pk")
    assert [one.evidence.count() for one in published] == [1, 2]
    assert [one.stance.label for one in published] == ["For it", "For it"]
    # The coders see what became of their codings.
    colin.goto(f"{home}coding/rounds/{slug}/")
    expect(colin.locator(".unit").nth(1)).to_contain_text("Published")
