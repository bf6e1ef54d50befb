"""A curator settles the codings that independent coders made of an article."""

from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astana.actions.notices import notify
from astana.actions.workflow import WrongStep, next_key, save_published
from astana.models import Article, Assignment, Dossier, Evidence, Notice, Position, User
from astana.models.of_dossier import holding
from astana.models.record import proposals_in, still_proposed
from astana.models.roles import Act, require

Status = Position.Status

MOST_REASON = 2_000

_OF_PASSAGE = (
    "role",
    "rendition",
    "paragraph",
    "start",
    "end",
    "exact",
    "prefix",
    "suffix",
    "sha256",
    "health",
)


@holding
def accept(*, coding: Position, others: Sequence[Position], by: User, reason: str = "") -> Position:
    """Publish one coding of a unit; it stands for the others, whose coders see the reason.

    The codings themselves stay as they were made, so that agreement can still be counted. Raises
    PermissionDenied for the curator's own coding unless the dossier's rules allow it.
    """
    _require_open(coding.dossier, [coding, *others], by=by)
    if coding.coder_id == by.pk and not coding.dossier.own_publishing:
        raise PermissionDenied(_("A second person has to decide on what you have coded."))
    coding.status, coding.reviewer, coding.reviewed_at = Status.PUBLISHED, by, timezone.now()
    save_published(coding)
    _put_in_place(coding, others, by=by, reason=reason)
    return coding


@holding
def accept_alike(*, units: Sequence[Sequence[Position]], by: User) -> None:
    """Publish the first coding of each unit, on which all coders agree; all units or none."""
    for coding, *others in units:
        accept(coding=coding, others=others, by=by)


@holding
def merge(*, coding: Position, others: Sequence[Position], by: User, reason: str = "") -> Position:
    """Publish what one coding of a unit says, resting on the passages of all of them."""
    return write(coding=coding, others=others, by=by, values={}, all_passages=True, reason=reason)


@holding
def write(
    *,
    coding: Position,
    others: Sequence[Position],
    by: User,
    values: dict[str, Any],
    all_passages: bool = False,
    reason: str = "",
) -> Position:
    """Publish a position of the curator's in place of all codings of a unit.

    It starts from `coding`, `values` change its fields, and it rests on the passages of `coding`,
    or of all of them.
    """
    codings = [coding, *others]
    _require_open(coding.dossier, codings, by=by)
    now = timezone.now()
    third = Position(
        dossier=coding.dossier,
        key=next_key(coding.dossier),
        status=Status.PUBLISHED,
        coder=by,
        coded_at=now,
        reviewer=by,
        reviewed_at=now,
        published_at=now,
        **({name: getattr(coding, name) for name in Position.SAYS} | values),
    )
    if third.voice != Position.Voice.ATTRIBUTED:
        third.authority = ""
    if waiting := dict(proposals_in(third)):
        raise WrongStep(still_proposed(waiting.values()))
    third.full_clean(exclude=["earliest", "latest"])
    save_published(third)
    _copy_passages(third, codings if all_passages else [coding])
    _put_in_place(third, codings, by=by, reason=reason)
    return third


@holding
def reject(*, codings: Sequence[Position], by: User, reason: str) -> None:
    """Reject all codings of a unit; their coders see why."""
    _require_open(codings[0].dossier, codings, by=by)
    if not reason.strip():
        raise WrongStep(_("Say why the codings are rejected: the coders will see it."))
    for coding in codings:
        coding.reason = reason.strip()
        _reject(coding, by=by)


@holding
def settle(*, article: Article, by: User) -> None:
    """Close a round: every coding has been decided on, and the coders may see what became of it."""
    require(by, Act.REVIEW, article.dossier)
    assignments = list(
        Assignment.objects.filter(article=article, is_independent=True).select_related("coder")
    )
    if not assignments or any(one.finished_at is None for one in assignments):
        raise WrongStep(_("Not all coders have finished. Wait for them, or remove an assignment."))
    if all(one.settled_at for one in assignments):
        raise WrongStep(_("This round is settled already."))
    open_codings = Position.objects.filter(
        assignment__in=assignments, status=Status.SUBMITTED
    ).count()
    if open_codings:
        told = ngettext(
            "Decide on all codings first: %(number)s is still open.",
            "Decide on all codings first: %(number)s are still open.",
            open_codings,
        )
        raise WrongStep(told % {"number": open_codings})
    for assignment in assignments:
        assignment.settled_at, assignment.settled_by = timezone.now(), by
        assignment.save()
    notify(
        [one.coder for one in assignments if one.coder],
        Notice.Kind.SETTLED,
        dossier=article.dossier,
        by=by,
        article=article,
    )


def _require_open(dossier: Dossier, codings: Collection[Position], *, by: User) -> None:
    """Refuse what a curator may not do, or what another curator has done at this moment."""
    require(by, Act.REVIEW, dossier)
    articles = set()
    for coding in codings:
        assignment = coding.assignment
        if coding.dossier_id != dossier.pk or not assignment or not assignment.is_independent:
            raise WrongStep(_("%(key)s is not part of a round.") % {"key": coding.key})
        articles.add(assignment.article_id)
        if coding.status != Status.SUBMITTED or assignment.settled_at:
            raise WrongStep(
                _("%(key)s has already been decided on. Look again.") % {"key": coding.key}
            )
    rounds = Assignment.objects.filter(article__in=articles, is_independent=True)
    if rounds.unfinished().exists():
        raise WrongStep(_("Not all coders have finished. Wait for them, or remove an assignment."))


def _put_in_place(chosen: Position, others: Sequence[Position], *, by: User, reason: str) -> None:
    for coding in others:
        coding.settled_by = chosen
        if coding.takes_the_stance_of(chosen):
            told = _("The curator confirmed the stance; %(key)s stands for it.")
        else:
            told = _("The curator put %(key)s in its place.")
        # Two sentences, and a reason is no longer than the field.
        coding.reason = f"{told % {'key': chosen.key}} {reason.strip()}".strip()[:MOST_REASON]
        _reject(coding, by=by)


def _reject(coding: Position, *, by: User) -> None:
    coding.status, coding.reviewer, coding.reviewed_at = Status.REJECTED, by, timezone.now()
    coding.save()


def _copy_passages(position: Position, codings: Sequence[Position]) -> None:
    """Give a position the passages of codings, each place once."""
    places = set()
    passages = []
    for coding in codings:
        for passage in coding.evidence.all():
            place = (passage.rendition_id, passage.start, passage.end, passage.exact, passage.role)
            if place not in places:
                places.add(place)
                values = {name: getattr(passage, name) for name in _OF_PASSAGE}
                passages.append(Evidence(position=position, number=len(passages) + 1, **values))
    Evidence.objects.bulk_create(passages)
