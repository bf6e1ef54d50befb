"""Many who write at once on SQLite wait for each other, and none gives up too early or for good."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from copy import deepcopy
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.utils import OperationalError

from astana.sqlite.base import DatabaseWrapper


@pytest.mark.django_db(transaction=True)
def test_coders_save_while_a_table_is_loaded(tmp_path):
    # In small, and without a look at the clock: the benchmark itself is for people.
    file = tmp_path / "writers.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)
    command = [sys.executable, "-m", "benchmarks.writers", "--rows", "60", "--writers", "3"]
    done = subprocess.run(
        [*command, "--saves", "4"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{file}"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "12 saves, 0 failed" in done.stdout


@pytest.mark.django_db
def test_who_waits_for_the_database_writes_when_it_is_free_and_gives_up_in_the_end(tmp_path):
    first, second = (_connection(tmp_path / "turns.sqlite3") for _number in range(2))
    first.connect()
    second.connect()
    first.cursor().execute("CREATE TABLE word (letters TEXT)")
    first.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with pytest.raises(OperationalError, match="database is locked"):
        second.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    first.commit()
    first.set_autocommit(True)
    second.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    second.cursor().execute("INSERT INTO word VALUES ('turn')")
    second.commit()
    assert first.cursor().execute("SELECT letters FROM word").fetchall() == [("turn",)]
    first.close()
    second.close()


def _connection(file: Path) -> DatabaseWrapper:
    """Return a connection to a file, which waits for a moment."""
    own = deepcopy(connection.settings_dict)
    own |= {"ENGINE": "astana.sqlite", "NAME": str(file)}
    own["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 0.1}
    return DatabaseWrapper(own, alias=file.name)
