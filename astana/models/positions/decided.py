"""What was decided on a coder's codings: what stands in their place, and what was coded."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q, QuerySet

from astana.models import Actor, Document, Dossier, Event, Issue, Position, Stance, User
from astana.models.differences import Known

Status = Position.Status
_DECIDED = (Status.PUBLISHED, Status.REJECTED)
_NAMED = (Actor, Issue, Stance, Event, Document)

# In a round, coders learn of decisions when it is settled.
_TOLD = (
    Q(assignment=None)
    | Q(assignment__is_independent=False)
    | Q(assignment__settled_at__isnull=False)
)


def decided_on(dossier: Dossier, *, user: Any) -> QuerySet:
    """Return the codings of a user that were decided on and may be known of, newest first."""
    return (
        Position.objects.at_desk_of(user, dossier=dossier)
        .filter(_TOLD, coder=user, status__in=_DECIDED)
        .exclude(reviewer=None)
        .select_related("actor", "issue", "stance", "settled_by", "reviewer")
        .order_by(F("reviewed_at").desc(), "-pk")
    )


def decided_by(user: User, positions: QuerySet[Position]) -> QuerySet[Position]:
    """Return the positions that an account may not be the coder of: it has decided on them.

    None of those of dossiers whose reviewers may publish what they coded.
    """
    return positions.filter(
        reviewer=user, status__in=_DECIDED, dossier__own_publishing=False
    ).order_by("pk")


def finals_of(
    mine: Sequence[Position], *, dossier: Dossier | None, user: Any
) -> dict[int, Position]:
    """Return what stands in the place of codings, as far as the coder may see it."""
    wanted = [one.settled_by_id for one in mine if one.settled_by_id]
    found = Position.objects.at_desk_of(user, dossier=dossier).filter(pk__in=wanted)
    return {one.pk: one for one in found.select_related("actor", "issue", "stance")}


def as_coded(mine: Sequence[Position]) -> dict[int, Any]:
    """Return what each coding said when its coder last wrote it, where that is kept."""
    rows = Position.history.filter(id__in=[one.pk for one in mine], history_user_id=F("coder_id"))
    return {row.id: row for row in rows.order_by("history_id")}


def differing(before: Any, after: Position) -> list[str]:
    """Return the fields in which what a position says differs from what was coded."""
    fields = [Position._meta.get_field(name) for name in Position.SAYS]
    return [
        field.name
        for field in fields
        if getattr(before, field.attname) != getattr(after, field.attname)
    ]


def called_in(rows: Sequence[Any]) -> Known:
    """Return what the records are called that positions name; one query for each kind."""
    wanted: dict[type, set[int]] = {model: {0} for model in _NAMED}
    for name in Position.SAYS:
        field = Position._meta.get_field(name)
        if field.is_relation:
            wanted[field.related_model] |= {getattr(row, field.attname) or 0 for row in rows}
    return {
        (model, record.pk): str(record)
        for model, pks in wanted.items()
        for record in model.objects.filter(pk__in=pks)
    }
