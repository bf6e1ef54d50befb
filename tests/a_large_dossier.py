"""A dossier of any size with something of everything in it, made in few statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from typing import Any

from django.db import transaction

from astana.models import (
    Actor,
    ActorName,
    Affiliation,
    Anchor,
    Article,
    Assignment,
    Document,
    Dossier,
    Event,
    Evidence,
    Examined,
    Invitation,
    Issue,
    Link,
    LookedFor,
    Membership,
    Participation,
    Position,
    Rendition,
    SavedComparison,
    Signature,
    Source,
    Stance,
    Upload,
    User,
)
from astana.words.sorting import sort_key
from tests.a_class import a_class
from tests.a_desk import a_desk
from tests.as_a_new_process import forget

TEXT = "The delegations met in the morning.\n\nOne of them welcomed the plan, another did not."
QUOTE = "welcomed the plan"
VOICES = ("direct-quote", "reported-speech", "document", "act", "attributed", "characterised")
FIRST_DAY = date(2017, 1, 1)


def a_large_dossier(slug: str, *, size: int, visibility: str = "public") -> Dossier:
    """Return a dossier with `size` of every noun, all of them around the first of each.

    The first of each noun has the short name of the noun and `-0`, such as `actor-0`; positions
    are `p0`, `p1` ... So the pages of the first of each grow with the dossier.
    """
    dossier = Dossier.objects.create(slug=slug, title=f"The {slug} talks", visibility=visibility)
    Membership.objects.create(dossier=dossier, user=a_keeper(), role="owner")
    _people(dossier, size)
    actors = _actors(dossier, size)
    issues, stances = _issues(dossier, size)
    renditions = _articles(dossier, size)
    events, documents = _events(dossier, size, actors)
    positions = Position.objects.bulk_create(
        Position(
            dossier=dossier,
            key=f"p{number}",
            actor=actors[0 if number % 2 else number // 2],
            issue=issues[0 if number % 3 else number // 3],
            stance=stances[0 if number % 3 else number // 3][number % 4],
            summary=f"Summary of position {number}.",
            condition="Only if the others do." if number % 2 else "",
            said=str(day := FIRST_DAY + timedelta(days=number)),
            earliest=day,
            latest=day,
            voice=(voice := VOICES[number % len(VOICES)]),
            attributed_by=actors[-2] if voice == "attributed" else None,
            speaker=actors[-1],
            event=events[0],
            document=documents[0] if voice == "document" else None,
            note="A note.",
            status="published",
            published_at=datetime(2017, 3, 1, tzinfo=UTC),
        )
        for number in range(size * 2)
    )
    _evidence(positions, renditions)
    Link.objects.bulk_create(
        Link(position=later, kind="repeats", to=earlier)
        for earlier, later in pairwise(positions[:size])
    )
    LookedFor.objects.bulk_create(
        LookedFor(article=rendition.article, issue=issues[0]) for rendition in renditions[:size]
    )
    Examined.objects.bulk_create(Examined(document=documents[0], issue=issue) for issue in issues)
    _round(dossier, renditions[0], size, actors[0], issues[0], stances[0])
    articles = [rendition.article for rendition in renditions[:size]]
    a_desk(dossier, positions[0], articles=articles, owner=a_keeper())
    SavedComparison.objects.bulk_create(
        SavedComparison(
            dossier=dossier,
            user=a_keeper(),
            title=f"Comparison {number}",
            query="actor=actor-0&issue=issue-0&as_of=2017-01-24",
            token=f"{slug}-{number}",
        )
        for number in range(size)
    )
    a_class(dossier, user=a_keeper(), **({"code": "TALKSSSS"} if slug == "talks" else {}))
    return dossier


@contextmanager
def made_once(blocker: Any) -> Iterator[None]:
    """Keep what is made in here for all tests of a file, for a fixture of the scope `module`.

    What each test changes is rolled back to it, and at the end it is rolled back itself. `blocker`
    is pytest-django's `django_db_blocker`.
    """
    # The dossier of a test before may have had the same number and version.
    forget()
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def a_keeper() -> User:
    """Return the user who owns every large dossier, and keeps comparisons of it."""
    return User.objects.get_or_create(username="keeper")[0]


def _people(dossier: Dossier, size: int) -> None:
    """Add members, and open invitations whose tokens are like `talks-0`."""
    users = User.objects.bulk_create(
        User(username=f"{dossier.slug}-member-{number}") for number in range(size)
    )
    for user in users:
        Membership.objects.create(dossier=dossier, user=user)
    Invitation.objects.bulk_create(
        Invitation(
            dossier=dossier,
            email=f"{number}@example.org",
            role="coder",
            token_sha256=sha256(f"{dossier.slug}-{number}".encode()).hexdigest(),
        )
        for number in range(size)
    )
    told = {
        "tables": [["actors", 1, 0, 0, 0]],
        "losses": [["colours", 2, "red"]],
        "notes": ["Look."],
    }
    Upload.objects.bulk_create(
        Upload(
            dossier=dossier,
            user=a_keeper(),
            file_name=f"study-{number}.dna",
            format="dna",
            state="done",
            told=told | {"is_changed": True},
        )
        for number in range(size)
    )


def _actors(dossier: Dossier, size: int) -> list[Actor]:
    """Return `size` states, then a ministry of the first, then a person of the ministry."""
    names = [f"Actor {number}" for number in range(size)] + ["Ministry", "Person"]
    kinds = ["state"] * size + ["government", "person"]
    actors = Actor.objects.bulk_create(
        Actor(
            dossier=dossier,
            slug=name.lower().replace(" ", "-"),
            name=name,
            sort_name=sort_key(name),
            kind=kind,
        )
        for name, kind in zip(names, kinds, strict=True)
    )
    ministry, person = actors[-2:]
    Actor.objects.filter(pk=ministry.pk).update(part_of=actors[0])
    ActorName.objects.bulk_create(
        ActorName(actor=actors[0], name=f"محمد {number}", language="ar") for number in range(size)
    )
    Affiliation.objects.bulk_create(
        Affiliation(dossier=dossier, person=person, body=actors[0], role=f"envoy {number}")
        for number in range(size)
    )
    return actors


def _issues(dossier: Dossier, size: int) -> tuple[list[Issue], list[list[Stance]]]:
    issues = Issue.objects.bulk_create(
        Issue(
            dossier=dossier,
            slug=f"issue-{number}",
            title=f"Issue {number}",
            question=f"What should be done about matter {number}?",
            kind="fact" if number == 1 else "preference",
            group=f"Group {number % 3}",
            order=number,
            description="A definition.",
        )
        for number in range(size)
    )
    scale = {"supports": 1, "neither": 0, "opposes": -1, "declines": None}
    stances = [
        [
            Stance(issue=issue, slug=slug, label=slug.title(), value=value, order=order)
            for order, (slug, value) in enumerate(scale.items())
        ]
        for issue in issues
    ]
    Stance.objects.bulk_create(stance for answers in stances for stance in answers)
    return issues, stances


def _articles(dossier: Dossier, size: int) -> list[Rendition]:
    sources = Source.objects.bulk_create(
        Source(dossier=dossier, slug=f"source-{number}", name=f"Source {number}", kind="wire")
        for number in range(size)
    )
    articles = Article.objects.bulk_create(
        Article(
            dossier=dossier,
            slug=f"article-{number}",
            source=sources[number],
            title=f"Article {number}",
            published=FIRST_DAY + timedelta(days=number),
            url="https://news.example/talks",
        )
        for number in range(size)
    )
    middle = TEXT.index("\n\n")
    return Rendition.objects.bulk_create(
        Rendition(
            article=article,
            kind=kind,
            rights=rights,
            text=text,
            sha256=sha256((text or article.slug).encode()).hexdigest(),
            characters=len(TEXT),
            paragraphs=[[0, middle], [middle + 2, len(TEXT)]],
        )
        for kind, rights, text in (("synopsis", "public", TEXT), ("full", "members", ""))
        for article in articles
    )


def _events(dossier: Dossier, size: int, actors: list[Actor]) -> tuple[list[Event], list[Document]]:
    days = [FIRST_DAY + timedelta(days=number) for number in range(size)]
    events = Event.objects.bulk_create(
        Event(dossier=dossier, slug=f"event-{n}", name=f"Event {n}", start=day, end=day)
        for n, day in enumerate(days)
    )
    documents = Document.objects.bulk_create(
        Document(
            dossier=dossier, slug=f"document-{n}", title=f"Document {n}", date=day, event=events[0]
        )
        for n, day in enumerate(days)
    )
    Participation.objects.bulk_create(
        Participation(event=event, actor=actor, role="party")
        for event, actor in [(events[0], actor) for actor in actors]
        + [(event, actors[0]) for event in events[1:]]
    )
    Signature.objects.bulk_create(
        Signature(document=document, actor=actor, status=status)
        for document, actor, status in [(documents[0], actor, "signed") for actor in actors]
        + [(document, actors[0], "not-signed") for document in documents[1:]]
    )
    return events, documents


def _evidence(positions: list[Position], renditions: list[Rendition]) -> None:
    """Give each position a passage of the first article and one of another, which disputes it."""
    start = TEXT.index(QUOTE)
    place = {"start": start, "end": start + len(QUOTE), "paragraph": 2}
    synopses, full_texts = (
        renditions[: len(renditions) // 2],
        renditions[len(renditions) // 2 :],
    )
    evidence = Evidence.objects.bulk_create(
        Evidence(
            position=position,
            number=passage,
            role=role,
            rendition=rendition,
            exact=QUOTE,
            **place,
        )
        for number, position in enumerate(positions)
        for passage, role, rendition in (
            (1, "supports", synopses[0]),
            (2, "disputes", synopses[number % len(synopses)]),
        )
    )
    Anchor.objects.bulk_create(
        Anchor(
            evidence=passage,
            rendition=full_texts[0],
            sha256=sha256(QUOTE.encode()).hexdigest(),
            **place,
        )
        for passage in evidence
        if passage.number == 1
    )


def _round(
    dossier: Dossier,
    rendition: Rendition,
    size: int,
    actor: Actor,
    issue: Issue,
    stances: list[Stance],
) -> None:
    """Have two coders code the first article independently; `r0` and `s0` are the first units."""
    now = datetime(2017, 3, 1, tzinfo=UTC)
    start = TEXT.index(QUOTE)
    for letter in ("r", "s"):
        coder = User.objects.create_user(f"{dossier.slug}-{letter}")
        Membership.objects.create(dossier=dossier, user=coder, role="coder")
        assignment = Assignment.objects.create(
            dossier=dossier,
            article=rendition.article,
            coder=coder,
            assigned_by=a_keeper(),
            is_independent=True,
            finished_at=now,
        )
        codings = Position.objects.bulk_create(
            Position(
                dossier=dossier,
                key=f"{letter}{number}",
                actor=actor,
                issue=issue,
                stance=stances[(number + (letter == "s" and number % 3 == 0)) % 4],
                summary=f"Summary of coding {number}.",
                said="2017-01-24",
                earliest=FIRST_DAY,
                latest=FIRST_DAY,
                voice="reported-speech",
                status="submitted",
                coder=coder,
                coded_at=now,
                assignment=assignment,
            )
            for number in range(size)
        )
        Evidence.objects.bulk_create(
            Evidence(
                position=coding,
                rendition=rendition,
                exact=QUOTE,
                paragraph=2,
                start=start,
                end=start + len(QUOTE),
            )
            for coding in codings
        )
