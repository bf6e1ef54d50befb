"""SQLite: its own copying, which takes a moment of the database while others write."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from django.db import connection

from astana.exchange.backups.content import Content, content_of, tables

FILE = "database.sqlite3"


def write(folder: Path) -> Content:
    """Copy the database into the folder, and return what the copy holds."""
    copy = folder / FILE
    name = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(name)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        # One file, to be read where nothing can be written.
        target.execute("PRAGMA journal_mode=DELETE")
    return content(copy, tables())


def content(copy: Path, names: list[str]) -> Content:
    """Return what a copy holds; raises sqlite3.DatabaseError where it is broken."""
    with closing(_read(copy)) as database:
        (said,) = database.execute("PRAGMA quick_check(1)").fetchone()
        if said != "ok":
            raise sqlite3.DatabaseError(said)

        def rows_of(name: str) -> Iterator[object]:
            key = "id" if _has_id(database, name) else "rowid"
            yield from database.execute(f'SELECT * FROM "{name}" ORDER BY "{key}"')

        return content_of(names, rows_of)


def put_back(folder: Path, names: list[str], refuse: Callable[[Content], None]) -> None:
    """Write the copy over the database in one step.

    `refuse` raises where what the copy holds is not what was backed up; then nothing is changed.
    """
    refuse(content(folder / FILE, names))
    connection.close()
    path = Path(connection.settings_dict["NAME"])
    with closing(_read(folder / FILE)) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)


def _read(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)


def _has_id(database: sqlite3.Connection, name: str) -> bool:
    return any(column[1] == "id" for column in database.execute(f'PRAGMA table_info("{name}")'))
