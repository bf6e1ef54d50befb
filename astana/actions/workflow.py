"""The work flow of a position: draft, submitted, published or rejected."""

from collections.abc import Sequence

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext as _

from astana.actions.notices import notify, reviewers_of
from astana.actions.proposals import accept
from astana.models import Assignment, Dossier, Notice, Position, User
from astana.models.in_passing import InPassing, StillProposed
from astana.models.of_dossier import holding
from astana.models.revised import StaleRecord
from astana.models.roles import Act, may, require

Status = Position.Status

# From which status each step leads to which.
STEPS = {
    "submit": ((Status.DRAFT,), Status.SUBMITTED),
    "take_back": ((Status.SUBMITTED, Status.REJECTED), Status.DRAFT),
    "publish": ((Status.SUBMITTED,), Status.PUBLISHED),
    "reject": ((Status.SUBMITTED, Status.PUBLISHED), Status.REJECTED),
}


class WrongStep(Exception):
    """The position is not in a status from which this step can be taken; the text is for people."""


def next_key(dossier: Dossier) -> str:
    """Return the next free key of a dossier's positions, such as p156.

    The key of a deleted position is not given again: it may come back. The caller holds the
    dossier's row, so that two who code at once get two keys.
    """
    deleted = Position.history.filter(dossier=dossier, history_type="-")
    last = _last_key(dossier.positions.all(), deleted)
    number = int(last[1:] or 0) + 1
    # Written with more noughts than need be, it may be lower than others.
    while (
        last not in ("", _key(number - 1)) and dossier.positions.filter(key=_key(number)).exists()
    ):
        number += 1
    return _key(number)


def _key(number: int) -> str:
    return f"p{number:03}"


def _last_key(*positions: QuerySet) -> str:
    """Return the highest key that is a number, or nothing; one query.

    Of each the index of the lengths of keys has it; in SQL, as Django bounds no part of a union.
    """
    queries, given = [], []
    for some in positions:
        numbered = some.filter(key__regex=r"^p[0-9]+$").order_by(Length("key").desc(), "-key")
        query, parameters = numbered.values_list("key")[:1].query.sql_with_params()
        queries.append(f"SELECT last.key FROM ({query}) AS last")
        given += parameters
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(queries), given)
        keys = [key for (key,) in cursor.fetchall()]
    return max(keys, key=lambda key: (len(key), key), default="")


@holding
def submit(*, position: Position, by: User) -> Position:
    """Hand a draft to the reviewers."""
    _require_own(position, by)
    _step(position, "submit")
    position.save()
    if not _in_running_round(position):
        waiting = Notice.objects.filter(
            kind=Notice.Kind.SUBMITTED, dossier=position.dossier, read_at=None
        )
        told = set(waiting.values_list("user", flat=True))
        others = [user for user in reviewers_of(position.dossier) if user.pk not in told]
        _tell(others, Notice.Kind.SUBMITTED, position=position, by=by)
    return position


@holding
def take_back(*, position: Position, by: User) -> Position:
    """Make a submitted or rejected position a draft again, for its coder to work on."""
    _require_own(position, by)
    _step(position, "take_back")
    position.save()
    return position


@holding
def publish(*, position: Position, by: User, accepting: Sequence[InPassing] = ()) -> Position:
    """Publish a submitted position, and accept first what it names and is only proposed.

    Raises PermissionDenied where its own coder decides and the dossier's rules want a second
    person, and WrongStep while an independent round on its article is not settled, or where it
    names a proposal that is not among those to be accepted.
    """
    require(by, Act.REVIEW, position.dossier)
    if position.coder_id == by.pk and not position.dossier.own_publishing:
        raise PermissionDenied(_("A second person has to decide on what you have coded."))
    _refuse_in_round(position)
    for proposal in accepting:
        accept(proposal=proposal, by=by)
    _step(position, "publish")
    _decide(position, by)
    save_published(position)
    _tell([position.coder], Notice.Kind.PUBLISHED, position=position, by=by)
    return position


def save_published(position: Position) -> None:
    """Save a position that is public now; raises WrongStep where it names what is only proposed."""
    try:
        position.save()
    except StillProposed as refusal:
        raise WrongStep(refusal.messages[0]) from refusal


