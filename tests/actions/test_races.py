"""Every write at the same moment as every other: all wait in one order, and nothing is lost.

In a round all writes start at once on the rows of one dossier, each in a thread with a connection
of its own, so that every pair meets in every round: all pairs cost no more than their writes.
"""

import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from inspect import getmembers, isfunction, signature
from pathlib import Path
from pkgutil import iter_modules

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, connections, transaction
from django.db.models import Model, ProtectedError

from astana import actions, models
from astana.actions import (
    classes,
    history,
    journal,
    look,
    members,
    mend,
    set_up,
    workflow,
)
from astana.models import (
    Dossier,
    Position,
    SearchEntry,
    User,
)
from astana.models.of_dossier import OfDossier
from astana.models.past import values_of
from astana.models.record import Record
from astana.models.revised import StaleRecord
from tests.a_race import PEOPLE, Scene
from tests.writes import PARTS, QUIET, WRITES

# Two of the writes come first in each, and each comes first once.
ROUNDS = 40
# What a person is told who comes second.
REFUSALS = (
    StaleRecord,
    workflow.WrongStep,
    journal.Refused,
    history.Refused,
    look.LookedAtMeanwhile,
    members.Refused,
    classes.Refused,
    mend.CannotMend,
    set_up.Refused,
    PermissionDenied,
    ValidationError,
    ProtectedError,
)


@pytest.fixture
def crowd(tmp_path: Path) -> Iterator[ThreadPoolExecutor]:
    """Return threads that write at once; on SQLite to a file, as the site does."""
    settings = connection.settings_dict
    name = settings["NAME"]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        settings["NAME"] = str(tmp_path / "race.sqlite3")
        with sqlite3.connect(settings["NAME"]) as copy:
            connection.connection.backup(copy)
    number = len(WRITES)
    with ThreadPoolExecutor(number) as pool:
        yield pool
        end = threading.Barrier(number)
        list(pool.map(lambda _: (end.wait(60), connections.close_all()), range(number)))
    settings["NAME"] = name


def _people() -> dict[str, User]:
    return {name: User.objects.create(username=name, email=f"{name}@x.org") for name in PEOPLE}


def _take_part(name: str, scene: Scene, start: threading.Barrier, *, after: float) -> object:
    """Read, wait for the others, write; return what was made, or what was said against it.

    Who comes first is served first. So in each round others come first, and the rest `after` some
    part of a second: what only succeeds where nobody was quicker does so once at least.
    """
    try:
        write = WRITES[name](scene)
    finally:
        start.wait(60)
    try:
        time.sleep(after)
        return write()
    except Exception as error:
        return error


def _lost(scene: Scene, done: dict[str, object]) -> list[str]:
    """Return what of a round's writes has left no trace."""
    lost = []
    for model in (one for one in vars(models).values() if isinstance(one, type)):
        if not issubclass(model, Record):
            continue
        for row in model.objects.of(scene.dossier):
            past = list(model.history.filter(id=row.pk).order_by("-history_id"))
            kinds = Counter(one.history_type for one in past)
            written = kinds["~"] + (kinds["+"] if kinds["-"] else 0)
            if row.revision != 1 + written:
                lost.append(f"{row!r}: revision {row.revision}, {written} writes in its history")
            if past and values_of(past[0]) != values_of(row):
                lost.append(f"{row!r} is not what its history says last")
    wrote = [name for name, made in done.items() if not isinstance(made, Exception)]
    seen = [name for name in wrote if not name.startswith(QUIET)]
    scene.dossier.refresh_from_db()
    if scene.dossier.writes < 1 + len(seen):
        lost.append(f"{len(seen)} writes, but the dossier counts {scene.dossier.writes}")
    for name, made in done.items():
        is_model = isinstance(made, Model) and made.pk
        past = getattr(type(made), "history", None)
        there = is_model and type(made)._base_manager.filter(pk=made.pk).exists()
        if is_model and not there and not (past and past.filter(id=made.pk).exists()):
            lost.append(f"{name} made {made!r}, which is not there")
    published = set(
        Position.objects.filter(
            dossier=scene.dossier, status="published", revision__gt=1
        ).values_list("pk", flat=True)
    )
    entries = SearchEntry.objects.filter(dossier=scene.dossier, kind="position")
    if missing := published - set(entries.values_list("record", flat=True)):
        lost.append(f"positions {missing} are not found by the search")
    return lost


@pytest.mark.longest
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("half", [0, 1])
def test_every_write_at_once_with_every_other_neither_fails_nor_is_lost(crowd, half):
    people = crowd.submit(_people).result()
    failed, lost, refused = Counter(), [], Counter()
    # In two halves: each write has to come through in the one in which it is among the first.
    numbers = range(half, ROUNDS if connection.vendor == "postgresql" else 4, 2)
    were_first = set()
    for number in numbers:
        scene = crowd.submit(Scene, people, number).result()
        start = threading.Barrier(len(WRITES))
        # Two of different modules, which rarely write to the same.
        first = {list(WRITES)[place % len(WRITES)] for place in (number, number + len(WRITES) // 2)}
        were_first |= first
        taken = {
            name: crowd.submit(_take_part, name, scene, start, after=0 if name in first else 0.1)
            for name in WRITES
        }
        done = {name: one.result() for name, one in taken.items()}
        for name, made in done.items():
            if isinstance(made, REFUSALS):
                refused[name] += 1
            elif isinstance(made, Exception):
                failed[f"{name}: {type(made).__name__}: {str(made)[:300]}"] += 1
        lost += crowd.submit(_lost, scene, done).result()
    assert not failed, "\n".join(f"{number} x {what}" for what, number in failed.items())
    assert not lost, "\n".join(lost)
    never = {name for name, number in refused.items() if number == len(numbers)} & were_first
    assert not never, f"These were refused in every round, and so wrote nothing: {never}"


def _come() -> int:
    """Return how many have come to the line of writers; on PostgreSQL how many wait in it."""
    if connection.vendor == "sqlite":
        numbers = Path(f"{connection.settings_dict['NAME']}-turns").read_bytes()
        return int.from_bytes(numbers, "big")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND database = "
            "(SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_who_waits_for_a_dossier_has_it_before_those_who_came_later(crowd):
    dossier = crowd.submit(Dossier.objects.create, slug="talks", title="Talks").result()
    is_held, goes_on, order = threading.Event(), threading.Event(), []

    def write(number: int) -> None:
        with transaction.atomic():
            OfDossier.hold(dossier.pk)
            order.append(number)
            if number == 0:
                is_held.set()
                goes_on.wait(60)
            Dossier.objects.filter(pk=dossier.pk).touch()

    writers = [crowd.submit(write, 0)]
    is_held.wait(60)
    for number in range(1, 9):
        before, end = crowd.submit(_come).result(), time.monotonic() + 30
        writers.append(crowd.submit(write, number))
        while crowd.submit(_come).result() == before and time.monotonic() < end:
            time.sleep(0.005)
    assert order == [0]
    goes_on.set()
    for writer in writers:
        writer.result()
    assert order == list(range(9))


def test_no_write_action_is_missing_from_the_races():
    found = {
        f"{module.name}.{name}"
        for module in iter_modules(actions.__path__)
        for name, function in getmembers(
            import_module(f"{actions.__name__}.{module.name}"), isfunction
        )
        if function.__module__ == f"{actions.__name__}.{module.name}"
        if not name.startswith("_") and "by" in signature(function).parameters
    }
    assert found == PARTS | {name for name in WRITES if "." in name}
    assert len(WRITES) <= 2 * ROUNDS
