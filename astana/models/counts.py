"""How much a dossier holds, who was heard in it and how it was read, counted once for a version."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from astana.comparison.coverage import Coverage, Read, coverage
from astana.models.article import Article
from astana.models.dossier import Dossier
from astana.models.kept import kept
from astana.models.looked_for import LookedFor
from astana.models.position import Position
from astana.models.process_cache import cache, counted

_COVERAGE_IS_KEPT_SECONDS = 3600


@dataclass(frozen=True)
class Counts:
    """Published positions by actor and by issue (primary keys), articles, and first and last day.

    The days are those by which the oldest and the newest position had been said; None without
    positions. `dossier` (primary key) and `version` are what was counted.
    """

    dossier: int
    version: int
    articles: int = 0
    positions: int = 0
    actors: dict[int, int] = field(default_factory=dict)
    issues: dict[int, int] = field(default_factory=dict)
    first_day: date | None = None
    last_day: date | None = None

    def day(self, asked: date | None = None) -> date:
        """Return the day asked for; else the last one, or today where there are no positions."""
        return asked or self.last_day or timezone.localdate()

    @cached_property
    def read(self) -> tuple[Read, ...]:
        """How each article was read, with primary keys of sources and issues.

        They are kept apart: there may be thousands, and few pages look at each.
        """
        found = counted.get(_key("read", self.dossier, self.version))
        return _counted(self.dossier, self.version)[1] if found is None else found

    def coverage(self, *, as_of: date, issue: int | None = None) -> Coverage:
        """Return what was read of the articles published by a day, and in how many for an issue."""
        key = _key(f"coverage:{as_of}:{issue}", self.dossier, self.version)
        found = cache.get(key)
        if found is None:
            found = coverage(self.read, as_of=as_of, issue=issue)
            cache.set(key, found, timeout=_COVERAGE_IS_KEPT_SECONDS)
        return found


def counts_of(dossier: Dossier) -> Counts:
    """Return the counts of a dossier as of its version; one query where they are not cached."""
    counts = counted.get(_key("counts", dossier.pk, dossier.version))
    return _counted(dossier.pk, dossier.version)[0] if counts is None else counts


@dataclass(frozen=True)
class Heard:
    """By primary key of actors and of issues: published positions, and how many of the others."""

    positions_of_actor: Counter[int] = field(default_factory=Counter)
    issues_of_actor: Counter[int] = field(default_factory=Counter)
    positions_on_issue: Counter[int] = field(default_factory=Counter)
    actors_on_issue: Counter[int] = field(default_factory=Counter)


def heard_in(dossier: Dossier) -> Heard:
    """Return who was heard on what; two queries, where it is not known."""
    return kept(dossier, "heard", (), lambda: _heard(dossier))


def _heard(dossier: Dossier) -> Heard:
    heard = Heard()
    # By actors and issues, and not by the dossier: the index of headlines holds them together.
    counts = counts_of(dossier)
    rows = Position.objects.filter(actor__in=counts.actors, issue__in=counts.issues, public=True)
    pairs = rows.order_by().values_list("actor", "issue").annotate(number=Count("pk"))
    for actor, issue, number in pairs:
        heard.positions_of_actor[actor] += number
        heard.issues_of_actor[actor] += 1
        heard.positions_on_issue[issue] += number
        heard.actors_on_issue[issue] += 1
    return heard


def most_reported(counts: dict[int, int], number: int) -> list[int]:
    """Return the primary keys with the highest counts, the older record first in a tie."""
    return sorted(counts, key=lambda pk: (-counts[pk], pk))[:number]


def _key(what: str, dossier: int, version: int) -> str:
    return f"{what}:{dossier}:{version}"


def _counted(dossier: int, version: int) -> tuple[Counts, tuple[Read, ...]]:
    """Count a dossier, and keep what was counted and how its articles were read."""
    counts, read = _count(dossier, version)
    counted.set(_key("counts", dossier, version), counts, timeout=None)
    counted.set(_key("read", dossier, version), read, timeout=None)
    return counts, read


def _count(dossier: int, version: int) -> tuple[Counts, tuple[Read, ...]]:
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
            [*[dossier, True] * 4, dossier],
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
    counts = Counts(
        dossier,
        version,
        articles=len(read),
        positions=sum(of_kind["actors"].values()),
        actors=of_kind["actors"],
        issues=of_kind["issues"],
        first_day=_day(first),
        last_day=_day(last),
    )
    return counts, tuple(
        Read(source, _day(day) or date.min, how == "full", frozenset(issues - {0}))
        for (_pk, source, day, how), issues in read.items()
    )


def _day(value: date | str | None) -> date | None:
    """Return a day as either database gives it: SQLite knows dates as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
