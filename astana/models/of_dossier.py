"""What belongs to a dossier: nobody writes to it before they hold the row of the dossier.

One lock in one order for all who write, so that two never wait for each other.
"""

from collections.abc import Callable, Collection, Iterable
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from astana.models.revised import StaleRecord
from astana.models.tried_again import tried_again

if TYPE_CHECKING:
    from astana.models.dossier import Dossier

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")

_BATCH = 1_000
# The dossiers that the action at work holds.
_held: ContextVar[frozenset[int]] = ContextVar("held", default=frozenset())
# The dossiers of which the action at work has said that they are written to, and whether readers
# see something of it: once is enough. None outside actions.
_raised: ContextVar[dict[int, bool] | None] = ContextVar("raised", default=None)


def _dossier_model() -> "type[Dossier]":
    # Members belong to a dossier too, and both are in one file, which needs this one.
    return apps.get_model("astana", "Dossier")


class OfDossierQuerySet(models.QuerySet):
    """Rows of dossiers; each write of many holds their dossiers first."""

    def select_for_update(self, *args: Any, **kwargs: Any) -> Self:
        """Refuse to hold single rows: who holds the dossier holds all that belongs to it."""
        raise TypeError("Hold the dossier instead: Dossier.objects.filter(...).hold().")

    def update(self, **values: Any) -> int:
        """Change all rows of the set."""
        with transaction.atomic(using=self.db, savepoint=False):
            self._hold()
            return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete all rows of the set."""
        with transaction.atomic(using=self.db, savepoint=False):
            self._hold()
            return super().delete()

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Create the rows."""
        objs = list(objs)
        with transaction.atomic(using=self.db, savepoint=False):
            self._hold(objs)
            return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> int:
        """Change the rows, each to what it is now; those of each batch go through `update`."""
        objs = list(objs)
        with transaction.atomic(using=self.db, savepoint=False):
            if not _held.get():
                OfDossier.hold(*self._dossiers_of(objs))
            return super().bulk_update(objs, *args, **kwargs)

    # Not on the manager, as Django has it.
    delete.queryset_only = True

    def _hold(self, objs: Collection[Any] | None = None) -> None:
        """Hold the dossiers of the set, or of rows that may be new."""
        pks = self._dossiers() if objs is None else self._dossiers_of(objs)
        self.model.hold(*pks)

    def _dossiers(self) -> set[int]:
        path = f"{self.model.DOSSIER}__pk"
        return set(self.order_by().values_list(path, flat=True).distinct())

    def _dossiers_of(self, objs: Iterable[Any]) -> set[int]:
        """Return the dossiers of rows, with a query for each batch of what they are part of."""
        first, _, rest = self.model.DOSSIER.partition("__")
        field = self.model._meta.get_field(first)
        owners = {getattr(row, field.attname) for row in objs}
        if not rest:
            return owners
        whole, known = models.QuerySet(field.related_model), sorted(owners)
        return {
            pk
            for start in range(0, len(known), _BATCH)
            for pk in whole.filter(pk__in=known[start : start + _BATCH])
            .order_by()
            .values_list(f"{rest}__pk", flat=True)
            .distinct()
        }


class OfDossier(models.Model):
    """A row that belongs to a dossier, directly or through what it is part of."""

    # The path of field names from the row to its dossier.
    DOSSIER = "dossier"

    class Meta:
        abstract = True

    @staticmethod
    def is_held() -> bool:
        """Say whether an action is at work, whose transaction ends with it: all or nothing."""
        return bool(_held.get())

    @staticmethod
    def hold(*dossiers: int) -> None:
        """Hold the dossiers of what is about to be written, unless the action holds them."""
        if new := set(dossiers) - _held.get():
            _dossier_model().objects.filter(pk__in=new).hold()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row while its dossier is held."""
        with transaction.atomic(savepoint=False):
            self.hold(self.dossier_pk())
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row while its dossier is held."""
        with transaction.atomic(savepoint=False):
            self.hold(self.dossier_pk())
            return super().delete(*args, **kwargs)

    def belongs_to(self) -> "Dossier":
        """Return the dossier of this row."""
        found: Any = self
        for name in self.DOSSIER.split("__"):
            found = getattr(found, name)
        return found

    def dossier_pk(self) -> int:
        """Return the number of this row's dossier, which need not be loaded for it."""
        *names, last = self.DOSSIER.split("__")
        found: Any = self
        for name in names:
            found = getattr(found, name)
        return getattr(found, f"{last}_id")


def its_dossier(related_name: str) -> models.ForeignKey:
    """Return the field that says to which dossier a row belongs; it goes with the dossier."""
    return models.ForeignKey(
        "Dossier", models.CASCADE, related_name=related_name, verbose_name=_("dossier")
    )


def at_work() -> object:
    """Return what stands for the outermost action at work; None outside actions."""
    return _raised.get()


def raising(dossiers: Iterable[int], *, is_seen: bool) -> set[int]:
    """Return the dossiers of which it is still to be said that they are written to."""
    known = _raised.get()
    new = {pk for pk in dossiers if not known or is_seen > known.get(pk, -1)}
    if known is not None:
        known.update(dict.fromkeys(new, is_seen))
    return new


def holding(action: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
    """Make an action one transaction that holds the dossiers of all it is given, before all else.

    What the action asks then stays true until it is done. Raises StaleRecord where something that
    it needs is gone by then. What a deadlock undid is tried again.
    """

    @wraps(action)
    def act(*args: _Given.args, **given: _Given.kwargs) -> _Made:
        return tried_again(lambda: held(*args, **given), [*args, *given.values()])

    def held(*args: _Given.args, **given: _Given.kwargs) -> _Made:
        with transaction.atomic():
            dossiers = _dossiers_in(given.values())
            OfDossier.hold(*dossiers)
            before = _held.set(_held.get() | dossiers)
            # What an action within this one raises is raised for this one too.
            known = {} if _raised.get() is None else _raised.get()
            known_before, raised = dict(known), _raised.set(known)
            is_done = False
            try:
                made = action(*args, **given)
                is_done = True
                return made
            except ObjectDoesNotExist as error:
                # Somebody has deleted what the action was given, or what that needs.
                rows = (value for value in given.values() if isinstance(value, models.Model))
                raise StaleRecord(next(rows)) from error
            finally:
                if not is_done:
                    # What it raised is undone with it.
                    known.clear()
                    known.update(known_before)
                _held.reset(before)
                _raised.reset(raised)

    act.holds_dossiers = True
    return act


def _dossiers_in(given: Iterable[Any]) -> set[int]:
    found: set[int] = set()
    for value in given:
        if isinstance(value, list | tuple | set | models.QuerySet):
            found |= _dossiers_in(value)
        elif isinstance(value, _dossier_model()):
            found.add(value.pk)
        elif isinstance(value, OfDossier) or hasattr(value, "instance_type"):
            try:
                # Of a row of the history, what it tells of.
                found.add(getattr(value, "instance", value).dossier_pk())
            except ObjectDoesNotExist:
                # A new row that the action gives its place.
                continue
    return found - {None}
