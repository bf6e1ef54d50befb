"""A text was edited: a coder says where its passages stand, many at once, without scripts too."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from astana.actions.attach_text import attach_text
from astana.models import (
    Actor,
    Anchor,
    Article,
    Dossier,
    Evidence,
    Issue,
    Membership,
    Position,
    Source,
    Stance,
    User,
)
from tests.browser.barriers import violations
from tests.browser.widths import width_of

TEXT = """Russia supports the cease-fire. It was late.

They met again on Tuesday. Russia supports the exchange.

Nobody asked for more than that."""


@pytest.fixture
def dossier(site, django_db_blocker) -> Dossier:
    """Return a dossier with an edited text: two passages changed alike, one by itself."""
    with django_db_blocker.unblock():
        slug = f"edited-{Dossier.objects.count()}"
        made = Dossier.objects.create(slug=slug, title="An edited text")
        coder = User.objects.get(username="coder")
        Membership.objects.create(dossier=made, user=coder, role="coder")
        source = Source.objects.create(dossier=made, slug="gazette", name="Gazette")
        article = Article.objects.create(
            dossier=made, source=source, slug="edited", title="Edited", published="2017-01-25"
        )
        first = attach_text(
            article=article, text=TEXT, kind="synopsis", rights="public", by=coder
        ).rendition
        actor = Actor.objects.create(dossier=made, slug="russia", name="Russia", kind="state")
        issue = Issue.objects.create(dossier=made, slug="truce", title="Truce", question="What?")
        stance = Stance.objects.create(issue=issue, slug="for", label="For", value=1)
        for number, words in enumerate(
            ("Russia supports the cease-fire", "Russia supports the exchange", "Nobody asked for")
        ):
            position = Position.objects.create(
                dossier=made,
                key=f"p{number}",
                actor=actor,
                issue=issue,
                stance=stance,
                voice="direct-quote",
                said="2017-01-25",
                summary=words,
                status="draft",
                coder=coder,
                coded_at=timezone.now(),
            )
            start = TEXT.index(words)
            Evidence.objects.create(
                position=position,
                rendition=first,
                start=start,
                end=start + len(words),
                exact=words,
            )
        changed = TEXT.replace("Russia", "Moscow").replace("Nobody asked", "Nobody had asked")
        attach_text(article=article, text=changed, kind="synopsis", by=coder)
        return made


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_passages_that_one_edit_changed_are_mended_at_once(
    browser, site, sessions, dossier, django_db_blocker, scripts
):
    context = browser.new_context(
        locale="en-GB", java_script_enabled=scripts, viewport={"width": 390, "height": 800}
    )
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": sessions["coder"], "url": site}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(site + reverse("passages:index", args=[dossier.slug]))
    group = page.get_by_role("region", name="Changed by the same edit")
    expect(group).to_contain_text("Moscow")
    expect(group.get_by_role("checkbox", checked=True)).to_have_count(2)
    if scripts:
        assert violations(page) == []
        width = width_of(page)
        assert width <= 390
    group.get_by_role("button", name="Accept the ticked passages").click()
    expect(page.get_by_text("2 passages are corrected.")).to_be_visible()
    page.get_by_role("button", name="Accept this passage").click()
    expect(page.get_by_text("The passage is corrected.")).to_be_visible()
    expect(page.get_by_text("Every passage that you may see is where")).to_be_visible()
    context.close()
    with django_db_blocker.unblock():
        found = Anchor.objects.filter(evidence__position__dossier=dossier)
        assert sorted(found.values_list("health", "exact")) == [
            ("intact", "Moscow supports the cease-fire"),
            ("intact", "Moscow supports the exchange"),
            ("intact", "Nobody had asked for"),
        ]
