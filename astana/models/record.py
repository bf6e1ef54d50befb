"""What the records of a dossier share: every write raises the dossier's version."""

from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction

from astana.models.dossier import Dossier
from astana.models.user import User

Reader = User | AnonymousUser


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
        with transaction.atomic(using=self.db):
            self._touch()
            return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete all records of the set and raise the version of their dossiers."""
        with transaction.atomic(using=self.db):
            self._touch()
            return super().delete()

    def _touch(self) -> None:
        dossiers = self.order_by().values_list(f"{self.model.DOSSIER}__pk", flat=True).distinct()
        Dossier.objects.filter(pk__in=list(dossiers)).touch()


class Record(models.Model):
    """A row that belongs to a dossier, directly or through what it is part of."""

    # The path of field names from the record to its dossier.
    DOSSIER = "dossier"

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the record and raise the dossier's version in one transaction."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            Dossier.objects.filter(pk=self.belongs_to().pk).touch()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the record and raise the dossier's version in one transaction."""
        with transaction.atomic():
            Dossier.objects.filter(pk=self.belongs_to().pk).touch()
            return super().delete(*args, **kwargs)

    def belongs_to(self) -> Dossier:
        """Return the dossier of this record."""
        found: Any = self
        for name in self.DOSSIER.split("__"):
            found = getattr(found, name)
        return found
