"""Which positions stand for the cells of a comparison, picked in SQL."""

from collections.abc import Collection
from dataclasses import dataclass
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
    spoken: bool,
    using: str,
) -> RawSQL:
    """Return a subquery of the primary keys of the headlines, and of those that tie for one.

    `actors` and `issues` are primary keys, at least one of each; `using` is the database. Two
    probes a cell into an index (covering unless `recorded_as_of` is given), so that the cost
    depends on the number of cells and not on the dossier. An issue that is asked of each event has
    a cell for each. What is another rendering of an utterance is left out where the fuller one
    counts. With `spoken` a person's cells hold what they said first-hand for others too. With
    `recorded_as_of` these are the headlines among the positions that stood then as they stand now.
    """
    moment = None
    if recorded_as_of:
        moment = connections[using].ops.adapt_datetimefield_value(recorded_as_of)
    days = _Days(since, as_of, moment)
    parts = [
        _headlines(actors, issues, days, by=by, of_events=of_events, first_hand_only=only)
        for by, only in [("actor_id", first_hand_only), ("speaker_id", True)][: 1 + spoken]
        for of_events in (False, True)
    ]
    sql = " UNION ALL ".join(
        f"SELECT id FROM ({part}) AS part_{n}" for n, (part, _) in enumerate(parts)
    )
    return RawSQL(sql, [value for _, values in parts for value in values])


Sql = tuple[str, list[Any]]


@dataclass(frozen=True)
class _Days:
    """Within which days something has to have been said, and by which moment recorded here."""

    since: date
    as_of: date
    moment: str | None

    def hold(self, alias: str) -> Sql:
        """Return the condition that a position was said, and stood here, within them."""
        sql, values = f"{alias}.latest BETWEEN %s AND %s", [self.since, self.as_of]
        if self.moment is None:
            return sql, values
        version = (
            "EXISTS (SELECT 1 FROM astana_historicalposition AS version"
            f" WHERE version.id = {alias}.id AND version.history_date {{}} %s)"
        )
        sql += (
            f" AND {alias}.published_at <= %s"
            f" AND NOT ({version.format('>')} AND {version.format('<=')})"
        )
        return sql, [*values, *3 * [self.moment]]


def _counts(alias: str, days: _Days, *, by: str, same_event: str) -> Sql:
    """Return the condition that a position counts: also that no fuller rendering of it does."""
    said, values = days.hold(alias)
    fuller, fuller_values = days.hold("fuller")
    sql = f"""{said} AND NOT EXISTS (
        SELECT 1 FROM astana_link AS link
        JOIN astana_position AS fuller ON fuller.id = link.to_id
        WHERE link.position_id = {alias}.id AND link.kind = 'same-utterance'
          AND fuller.public = %s AND fuller.first_hand = {alias}.first_hand
          AND fuller.{by} = {alias}.{by} {same_event.format("fuller", alias)} AND {fuller}
    )"""
    return sql, [*values, True, *fuller_values]


def _headlines(
    actors: Collection[int],
    issues: Collection[int],
    days: _Days,
    *,
    by: str,
    of_events: bool,
    first_hand_only: bool,
) -> Sql:
    """Return the SQL of the headlines of some cells, and its values.

    `by` is the column that names whose cell it is; `of_events` those of the issues that are asked
    of each event, or of the others.
    """
    same_event = "AND {}.event_id = {}.event_id" if of_events else ""
    counts, counts_values = _counts("one", days, by=by, same_event=same_event)
    ties, ties_values = _counts("tie", days, by=by, same_event=same_event)
    # Equality with a parameter, as SQLite does not look `WHERE public` up in an index.
    newest = f"""(
        SELECT id FROM astana_position AS one
        WHERE {by} = actor.id AND issue_id = issue.id
          {"AND event_id = event.id" if of_events else ""}
          AND public = %s AND first_hand = %s AND {counts}
        ORDER BY latest DESC, earliest DESC, id DESC LIMIT 1
    )"""
    pick, values = newest, [True, True, *counts_values]
    if not first_hand_only:
        pick = f"COALESCE({newest}, {newest})"
        values = [*values, True, False, *counts_values]
    # Each cell is picked once, before anything is joined to it: left to itself PostgreSQL may
    # pick anew for every position of the dossier. SQLite joins in the order in which it stands
    # here (CROSS JOIN says so): else it may begin with every position of the dossier.
    sql = f"""
        WITH cell AS MATERIALIZED (
            SELECT {pick} AS newest_id
            FROM astana_actor AS actor CROSS JOIN astana_issue AS issue
            {"CROSS JOIN astana_event AS event" if of_events else ""}
            WHERE actor.id IN ({_places(actors)}) AND issue.id IN ({_places(issues)})
              AND issue.per_event = %s
              {"AND event.dossier_id = issue.dossier_id" if of_events else ""}
              {"AND actor.kind = 'person'" if by == "speaker_id" else ""}
        )
        SELECT tie.id
        FROM cell CROSS JOIN astana_position AS newest CROSS JOIN astana_position AS tie
        WHERE newest.id = cell.newest_id
         AND tie.public = %s
         AND tie.{by} = newest.{by} AND tie.issue_id = newest.issue_id
         {same_event.format("tie", "newest")}
         AND tie.first_hand = newest.first_hand
         AND tie.latest = newest.latest AND tie.earliest = newest.earliest AND {ties}
    """
    return sql, [*values, *actors, *issues, of_events, True, *ties_values]


def _places(values: Collection[int]) -> str:
    return ", ".join(["%s"] * len(values))
