"""What records are called in their history, those that are gone included."""

from collections.abc import Iterable

from django.db import models
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
from astana.models.differences import Known

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


def name_then(row: models.Model, known: Known) -> str:
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


def known_by(rows: Iterable[models.Model], *, kinds: Iterable[type[models.Model]]) -> Known:
    """Return what records are called that changes name, those that are gone included.

    One query for each kind of record that changes of these kinds can name, whether or not one does.
    """
    fields = (field for kind in kinds for field in kind._meta.concrete_fields)
    named = {field.related_model for field in fields}
    wanted: dict[type, set[int]] = {
        model: {0} for model in (*_NAME, Rendition, Evidence, User) if model in named
    }
    for row in rows:
        for field in row.instance_type._meta.concrete_fields:
            if field.is_relation and field.related_model in wanted:
                wanted[field.related_model].add(getattr(row, field.attname) or 0)
    known: Known = {}
    for model, pks in wanted.items():
        if model is User:
            names = User.objects.filter(pk__in=pks).values_list("pk", "username")
            known |= {(User, pk): name for pk, name in names}
            continue
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
