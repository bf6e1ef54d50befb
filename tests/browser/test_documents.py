"""From a text that nobody examined to what the later one has anew, by a coder's hand."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from astana.models import (
    Actor,
    Document,
    Dossier,
    Issue,
    Membership,
    Position,
    Signature,
    Stance,
    User,
)


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(request) -> bool:
    return request.param


@pytest.fixture
def dossier(site, scripts, django_db_blocker) -> Dossier:
    """Return a dossier with two texts, of which only the later has a provision, on borders."""
    slug = f"texts-journey-{'with' if scripts else 'without'}-scripts"
    with django_db_blocker.unblock():
        made = Dossier.objects.create(slug=slug, title="A journey of texts", visibility="public")
        coder = User.objects.get(username="coder")
        Membership.objects.create(dossier=made, user=coder, role="coder")
        actor = Actor.objects.create(dossier=made, slug="russia", name="Russia", kind="state")
        issue = Issue.objects.create(
            dossier=made, slug="borders", title="Borders", question="What about the borders?"
        )
        stance = Stance.objects.create(issue=issue, slug="keep", label="Keeps them", value=1)
        for slug, day in (("first", 1), ("second", 20)):
            text = Document.objects.create(
                dossier=made, slug=slug, title=f"The {slug} text", date=date(2017, 1, day)
            )
            Signature.objects.create(document=text, actor=actor, status="signed")
        Position.objects.create(
            dossier=made, actor=actor, issue=issue, stance=stance, document=text, key="p1",
            voice="document", said="2017-01-20", summary="Russia keeps the borders.",
            status="published",
        )  # fmt: skip
        return made


def test_a_clause_is_new_once_the_earlier_text_was_examined(visit, dossier, scripts):
    later = reverse("documents:detail", args=[dossier.slug, "second"])
    page = visit(later, signed_in="coder", scripts=scripts)
    borders = page.locator(".fate", has_text="Borders")
    expect(borders).to_contain_text("not examined for this issue")
    expect(page.locator("#content")).to_contain_text("0 dropped, 0 changed, 0 new, 0 kept")
    page.goto(page.url.replace("/second/", "/first/"))
    expect(page.locator("#examined")).to_contain_text("Not examined clause by clause")
    page.get_by_role("link", name="Record the issues examined").click()
    page.get_by_label("Borders").check()
    page.get_by_role("button", name="Save these issues").click()
    expect(page.locator("#examined")).to_contain_text("for 1 of 1 issue")
    expect(page.locator("#examined")).to_contain_text("Borders (no provision found)")
    page.goto(page.url.replace("/first/", "/second/"))
    expect(page.locator(".fate.added", has_text="Borders")).to_contain_text(
        "examined, no provision found"
    )
    expect(page.locator("#content")).to_contain_text("0 dropped, 0 changed, 1 new, 0 kept")
