"""Builders of documents, their provisions, and the issues for which they were gone through."""

from datetime import date

import pytest

from astana.models import Document, Examined, Signature


@pytest.fixture
def a_text(a_dossier, an_actor):
    """Return a builder of documents: the same short name gives the same one."""

    def build(slug: str, day: int = 1, *, signed: tuple[str, ...] = ("russia",), event=None):
        document, is_new = Document.objects.get_or_create(
            dossier=a_dossier(),
            slug=slug,
            defaults={"title": slug.title(), "date": date(2017, 1, day), "event": event},
        )
        if is_new:
            for actor in signed:
                Signature.objects.create(document=document, actor=an_actor(actor), status="signed")
        return document

    return build


@pytest.fixture
def provides(a_position):
    """Return a builder of provisions."""

    def build(document: Document, issue: str, stance: str = "supports", **values):
        return a_position(
            issue=issue,
            stance=stance,
            document=document,
            voice="document",
            said=document.date.isoformat(),
            **values,
        )

    return build


@pytest.fixture
def examine(an_issue):
    """Let a document be gone through for issues."""

    def build(document: Document, *issues: str):
        for issue in issues:
            Examined.objects.create(document=document, issue=an_issue(issue))

    return build
