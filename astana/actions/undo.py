"""Undo a merge or a split, or say why later changes make it impossible."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from astana.actions.journal import (
    Refused,
    all_or_nothing,
    as_record,
    changed_since,
    check,
    label_of,
    model_of,
    move_back,
    refuse_dangling,
)
from astana.models import Actor, ActorName, Merge, SavedComparison, User
from astana.models.roles import Act, require


@all_or_nothing
def undo(*, merge: Merge, by: User) -> Merge:
    """Undo a merge or a split: what moved goes back, what went comes back, what was made goes.

    Raises Refused, with nothing done, where later changes make it impossible.
    """
    require(by, Act.REVIEW, merge.dossier)
    merge = Merge.objects.get(pk=merge.pk)
    if merge.undone_at:
        raise Refused(_("It has already been undone."))
    comparisons = [step for step in merge.moved if step[0] == label_of(SavedComparison)]
    moved = [step for step in merge.moved if step[0] != label_of(SavedComparison)]
    if changed := changed_since(moved):
        raise Refused(
            _("Later changes prevent this: %(records)s. Revert these first.")
            % {"records": "; ".join(str(row) for row in changed[:10])}
        )
    # What users keep is theirs: a comparison that was changed since stays as it is.
    theirs = {row.pk for row in changed_since(comparisons)}
    back = [as_record(kept) for kept in reversed(merge.gone)]
    for record in back:
        _come_back(record)
    move_back(moved + [step for step in comparisons if step[1] not in theirs])
    for record in back:
        if isinstance(record, Actor):
            check(record, exclude=[])
    for kept in reversed(merge.made):
        _unmake(kept)
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save()
    return merge


def _come_back(record: Any) -> None:
    record.revision += 1
    check(record, exclude=["part_of"])
    record.save(force_insert=True)


def _unmake(kept: dict[str, Any]) -> None:
    """Delete what was made, except a name that was changed by hand since."""
    record = model_of(kept["model"])._default_manager.filter(pk=kept["pk"]).first()
    if record is None:
        return
    if isinstance(record, ActorName):
        if record.name == kept["fields"]["name"]:
            record.delete()
        return
    refuse_dangling(record)
    record.delete()
