"""What a database holds, table by table: how many rows, and a hash of them."""

from collections.abc import Callable, Iterable
from hashlib import sha256

from django.conf import settings
from django.db import connection

Content = dict[str, dict[str, int | str]]


def tables() -> list[str]:
    """Return the tables that are compared: all but what is derived, and what caches keep."""
    found = connection.introspection.django_table_names(only_existing=True)
    cache = settings.CACHES["default"]["LOCATION"]
    return sorted({*found, "django_migrations"} - {cache})


def content_of(names: list[str], rows_of: Callable[[str], Iterable[object]]) -> Content:
    """Return number and hash of the rows of each table, which come in the order of their keys."""
    found: Content = {}
    for name in names:
        mark, number = sha256(), 0
        for row in rows_of(name):
            mark.update(repr(row).encode())
            number += 1
        found[name] = {"rows": number, "sha256": mark.hexdigest()}
    return found
