"""What the records of a dossier share: no write is lost, in silence or without a trace.

A write holds the dossier and raises its number of writes, and its version where readers see
something of what is written; it keeps the search in step, adds to the history of the record, and is
refused where somebody else has changed the record since it was read.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from simple_history.models import HistoricalRecords

from astana.models import in_step
from astana.models.conditions import holds
from astana.models.dossier import Dossier
from astana.models.history import History
from astana.models.of_dossier import OfDossier, OfDossierQuerySet, at_work, raising
from astana.models.revised import Revised
from astana.models.short_names import refuse_names_of_pages
from astana.models.summary import followers
from astana.models.user import Reader, User

_BATCH = 1_000


class RecordQuerySet(OfDossierQuerySet):
    """Records of dossiers; what a user may not see is not in `visible_to`."""

    def visible_to(self, user: Reader) -> Self:
        """Return the records whose dossier this user may see."""
        path = self.model.DOSSIER
        return self.filter(**{f"{path}__in": Dossier.objects.visible_to(user)})

    def of(self, dossier: Dossier) -> Self:
        """Return the records that belong to a dossier."""
        return self.filter(**{self.model.DOSSIER: dossier})

    def update(self, **values: Any) -> int:
        """Change all records of the set."""
        search = in_step.search()
        with transaction.atomic(using=self.db):
            self._hold()
            pks = self._searched_pks()
            owners = search.owners_of(self.model, pks)
            pks_now = list(self.order_by().values_list("pk", flat=True))
            was = called_in(self) if self.model.CALLED in values else {}
            number = models.QuerySet.update(self, **{"revision": F("revision") + 1} | values)
            rows = self.model._default_manager.filter(pk__in=pks_now)
            rows.tell_readers()
            show_named(rows._remember())
            search.write_entries(owners | search.owners_of(self.model, pks))
            if was:
                follow(self.model, was, called_in(self.model._default_manager.filter(pk__in=was)))
            return number

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete all records of the set."""
        search = in_step.search()
        with transaction.atomic(using=self.db):
            self._hold()
            owners = search.owners_of(self.model, self._searched_pks())
            gone = models.QuerySet.delete(self)
            search.write_entries(owners)
            return gone

    # Not on the manager, as Django has it.
    delete.queryset_only = True

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Create the records.

        Raises ValueError for `ignore_conflicts`: what was created could not be told.
        """
        if kwargs.get("ignore_conflicts"):
            raise ValueError("Leave out the records that are there already, and create the others.")
        search = in_step.search()
        objs = list(objs)
        with transaction.atomic(using=self.db):
            self._hold(objs)
            created = models.QuerySet.bulk_create(self, objs, *args, **kwargs)
            for start in range(0, len(created), _BATCH):
                pks = [record.pk for record in created[start : start + _BATCH]]
                self.model._default_manager.filter(pk__in=pks).tell_readers()
            remember(created, is_new=True)
            show_named(created)
            owners = search.owners_of(self.model, [record.pk for record in created])
            search.write_entries(owners)
            return created

    def write_entries(self) -> None:
        """Write what the search knows of these records again."""
        search = in_step.search()
        search.write_entries(search.owners_of(self.model, self._searched_pks()))

    def tell_readers(self) -> None:
        """Raise the version of the dossiers of those records of which readers see something."""
        if self.model.SEEN is not None:
            self.model.hold(*self.filter(self.model.SEEN)._dossiers())

    def _hold(self, objs: Collection[Any] | None = None) -> None:
        """Hold the dossiers of the set, or of rows that may be new."""
        pks = self._dossiers() if objs is None else self._dossiers_of(objs)
        self.model.hold(*pks, is_seen=self.model.SEEN is None)
        if objs is None:
            self.tell_readers()

    def _remember(self) -> list[Any]:
        records = list(self.order_by())
        for start in range(0, len(records), _BATCH):
            remember(records[start : start + _BATCH])
        return records

    def _searched_pks(self) -> list[int]:
        if not in_step.search().is_searched(self.model):
            return []
        return list(self.order_by().values_list("pk", flat=True))


def remember(records: Iterable[Any], *, is_new: bool = False, by: User | None = None) -> None:
    """Add what the records are now to their history, after a write past `save`.

    The person behind it is `by`, or else whoever makes the request; a command has none.
    """
    records = list(records)
    if not records:
        return
    history = type(records[0]).history
    request = getattr(HistoricalRecords.context, "request", None)
    user = getattr(request, "user", None)
    by = by or (user if user is not None and user.is_authenticated else None)
    # A batch at a time: each of these makes all its rows before it writes one.
    for start in range(0, len(records), _BATCH):
        some = records[start : start + _BATCH]
        history.bulk_history_create(some, batch_size=_BATCH, update=not is_new, default_user=by)


def called_in(rows: models.QuerySet) -> dict[int, str]:
    """Return what the records of a set are called, where summaries are made of that."""
    called = rows.model.CALLED
    return dict(rows.order_by().values_list("pk", called)) if called else {}


def follow(
    model: type["Record"], was: Mapping[int, str], now: Mapping[int, str], *, by: User | None = None
) -> None:
    """Make the summaries of positions again that were made of names which records no longer have.

    `was` and `now` are the names by the keys of the records, whose dossiers are held.
    """
    renamed = [(pk, name) for pk, name in was.items() if now.get(pk, name) != name]
    for start in range(0, len(renamed), _BATCH):
        write_summaries(followers(model, dict(renamed[start : start + _BATCH])), by=by)


def write_summaries(positions: list[Any], *, by: User | None = None) -> None:
    """Write the summaries of positions whose dossiers are held and whose versions are raised."""
    if not positions:
        return
    for position in positions:
        position.revision += 1
    model, search = type(positions[0]), in_step.search()
    models.QuerySet(model).bulk_update(positions, ["summary", "revision"], batch_size=_BATCH)
    remember(positions, by=by)
    search.write_entries(search.owners_of(model, [position.pk for position in positions]))


def show_named(records: Iterable["Record"]) -> None:
    """Let readers see what they meet in these records; at most one query for each noun.

    Raises StillProposed where a reviewer has yet to decide on something of it.
    """
    named: dict[Any, set[int]] = {}
    for record in records:
        if not record.SHOWS or not record.is_for_readers:
            continue
        for field in map(record._meta.get_field, record.SHOWS):
            if (pk := getattr(record, field.attname)) is None:
                continue
            if not (field.is_cached(record) and getattr(record, field.name).public):
                named.setdefault(field.related_model, set()).add(pk)
    for model, pks in named.items():
        known = sorted(pks)
        for start in range(0, len(known), _BATCH):
            model.objects.filter(pk__in=known[start : start + _BATCH]).show()


def proposals_in(record: "Record") -> Iterator[tuple[str, Any]]:
    """Yield what a record names, through fields that were read, and that is only proposed."""
    for field in map(record._meta.get_field, record.SHOWS):
        if field.is_cached(record):
            named = getattr(record, field.name)
            if named is not None and named.proposed:
                yield field.name, named


def still_proposed(records: Iterable[Any]) -> str:
    """Return what is said where something cannot be public yet."""
    names = ", ".join(f"“{record}”" for record in records)
    # Translators: `names` are names of actors, issues, stances, events or documents, in quotes.
    return _("Only proposed so far: %(names)s. A reviewer accepts, merges or renames it first.") % {
        "names": names
    }


def _passes(
    constraint: models.BaseConstraint, record: "Record", exclude: Collection[str] | None
) -> bool:
    try:
        constraint.validate(type(record), record, exclude=exclude)
    except ValidationError:
        return False
    return True


def _is_beside_the_point(one: models.BaseConstraint, values: dict[str, Any]) -> bool:
    """Return whether a constraint is one of some rows alone, of which these values make none."""
    condition = getattr(one, "condition", None)
    if not isinstance(one, models.UniqueConstraint) or condition is None:
        return False
    is_known = condition.referenced_base_fields <= values.keys()
    return is_known and holds(condition, values) is False


class Record(Revised, OfDossier):
    """A row of a dossier that readers see, always or at some time (`SEEN`)."""

    # Where readers see something of a record; None: always.
    SEEN: Q | None = None
    _written_in: object = None
    # The fields in which it names to its readers what a coder may have added while coding.
    SHOWS: tuple[str, ...] = ()
    # The field with its name, where summaries of positions are made of it.
    CALLED = ""

    history = History(inherit=True)

    class Meta:
        abstract = True

    @property
    def is_for_readers(self) -> bool:
        """Whether those who may read the dossier see the record."""
        return True

    @property
    def is_seen(self) -> bool | None:
        """Whether readers see something of a write of the record; None: the database knows."""
        return None if self.SEEN else True

    @property
    def was_found(self) -> bool:
        """Whether the search may know the record as it is stored."""
        return True

    def prepare(self) -> None:
        """Work out what follows from the rest of the record, before it is written."""

    @property
    def is_of_this_action(self) -> bool:
        """Whether the action at work has written the record as it is here."""
        return self._written_in is not None and self._written_in is at_work()

    def _row(self) -> RecordQuerySet:
        return type(self)._default_manager.filter(pk=self.pk)

    def _called_before(self) -> dict[int, str]:
        if not self.CALLED or self._state.adding:
            return {}
        return called_in(type(self)._base_manager.filter(pk=self.pk))

    @staticmethod
    def hold(*dossiers: int, is_seen: bool = True) -> None:
        """Hold these dossiers, and raise their numbers of what is written, once in an action."""
        dossiers = tuple(raising(dossiers, is_seen=is_seen))
        if not dossiers:
            return
        if len(dossiers) > 1:
            OfDossier.hold(*dossiers)
        # The write itself holds a single one.
        Dossier.objects.filter(pk__in=dossiers).touch(is_seen=is_seen)

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Refuse what a field cannot hold, and a short name that is the address of a page.

        What a field names is there where it has been read: that is not asked again.
        """
        read = {one.name for one in self._meta.fields if one.is_relation and one.is_cached(self)}
        super().clean_fields({*(exclude or ()), *read})
        refuse_names_of_pages(self, exclude=exclude)
        if self.is_for_readers and (waiting := dict(proposals_in(self))):
            raise ValidationError({name: still_proposed([one]) for name, one in waiting.items()})

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Refuse what the constraints forbid; no query for what looks at this row alone."""
        values = {
            field.name: getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if not field.generated and field.name not in (exclude or ())
        }
        for one in self._meta.constraints:
            if _is_beside_the_point(one, values):
                continue
            if not isinstance(one, models.CheckConstraint):
                is_fulfilled = _passes(one, self, exclude)
            elif one.condition.referenced_base_fields <= values.keys():
                is_fulfilled = holds(one.condition, values) is not False
            else:
                continue
            if not is_fulfilled:
                # All of them, for the message of each that fails.
                super().validate_constraints(exclude=exclude)
                return

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the record and all that follows from it in one transaction."""
        self.prepare()
        search = in_step.search()
        with transaction.atomic(savepoint=not self.is_held()):
            self.hold(self.dossier_pk(), is_seen=self.is_seen is True)
            is_asked = self.is_seen is None
            if is_asked and self.pk:
                self._row().tell_readers()
            was_found = self.was_found
            owners = search.owners_of(type(self), [self.pk] if self.pk else [])
            was = self._called_before()
            models.Model.save(self, *args, **kwargs)
            self._written_in = at_work()
            if is_asked:
                self._row().tell_readers()
            show_named([self])
            if was:
                follow(type(self), was, {self.pk: getattr(self, self.CALLED)})
            if was_found or self.is_for_readers:
                owners |= search.owners_of(type(self), [self.pk])
                search.write_entries(owners, are_there=was_found)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the record and all that follows from it in one transaction."""
        search = in_step.search()
        with transaction.atomic(savepoint=not self.is_held()):
            self.hold(self.dossier_pk(), is_seen=self.SEEN is None)
            # What readers see may be another thing than when the record was read.
            self._row().tell_readers()
            owners = search.owners_of(type(self), [self.pk])
            gone = models.Model.delete(self, *args, **kwargs)
            search.write_entries(owners)
            return gone
