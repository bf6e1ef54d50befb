"""What a merge or a split moves, drops and makes, kept as plain values so that it can be undone."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import wraps
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.utils.translation import gettext as _

from astana.models import Link, Merge, User
from astana.models.link import apart_words
from astana.models.of_dossier import holding
from astana.models.roles import Act, require

_BATCH = 500


class Refused(Exception):
    """It cannot be done; the text is for people."""


def all_or_nothing(action: Callable[..., Merge]) -> Callable[..., Merge]:
    """Do it in one transaction; what the database forbids is said in plain words.

    Renderings of one utterance that would be of two actors or issues are refused.
    """

    @wraps(action)
    def fitting(**given: Any) -> Merge:
        merge = action(**given)
        apart = Link.objects.of(merge.dossier).apart().select_related("position", "to")
        if link := apart.order_by("pk").first():
            raise Refused(apart_words(link))
        return merge

    held = holding(fitting)

    @wraps(held)
    def act(**given: Any) -> Merge:
        try:
            return held(**given)
        except IntegrityError as error:
            raise Refused(
                _("It has been changed since, or is being changed now, so this cannot be done.")
            ) from error

    return act


class Journal:
    """Moves references, drops and makes records, and remembers each step in a merge."""

    def __init__(self, merge: Merge) -> None:
        self.merge = merge

    def move(self, model: type[models.Model], pks: Collection[int], **values: Any) -> None:
        """Give the named rows these values, by the names of their columns."""
        pks = sorted(pks)
        for start in range(0, len(pks), _BATCH):
            rows = model._default_manager.filter(pk__in=pks[start : start + _BATCH])
            for pk, *before in rows.order_by("pk").values_list("pk", *values):
                self.merge.moved += [
                    [model._meta.model_name, pk, name, old, new]
                    for (name, new), old in zip(values.items(), before, strict=True)
                ]
            rows.update(**values)

    def drop(self, record: models.Model) -> None:
        """Delete a record that nothing names any more."""
        self.merge.gone.append(_as_kept(record))
        record.delete()

    def make(self, record: models.Model) -> None:
        """Save a new record."""
        record.save()
        self.merge.made.append(_as_kept(record))


def _as_kept(record: models.Model) -> dict[str, Any]:
    fields = [field for field in record._meta.concrete_fields if not field.generated]
    values = {
        field.attname: None
        if field.value_from_object(record) is None
        else field.value_to_string(record)
        for field in fields
    }
    return {"model": record._meta.model_name, "pk": record.pk, "fields": values}


def model_of(name: str) -> type[models.Model]:
    """Return the model that a journal names."""
    return apps.get_model("astana", name)


def as_record(kept: dict[str, Any]) -> models.Model:
    """Return a record as it was kept, not saved."""
    model = model_of(kept["model"])
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(
        **{
            name: None
            if value is None
            else fields[name].target_field.to_python(value)
            if fields[name].is_relation
            else fields[name].to_python(value)
            for name, value in kept["fields"].items()
        }
    )


def changed_since(moved: Iterable[list]) -> list[models.Model]:
    """Return the rows that no longer have the values which the journal gave them.

    Rows that are gone do not count: there is nothing to move back.
    """
    wanted: dict[str, dict[int, dict[str, Any]]] = defaultdict(lambda: defaultdict(dict))
    for name, pk, field, _before, after in moved:
        wanted[name][pk][field] = after
    found = []
    for name, rows in wanted.items():
        there = model_of(name)._default_manager.in_bulk(list(rows))
        found += [
            row
            for pk, row in there.items()
            if any(getattr(row, field) != after for field, after in rows[pk].items())
        ]
    return found


def move_back(moved: Iterable[list]) -> None:
    """Give all rows the values that they had before."""
    values: dict[tuple[str, int], dict[str, Any]] = defaultdict(dict)
    for name, pk, field, before, _after in moved:
        values[name, pk][field] = before
    # Rows with the same values before go back together, all fields of a row at once.
    alike: dict[tuple, list[int]] = defaultdict(list)
    for (name, pk), before in values.items():
        alike[name, tuple(before.items())].append(pk)
    for (name, before), pks in alike.items():
        for start in range(0, len(pks), _BATCH):
            rows = model_of(name)._default_manager.filter(pk__in=pks[start : start + _BATCH])
            rows.update(**dict(before))


def both_now(kept: Any, other: Any, *, by: User) -> tuple[Any, Any]:
    """Return both records as they are now; nobody changes them or names them meanwhile."""
    require(by, Act.REVIEW, kept.belongs_to())
    pks = {kept.pk, other.pk}
    now = {record.pk: record for record in type(kept).objects.filter(pk__in=pks)}
    if set(now) != pks:
        raise Refused(_("One of them has been deleted. Look again."))
    return now[kept.pk], now[other.pk]


def refuse_dangling(record: models.Model) -> None:
    """Refuse to drop what something still names."""
    for relation in record._meta.related_objects:
        if relation.related_model._default_manager.filter(**{relation.field.name: record}).exists():
            raise Refused(
                _("“%(name)s” is still named by %(what)s.")
                % {"name": record, "what": relation.related_model._meta.verbose_name_plural}
            )


def check(record: Any, *, exclude: list[str]) -> None:
    """Refuse, in plain words, what a record cannot be."""
    try:
        record.full_clean(exclude=exclude)
    except ValidationError as error:
        raise Refused(f"{record}: {' '.join(error.messages)}") from error


def label_of(model: type[models.Model]) -> str:
    """Return the name of a model in a journal."""
    return model._meta.model_name
