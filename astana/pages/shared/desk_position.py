"""A position in whatever state, as those who work on it see it."""

from typing import Any

from django.db.models import QuerySet

from astana.models import Dossier, Evidence, Position
from astana.models.in_passing import InPassing
from astana.models.positions.fetched import in_full
from astana.models.record import proposals_in
from astana.models.roles import Act, may
from astana.pages.shared.comments import comments_on
from astana.pages.shared.links import links_of
from astana.pages.shared.passages import passages_of

Status = Position.Status


def desk_positions(positions: QuerySet) -> QuerySet:
    """Return positions with all that is shown of one at the desk."""
    return in_full(positions).select_related("assignment", "settled_by__stance")


def desk_position(position: Any, *, dossier: Dossier, user: Any, may_edit: bool) -> dict[str, Any]:
    """Return what a user may read of, and do with, a position from `desk_positions`.

    `passages_seen` names its passages as they were read, so that a decision on others is refused.
    `proposals` are what it names and nobody has accepted yet, and `accepts` is how a form names
    those that are accepted when it is published. It is waiting where a reviewer is to decide on it.
    """
    position.dossier = dossier
    evidence = Evidence.objects.at_desk_of(user, dossier=dossier)
    passages = passages_of([position], dossier=dossier, user=user, evidence=evidence)
    is_own = position.coder_id == user.pk
    assignment = position.assignment
    is_in_round = bool(assignment and assignment.is_independent and not assignment.settled_at)
    is_finished = bool(is_in_round and is_own and assignment.finished_at)
    is_settled = bool(assignment and assignment.is_independent and assignment.settled_at)
    may_review = may(user, Act.REVIEW, dossier)
    is_draft = position.status == Status.DRAFT
    may_work = (is_own or may_review) and not is_settled and not is_finished
    proposals = list(dict(proposals_in(position)).values())
    return {
        "position": position,
        "passages": passages[position.pk],
        "passages_seen": passages_seen(position),
        "proposals": proposals,
        "accepts": " ".join(map(proposal_seen, proposals)),
        "links": links_of(position, among=Position.objects.at_desk_of(user, dossier=dossier)),
        "comments": comments_on(position, user=user),
        "may_edit": may_edit,
        "may_submit": may_work and is_draft,
        "may_take_back": may_work and position.status in (Status.SUBMITTED, Status.REJECTED),
        "may_delete": is_own and may_edit and is_draft and not position.published_at,
        "may_review": may_review,
        "may_decide": may_review
        and not is_in_round
        and not (is_own and not dossier.own_publishing),
        "is_waiting": position.status == Status.SUBMITTED and not is_in_round,
        "is_own": is_own,
        "is_in_round": is_in_round,
        "is_finished": is_finished,
    }


def proposal_seen(proposal: InPassing) -> str:
    """Return how a form names a proposal as it was read."""
    return f"{proposal._meta.model_name}-{proposal.pk}.{proposal.revision}"


def passages_seen(position: Position) -> str:
    """Return a name for the passages of a position as they are now; one query."""
    rows = Evidence.objects.filter(position=position).order_by("pk")
    return "-".join(f"{pk}.{revision}" for pk, revision in rows.values_list("pk", "revision"))
