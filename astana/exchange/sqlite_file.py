"""A package as an SQLite database: its tables with keys and references, and full-text search.

Names of tables and columns are those of the package. `about` says what the dossier is, `columns`
what each column means. Programs such as Datasette find the search by the names of its tables.
"""

import csv
import io
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from astana.exchange.table import Column, Table
from astana.exchange.tables import BY_NAME, TABLES

# What words are looked for in, by table.
SEARCHED = {
    "positions": ("summary", "condition", "note"),
    "evidence": ("exact",),
    "issues": ("title", "question", "description"),
    "actors": ("name", "description"),
    "articles": ("title", "byline"),
    "renditions": ("text",),
}
_TYPES = {"integer": "INTEGER", "count": "INTEGER", "flag": "INTEGER", "decimal": "REAL"}
_TEXT = Column("text", "text", "The words, where everybody may read them.")


def write_sqlite(path: Path, files: Mapping[str, bytes], about: Iterable[tuple[str, str]]) -> None:
    """Write the files of a package as a database at a path where nothing is."""
    # All references are checked when the rows are there, and the file is whole or not there.
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("BEGIN")
        _write_pairs(database, "about", ("name", "value"), about)
        meanings = []
        for table in TABLES:
            rows = csv.DictReader(io.StringIO(files[table.file].decode(), newline=""))
            columns = [one for one in table.columns if one.name in (rows.fieldnames or ())]
            if table.name == "renditions":
                columns.append(_TEXT)
            database.execute(_create(table, columns))
            places = ", ".join("?" * len(columns))
            database.executemany(
                f'INSERT INTO "{table.name}" VALUES ({places})',
                (_values(row, columns, files) for row in rows),
            )
            meanings += [(table.name, one.name, one.description) for one in columns]
        _write_pairs(database, "columns", ("table", "column", "description"), meanings)
        for name, searched in SEARCHED.items():
            fields = ", ".join(searched)
            database.execute(
                f'CREATE VIRTUAL TABLE "{name}_fts" USING fts5({fields}, content="{name}")'
            )
            database.execute(f'INSERT INTO "{name}_fts" ("{name}_fts") VALUES (\'rebuild\')')
        database.execute("COMMIT")


def _create(table: Table, columns: list[Column]) -> str:
    names = {one.name for one in columns}
    # No two are the same where the key can be empty: what is empty is not equal to itself there.
    parts = [f'"{one.name}" {_TYPES.get(one.kind, "TEXT")}' for one in columns]
    parts.append(f"PRIMARY KEY ({_named(table.key)})")
    parts += [
        f"FOREIGN KEY ({_named(one.columns)}) REFERENCES "
        f'"{one.table}" ({_named(BY_NAME[one.table].key)}) DEFERRABLE INITIALLY DEFERRED'
        for one in table.references
        if names.issuperset(one.columns)
    ]
    return f'CREATE TABLE "{table.name}" ({", ".join(parts)})'


def _named(columns: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _values(
    row: Mapping[str, str], columns: list[Column], files: Mapping[str, bytes]
) -> tuple[Any, ...]:
    """Return the values of a row; what is empty is nothing."""
    text = files.get(row.get("file", ""), b"").decode()
    return tuple(_value(one, text if one is _TEXT else row[one.name]) for one in columns)


def _value(column: Column, value: str) -> Any:
    if value == "":
        return None
    if column.kind == "flag":
        return int(value == "yes")
    if column.kind in ("integer", "count"):
        return int(value)
    return float(value) if column.kind == "decimal" else value


def _write_pairs(
    database: sqlite3.Connection, name: str, columns: tuple[str, ...], rows: Iterable[Any]
) -> None:
    database.execute(f'CREATE TABLE "{name}" ({_named(columns)})')
    places = ", ".join("?" * len(columns))
    database.executemany(f'INSERT INTO "{name}" VALUES ({places})', rows)
