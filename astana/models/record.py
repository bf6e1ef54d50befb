"""What the records of a dossier share: a write raises its version and keeps the search in step."""

from collections.abc import Iterable
from types import ModuleType
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction

from astana.models.dossier import Dossier
from astana.models.user import User

Reader = User | AnonymousUser

_BATCH = 1_000


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
            number = super().update(**values)
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
            search.write_entries(search.owners_of(self.model, pks))
            return created

    def _searched_pks(self) -> list[int]:
        if not _search().is_searched(self.model):
            return []
        return list(self.order_by().values_list("pk", flat=True))

    def _touch(self) -> None:
        dossiers = self.order_by().values_list(f"{self.model.DOSSIER}__pk", flat=True).distinct()
        Dossier.objects.filter(pk__in=list(dossiers)).touch()


def _search() -> ModuleType:
    # The search reads every kind of record, so it can only be imported after them.
    from astana.models import search

    return search


class Record(models.Model):
    """A row that belongs to a dossier, directly or through what it is part of."""

    # The path of field names from the record to its dossier.
    DOSSIER = "dossier"

    class Meta:
        abstract = True

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

    def belongs_to(self) -> Dossier:
        """Return the dossier of this record."""
        found: Any = self
        for name in self.DOSSIER.split("__"):
            found = getattr(found, name)
        return found
