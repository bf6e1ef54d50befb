"""The one door to the words of the search, whichever database holds them."""

from collections.abc import Sequence
from types import ModuleType

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def backend() -> ModuleType:
    """Return the module for the database in use: `write`, `matching`, `best_first` and so on."""
    from astana.search import postgresql, sqlite

    return {"postgresql": postgresql, "sqlite": sqlite}[connection.vendor]


def counted(found: QuerySet, *columns: str, most: int) -> list[tuple]:
    """Return the values of columns, and how many have them, among the first `most` matches."""
    names = ", ".join(columns)
    ending = f"GROUP BY {names}"
    return _of_the_first(most, found.values_list(*columns), f"{names}, COUNT(*)", ending)


def are_found(each: Sequence[QuerySet]) -> list[bool]:
    """Return of each query for entries whether it finds one; one query in all."""
    wanted, parameters = [], []
    for found in each:
        try:
            query, values = found.order_by().values_list("id")[:1].query.sql_with_params()
        except EmptyResultSet:
            query, values = "SELECT 1 WHERE 1 = 0", ()
        wanted.append(f"EXISTS ({query})")
        parameters += values
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(wanted)}", parameters)
        return [bool(is_found) for is_found in cursor.fetchone()]


def newest(found: QuerySet, *, most: int, shown: slice) -> list[int]:
    """Return the records with the latest days among the first `most` matches, a slice of them."""
    ending = "ORDER BY day DESC, id DESC LIMIT %s OFFSET %s"
    rows = found.values_list("id", "day", "record")
    limit = (shown.stop - shown.start, shown.start)
    return [pk for (pk,) in _of_the_first(most, rows, "record", ending, *limit)]


def _of_the_first(most: int, found: QuerySet, wanted: str, ending: str, *values: int) -> list:
    # In SQL, as Django counts and orders before it takes the first ones. `found` is a whole query
    # of its own; the names are of columns, and never of a reader.
    try:
        query, parameters = found[:most].query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {wanted} FROM ({query}) AS looked {ending}", [*parameters, *values])
        return cursor.fetchall()
