"""PostgreSQL: its own tools, as of one moment, while others write."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

from astana.exchange.backups.content import Content, content_of, tables
from astana.exchange.snapshot import snapshot

FILE = "database.dump"
_SCRIPT = "database.sql"
# Whoever is still connected is not waited for without end.
_EMPTY = "SET lock_timeout = '10s'; DROP SCHEMA public CASCADE; CREATE SCHEMA public;"


def write(folder: Path) -> Content:
    """Dump the database into the folder, and return what the dump holds."""
    with snapshot():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            (moment,) = cursor.fetchone()
        _run("pg_dump", "--format=custom", f"--snapshot={moment}", f"--file={folder / FILE}")
        return _content(tables())


def put_back(folder: Path, names: list[str]) -> Content:
    """Put the dump in the place of all that is in the database, in one transaction."""
    connection.close()
    script = folder / _SCRIPT
    try:
        unpack = ("pg_restore", "--no-owner", "--no-privileges", f"--file={script}")
        _call([*unpack, str(folder / FILE)], os.environ)
        _run("psql", "--no-psqlrc", "--quiet", "--output=/dev/null", "--single-transaction",
             "--set=ON_ERROR_STOP=1", f"--command={_EMPTY}", f"--file={script}")  # fmt: skip
    finally:
        script.unlink(missing_ok=True)
    with snapshot():
        return _content(names)


def _content(names: list[str]) -> Content:
    return content_of(names, _rows)


def _rows(name: str) -> Iterator[object]:
    with connection.cursor() as cursor:
        key = connection.introspection.get_primary_key_column(cursor, name)
    with connection.chunked_cursor() as cursor:
        cursor.execute(f'SELECT one::text FROM "{name}" AS one ORDER BY one."{key}"')
        for (row,) in cursor:
            yield row


def _run(tool: str, *options: str) -> None:
    """Run a tool of PostgreSQL on this database."""
    (_psql, *arguments), more = DatabaseClient.settings_to_cmd_args_env(
        connection.settings_dict, []
    )
    _call([tool, *options, *arguments], os.environ | (more or {}))


def _call(command: list[str], environment: dict[str, str]) -> None:
    """Run a command; raises OSError with what it says where it fails or is not there."""
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(f"{command[0]}: {done.stderr.strip()[-2000:]}")
