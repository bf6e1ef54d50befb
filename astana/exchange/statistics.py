"""What PostgreSQL knows of how many rows there are, by which it chooses how to look for them."""

from collections.abc import Iterable

from django.db import connection, models, transaction

# With so many new rows, what was known before is of another table.
MANY = 1_000


def renew_afterwards(tables: Iterable[type[models.Model]], *, new: int) -> None:
    """Have the rows counted anew once the transaction stands, where many of them are new.

    PostgreSQL does so by itself some minutes later. Until then a search of a large dossier can take
    many times as long, as the tables count as empty. SQLite has no such figures unless told.
    """
    if connection.vendor == "postgresql" and new >= MANY:
        names = ", ".join(connection.ops.quote_name(one._meta.db_table) for one in tables)
        transaction.on_commit(lambda: _renew(names))


def _renew(names: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {names}")
