"""Whether a row that is not stored fulfils a condition, without asking the database.

Django asks it, in a transaction of its own, for which SQLite lets nobody else write.
"""

import operator
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import F, Q

_LOOKUPS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "in": lambda value, known: value in known,
}


def holds(condition: Q, values: Mapping[str, Any]) -> bool | None:
    """Return whether a condition holds for the values of a row; None: unknown, as SQL has it.

    Raises KeyError for what the constraints of the models do not use.
    """
    parts = [
        holds(part, values) if isinstance(part, Q) else _compared(part, values)
        for part in condition.children
    ]
    is_all = {Q.AND: True, Q.OR: False}[condition.connector]
    if (not is_all) in parts:
        found: bool | None = not is_all
    else:
        found = None if None in parts else is_all or not parts
    return found if found is None else found is not condition.negated


def _compared(part: tuple[str, Any], values: Mapping[str, Any]) -> bool | None:
    name, _, lookup = part[0].partition("__")
    value, other = values[name], part[1]
    if lookup == "isnull":
        return (value is None) is other
    if isinstance(other, F):
        other = values[other.name]
    if value is None or other is None:
        return None
    return _LOOKUPS[lookup or "exact"](value, other)
