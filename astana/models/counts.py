"""How much a dossier holds and how it was read, counted once for each of its versions."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

from astana.comparison.coverage import Read
from astana.models.article import Article
from astana.models.dossier import Dossier
from astana.models.looked_for import LookedFor
from astana.models.position import Position
from astana.models.process_cache import cache


@dataclass(frozen=True)
class Counts:
    """Published positions by actor and by issue (primary keys), articles, and first and last day.

    The days are those by which the oldest and the newest position had been said; None without
    positions. `read` says how each article was read, with primary keys of sources and issues.
    """

    read: tuple[Read, ...] = ()
    positions: int = 0
    actors: dict[int, int] = field(default_factory=dict)
    issues: dict[int, int] = field(default_factory=dict)
    first_day: date | None = None
    last_day: date | None = None

    def day(self, asked: date | None = None) -> date:
        """Return the day asked for; else the last one, or today where there are no positions."""
        return asked or self.last_day or timezone.localdate()

    @property
    def articles(self) -> int:
        """How many articles the dossier holds."""
        return len(self.read)


def counts_of(dossier: Dossier) -> Counts:
    """Return the counts of a dossier as of its version; one query where they are not cached."""
    key = f"counts:{dossier.pk}:{dossier.version}"
    counts = cache.get(key)
    if counts is None:
        counts = _count(dossier)
        cache.set(key, counts, timeout=None)
    return counts


def most_reported(counts: dict[int, int], number: int) -> list[int]:
    """Return the primary keys with the highest counts, the older record first in a tie."""
    return sorted(counts, key=lambda pk: (-counts[pk], pk))[:number]


def _count(dossier: Dossier) -> Counts:
    """Count in one query; the days are looked up in an index, not gathered from all positions."""
    positions, articles = Position._meta.db_table, Article._meta.db_table
    looked_for = LookedFor._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT 'days' AS kind, 0 AS pk, 0 AS number, 0 AS issue,
              (SELECT latest FROM {positions} WHERE dossier_id = %s AND public = %s
               ORDER BY latest LIMIT 1) AS first,
              (SELECT latest FROM {positions} WHERE dossier_id = %s AND public = %s
               ORDER BY latest DESC LIMIT 1) AS last
            UNION ALL
            SELECT 'actors', actor_id, COUNT(*), 0, NULL, NULL FROM {positions}
            WHERE dossier_id = %s AND public = %s GROUP BY actor_id
            UNION ALL
            SELECT 'issues', issue_id, COUNT(*), 0, NULL, NULL FROM {positions}
            WHERE dossier_id = %s AND public = %s GROUP BY issue_id
            UNION ALL
            SELECT article.coverage, article.id, article.source_id, COALESCE(searched.issue_id, 0),
              article.published, NULL
            FROM {articles} AS article
            LEFT JOIN {looked_for} AS searched ON searched.article_id = article.id
            WHERE article.dossier_id = %s
            """,
            [*[dossier.pk, True] * 4, dossier.pk],
        )
        rows = cursor.fetchall()
    of_kind: dict[str, dict[int, int]] = {"actors": {}, "issues": {}}
    read: dict[tuple[Any, ...], set[int]] = defaultdict(set)
    first = last = None
    for kind, pk, number, issue, day, until in rows:
        if kind in of_kind:
            of_kind[kind][pk] = number
        elif kind == "days":
            first, last = day, until
        else:
            read[pk, number, day, kind].add(issue)
    return Counts(
        read=tuple(
            Read(source, _day(day) or date.min, how == "full", frozenset(issues - {0}))
            for (_pk, source, day, how), issues in read.items()
        ),
        positions=sum(of_kind["actors"].values()),
        actors=of_kind["actors"],
        issues=of_kind["issues"],
        first_day=_day(first),
        last_day=_day(last),
    )


def _day(value: date | str | None) -> date | None:
    """Return a day as either database gives it: SQLite knows dates as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
