"""A superuser's client, the addresses of the admin, and a dossier with a row of every noun."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from astana.models import (
    ActorName,
    Affiliation,
    Anchor,
    Assignment,
    Challenge,
    Comment,
    Document,
    Event,
    Import,
    Invitation,
    Membership,
    Merge,
    Notice,
    Participation,
    Position,
    SavedComparison,
    Signature,
    User,
)


def admin_url(model: type[Model], page: str, *args: object) -> str:
    """Return the address of an admin page of a model: changelist, add, change, delete."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def _desk(position: Position, user: User) -> None:
    """Give a position one of all that the desk keeps."""
    about = {"dossier": position.dossier}
    article = position.evidence.get().rendition.article
    Assignment.objects.create(article=article, coder=user, assigned_by=user, **about)
    Comment.objects.create(position=position, author=user, text="A comment.", **about)
    Challenge.objects.create(position=position, text="An objection.", **about)
    Invitation.objects.create(
        email="a@example.org", role="coder", token_sha256=f"{position.pk}", **about
    )
    Merge.objects.create(kind="merge", noun="actor", kept="one", other="two", by=user, **about)
    Notice.objects.create(user=user, kind="published", position=position, **about)
    Import.objects.create(user=user, noun="actor", file_name="actors.csv", kind="csv")


@pytest.fixture
def superuser(db: None) -> User:
    # Without a password, as making the hash of one takes long.
    return User.objects.create_superuser("root", "root@example.org")


@pytest.fixture
def desk(superuser: User) -> Client:
    """Return the browser of a superuser."""
    client = Client()
    client.force_login(superuser)
    return client


@pytest.fixture
def a_full_dossier(
    a_dossier, an_actor, an_issue, a_rendition, a_position, a_source
) -> Callable[..., None]:
    """Return a builder of a dossier with `size` rows of every noun."""

    def build(slug: str, *, size: int) -> None:
        dossier = a_dossier(slug)
        for number in range(size):
            user = User.objects.create_user(f"{slug}-{number}")
            Membership.objects.create(dossier=dossier, user=user)
            SavedComparison.objects.create(
                dossier=dossier, user=user, title=f"Comparison {number}", query="actor=actor-0"
            )
            whole = an_actor(f"whole-{number}", dossier=dossier)
            actor = an_actor(f"actor-{number}", dossier=dossier, part_of=whole)
            ActorName.objects.create(actor=actor, name=f"актёр {number}", language="ru")
            Affiliation.objects.create(dossier=dossier, person=actor, body=whole, role="head")
            event = Event.objects.create(
                dossier=dossier,
                slug=f"event-{number}",
                name=f"Event {number}",
                start=date(2017, 1, 23),
                end=date(2017, 1, 24),
            )
            document = Document.objects.create(
                dossier=dossier,
                slug=f"document-{number}",
                title=f"Document {number}",
                date=date(2017, 1, 24),
                event=event,
            )
            Participation.objects.create(event=event, actor=actor, role="party")
            Signature.objects.create(document=document, actor=actor, status="signed")
            text = {"dossier": dossier, "article": f"article-{number}", "source": f"s-{number}"}
            rendition = a_rendition(**text)
            other = a_rendition("Another wording.", kind="excerpt", **text)
            position = a_position(
                actor=f"actor-{number}",
                issue=f"issue-{number}",
                voice="attributed",
                attributed_by=f"whole-{number}",
                dossier=dossier,
                speaker=whole,
                event=event,
                document=document,
                rendition=rendition,
                quote="Russia supports",
            )
            _desk(position, user)
            Anchor.objects.create(
                evidence=position.evidence.get(), rendition=other, start=0, end=7, sha256="0" * 64
            )

    return build
