"""Changes of records as differences that a person can read: who, when, and field by field."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from astana.models import (
    Actor,
    ActorName,
    Affiliation,
    Anchor,
    Article,
    Challenge,
    Comment,
    Document,
    Dossier,
    Event,
    Evidence,
    Examined,
    Issue,
    Link,
    LookedFor,
    Participation,
    Position,
    Rendition,
    Signature,
    Source,
    Stance,
    User,
)
from astana.models.past import (
    before_each,
    changed_fields,
    number_of,
    revertible_fields,
    values_of,
)
from astana.models.record import Record
from astana.pages.shared.differences import Difference, Known, difference_of, nothing

# The field that names a record, where it has one.
_NAME = {
    Actor: "name",
    Issue: "title",
    Stance: "label",
    Event: "name",
    Document: "title",
    Article: "title",
    Source: "name",
    Position: "key",
}

_LABELS = {
    Position: "{key}: {summary}",
    Evidence: "{position}: {exact}",
    Anchor: "{exact}",
    Affiliation: "{person}, {role} ({body})",
    Stance: "{issue}: {label}",
    Participation: "{event}: {actor}",
    Signature: "{document}: {actor}",
    Link: "{position}, {kind}: {to}",
    LookedFor: "{article}: {issue}",
    Examined: "{document}: {issue}",
    Comment: "{author}: {text}",
    Challenge: "{position}: {text}",
    ActorName: "{actor}: {name}",
}


@dataclass(frozen=True)
class Change:
    """One change of one record. `row` is what is kept of it; `way` is how it came about.

    `is_without_before` tells that it was changed before its history began.
    """

    row: models.Model
    number: str
    noun: str
    noun_label: str
    record: str
    url: str
    kind: str
    way: str
    differences: Sequence[Difference]
    may_revert: bool
    is_without_before: bool


def changes_of(
    rows: Sequence[models.Model],
    *,
    dossier: Dossier,
    may_revert: bool = False,
) -> list[Change]:
    """Return changes with their differences, in the order of the rows.

    The number of queries is the same however many rows there are. `may_revert` tells whether the
    reader may change these records.
    """
    before = before_each(rows)
    known = _known(rows, before.values())
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
    known = _known([change, *now], ())
    return [difference_of(name, change, record, known=known) for name in names]


def _change(
    row: models.Model,
    before: models.Model | None,
    *,
    dossier: Dossier,
    known: Known,
    may_revert: bool,
) -> Change:
    model = row.instance_type
    noun = model._meta.model_name
    names = changed_fields(before, row) if before and row.history_type == "~" else []
    kinds = {"+": _("added"), "~": _("changed"), "-": _("deleted")}
    return Change(
        row=row,
        number=number_of(row),
        noun=noun,
        noun_label=str(model._meta.verbose_name),
        record=_label(row, known),
        url=reverse("history:detail", args=[dossier.slug, noun, number_of(row)]),
        kind=kinds[row.history_type],
        way=_way(row.history_change_reason or ""),
        differences=[difference_of(name, before, row, known=known) for name in names]
        if before
        else [],
        may_revert=bool(may_revert and names and revertible_fields(before, row)),
        is_without_before=row.history_type == "~" and before is None,
    )


def first_values(row: models.Model) -> list[Difference]:
    """Return all that a record said when it was added, or when it was deleted."""
    known = _known([row], ())
    found = [difference_of(name, None, row, known=known) for name in values_of(row)]
    return [difference for difference in found if difference.after != nothing()]


def _way(reason: str) -> str:
    if reason.startswith("revert"):
        return _("by reverting a change")
    return _("by restoring it") if reason == "bring back" else ""


def _label(row: models.Model, known: Known) -> str:
    """Return what a record is called, from what is kept of it."""
    model = row.instance_type
    values = {}
    for field in row.instance_type._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.is_relation:
            value = known.get((field.related_model, value), value)
        elif field.name in ("text", "exact"):
            value = Truncator(value).words(12) or "…"
        values[field.name] = value
    if model is Rendition:
        return f"{values['article']}: {_rendition(row)}"
    if model is Anchor and not row.exact:
        return str(values["rendition"])
    return _LABELS.get(model, f"{{{_NAME.get(model)}}}").format_map(values)


def _rendition(row: models.Model) -> str:
    kind = dict(Rendition.Kind.choices).get(row.kind, row.kind)
    return f"{kind}, {row.language}, {row.version}"


def _known(rows: Iterable[models.Model], others: Iterable[models.Model]) -> Known:
    """Return what records are called that changes name, those that are gone included.

    One query for each kind of record that can be named, whether or not one of it is.
    """
    wanted: dict[type, set[int]] = {model: {0} for model in (*_NAME, Rendition, Evidence, User)}
    for row in (*rows, *others):
        for field in row.instance_type._meta.concrete_fields:
            if field.is_relation and field.related_model in wanted:
                wanted[field.related_model].add(getattr(row, field.attname) or 0)
    known: Known = {}
    names = User.objects.filter(pk__in=wanted.pop(User)).values_list("pk", "username")
    known |= {(User, pk): name for pk, name in names}
    for model, pks in wanted.items():
        kept = model.history.filter(id__in=pks).order_by("history_id")
        if model is Rendition:
            found = kept.only("id", "kind", "language", "version")
            known |= {(model, row.id): _rendition(row) for row in found}
        elif model is Evidence:
            found = kept.values_list("id", "number")
            known |= {(model, pk): _("passage %(number)s") % {"number": n} for pk, n in found}
        else:
            known |= {(model, pk): name for pk, name in kept.values_list("id", _NAME[model])}
    return known
