"""A process killed in the middle of a merge, a publication or a load leaves all or nothing.

On SQLite, whose file is compared whole.
"""

import multiprocessing
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from astana.actions import merge, workflow
from astana.exchange import load
from astana.models import Actor, Dossier, Membership, Position, User
from tests.a_database import a_database_of_ones_own

# Where no test asks for a database, none is made that the site could be a copy of.
pytestmark = pytest.mark.django_db

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "syria-astana-2017"

# Each process is a copy of one that has imported all and holds no connection.
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["astana.wsgi"])


def _merge(folder: Path) -> None:
    merge.merge_actors(
        kept=Actor.objects.get(slug="russia"),
        other=Actor.objects.get(slug="usa"),
        by=User.objects.get(),
    )


def _publish(folder: Path) -> None:
    workflow.publish(position=Position.objects.get(key="p009"), by=User.objects.get())


def _load(folder: Path) -> None:
    copy = folder / "copy"
    if not copy.exists():
        shutil.copytree(SEEDS, copy)
    package = copy / "datapackage.json"
    package.write_text(package.read_text().replace("syria-astana-2017", "another"))
    call_command("load_dossier", str(copy), verbosity=0)


def _die(*args, **values) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _write(write: Callable[[Path], None], database: Path, dies_at: tuple[str, str] | None) -> None:
    connection.settings_dict["NAME"] = str(database)
    if dies_at:
        module, name = dies_at
        setattr(sys.modules[module], name, _die)
    write(database.parent)


def _end_of(*args: object) -> int | None:
    """Write in a process of its own, and return how it ended."""
    process = _processes.Process(target=_write, args=args)
    process.start()
    process.join(300)
    return process.exitcode


def everything(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as file:
        return list(file.iterdump())


@pytest.fixture(scope="module")
def a_site(tmp_path_factory, django_db_setup, django_db_blocker) -> Path:
    """Return a SQLite database with the demonstration dossier and a submitted position."""
    database = tmp_path_factory.mktemp("site") / "site.sqlite3"
    with django_db_blocker.unblock(), a_database_of_ones_own(database):
        call_command("load_dossier", str(SEEDS), verbosity=0)
        user = User.objects.create_user("reviewer")
        Membership.objects.create(dossier=Dossier.objects.get(), user=user, role="reviewer")
        Position.objects.filter(key="p009").update(status="submitted")
    return database


@pytest.mark.parametrize(
    ("write", "half_way"),
    [
        pytest.param(_merge, (merge.__name__, "_rename_in_comparisons"), id="merge"),
        pytest.param(_publish, (workflow.__name__, "_tell"), id="publish"),
        pytest.param(_load, (load.__name__, "complete_passage"), id="load"),
    ],
)
def test_who_is_killed_half_way_has_done_nothing(a_site, tmp_path, write, half_way):
    database = tmp_path / "site.sqlite3"
    shutil.copy(a_site, database)
    before = everything(database)
    assert _end_of(write, database, half_way) == -signal.SIGKILL
    assert everything(database) == before
    assert _end_of(write, database, None) == 0
    assert everything(database) != before
