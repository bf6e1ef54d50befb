"""Reading that takes a while, as of one moment: what others write meanwhile is not in it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection, transaction

Row = TypeVar("Row")


@contextmanager
def snapshot() -> Iterator[None]:
    """Let all queries inside see the database as it was at the first of them.

    Nobody waits for it: nothing is locked, on SQLite either. Inside a transaction that is open
    already there is only that one.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        # Not `atomic`, which would take the lock for writing.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            connection.rollback()
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                # A slow client may take its time: nobody waits for what is only read.
                cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            yield


def in_one_snapshot(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows that are read while they are sent; see `snapshot`."""
    with snapshot():
        yield from rows
