"""What lies on a coder's desk: assignments with progress, and positions by what became of them."""

from typing import Any

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from astana.models import Assignment, Comment, Dossier, Evidence, Position
from astana.models.positions.constraints import CONFIRMED as IS_CONFIRMED
from astana.web.table import number_of

Status = Position.Status

ASSIGNMENTS, CONFIRMED, SETTLED = "assignments", "confirmed", "settled"

# A curator put another position in its place; where that takes the same stance, it is confirmed.
_SETTLED = Q(settled_by__isnull=False)


def own_positions(dossier: Dossier, *, user: Any) -> QuerySet:
    """Return the positions that a user coded in a dossier."""
    return Position.objects.at_desk_of(user, dossier=dossier).filter(coder=user)


def own_assignments(dossier: Dossier, *, user: Any) -> QuerySet:
    """Return the assignments of a user in a dossier."""
    return Assignment.objects.visible_to(user, dossier=dossier).filter(coder=user)


def piles_of(dossier: Dossier, *, user: Any) -> list[tuple[str, str, int]]:
    """Return the piles on a user's desk: name, label, and how much lies on it; two queries."""
    counts = own_positions(dossier, user=user).aggregate(
        **{status: Count("pk", filter=Q(status=status)) for status in Status.values},
        **{CONFIRMED: Count("pk", filter=IS_CONFIRMED)},
        **{SETTLED: Count("pk", filter=_SETTLED)},
    )
    for name in (Status.REJECTED, SETTLED):
        counts[name] -= counts[CONFIRMED]
    counts[ASSIGNMENTS] = own_assignments(dossier, user=user).unfinished().count()
    labels = {
        ASSIGNMENTS: _("To code"),
        Status.DRAFT: _("Drafts"),
        Status.SUBMITTED: _("Submitted"),
        Status.REJECTED: _("Rejected"),
        CONFIRMED: pgettext("a pile of codings", "Confirmed"),
        SETTLED: _("Settled differently"),
        Status.PUBLISHED: _("Published"),
    }
    return [(str(name), label, counts[name]) for name, label in labels.items()]


def assignments_on(dossier: Dossier, *, user: Any) -> QuerySet:
    """Return a user's assignments with progress, what is to be done first."""
    found = own_assignments(dossier, user=user).with_progress()
    return found.order_by(F("finished_at").asc(nulls_first=True), "article__published", "pk")


def positions_on(dossier: Dossier, *, user: Any, shown: str) -> QuerySet:
    """Return the positions on one pile of a user's desk, newest first; two queries."""
    found = own_positions(dossier, user=user)
    if shown == CONFIRMED:
        found = found.filter(IS_CONFIRMED)
    else:
        found = found.filter(_SETTLED if shown == SETTLED else Q(status=shown))
        found = found.exclude(pk__in=Position.objects.filter(IS_CONFIRMED).order_by().values("pk"))
    passages = Evidence.objects.select_related("rendition__article").only(
        "position_id", "paragraph", "rendition__article__slug", "rendition__article__title"
    )
    comments = Comment.objects.filter(position=OuterRef("pk"), resolved_at=None)
    return (
        found.select_related(
            "actor", "issue", "stance__issue", "reviewer", "attributed_by", "speaker"
        )
        .select_related("settled_by__actor", "settled_by__stance", "settled_by__issue")
        .annotate(open_comments=number_of(comments))
        .prefetch_related(Prefetch("evidence", passages.order_by("position", "number"), "passages"))
        .order_by("-pk")
    )
