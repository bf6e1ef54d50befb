"""Changes of records as differences that a person can read: who, when, and field by field."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from astana.models import Dossier
from astana.models.differences import Difference, Known, difference_of, nothing
from astana.models.past import before_each, changed_fields, number_of, revertible_fields, values_of
from astana.models.past_names import known_by, name_then
from astana.models.record import Record


def changes_of(
    rows: Sequence[models.Model],
    *,
    dossier: Dossier,
    kinds: Sequence[type[models.Model]],
    may_revert: bool = False,
) -> list[dict[str, Any]]:
    """Return changes with their differences, in the order of the rows.

    The number of queries is the same however many rows there are of these kinds of record.
    `may_revert` tells whether the reader may change these records.
    """
    before = before_each(rows, kinds=kinds)
    known = known_by([*rows, *before.values()], kinds=kinds)
    return [
        _change(
            row,
            before.get((row.instance_type, row.previous_id)),
            dossier=dossier,
            known=known,
            may_revert=may_revert,
        )
        for row in rows
    ]


def clashing(record: Record, change: models.Model, names: Sequence[str]) -> list[Difference]:
    """Return what a change made of some fields, and what they are now."""
    now = type(record).history.filter(id=record.pk).order_by("-history_id")[:1]
    known = known_by([change, *now], kinds=[type(record)])
    return [difference_of(name, change, record, known=known) for name in names]


def _change(
    row: models.Model,
    before: models.Model | None,
    *,
    dossier: Dossier,
    known: Known,
    may_revert: bool,
) -> dict[str, Any]:
    """Return one change of one record: `row` is what is kept of it, `way` how it came about.

    `is_without_before` tells that it was changed before its history began.
    """
    model = row.instance_type
    noun = model._meta.model_name
    names = changed_fields(before, row) if before and row.history_type == "~" else []
    kinds = {"+": _("added"), "~": _("changed"), "-": _("deleted")}
    return {
        "row": row,
        "number": number_of(row),
        "noun": noun,
        "noun_label": model._meta.verbose_name,
        "record": name_then(row, known),
        "url": reverse("history:detail", args=[dossier.slug, noun, number_of(row)]),
        "kind": kinds[row.history_type],
        "way": _way(row.history_change_reason or ""),
        "differences": [difference_of(name, before, row, known=known) for name in names],
        "may_revert": bool(may_revert and names and revertible_fields(before, row)),
        "is_without_before": row.history_type == "~" and before is None,
    }


def first_values(row: models.Model) -> list[Difference]:
    """Return all that a record said when it was added, or when it was deleted."""
    known = known_by([row], kinds=[row.instance_type])
    found = [difference_of(name, None, row, known=known) for name in values_of(row)]
    return [difference for difference in found if difference.after != nothing()]


def _way(reason: str) -> str:
    if reason.startswith("revert"):
        return _("by reverting a change")
    return _("by restoring it") if reason == "bring back" else ""
