"""PostgreSQL: its own tools, as of one moment, while others write."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from astana.exchange.backups.content import Content, content_of, tables
from astana.exchange.snapshot import snapshot

FILE = "database.dump"
_SCRIPT = "database.sql"
# Whoever is still connected is not waited for without end.
_EMPTY = "SET LOCAL lock_timeout = '10s'; DROP SCHEMA public CASCADE; CREATE SCHEMA public;"

# How rows begin in a script, and how they end; other lines with a backslash are for psql.
_COPY = re.compile(r"COPY .* FROM stdin;\n")
_END = "\\.\n"


def write(folder: Path) -> Content:
    """Dump the database into the folder, and return what the dump holds."""
    with snapshot():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            (moment,) = cursor.fetchone()
        _run("pg_dump", "--format=custom", f"--snapshot={moment}", f"--file={folder / FILE}")
        return _content(tables())


def put_back(folder: Path, names: list[str], refuse: Callable[[Content], None]) -> None:
    """Put the dump in the place of all that is in the database, in one transaction.

    `refuse` raises where what it holds then is not what was backed up; then nothing is changed.
    """
    script = folder / _SCRIPT
    try:
        unpack = ("pg_restore", "--no-owner", "--no-privileges", f"--file={script}")
        _call([*unpack, str(folder / FILE)], os.environ)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SHOW search_path")
            (path,) = cursor.fetchone()
            cursor.execute(_EMPTY)
            with script.open(encoding="utf-8", newline="\n") as lines:
                _run_script(cursor, lines)
            cursor.execute("SELECT set_config('search_path', %s, false)", [path])
            refuse(_content(names))
    finally:
        script.unlink(missing_ok=True)
        # The script has changed settings of the connection.
        connection.close()
        connection.close_pool()


def _run_script(cursor: Any, lines: Iterator[str]) -> None:
    """Run what pg_restore has written: statements, and between them rows to be copied."""
    statements: list[str] = []
    for line in lines:
        if _COPY.fullmatch(line):
            _execute(cursor, statements)
            with cursor.copy(line) as copy:
                for row in takewhile(lambda one: one != _END, lines):
                    copy.write(row)
        elif not line.startswith("\\"):
            statements.append(line)
    _execute(cursor, statements)


def _execute(cursor: Any, statements: list[str]) -> None:
    if "".join(statements).strip():
        cursor.execute("".join(statements))
    statements.clear()


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
