"""The records that a search has found, by kind, with what is shown of each."""

from datetime import date
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Left

from astana.models import Actor, Article, Issue, Position, Rendition
from astana.models.positions.fetched import Joined, marked
from astana.search.excerpt import LOOKED_THROUGH

# Whom a person spoke for is read from so many of the newest positions.
MOST_SPOKEN = 100


def actors_of(pks: list[int], user: Any) -> list[Actor]:
    """Return the actors with their names and their whole; four queries.

    Persons have in `spoke_for` the actors that they spoke for first-hand, of late, and in `spoken`
    the newest position among these, None if there is none.
    """
    actors = Actor.objects.visible_to(user).filter(pk__in=pks)
    for_another = Position.objects.filter(
        ~Q(actor=F("speaker")), public=Value(True), first_hand=Value(True)
    ).newest_first()
    spoken = for_another.filter(speaker=OuterRef("pk"))
    of_late = for_another.filter(speaker=OuterRef(OuterRef("pk")))
    for_whom = (
        Position.objects.filter(pk__in=of_late.values("pk")[:MOST_SPOKEN])
        .order_by()
        .values("speaker")
        .annotate(names=Joined("actor__slug", distinct=True))
        .values("names")
    )
    is_person = Q(kind=Actor.Kind.PERSON)
    found = list(
        actors.select_related("dossier", "part_of")
        .prefetch_related("names")
        .annotate(
            spoken_pk=Case(When(is_person, then=Subquery(spoken.values("pk")[:1]))),
            for_whom=Case(When(is_person, then=Subquery(for_whom))),
        )
    )
    # Never an empty list: Django would not ask, and a search is to ask the same each time.
    newest = {one.pk: one for one in positions_of([0, *(a.spoken_pk or 0 for a in found)], user)}
    slugs = {slug for actor in found for slug in (actor.for_whom or "").split(",")}
    named = Actor.objects.visible_to(user).filter(slug__in=slugs).select_related("dossier")
    named = named.filter(dossier__in={actor.dossier_id for actor in found} or {0})
    whom = {(one.dossier_id, one.slug): one for one in named.order_by("sort_name", "slug")}
    for actor in found:
        mine = (actor.for_whom or "").split(",")
        actor.spoken = newest.get(actor.spoken_pk)
        actor.spoke_for = [
            one
            for (dossier, slug), one in whom.items()
            if dossier == actor.dossier_id and slug in mine
        ]
    return found


def issues_of(pks: list[int], user: Any) -> QuerySet:
    """Return the issues with their stances; two queries."""
    issues = Issue.objects.visible_to(user).filter(pk__in=pks)
    return issues.select_related("dossier").with_stances()


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
    """Return the positions with what their line says, and what `marked` adds; one query."""
    found = marked(Position.objects.visible_to(user).filter(pk__in=pks))
    return found.select_related(
        "dossier", "actor", "issue", "stance__issue", "attributed_by", "speaker"
    )


def holding(
    stances: list[int], user: Any, *, issues: list[int], as_of: date, most: int
) -> tuple[list[Position], bool]:
    """Return the headlines with these stances of these issues (primary keys) as of a day.

    They are of at most so many actors, by name, with what `marked` adds; and whether there are
    more, who were not asked about. Two queries.
    """
    visible = Position.objects.visible_to(user)
    taken = visible.filter(stance__in=stances).order_by("actor__sort_name", "actor")
    actors = list(taken.values_list("actor", flat=True).distinct()[: most + 1])
    found = visible.headlines(actors=actors[:most], issues=issues, as_of=as_of)
    positions = (
        marked(found.filter(stance__in=stances))
        .select_related("dossier", "actor", "stance", "attributed_by", "speaker")
        .order_by("actor__sort_name", "actor", "-latest", "-pk")
    )
    return list(positions), len(actors) > most
