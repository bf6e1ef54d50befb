"""Statements that many pages run, put together once for all that decides what they say.

Django takes many times as long to put a long one together as the database to run it. What a
statement finds is looked for again each time.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet


@dataclass(frozen=True)
class _Asked:
    decides: tuple[Any, ...]
    make: Callable[[], QuerySet] = field(compare=False)


def rows_of(make: Callable[[], QuerySet], *decides: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a query of plain values, which is made once for all that decides on it."""
    with connection.cursor() as cursor:
        cursor.execute(*_statement(_Asked(decides, make)))
        return cursor.fetchall()


@lru_cache(maxsize=2_000)
def _statement(asked: _Asked) -> tuple[str, tuple[Any, ...]]:
    return asked.make().query.sql_with_params()
