"""Which positions stand for the cells of a comparison, picked in SQL."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import connections
from django.db.models import BigAutoField, Lookup
from django.db.models.expressions import RawSQL


@BigAutoField.register_lookup
class OneOf(Lookup):
    """That a primary key is among those of a subquery, which is asked once.

    PostgreSQL joins what stands in an `IN`, and where it knows nothing of the tables yet (after a
    load) it may then go through the subquery again for every row. An array is made once.
    """

    lookup_name = "one_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Return the SQL of the comparison."""
        return self._as("{} IN {}", compiler, connection)

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Return the SQL of the comparison for PostgreSQL."""
        return self._as("{} = ANY (ARRAY{})", compiler, connection)

    def _as(self, form: str, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return form.format(left, right), [*left_values, *right_values]


def headline_pks(
    *,
    actors: Collection[int],
    issues: Collection[int],
    as_of: date,
    since: date,
    first_hand_only: bool,
    recorded_as_of: datetime | None,
    using: str,
) -> RawSQL:
    """Return a subquery of the primary keys of the headlines, and of those that tie for one.

    `actors` and `issues` are primary keys, at least one of each; `using` is the database. Two
    probes a cell into an index (covering unless `recorded_as_of` is given), so that the cost
    depends on the number of cells and not on the dossier. With `recorded_as_of` these are the
    headlines among the positions that stood then as they stand now.
    """
    recorded = ""
    moment: list[str] = []
    if recorded_as_of:
        recorded = f"AND {{0}}.published_at <= %s AND NOT ({_version('>')} AND {_version('<=')})"
        moment = 3 * [connections[using].ops.adapt_datetimefield_value(recorded_as_of)]
    newest = f"""
        SELECT id FROM astana_position AS one
        WHERE actor_id = actor.id AND issue_id = issue.id
          AND public = %s AND first_hand = %s AND latest BETWEEN %s AND %s
          {recorded.format("one")}
        ORDER BY latest DESC, earliest DESC, id DESC LIMIT 1
    """
    # Equality with a parameter, as SQLite does not look `WHERE public` up in an index.
    pick, values = f"({newest})", [True, True, since, as_of, *moment]
    if not first_hand_only:
        pick = f"COALESCE(({newest}), ({newest}))"
        values = [*values, True, False, since, as_of, *moment]
    # Each cell is picked once, before anything is joined to it: left to itself PostgreSQL may
    # pick anew for every position of the dossier.
    sql = f"""
        WITH cell AS MATERIALIZED (
            SELECT {pick} AS newest_id
            FROM astana_actor AS actor CROSS JOIN astana_issue AS issue
            WHERE actor.id IN ({_places(actors)}) AND issue.id IN ({_places(issues)})
        )
        SELECT tie.id
        FROM cell
        JOIN astana_position AS newest ON newest.id = cell.newest_id
        JOIN astana_position AS tie
          ON tie.public = %s
         AND tie.actor_id = newest.actor_id AND tie.issue_id = newest.issue_id
         AND tie.first_hand = newest.first_hand
         AND tie.latest = newest.latest AND tie.earliest = newest.earliest
         {recorded.format("tie")}
    """
    return RawSQL(sql, [*values, *actors, *issues, True, *moment])


def _version(sign: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM astana_historicalposition AS version"
        f" WHERE version.id = {{0}}.id AND version.history_date {sign} %s)"
    )


def _places(values: Collection[int]) -> str:
    return ", ".join(["%s"] * len(values))