@holding
def reject(*, position: Position, by: User, reason: str) -> Position:
    """Reject a submitted position, or take a published one from the site; the coder sees why."""
    require(by, Act.REVIEW, position.dossier)
    _refuse_in_round(position)
    if not reason.strip():
        raise WrongStep(_("Say why the position is rejected: the coder will see it."))
    _step(position, "reject")
    position.reason = reason.strip()
    _decide(position, by)
    position.save()
    _tell([position.coder], Notice.Kind.REJECTED, position=position, by=by)
    return position


@holding
def delete_draft(*, position: Position, by: User) -> None:
    """Delete a draft with its passages; its history stays, and with it the way back.

    Raises PermissionDenied for whoever did not code it, WrongStep for what is no draft or has been
    published before, and StaleRecord if somebody has changed it since it was read.
    """
    require(by, Act.CODE, position.dossier)
    if position.coder_id != by.pk:
        raise PermissionDenied(_("Only its coder may delete a draft."))
    stored = Position.objects.filter(pk=position.pk, revision=position.revision).first()
    if stored is None:
        raise StaleRecord(position)
    _require_own(stored, by)
    if stored.status != Status.DRAFT or stored.published_at:
        raise WrongStep(_("Only a draft that was never published can be deleted."))
    stored.delete()


def may_edit(user: User, position: Position) -> bool:
    """Return whether a user may change what a position says.

    Coders change their own until it is published, and in an independent round until they have
    finished; reviewers change any that they may see.
    """
    if is_finished_by(user, position):
        return False
    if may(user, Act.REVIEW, position.dossier):
        return True
    is_own = position.coder_id == user.pk and may(user, Act.CODE, position.dossier)
    return is_own and position.status != Status.PUBLISHED and not _is_settled(position)


def is_finished_by(user: User, position: Position) -> bool:
    """Return whether a user coded this in an independent round, and has said to have finished.

    What came later than that would be seen by nobody who compares. It ends with the round.
    """
    found = _round_of(position) if position.coder_id == user.pk else None
    return bool(found and found.finished_at and not found.settled_at)


def has_finished() -> str:
    """Return what to tell a coder who has finished and would change a position of the round."""
    return _(
        "You have finished coding this article. Choose “Continue coding” at your desk while "
        "other coders have not finished, or wait until the round is settled."
    )


def require_edit(user: User, position: Position) -> None:
    """Raise WrongStep for what a user has finished, PermissionDenied for what is for others."""
    if is_finished_by(user, position):
        raise WrongStep(has_finished())
    if not may_edit(user, position):
        raise PermissionDenied(_("Only its coder, before publication, or a reviewer may do this."))
    require(user, Act.CODE, position.dossier)


def _require_own(position: Position, by: User) -> None:
    require(by, Act.CODE, position.dossier)
    if position.coder_id != by.pk and not may(by, Act.REVIEW, position.dossier):
        raise PermissionDenied(_("Only its coder or a reviewer may do this."))
    if is_finished_by(by, position):
        raise WrongStep(has_finished())
    if _is_settled(position):
        raise WrongStep(_("A curator has settled the codings of this article."))


def _step(position: Position, name: str) -> None:
    before, after = STEPS[name]
    if position.status not in before:
        raise WrongStep(
            _("The position is %(status)s. Somebody else may have decided on it; look again.")
            % {"status": position.get_status_display()}
        )
    position.status = after


def _decide(position: Position, by: User) -> None:
    position.reviewer, position.reviewed_at = by, timezone.now()


def _round_of(position: Position) -> Assignment | None:
    try:
        assignment = position.assignment
    except ObjectDoesNotExist:
        # That of a deleted position may have been taken back since.
        return None
    return assignment if assignment and assignment.is_independent else None


def _is_settled(position: Position) -> bool:
    found = _round_of(position)
    return bool(found and found.settled_at)


def _in_running_round(position: Position) -> bool:
    found = _round_of(position)
    return bool(found and not found.settled_at)


def _refuse_in_round(position: Position) -> None:
    if _in_running_round(position):
        raise WrongStep(
            _("The article is being coded independently. Settle the codings side by side.")
        )


def _tell(users: list[User | None], kind: Notice.Kind, *, position: Position, by: User) -> None:
    known = [user for user in users if user]
    notify(known, kind, dossier=position.dossier, by=by, position=position)
