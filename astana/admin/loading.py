"""Loading a table in the background: checked row by row, then written in one go."""

import time
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _
from django_tasks import task

from astana.admin.rows import RecordResource, Staged
from astana.admin.table_files import RowProblem, Unreadable, table_of
from astana.models import Import, User
from astana.models.record import Record
from astana.models.revised import StaleRecord
from astana.models.roles import may_somewhere, role_in
from astana.models.together import Together
from astana.models.unwritten import why_unwritten

# How often a worker says how far it has come: each time is a write, for which others wait.
SAYS_EVERY = 1.0
# So many problems are kept: nobody mends more in one go.
MOST_PROBLEMS = 1_000
_BATCH = 500

State = Import.State


class _NoLongerMine(Exception):
    """The import was cancelled, or another worker was asked to do it."""


def noun_of(resource: type[RecordResource]) -> str:
    """Return the name of a table."""
    return resource._meta.model._meta.model_name


def loadable() -> dict[str, type[RecordResource]]:
    """Return the tables that can be loaded by their names: how the rows of each are read."""
    known = [getattr(one, "resource_classes", ()) for one in site._registry.values()]
    return {noun_of(one): one for classes in known for one in classes}


def may_load(user: User, noun: str) -> bool:
    """Return whether a person may add and change such records somewhere, without which none is."""
    rights = [f"astana.{verb}_{noun}" for verb in ("add", "change")]
    adding = loadable()[noun].adding
    return user.is_staff and user.has_perms(rights) and may_somewhere(user, adding)


@task()
def load_table(pk: int, run: int) -> None:
    """Do an import, unless it was cancelled meanwhile."""
    found = Import.objects.select_related("user").filter(pk=pk, run=run).first()
    if found is None or not found.begin():
        return
    try:
        found.refresh_from_db()
        _load(found)
    except _NoLongerMine:
        pass
    except BaseException as error:
        why = why_unwritten(error)
        found.finish(State.FAILED, problems=[[0, "", why]] if why else [])
        raise


def _load(found: Import) -> None:
    try:
        table = table_of(found.content, kind=found.kind)
    except Unreadable as error:
        _refuse(found, [RowProblem(1, "", str(error))])
        return
    if not may_load(found.user, found.noun):
        message = _("You may no longer load this table.")
        _refuse(found, [RowProblem(1, "", message)])
        return
    resource = loadable()[found.noun](user=found.user, on_row=_teller(found, len(table)))
    result = resource.import_data(table)
    if result.problems:
        _refuse(found, result.problems)
        return
    if not found.go_on(rows=len(table), checked=len(table)):
        raise _NoLongerMine
    resource.prepare()
    together = Together(by=found.user)
    staged = resource.staged
    staged.write_with(together)
    try:
        with transaction.atomic():
            together.write()
            # While the dossiers are held, nobody's role changes.
            _require_same_roles(found.user, staged)
            _require_unchanged(staged.rests_on)
            resource.look_again()
            values = {"added": len(staged.new), "changed": len(staged.changed)}
            values["problems"] = _told(result.doubts)
            if not found.finish(State.DONE, **values):
                raise _NoLongerMine
    except PermissionDenied:
        message = _("Your role in a dossier has changed in the meantime. Load the file again.")
        _refuse(found, [RowProblem(1, "", message)])
    except StaleRecord as error:
        record = error.record
        message = _(
            "Somebody has changed the %(noun)s “%(name)s” in the meantime. Load the file again."
        )
        values = {"noun": record._meta.verbose_name, "name": record}
        _refuse(found, [RowProblem(1, "", message % values)])
    except IntegrityError:
        message = _(
            "Somebody has entered the same thing in the meantime, or deleted what a row names. "
            "Load the file again."
        )
        _refuse(found, [RowProblem(1, "", message)])


def _require_same_roles(user: User, staged: Staged) -> None:
    """Raise PermissionDenied where a person has another role by now than when rows were checked."""
    now = User.objects.get(pk=user.pk)
    dossiers = {one.dossier_pk(): one.belongs_to() for one in [*staged.new, *staged.changed]}
    for dossier in dossiers.values():
        if role_in(dossier, user=now) != role_in(dossier, user=user):
            raise PermissionDenied


def _require_unchanged(records: Iterable[Record]) -> None:
    """Raise StaleRecord where somebody has changed one of the records since they were read."""
    by_model = defaultdict(dict)
    for record in records:
        by_model[type(record)][record.pk] = record
    for model, known in by_model.items():
        pks = list(known)
        for start in range(0, len(pks), _BATCH):
            some = model._base_manager.filter(pk__in=pks[start : start + _BATCH])
            now = dict(some.values_list("pk", "revision"))
            for pk in pks[start : start + _BATCH]:
                if now.get(pk) != known[pk].revision:
                    raise StaleRecord(known[pk])


def _refuse(found: Import, problems: list[RowProblem]) -> None:
    if not found.finish(State.REFUSED, problems=_told(problems)):
        raise _NoLongerMine


def _told(problems: list[RowProblem]) -> list[list[Any]]:
    return [[one.line, one.column, one.message] for one in problems[:MOST_PROBLEMS]]


def _teller(found: Import, rows: int) -> Any:
    """Return what says how far the worker has come; it stops the worker where that is unwanted."""
    said = time.monotonic()

    def tell(row_number: int) -> None:
        nonlocal said
        if row_number > 1 and time.monotonic() - said < SAYS_EVERY:
            return
        said = time.monotonic()
        try:
            goes_on = found.go_on(rows=rows, checked=row_number - 1)
        except OperationalError:
            # Too many others write: it is said a little later.
            return
        if not goes_on:
            raise _NoLongerMine

    return tell
