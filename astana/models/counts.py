"""How much a dossier holds, counted once for each of its versions."""

from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from astana.models.article import Article
from astana.models.dossier import Dossier
from astana.models.position import Position
from astana.models.process_cache import cache


@dataclass(frozen=True)
class Counts:
    """Published positions by actor and by issue (primary keys), articles, and first and last day.

    The days are those by which the oldest and the newest position had been said; None without
    positions.
    """

    articles: int = 0
    positions: int = 0
    actors: dict[int, int] = field(default_factory=dict)
    issues: dict[int, int] = field(default_factory=dict)
    first_day: date | None = None
    last_day: date | None = None


def counts_of(dossier: Dossier) -> Counts:
    """Return the counts of a dossier as of its version; one query where they are not cached."""
    key = f"counts:{dossier.pk}:{dossier.version}"
    counts = cache.get(key)
    if counts is None:
        counts = _count(dossier)
        cache.set(key, counts, timeout=None)
    return counts


def _count(dossier: Dossier) -> Counts:
    """Count in one query; the days are looked up in an index, not gathered from all positions."""
    positions, articles = Position._meta.db_table, Article._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT 'articles', 0, COUNT(*),
              (SELECT latest FROM {positions} WHERE dossier_id = %s AND public = %s
               ORDER BY latest LIMIT 1),
              (SELECT latest FROM {positions} WHERE dossier_id = %s AND public = %s
               ORDER BY latest DESC LIMIT 1)
            FROM {articles} WHERE dossier_id = %s
            UNION ALL
            SELECT 'actors', actor_id, COUNT(*), NULL, NULL FROM {positions}
            WHERE dossier_id = %s AND public = %s GROUP BY actor_id
            UNION ALL
            SELECT 'issues', issue_id, COUNT(*), NULL, NULL FROM {positions}
            WHERE dossier_id = %s AND public = %s GROUP BY issue_id
            """,
            [dossier.pk, True, dossier.pk, True, dossier.pk, *[dossier.pk, True] * 2],
        )
        rows = cursor.fetchall()
    of_kind: dict[str, dict[int, int]] = {"actors": {}, "issues": {}, "articles": {}}
    for kind, pk, number, _first, _last in rows:
        of_kind[kind][pk] = number
    first, last = next((first, last) for kind, _pk, _n, first, last in rows if kind == "articles")
    return Counts(
        articles=of_kind["articles"][0],
        positions=sum(of_kind["actors"].values()),
        actors=of_kind["actors"],
        issues=of_kind["issues"],
        first_day=_day(first),
        last_day=_day(last),
    )


def _day(value: date | str | None) -> date | None:
    """Return a day as either database gives it: SQLite knows dates as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
