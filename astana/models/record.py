"""What the records of a dossier share: no write is lost, in silence or without a trace.

A write raises the dossier's version, keeps the search in step, adds to the history of the record,
and is refused where somebody else has changed the record since it was read.
"""

from collections.abc import Collection, Iterable
from types import ModuleType
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from astana.models.dossier import Dossier
from astana.models.history import History
from astana.models.short_names import refuse_names_of_pages
from astana.models.user import User

Reader = User | AnonymousUser

_BATCH = 1_000


class StaleRecord(Exception):
    """Somebody else has changed or deleted the record since it was read; nothing was written."""

    def __init__(self, record: "Record") -> None:
        super().__init__(f"{record} has been changed or deleted since it was read.")
        self.record = record


class RecordQuerySet(models.QuerySet):
    """Records of dossiers; what a user may not see is not in `visible_to`."""

    def visible_to(self, user: Reader) -> Self:
        """Return the records whose dossier this user may see."""
        path = self.model.DOSSIER
        return self.filter(**{f"{path}__in": Dossier.objects.visible_to(user)})

    def of(self, dossier: Dossier) -> Self:
        """Return the records that belong to a dossier."""
        return self.filter(**{self.model.DOSSIER: dossier})

    def update(self, **values: Any) -> int:
        """Change all records of the set and raise the version of their dossiers."""
        search = _search()
        with transaction.atomic(using=self.db):
            self._touch()
            pks = self._searched_pks()
            owners = search.owners_of(self.model, pks)
            pks_now = list(self.order_by().values_list("pk", flat=True))
            number = super().update(**{"revision": F("revision") + 1} | values)
            self.model._default_manager.filter(pk__in=pks_now)._remember()
            search.write_entries(owners | search.owners_of(self.model, pks))
            return number

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete all records of the set and raise the version of their dossiers."""
        search = _search()
        with transaction.atomic(using=self.db):
            self._touch()
            owners = search.owners_of(self.model, self._searched_pks())
            gone = super().delete()
            search.write_entries(owners)
            return gone

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Create the records and raise the version of their dossiers.

        Raises ValueError for `ignore_conflicts`: what was created could not be told.
        """
        if kwargs.get("ignore_conflicts"):
            raise ValueError("Leave out the records that are there already, and create the others.")
        search = _search()
        with transaction.atomic(using=self.db):
            created = super().bulk_create(objs, *args, **kwargs)
            pks = [record.pk for record in created]
            for start in range(0, len(pks), _BATCH):
                self.model._default_manager.filter(pk__in=pks[start : start + _BATCH])._touch()
            remember(created, is_new=True)
            search.write_entries(search.owners_of(self.model, pks))
            return created

    def _remember(self) -> None:
        records = list(self.order_by())
        for start in range(0, len(records), _BATCH):
            remember(records[start : start + _BATCH])

    def _searched_pks(self) -> list[int]:
        if not _search().is_searched(self.model):
            return []
        return list(self.order_by().values_list("pk", flat=True))

    def _touch(self) -> None:
        dossiers = self.order_by().values_list(f"{self.model.DOSSIER}__pk", flat=True).distinct()
        Dossier.objects.filter(pk__in=list(dossiers)).touch()


def remember(records: Iterable[Any], *, is_new: bool = False) -> None:
    """Add what the records are now to their history, after a write past `save`.

    The person behind it is whoever makes the request; a command has none.
    """
    records = list(records)
    if not records:
        return
    history = type(records[0]).history
    request = getattr(HistoricalRecords.context, "request", None)
    user = getattr(request, "user", None)
    by = user if user is not None and user.is_authenticated else None
    history.bulk_history_create(records, batch_size=_BATCH, update=not is_new, default_user=by)


def _search() -> ModuleType:
    # The search reads every kind of record, so it can only be imported after them.
    from astana.models import search

    return search


class Record(models.Model):
    """A row that belongs to a dossier, directly or through what it is part of.

    `revision` rises with every write. Saving a record that has another revision by now raises
    StaleRecord: the comparison is part of the UPDATE itself, so that it holds on every database.
    """

    # The path of field names from the record to its dossier.
    DOSSIER = "dossier"

    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)

    history = History(inherit=True)

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Refuse what a field cannot hold, and a short name that is the address of a page."""
        super().clean_fields(exclude)
        refuse_names_of_pages(self, exclude=exclude)

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Refuse what the constraints forbid; one query for all that look at this row alone."""
        values = self._get_field_expression_map(meta=self._meta, exclude=exclude)
        checks = [one for one in self._meta.constraints if isinstance(one, models.CheckConstraint)]
        known = [one for one in checks if one.condition.referenced_base_fields <= values.keys()]
        if not Q(*(one.condition for one in known)).check(values):
            # One by one, for the message of the one that fails.
            super().validate_constraints(exclude=exclude)
            return
        try:
            for one in self._meta.constraints:
                if one not in checks:
                    one.validate(type(self), self, exclude=exclude)
        except ValidationError:
            super().validate_constraints(exclude=exclude)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the record and raise the dossier's version in one transaction."""
        search = _search()
        with transaction.atomic():
            owners = search.owners_of(type(self), [self.pk] if self.pk else [])
            super().save(*args, **kwargs)
            Dossier.objects.filter(pk=self.belongs_to().pk).touch()
            search.write_entries(owners | search.owners_of(type(self), [self.pk]))

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the record and raise the dossier's version in one transaction."""
        search = _search()
        with transaction.atomic():
            Dossier.objects.filter(pk=self.belongs_to().pk).touch()
            owners = search.owners_of(type(self), [self.pk])
            gone = super().delete(*args, **kwargs)
            search.write_entries(owners)
            return gone

    def _do_update(
        self,
        base_qs: models.QuerySet,
        using: str | None,
        pk_val: Any,
        values: list[Any],
        update_fields: Any,
        forced_update: bool,
    ) -> bool:
        """Write the row if it is still the one that was read; Django calls this in `save`."""
        field = self._meta.get_field("revision")
        values = [value for value in values if value[0] is not field]
        values.append((field, None, self.revision + 1))
        same = base_qs.filter(revision=self.revision)
        if super()._do_update(same, using, pk_val, values, update_fields, forced_update):
            self.revision += 1
            return True
        if not self._state.adding or base_qs.filter(pk=pk_val).exists():
            raise StaleRecord(self)
        return False

    def belongs_to(self) -> Dossier:
        """Return the dossier of this record."""
        found: Any = self
        for name in self.DOSSIER.split("__"):
            found = getattr(found, name)
        return found
