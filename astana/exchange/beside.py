"""A copy of the database to try something on, so that nobody waits until it is taken back."""

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from astana.exchange.problems import BrokenPackage, Problem

_PREFIX = "astana-beside-"
# Nothing is tried for so long: what is older was left by a process that was killed.
_LEFT_SECONDS = 3_600


@contextmanager
def beside_the_database() -> Iterator[None]:
    """Let all queries inside go to a copy of an SQLite database, which is deleted afterwards.

    There a transaction that writes would keep all others from writing, also one that is taken back.
    On PostgreSQL it holds its dossier alone, and nothing is copied. Raises BrokenPackage where
    there is no room for a copy.
    """
    is_file = connection.vendor == "sqlite" and not connection.is_in_memory_db()
    if not is_file or connection.in_atomic_block:
        yield
        return
    before = connection.settings_dict
    file = Path(before["NAME"]).resolve()
    for left in file.parent.glob(f"{_PREFIX}*"):
        if time.time() - left.stat().st_mtime > _LEFT_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
    if shutil.disk_usage(file.parent).free < 2 * file.stat().st_size:
        message = "There is not enough room on the disk to try this. Ask whoever runs this site."
        raise BrokenPackage([Problem("database", message)])
    # Only the owner can read what is in it.
    with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=file.parent) as folder:
        copy = Path(folder) / file.name
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        connection.close()
        # Of this thread alone: the settings themselves are those of all.
        connection.settings_dict = {**before, "NAME": str(copy)}
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict = before
