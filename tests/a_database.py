"""One migrated database, of which each process of a run of tests takes a copy.

It is made again when a migration or a pinned package changes. Django then still migrates each copy,
which finds nothing left to do.
"""

import fcntl
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection


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


def _template(folder: Path) -> str:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return (_on_postgresql if connection.vendor == "postgresql" else _on_sqlite)(folder)


def _version() -> str:
    """Return a hash of what the template follows from."""
    files = [settings.BASE_DIR / "requirements.txt"]
    files += sorted((settings.BASE_DIR / "astana" / "migrations").glob("*.py"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def _on_sqlite(folder: Path) -> str:
    template = folder / f"{_version()}.sqlite3"
    if not template.exists():
        for old in folder.glob("*.sqlite3*"):
            old.unlink()
        unfinished = folder / "unfinished.sqlite3"
        _migrate(str(unfinished))
        with closing(sqlite3.connect(unfinished)) as database:
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
            _migrate(unfinished)
            cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{template}"')
    return template


def _migrate(name: str) -> None:
    """Make a database of this name with all tables, and leave it."""
    own, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    before = test["NAME"]
    test["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.creation.destroy_test_db(own, verbosity=0, keepdb=True)
    test["NAME"] = before
