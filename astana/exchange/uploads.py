"""Files that owners upload: read, shown and loaded by a worker, all of each or nothing."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from astana.exchange.beside import beside_the_database
from astana.exchange.conversion import Converted, checked, converted, remember
from astana.exchange.load import Report, load
from astana.exchange.problems import SHOWN, BrokenPackage, Problem
from astana.formats.bounded import names_for, read_within_bounds
from astana.formats.package import Package, Read, Unreadable
from astana.models import Assignment, Dossier, Upload, User
from astana.models.roles import Act, may
from astana.models.unwritten import why_unwritten
from astana.models.upload import KEPT_FOR, STEP_SECONDS

# So often, and for so many seconds, it is loaded again where somebody writes meanwhile.
_TRIES, _SECONDS = 3, 30
_SHORT = 300

State = Upload.State


class _TooLong(Exception):
    """A step took longer than it may, and was ended."""


class _NoLongerMine(Exception):
    """The upload was stopped, or another worker was asked to do it."""


def why_not(user: User, dossier: Dossier) -> str:
    """Return why somebody may bring no files into a dossier now, or nothing.

    A file can name what others code in a round of this person: it would tell of it, and change it.
    """
    if not may(user, Act.RUN, dossier):
        return _("You may no longer load files here.")
    if Assignment.objects.filter(dossier=dossier).hidden_from(user).exists():
        return _(
            "You are coding in a running round, and the file could show you what others code "
            "in it. Let another owner bring it in, or wait until all have finished."
        )
    return ""


def bring(*, dossier: Dossier, user: User, name: str, content: bytes, form: str) -> Upload:
    """Keep a file and let a worker look at it; an empty format is guessed."""
    with transaction.atomic():
        found = Upload(dossier=dossier, user=user, file_name=name[-200:], format=form)
        found.content = content
        found.save()
        _let_work(found)
    return found


def read_anew(found: Upload, *, form: str, options: dict[str, str]) -> bool:
    """Let a worker look at a file in another way, and return whether it was free for that."""
    return _ask(found, is_loading=False, format=form, options=options, told={}, problems=[])


def load_whole(found: Upload) -> bool:
    """Let a worker load what was shown, and return whether it was free for that."""
    return found.is_previewed and _ask(found, is_loading=True)


def go_on(found: Upload) -> bool:
    """Ask again for what a worker has left undone, and return whether it was free for that."""
    return _ask(found, is_loading=found.is_loading)


def _ask(found: Upload, **values: Any) -> bool:
    with transaction.atomic():
        is_free = found.ask(**values)
        if is_free:
            _let_work(found)
    return is_free


def _let_work(found: Upload) -> None:
    """Let a worker do what is asked, and delete the file later if it is left behind."""
    work_on.enqueue(found.pk, found.run)
    forget_old.using(run_after=timezone.now() + KEPT_FOR).enqueue()


@task()
def forget_old() -> None:
    """Delete the files that were left behind, in all dossiers."""
    Upload.objects.forget_old()


@task()
def work_on(pk: int, run: int) -> None:
    """Read or load an upload, unless it was stopped meanwhile."""
    found = Upload.objects.select_related("user", "dossier").filter(pk=pk, run=run).first()
    if found is None or not found.begin():
        return
    try:
        found.refresh_from_db()
        _work_on(found)
    except _NoLongerMine:
        pass
    except BrokenPackage as error:
        problems = [str(one)[:_SHORT] for one in error.problems[:SHOWN]]
        if (more := len(error.problems) - SHOWN) > 0:
            problems.append(_("And %(more)s more.") % {"more": more})
        # A file that could be read in another way says what there is to choose from.
        cause, told = error.__cause__, {}
        if isinstance(cause, Unreadable) and cause.choices:
            told = {"told": {"choices": dict(cause.choices)}, "format": cause.form}
        found.finish(State.REFUSED, problems=problems, **told)
    except IntegrityError:
        message = _(
            "Somebody has entered the same thing in the meantime. Have the file read again."
        )
        found.finish(State.REFUSED, problems=[message])
    except BaseException as error:
        why = why_unwritten(error)
        found.finish(State.FAILED, problems=[why] if why else [])
        raise


def _work_on(found: Upload) -> None:
    if why := why_not(found.user, found.dossier):
        raise BrokenPackage([Problem(found.file_name, why)])
    since, tries = time.monotonic(), 0
    while tries < _TRIES or time.monotonic() - since < _SECONDS:
        tries += 1
        # It may be called otherwise meanwhile, and is found by its short name.
        found.dossier.refresh_from_db()
        writes = found.dossier.writes
        with _step(found):
            form, read = _read(found)
        with _step(found):
            content = checked(read, found.file_name)
        if not found.is_loading:
            with _step(found), beside_the_database():
                report = load(content, dry_run=True, by=found.user)
            _finish(found, form, read, report)
            return
        with _step(found), transaction.atomic():
            same = Dossier.objects.filter(pk=found.dossier_id)
            same.hold()
            # What was read beside the dossier holds of what it was then alone.
            if not same.filter(writes=writes).exists():
                continue
            report = load(content, by=found.user)
            remember(form, found.dossier.slug, read)
            # If it was stopped meanwhile, nothing of it stays.
            _finish(found, form, read, report)
        return
    message = _("Others keep changing the dossier. Load the file a little later.")
    raise BrokenPackage([Problem(found.file_name, message)])


@contextmanager
def _step(found: Upload) -> Iterator[None]:
    """Say that the worker is there, and bound how long it will not be heard of."""
    if not found.is_heard():
        raise _NoLongerMine
    try:
        with _within(STEP_SECONDS):
            yield
    except _TooLong as error:
        message = _("Reading the file takes too long. Split it.")
        raise BrokenPackage([Problem(found.file_name, message)]) from error


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """End what is inside after so many seconds; raises _TooLong.

    Only in the main thread, in which workers do all; nothing else can be interrupted.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _notes(read: Converted, report: Report) -> list[str]:
    """Return what is to be looked at: what nobody reviews first, and what the format says."""
    notes = [*read.notes]
    if report.seen:
        said = _(
            # Translators: number is how many positions there are, and keys are those of the first.
            "Published positions that would change for readers at once: %(number)s (%(keys)s)."
        )
        notes.insert(0, said % {"number": len(report.seen), "keys": ", ".join(report.seen[:10])})
    return notes


def _finish(found: Upload, form: str, read: Converted, report: Report) -> None:
    notes = _notes(read, report)
    told = {
        "tables": [
            [name, one.created, one.changed, one.unchanged, one.kept]
            for name, one in report.tables.items()
        ],
        "losses": [
            [one.kind, one.count, one.example[:_SHORT], dict(one.named)] for one in read.losses
        ],
        "notes": [one[:_SHORT] for one in notes[:SHOWN]],
        "more_notes": max(0, len(notes) - SHOWN),
        "doubts": [str(one)[:_SHORT] for one in report.doubts[:SHOWN]],
        "shown": report.shown,
        "is_changed": report.is_changed,
        "choices": dict(read.choices),
    }
    if not found.finish(State.DONE, told=told, format=form, options=dict(read.options)):
        raise _NoLongerMine


def _read(found: Upload) -> tuple[str, Converted]:
    """Return the format of a file, and what it becomes; raises BrokenPackage."""
    names = [found.format] if found.format else names_for(found.file_name)
    seen: list[str] = []

    def read(there: Package) -> Read:
        name, made = read_within_bounds(names, bytes(found.content), found.options, there)
        seen.append(name)
        return made

    made = converted(read, found.file_name, slug=found.dossier.slug, forms=names, is_at_desk=True)
    return seen[0], made
