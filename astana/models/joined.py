"""An aggregate that SQLite and PostgreSQL know under different names."""

from typing import Any

from django.db.models import Aggregate, TextField


class Joined(Aggregate):
    """Short names joined by commas, in no order; NULL where there are none."""

    function = "GROUP_CONCAT"
    allow_distinct = True
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return the SQL of the aggregate as PostgreSQL calls it."""
        template = "%(function)s(%(distinct)s%(expressions)s, ',')"
        return self.as_sql(
            compiler, connection, function="STRING_AGG", template=template, **context
        )
