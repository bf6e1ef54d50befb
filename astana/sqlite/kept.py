"""A question to a database in a file, by a connection that each thread keeps.

Django opens the file again for each request, and SQLite then reads all that it says of its tables:
that takes longer than the answer to somebody who has a page already.
"""

import sqlite3
from collections.abc import Sequence
from os import stat
from threading import local
from typing import Any

_kept = local()


def first_row(file: str, sql: str, values: Sequence[Any]) -> tuple[Any, ...] | None:
    """Return the first row, or None if there is none.

    Raises sqlite3.Error or OSError where the file cannot be read; it is opened again then, as it is
    where another file has taken its place.
    """
    try:
        # To the end, as whoever stops before goes on seeing the database as it was.
        rows = _connection(file).execute(sql, values).fetchall()
    except sqlite3.Error:
        _kept.connection.close()
        del _kept.file
        raise
    return rows[0] if rows else None


def _connection(file: str) -> sqlite3.Connection:
    found = stat(file)
    name = (file, found.st_dev, found.st_ino)
    if getattr(_kept, "file", None) != name:
        if hasattr(_kept, "file"):
            _kept.connection.close()
        _kept.connection = sqlite3.connect(file, isolation_level=None)
        _kept.connection.execute("PRAGMA query_only = 1")
        _kept.file = name
    return _kept.connection
