"""The records that a search has found, by kind, with what is shown of each."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Left

from astana.models import Actor, Article, Evidence, Issue, Position, Rendition
from astana.search.excerpt import LOOKED_THROUGH


def actors_of(pks: list[int], user: Any) -> QuerySet:
    """Return the actors with their names and their whole; two queries."""
    actors = Actor.objects.visible_to(user).filter(pk__in=pks)
    return actors.select_related("dossier", "part_of").prefetch_related("names")


def issues_of(pks: list[int], user: Any) -> QuerySet:
    """Return the issues with their stances; two queries."""
    issues = Issue.objects.visible_to(user).filter(pk__in=pks)
    return issues.select_related("dossier").prefetch_related("stances")


def articles_of(pks: list[int], user: Any) -> list[Article]:
    """Return the articles with `texts`: the newest of each kind and language one may read.

    Of each text there is as much as is looked through for an excerpt. Two queries.
    """
    articles = Article.objects.visible_to(user).filter(pk__in=pks)
    found = list(articles.select_related("dossier", "source"))
    renditions = Rendition.objects.visible_to(user).with_text().filter(article__in=pks)
    rows = renditions.order_by("version").values_list(
        "article_id", "kind", "language", "pk", "paragraphs", Left("text", LOOKED_THROUGH)
    )
    newest = {row[:3]: row[3:] for row in rows}
    for article in found:
        article.texts = [text for key, text in sorted(newest.items()) if key[0] == article.pk]
    return found


def positions_of(pks: list[int], user: Any) -> QuerySet:
    """Return the positions with what their line says, and `is_disputed`; one query."""
    disputes = Evidence.objects.filter(position=OuterRef("pk"), role=Evidence.Role.DISPUTES)
    return (
        Position.objects.visible_to(user)
        .filter(pk__in=pks)
        .select_related("dossier", "actor", "issue", "stance__issue", "attributed_by", "speaker")
        .annotate(is_disputed=Exists(disputes))
    )
