"""What a database undid through no fault of its own is done again, as a whole."""

import random
import time
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from typing import Any, TypeVar

from django.db import DatabaseError, models, transaction

_Made = TypeVar("_Made")

_TRIES = 3
# Two that met once do not meet again at once; in seconds, at most.
_PAUSE = 0.1
# SQLSTATE of a deadlock, of what could not be put in an order with what others wrote, and of what
# was begun and stood still for too long.
_UNDONE = {"40P01", "40001", "25P03"}


def tried_again(act: Callable[[], _Made], given: Iterable[Any]) -> _Made:
    """Do what is one transaction, some more times where the database has undone it.

    The rows that it is given are made what they were before. Within another transaction it is
    tried once, as all of that one is undone; so too where what is given can be read only once.
    """
    given = list(given)
    once = transaction.get_connection().in_atomic_block or any(map(_is_read_once, given))
    if once:
        return act()
    rows = [(row, _copied(vars(row))) for row in _rows_in(given)]
    for _ in range(_TRIES - 1):
        try:
            return act()
        except DatabaseError as error:
            if getattr(error.__cause__, "sqlstate", None) not in _UNDONE:
                raise
        for row, was in rows:
            vars(row).clear()
            vars(row).update(_copied(was))
        time.sleep(random.uniform(0, _PAUSE))
    return act()


def _is_read_once(value: Any) -> bool:
    return hasattr(value, "__next__") or hasattr(value, "read")


def _rows_in(given: Iterable[Any]) -> Iterator[models.Model]:
    for value in given:
        # Whoever asks comes as a stand-in for a row, which no action changes.
        if issubclass(type(value), models.Model):
            yield value
        elif isinstance(value, list | tuple | set | models.QuerySet):
            yield from _rows_in(value)


def _copied(values: dict[str, Any]) -> dict[str, Any]:
    """Return what a row is, which later changes of the row leave alone."""
    state = copy(values["_state"])
    state.fields_cache = dict(state.fields_cache)
    return {**values, "_state": state}
