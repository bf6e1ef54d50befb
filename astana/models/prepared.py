"""Queries that are written out once and asked again with other values.

Django takes longer to write out the SQL of a comparison than the database to answer it.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connections
from django.db.models import Expression, Field, QuerySet


class Given(Expression):
    """A value that is not known before the query is asked; it stands where the value would.

    In a list it is alone, and stands for as many values as are given.
    """

    def __init__(self, name: str, output_field: Field | None = None) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Return the place of the value, and itself as what is put there."""
        return "%s", [self]


class Prepared:
    """A query of `values` with something `Given` in it, as SQL.

    It may be asked of any connection to the database that it was written for, so that it keeps
    none.
    """

    def __init__(self, rows: QuerySet) -> None:
        self._query, self._using = rows.query, rows.db
        compiler = self._query.get_compiler(self._using)
        sql, self._values = compiler.as_sql()
        self._between = sql.split("%s")
        self._columns = [column for column, *_rest in compiler.select]

    def rows(self, **given: Any) -> Iterator[dict[str, Any]]:
        """Yield each row by name, with these values for what is given."""
        names = self._query.selected
        for row in self.tuples(**given):
            yield dict(zip(names, row, strict=True))

    def tuples(self, **given: Any) -> Iterable[tuple[Any, ...]]:
        """Return each row as its values in their order, with these values for what is given."""
        connection = connections[self._using]
        compiler = self._query.get_compiler(connection=connection)
        with connection.cursor() as cursor:
            cursor.execute(*self._bound(given))
            found: Iterable[Any] = cursor.fetchall()
        if converters := compiler.get_converters(self._columns):
            found = map(tuple, compiler.apply_converters(found, converters))
        return found

    def _bound(self, given: dict[str, Any]) -> tuple[str, list[Any]]:
        """Return the SQL with a place for each value, and the values."""
        sql, values = [self._between[0]], []
        for value, after in zip(self._values, self._between[1:], strict=True):
            one = given[value.name] if isinstance(value, Given) else value
            many = one if isinstance(one, list) else [one]
            sql += [", ".join(["%s"] * len(many)), after]
            values += many
        return "".join(sql), values
