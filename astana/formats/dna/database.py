"""A database that a stranger sent: its tables and nothing else, within bounds."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from astana.formats.package import Trouble, Unreadable

_MAGIC = b"SQLite format 3\0"
# A file that needs more steps of the database than this was made to be slow.
_STEP = 100_000
_MOST_STEPS = 20_000
_NO_DATABASE = "This is not an SQLite database, so it is not a file of Discourse Network Analyzer."


class Database:
    """The tables of a file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        # A virtual table, like a view, could be computed without end.
        tables = [name for name, sql in found if not str(sql).upper().startswith("CREATE VIRTUAL")]
        self._tables = {str(name).upper(): str(name) for name in tables}

    def has(self, table: str) -> bool:
        """Return whether there is a table of this name."""
        return table in self._tables

    def count(self, table: str) -> int:
        """Return how many rows a table has; none where it is missing."""
        if not self.has(table):
            return 0
        counted = self._connection.execute(f'SELECT count(*) FROM "{self._tables[table]}"')
        return int(counted.fetchone()[0])

    def rows(self, table: str, *columns: str) -> Iterator[tuple[Any, ...]]:
        """Yield the values of some columns of a table."""
        if not self.has(table):
            reason = "The table is missing. Save the file in Discourse Network Analyzer again."
            raise Unreadable([Trouble(table, reason)])
        info = self._connection.execute(f'PRAGMA table_info("{self._tables[table]}")')
        there = {str(row[1]).upper() for row in info}
        if missing := [name for name in columns if name.upper() not in there]:
            reason = f"The column {missing[0]} is missing. Is the file of version 2 or 3?"
            raise Unreadable([Trouble(table, reason)])
        names = ", ".join(f'"{name}"' for name in columns)
        ordered = f'SELECT {names} FROM "{self._tables[table]}" ORDER BY 1'
        try:
            yield from self._connection.execute(ordered)
        except UnicodeDecodeError as error:
            reason = "A text in it is not UTF-8. Open and save the file with the tool it is of."
            raise Unreadable([Trouble(table, reason)]) from error


@contextmanager
def opened(content: bytes) -> Iterator[Database]:
    """Open the bytes of a file as a database; raises Unreadable if they are not."""
    if not content.startswith(_MAGIC):
        raise Unreadable([Trouble("beginning", _NO_DATABASE)])
    size = int.from_bytes(content[16:18], "big")
    expected = (65_536 if size == 1 else size) * int.from_bytes(content[28:32], "big")
    if len(content) < max(expected, 100):
        reason = f"It is cut off: {expected:,} bytes were expected, {len(content):,} found."
        raise Unreadable([Trouble(f"byte {len(content):,}", f"{reason} Copy it again.")])
    connection = sqlite3.connect(":memory:")
    steps = 0

    def too_many() -> int:
        nonlocal steps
        steps += 1
        return int(steps > _MOST_STEPS)

    try:
        # A database that has a journal of its own beside it cannot be opened in memory; the two
        # bytes say so. What stands in that journal is not in the file.
        connection.deserialize(content[:18] + b"\1\1" + content[20:])
        connection.text_factory = bytes.decode
        connection.set_progress_handler(too_many, _STEP)
        connection.execute("PRAGMA trusted_schema = OFF")
        yield Database(connection)
    except UnicodeDecodeError as error:
        raise Unreadable([Trouble("tables", "A name in it is not UTF-8.")]) from error
    except sqlite3.Error as error:
        reason = f"The database is damaged, or was made to read slowly: {error}. Copy it again."
        raise Unreadable([Trouble("database", reason)]) from error
    finally:
        connection.close()
