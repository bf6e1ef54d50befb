"""Which positions stand for the cells of a comparison, picked in SQL."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
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
    of_events: bool,
    using: str,
) -> RawSQL:
    """Return a subquery of the primary keys of the headlines, and of those that tie for one.

    `actors` and `issues` are primary keys, at least one of each; `using` is the database. Two
    probes a cell into an index (covering unless `recorded_as_of` is given), so that the cost
    depends on the number of cells and not on the dossier. An issue that is asked of each event has
    a cell for each; without `of_events` none of the issues may be one. What is another rendering of
    an utterance is left out where the fuller one counts. With `spoken` a person's cells hold what
    they said first-hand for others too. With `recorded_as_of` these are the headlines among the
    positions that stood then as they stand now.
    """
    moment = None
    if recorded_as_of:
        moment = connections[using].ops.adapt_datetimefield_value(recorded_as_of)
    days = _Days(since, as_of, moment)
    parts = [
        _headlines(actors, issues, days, by=by, of_events=of_each, first_hand_only=only)
        for by, only in [("actor_id", first_hand_only), ("speaker_id", True)][: 1 + spoken]
        for of_each in [False, True][: 1 + of_events]
    ]
    sql = " UNION ALL ".join(
        f"SELECT id FROM ({part}) AS part_{n}" for n, (part, _) in enumerate(parts)
    )
    return RawSQL(sql, [value for _, values in parts for value in values])


def headline_stances(
    *,
    actors: Collection[int],
    issues: Collection[int],
    as_of: date,
    since: date,
    first_hand_only: bool,
    using: str,
) -> list[tuple[int, int, str, float | Decimal | None]]:
    """Return the same headlines for very many cells, as (actor, issue, stance, value); one query.

    Actors and issues are primary keys; the issues are not asked of each event. All but the name of
    the stance stands in the index that the probes go into, so that no position is read but where
    two stances tie for a headline.
    """
    if not actors or not issues:
        return []
    days = _Days(since, as_of, None)
    tied = """EXISTS (
        SELECT 1 FROM astana_position AS two
        WHERE two.actor_id = one.actor_id AND two.issue_id = one.issue_id AND two.public = %s
          AND two.first_hand = one.first_hand AND two.latest = one.latest
          AND two.earliest = one.earliest AND two.id < one.id AND two.stance_id <> one.stance_id
    )"""
    # The primary key of the stance; where there are several, less than nothing: of the newest.
    picked = f"CASE WHEN {tied} THEN -id ELSE stance_id END"
    counts = _counts("one", days, by="actor_id", same_event="", are_many=True)
    pick, values = _pick(picked, [True], counts, by="actor_id", first_hand_only=first_hand_only)
    ties, ties_values = _ties(days, by="actor_id", same_event="")
    sql = f"""
        WITH actor AS MATERIALIZED (
            SELECT id FROM astana_actor WHERE id IN ({_places(actors)})
        ), issue AS MATERIALIZED (
            SELECT id FROM astana_issue WHERE id IN ({_places(issues)}) AND per_event = %s
        ), cell AS MATERIALIZED (
            SELECT actor.id AS actor_id, issue.id AS issue_id, {pick} AS picked
            FROM actor CROSS JOIN issue
        )
        SELECT cell.actor_id, cell.issue_id, stance.slug, stance.value
        FROM cell CROSS JOIN astana_stance AS stance WHERE stance.id = cell.picked
        UNION ALL
        SELECT tie.actor_id, tie.issue_id, stance.slug, stance.value
        FROM cell CROSS JOIN astana_position AS newest CROSS JOIN astana_position AS tie
        CROSS JOIN astana_stance AS stance
        WHERE cell.picked < 0 AND newest.id = -cell.picked AND {ties} AND stance.id = tie.stance_id
    """
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [*actors, *issues, False, *values, *ties_values])
        # All at once: to be asked for each row takes Django's cursor longer than to read it.
        return cursor.fetchall()


Sql = tuple[str, list[Any]]
_SAME_EVENT = "AND {}.event_id = {}.event_id"


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


def _counts(alias: str, days: _Days, *, by: str, same_event: str, are_many: bool = False) -> Sql:
    """Return the condition that a position counts: also that no fuller rendering of it does.

    Where there `are_many` positions to ask it of, those that have one are looked up once.
    """
    said, values = days.hold(alias)
    fuller, fuller_values = days.hold("fuller")
    known = (
        f"{alias}.id IN (SELECT position_id FROM astana_link WHERE kind = 'same-utterance') AND"
        if are_many
        else ""
    )
    sql = f"""{said} AND NOT ({known} EXISTS (
        SELECT 1 FROM astana_link AS link
        JOIN astana_position AS fuller ON fuller.id = link.to_id
        WHERE link.position_id = {alias}.id AND link.kind = 'same-utterance'
          AND fuller.public = %s AND fuller.first_hand = {alias}.first_hand
          AND fuller.{by} = {alias}.{by} {same_event.format("fuller", alias)} AND {fuller}
    ))"""
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
    same_event = _SAME_EVENT if of_events else ""
    counts = _counts("one", days, by=by, same_event=same_event)
    pick, values = _pick(
        "id", [], counts, by=by, of_events=of_events, first_hand_only=first_hand_only
    )
    ties, ties_values = _ties(days, by=by, same_event=same_event)
    # Each cell is picked once, before anything is joined to it: left to itself PostgreSQL may
    # pick again for every position of the dossier. SQLite joins in the order in which it stands
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
        WHERE newest.id = cell.newest_id AND {ties}
    """
    return sql, [*values, *actors, *issues, of_events, *ties_values]


def _pick(
    picked: str,
    picked_values: list[Any],
    counts: Sql,
    *,
    by: str,
    of_events: bool = False,
    first_hand_only: bool,
) -> Sql:
    """Return what is `picked` of the newest position of a cell, first-hand before second-hand."""
    condition, counts_values = counts
    # Equality with a parameter, as SQLite does not look `WHERE public` up in an index.
    newest = f"""(
        SELECT {picked} FROM astana_position AS one
        WHERE {by} = actor.id AND issue_id = issue.id
          {"AND event_id = event.id" if of_events else ""}
          AND public = %s AND first_hand = %s AND {condition}
        ORDER BY latest DESC, earliest DESC, id DESC LIMIT 1
    )"""
    values = [*picked_values, True, True, *counts_values]
    if first_hand_only:
        return newest, values
    return f"COALESCE({newest}, {newest})", [*values, *picked_values, True, False, *counts_values]


def _ties(days: _Days, *, by: str, same_event: str) -> Sql:
    """Return the condition that a position ties with the newest one of its cell, or is that."""
    counts, values = _counts("tie", days, by=by, same_event=same_event)
    sql = f"""tie.public = %s
         AND tie.{by} = newest.{by} AND tie.issue_id = newest.issue_id
         {same_event.format("tie", "newest")}
         AND tie.first_hand = newest.first_hand
         AND tie.latest = newest.latest AND tie.earliest = newest.earliest AND {counts}"""
    return sql, [True, *values]


def _places(values: Collection[int]) -> str:
    return ", ".join(["%s"] * len(values))
