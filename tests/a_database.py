"""One migrated database, of which each process of a run of tests takes a copy.

It is made again when a migration or a pinned package changes. Django then still migrates each copy,
which finds nothing left to do.

It begins as a database of version 0.1.0 with all that was in it, so that nothing is migrated twice:
what comes of that is kept for the test of the upgrade (`upgraded`), and then everything is deleted.
"""

import fcntl
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from tests import version_0_1_0


@contextmanager
def copied_from_a_template(folder: Path) -> Iterator[None]:
    """Let the test database begin as a copy of the template, which SQLite keeps in `folder`."""
    template = _template(folder)
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = template
        yield
        return
    # A database in memory lasts as long as somebody has it open, and Django opens it later.
    name = connection.creation._get_test_db_name()
    with closing(sqlite3.connect(name, uri=True)) as copy:
        with closing(sqlite3.connect(template)) as migrated:
            migrated.backup(copy)
        yield


def copied_to_a_file(folder: Path, path: Path) -> None:
    """Let the test database be the SQLite file `path`, a copy of the template in `folder`.

    What makes the test databases then has to keep it.
    """
    shutil.copyfile(_template(folder), path)
    connection.settings_dict["TEST"]["NAME"] = str(path)


@contextmanager
def a_database_of_ones_own(path: Path, *, template: str = "") -> Iterator[None]:
    """Let the connection lead to a copy of a database: a file at `path`, or one more on the server.

    Of the database of the tests, unless a template is named.
    """
    own, kept = connection.settings_dict["NAME"], None
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(path)) as copy:
            if template:
                with closing(sqlite3.connect(template)) as other:
                    other.backup(copy)
            else:
                connection.connection.backup(copy)
        connection.settings_dict["NAME"] = str(path)
        # That in memory is gone once nobody has it.
        kept, connection.connection = connection.connection, None
    else:
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{own}_own" TEMPLATE "{template or own}"')
        connection.settings_dict["NAME"] = f"{own}_own"
    yield
    connection.close()
    connection.settings_dict["NAME"] = own
    if connection.vendor == "sqlite":
        connection.connection = kept
    else:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{own}_own"')


def upgraded(folder: Path) -> str:
    """Return the database of version 0.1.0 as our migrations left it, with all that was in it."""
    return _upgraded(_template(folder))


def _upgraded(template: str) -> str:
    return f"{template}_upgraded"


@cache
def _template(folder: Path) -> str:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return (_on_postgresql if connection.vendor == "postgresql" else _on_sqlite)(folder)


def _version() -> str:
    """Return a hash of what the template follows from."""
    files = [settings.BASE_DIR / "requirements.txt"]
    files += sorted((settings.BASE_DIR / "astana" / "migrations").glob("*.py"))
    files += sorted((settings.BASE_DIR / "tests").glob("version_*"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def _on_sqlite(folder: Path) -> str:
    template = folder / f"{_version()}.sqlite3"
    if not template.exists():
        for old in folder.glob("*.sqlite3*"):
            old.unlink()
        unfinished = folder / "unfinished.sqlite3"
        _migrate(str(unfinished), lambda: shutil.copyfile(unfinished, _upgraded(str(template))))
        with closing(sqlite3.connect(unfinished)) as database:
            database.execute("VACUUM")
            # A database in memory knows no write-ahead log.
            database.execute("PRAGMA journal_mode=DELETE")
        unfinished.rename(template)
    return str(template)


def _on_postgresql(folder: Path) -> str:
    prefix = f"{connection.settings_dict['NAME']}_template_"
    template, unfinished = prefix + _version(), prefix + "unfinished"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
        found = [name for (name,) in cursor]
        if template not in found:
            for old in found:
                cursor.execute(f'DROP DATABASE "{old}"')
            _migrate(
                unfinished,
                lambda: cursor.execute(
                    f'CREATE DATABASE "{_upgraded(template)}" TEMPLATE "{unfinished}"'
                ),
            )
            cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{template}"')
    return template


def _migrate(name: str, keep: Callable[[], object]) -> None:
    """Make a database of this name with all tables, and leave it; have one with rows kept before.

    In the one that is kept, an upgrade still finds something to do.
    """
    own, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    before = test["NAME"]
    test["NAME"] = name
    connection.creation._create_test_db(verbosity=0, autoclobber=True)
    connection.close()
    connection.settings_dict["NAME"] = name
    _migrate_to([version_0_1_0.STATE])
    version_0_1_0.fill()
    leaves = MigrationLoader(connection).graph.leaf_nodes()
    _migrate_to([leaf for leaf in leaves if leaf[0] != "sessions"])
    connection.close()
    keep()
    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    call_command("createcachetable")
    connection.creation.destroy_test_db(own, verbosity=0, keepdb=True)
    test["NAME"] = before


def _migrate_to(targets: list[tuple[str, str]]) -> None:
    MigrationExecutor(connection).migrate(targets)
