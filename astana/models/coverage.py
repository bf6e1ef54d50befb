"""How the articles of a dossier were read, and what for: counted once for each of its versions."""

from collections import defaultdict
from datetime import date

from django.db.models import Count

from astana.comparison.coverage import Read
from astana.models.article import Article
from astana.models.dossier import Dossier
from astana.models.evidence import Evidence
from astana.models.looked_for import LookedFor
from astana.models.process_cache import cache


def read_in(dossier: Dossier) -> list[Read]:
    """Return how each article of a dossier was read; two queries where it is not cached."""
    key = f"read:{dossier.pk}:{dossier.version}"
    found = cache.get(key)
    if found is None:
        found = _read(dossier)
        cache.set(key, found, timeout=None)
    return found


def _read(dossier: Dossier) -> list[Read]:
    issues: dict[int, set[int]] = defaultdict(set)
    looked_for = LookedFor.objects.of(dossier).order_by()
    for article, issue in looked_for.values_list("article_id", "issue_id"):
        issues[article].add(issue)
    rows = Article.objects.of(dossier).order_by()
    rows = rows.values_list("pk", "source_id", "published", "coverage")
    return [
        Read(source, published, how == Article.Coverage.FULL, frozenset(issues.get(pk, ())))
        for pk, source, published, how in rows
    ]


def reported_in(dossier: Dossier, *, as_of: date) -> dict[tuple[int, int], int]:
    """Return how many positions each source reports on each issue, by their primary keys.

    Counted are published positions said by a day that a passage of the source supports; one query.
    """
    rows = (
        Evidence.objects.of(dossier)
        .filter(role=Evidence.Role.SUPPORTS, position__public=True, position__latest__lte=as_of)
        .order_by()
        .values_list("rendition__article__source", "position__issue")
        .annotate(number=Count("position", distinct=True))
    )
    return {(source, issue): number for source, issue, number in rows}
