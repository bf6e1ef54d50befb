"""How much a dossier holds, counted once for each of its versions."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import Max, Min

from astana.models.article import Article
from astana.models.dossier import Dossier
from astana.models.position import Position


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
    """Return the counts of a dossier as of its version; two queries where they are not cached."""
    key = f"counts:{dossier.pk}:{dossier.version}"
    counts = cache.get(key)
    if counts is None:
        counts = _count(dossier)
        cache.set(key, counts, timeout=None)
    return counts


def _count(dossier: Dossier) -> Counts:
    positions, articles = Position._meta.db_table, Article._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT 'actors', actor_id, COUNT(*) FROM {positions}
            WHERE dossier_id = %s AND public GROUP BY actor_id
            UNION ALL
            SELECT 'issues', issue_id, COUNT(*) FROM {positions}
            WHERE dossier_id = %s AND public GROUP BY issue_id
            UNION ALL
            SELECT 'articles', 0, COUNT(*) FROM {articles} WHERE dossier_id = %s
            """,
            [dossier.pk, dossier.pk, dossier.pk],
        )
        found: dict[str, dict[int, int]] = {"actors": {}, "issues": {}, "articles": {}}
        for kind, pk, number in cursor.fetchall():
            found[kind][pk] = number
    public: Any = Position.objects.of(dossier).filter(public=True)
    days = public.aggregate(first=Min("latest"), last=Max("latest"))
    return Counts(
        articles=found["articles"].get(0, 0),
        positions=sum(found["actors"].values()),
        actors=found["actors"],
        issues=found["issues"],
        first_day=days["first"],
        last_day=days["last"],
    )
