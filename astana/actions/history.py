"""Take one change back, or bring back what was deleted: each is a new change, and none is lost."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from astana.actions.workflow import may_edit
from astana.models import Anchor, Challenge, Comment, Evidence, Link, Position, User
from astana.models.history import deleted_with
from astana.models.of_dossier import holding
from astana.models.past import (
    NOUNS,
    last_of,
    parts_of,
    revertible_fields,
    values_of,
)
from astana.models.record import Record
from astana.models.roles import Act, may


class Refused(Exception):
    """It cannot be done; the text is for people.

    `clashes` names the fields that somebody has changed since.
    """

    def __init__(self, text: str, *, clashes: Sequence[str] = ()) -> None:
        super().__init__(text)
        self.clashes = clashes


def may_change(record: models.Model, *, user: User) -> bool:
    """Return whether a user may change what a record says.

    Positions and their passages: as `may_edit` has it; a link: both its positions. All else is for
    reviewers, but nobody rewrites what people have said about it. Where what it is part of is gone,
    nobody may.
    """
    try:
        match record:
            case Position():
                return may_edit(user=user, position=record)
            case Evidence():
                return may_edit(user=user, position=record.position)
            case Link():
                both = (record.position, record.to)
                return all(may_edit(user=user, position=one) for one in both)
            case Anchor():
                return may_edit(user=user, position=record.evidence.position)
            case Comment() | Challenge():
                return False
            case _:
                return may(user, Act.REVIEW, record.belongs_to())
    except ObjectDoesNotExist:
        return False


@holding
def revert(*, change: models.Model, by: User) -> Record:
    """Give a record the values it had before one change of it; `change` is a row of its history.

    Raises Refused where newer changes touch the same fields, and where a value of that time is
    impossible by now. The status of a position is never reverted.
    """
    model = change.instance_type
    record = model.objects.filter(pk=change.id).first()
    if record is None:
        raise Refused(_("It has since been deleted. Restore it first."))
    _require(record, by)
    earlier = change.__class__._default_manager.filter(
        id=change.id, history_id__lt=change.history_id
    )
    before = earlier.order_by("-history_id").first()
    names = revertible_fields(before, change) if before and change.history_type == "~" else []
    if not names:
        raise Refused(_("Nothing in this change can be reverted."))
    now, then, wanted = values_of(record), values_of(change), values_of(before)
    if all(now[name] == wanted[name] for name in names):
        raise Refused(_("The record already says what it said before this change."))
    clashes = [name for name in names if now[name] != then[name]]
    if clashes:
        raise Refused(
            _("Somebody has changed the same thing since; reverting would overwrite that change."),
            clashes=clashes,
        )
    for name in names:
        setattr(record, model._meta.get_field(name).attname, wanted[name])
    _check(record)
    record._change_reason = f"revert {change.history_id}"
    record.save()
    return record


def bring_back(*, model: type[Record], pk: int, by: User) -> Record:
    """Bring back a deleted record, and what was deleted with it in the same act.

    That is its parts, and comments and challenges, which never come back on their own.

    Raises Refused where it is there, and where something that it needs is gone.
    """
    last = last_of(model, pk=pk)
    if not issubclass(model, Record):
        raise PermissionDenied(_("It can only be restored together with what it is about."))
    if last is None:
        raise Refused(_("It is already there."))
    return _bring_back(last=last, by=by)


@holding
def _bring_back(*, last: models.Model, by: User) -> Record:
    model, pk = last.instance_type, last.id
    if model.objects.filter(pk=pk).exists():
        raise Refused(_("It is already there."))
    # A record that vanished without a trace still comes back as what is known of it.
    rows = {(model, pk): last} | _fell_with(last, model=model, pk=pk)
    back = [_put_back(row, by=by) for row in rows.values()]
    return back[0]


def _fell_with(
    row: models.Model, *, model: type[Record], pk: int
) -> dict[tuple[type[models.Model], int], models.Model]:
    """Return the last changes of the parts of `row` that were deleted with one record."""
    found = {}
    ways = [deleted_with(model), deleted_with(model, pk=pk)]
    for part, field in parts_of(row.instance_type):
        later = part.history.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
        fallen = part.history.filter(
            ~Exists(later.order_by()),
            history_type="-",
            history_change_reason__in=ways,
            **{field: row.id},
        )
        for one in fallen.order_by("history_id"):
            found[part, one.id] = one
            found |= _fell_with(one, model=model, pk=pk)
    return found


def _put_back(row: models.Model, *, by: User) -> Any:
    model = row.instance_type
    is_record = issubclass(model, Record)
    values = {
        field.attname: getattr(row, field.attname)
        for field in model._meta.concrete_fields
        if not field.generated
    }
    if is_record:
        # Whoever still has a form open from before is told, not overwritten.
        values["revision"] += 1
    record = model(**values)
    for field in model._meta.concrete_fields:
        key = getattr(record, field.attname) if field.is_relation else None
        if key is None:
            continue
        owner = field.related_model
        if not owner._base_manager.filter(pk=key).exists():
            if field.name not in ("assignment", "settled_by", "reader"):
                raise Refused(_needs(field, key))
            setattr(record, field.attname, None)
    if is_record:
        _require(record, by)
    _check(record)
    record._change_reason = "bring back"
    record.save(force_insert=True)
    if "created_at" in values:
        # Saving what is new gives it the day of today.
        model._base_manager.filter(pk=record.pk).update(created_at=values["created_at"])
    return record


def _needs(field: models.Field, key: int) -> str:
    """Return what to say where a record that is needed is gone."""
    owner = field.related_model
    last = last_of(owner, pk=key) if owner in NOUNS.values() else None
    names = ("name", "title", "label", "key")
    name = next((getattr(last, name) for name in names if hasattr(last, name)), f"#{key}")
    return _(
        "It needs the %(noun)s “%(name)s” (as its “%(field)s”), which has been deleted. "
        "Restore that first."
    ) % {"noun": owner._meta.verbose_name, "name": name, "field": field.verbose_name}


def _require(record: Record, by: User) -> None:
    if not may_change(record, user=by):
        raise PermissionDenied(
            _("Only reviewers may change what is published and what everybody shares.")
        )


def _check(record: models.Model) -> None:
    """Refuse, in plain words, what the record cannot be by now."""
    for field in record._meta.concrete_fields:
        key = getattr(record, field.attname) if field.is_relation else None
        if key and not field.related_model._base_manager.filter(pk=key).exists():
            raise Refused(_needs(field, key))
    try:
        # A passage known by its hash alone has no words.
        record.full_clean(exclude=["exact"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    if isinstance(record, Evidence) and record.exact and record.start is not None:
        text = record.rendition.text
        if text and text[record.start : record.end] != record.exact:
            raise Refused(_("The words are no longer at that place in the text."))
