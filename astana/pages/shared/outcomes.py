"""What became of a coder's codings: what was coded against what stands now, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from astana.models import Actor, Document, Dossier, Event, Evidence, Issue, Position, Stance
from astana.pages.shared.differences import Difference, Known, difference_of
from astana.pages.shared.passages import PassageView, passages_of

Status = Position.Status

_NAMED = (Actor, Issue, Stance, Event, Document)

# In a round, coders learn of decisions when it is settled.
_TOLD = (
    Q(assignment=None)
    | Q(assignment__is_independent=False)
    | Q(assignment__settled_at__isnull=False)
)


@dataclass(frozen=True)
class Outcome:
    """A coding and what stands in its place: itself, another position, or None.

    `differences` lead from what was coded to what stands; `reason` is for the coder.
    """

    mine: Position
    final: Position | None
    differences: Sequence[Difference]
    passages: Sequence[PassageView]
    reason: str

    @property
    def is_other(self) -> bool:
        """Whether another position stands in its place."""
        return self.final is not None and self.final.pk != self.mine.pk


def decided_on(dossier: Dossier, *, user: Any) -> QuerySet:
    """Return the codings of a user that were decided on and may be known of, newest first."""
    return (
        Position.objects.at_desk_of(user, dossier=dossier)
        .filter(_TOLD, coder=user, status__in=[Status.PUBLISHED, Status.REJECTED])
        .exclude(reviewer=None)
        .select_related("actor", "issue", "stance", "settled_by", "reviewer")
        .order_by(F("reviewed_at").desc(), "-pk")
    )


def outcomes_of(
    mine: Sequence[Position], *, user: Any, dossier: Dossier | None = None
) -> list[Outcome]:
    """Return what became of a user's codings; as many queries for one as for many.

    They are of one dossier, or each has its own loaded. What is not decided on has no final.
    """
    if not mine:
        return []
    finals = _finals(mine, dossier=dossier, user=user)
    coded = _as_coded(mine)
    known = _known([*coded.values(), *mine, *finals.values()])
    evidence = Evidence.objects.at_desk_of(user, dossier=dossier)
    passages = passages_of(list(mine), dossier=dossier, user=user, evidence=evidence)
    found = []
    for one in mine:
        final = one if one.status == Status.PUBLISHED else finals.get(one.settled_by_id)
        before = coded.get(one.pk, one)
        differing = _differing(before, final) if final else []
        found.append(
            Outcome(
                mine=one,
                final=final,
                differences=[difference_of(name, before, final, known=known) for name in differing],
                passages=passages[one.pk],
                reason=one.reason if one.status == Status.REJECTED else "",
            )
        )
    return found


def _finals(mine: Sequence[Position], *, dossier: Dossier | None, user: Any) -> dict[int, Position]:
    """Return what stands in the place of codings, as far as the coder may see it."""
    wanted = [one.settled_by_id for one in mine if one.settled_by_id]
    found = Position.objects.at_desk_of(user, dossier=dossier).filter(pk__in=wanted)
    return {one.pk: one for one in found.select_related("actor", "issue", "stance")}


def _as_coded(mine: Sequence[Position]) -> dict[int, Any]:
    """Return what each coding said when its coder last wrote it, where that is kept."""
    rows = Position.history.filter(id__in=[one.pk for one in mine], history_user_id=F("coder_id"))
    return {row.id: row for row in rows.order_by("history_id")}


def _differing(before: Any, after: Position) -> list[str]:
    fields = [Position._meta.get_field(name) for name in Position.SAYS]
    return [
        field.name
        for field in fields
        if getattr(before, field.attname) != getattr(after, field.attname)
    ]


def _known(rows: Sequence[Any]) -> Known:
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
