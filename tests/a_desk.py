"""Work in every state on the desk of a dossier, made in few statements."""

from datetime import UTC, datetime

from astana.models import (
    Article,
    Assignment,
    Challenge,
    Comment,
    Dossier,
    Membership,
    Notice,
    Position,
    User,
)

NOW = datetime(2017, 3, 2, tzinfo=UTC)
_TAKEN_OVER = ("actor", "issue", "stance", "said", "earliest", "latest", "voice", "event")


def a_desk(dossier: Dossier, first: Position, *, articles: list[Article], owner: User) -> None:
    """Give the owner work in every state, with comments, objections and notices.

    Of each there are as many as articles; `waiting-0` is a position of somebody else that waits
    for a decision, `draft-0`, `submitted-0` and `rejected-0` are the owner's. Comments and
    objections are about `first`.
    """
    coder = User.objects.get_or_create(username="colleague")[0]
    Membership.objects.get_or_create(dossier=dossier, user=coder, defaults={"role": "coder"})
    coded = _coded(first, len(articles), owner=owner, coder=coder)
    for article in articles[1:]:
        for user in (owner, coder):
            Assignment.objects.create(
                dossier=dossier, article=article, coder=user, assigned_by=owner
            )
    about = [{"position": first}, {"position": coded[0]}, {"article": articles[0]}]
    comments = Comment.objects.bulk_create(
        Comment(dossier=dossier, author=coder, text=f"A comment, {number}.", **one)
        for number in range(len(articles))
        for one in about
    )
    _objections(first, len(articles), owner=owner)
    Notice.objects.bulk_create(
        Notice(user=owner, dossier=dossier, by=coder, kind=kind, **told)
        for number, comment in enumerate(comments)
        for kind, told in (
            ("commented", {"comment": comment, **about[number % len(about)]}),
            ("submitted", {"position": coded[0]}),
            ("assigned", {"article": articles[0]}),
        )
    )


def _coded(first: Position, number: int, *, owner: User, coder: User) -> list[Position]:
    taken_over = {name: getattr(first, name) for name in _TAKEN_OVER}
    kinds = [
        ("waiting", "submitted", coder),
        ("draft", "draft", owner),
        ("submitted", "submitted", owner),
        ("rejected", "rejected", owner),
    ]
    return Position.objects.bulk_create(
        Position(
            dossier=first.dossier,
            key=f"{name}-{place}",
            summary=f"Coded as {status}, {place}.",
            status=status,
            reason="Not said there." if status == "rejected" else "",
            coder=by,
            coded_at=NOW,
            settled_by=first if status == "rejected" else None,
            **taken_over,
        )
        for place in range(number)
        for name, status, by in kinds
    )


def _objections(position: Position, number: int, *, owner: User) -> None:
    answered = {
        "kind": "source-error",
        "status": "upheld",
        "answer": "It is.",
        "answered_by": owner,
        "answered_at": NOW,
    }
    Challenge.objects.bulk_create(
        Challenge(
            dossier=position.dossier,
            position=position,
            text=f"Not so, {place}.",
            **values,
        )
        for place in range(number)
        for values in ({}, answered)
    )
