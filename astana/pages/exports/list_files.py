"""The lists of actors, issues, articles and events as rows to take away."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from astana.pages.actors import table as actors
from astana.pages.articles import table as articles
from astana.pages.events import table as events
from astana.pages.issues import table as issues

ACTORS = (
    "actor",
    "name",
    "kind",
    "part_of",
    "wikidata",
    "description",
    "names",
    "languages",
    "positions",
    "issues",
)
ISSUES = (
    "issue",
    "title",
    "question",
    "kind",
    "group",
    "order",
    "description",
    "examples",
    "counter_examples",
    "stances",
    "labels",
    "values",
    "positions",
    "actors",
)
ARTICLES = (
    "article",
    "source",
    "source_name",
    "title",
    "byline",
    "published",
    "url",
    "language",
    "coverage",
    "positions",
    "passages",
)
EVENTS = (
    "event",
    "name",
    "place",
    "start",
    "end",
    "description",
    "actors",
    "roles",
    "documents",
)
_AT_ONCE = 500


def actor_rows(shown: QuerySet) -> Iterator[tuple[Any, ...]]:
    """Yield the actors by name, with their further names and how much each stated."""
    for actor in actors.counted(shown).order_by("sort_name", "slug").iterator(_AT_ONCE):
        names = actor.names.all()
        yield (
            actor.slug,
            actor.name,
            actor.kind,
            actor.part_of.slug if actor.part_of else None,
            actor.wikidata,
            actor.description,
            [name.name for name in names],
            [name.language for name in names],
            actor.positions_taken,
            actor.issues_addressed,
        )


def issue_rows(shown: QuerySet) -> Iterator[tuple[Any, ...]]:
    """Yield the issues in their order, with the stances that each knows."""
    found = issues.counted(shown).prefetch_related("stances").order_by("order", "slug")
    for issue in found.iterator(_AT_ONCE):
        stances = issue.stances.all()
        yield (
            issue.slug,
            issue.title,
            issue.question,
            issue.kind,
            issue.group,
            issue.order,
            issue.description,
            issue.examples,
            issue.counter_examples,
            [stance.slug for stance in stances],
            [stance.label for stance in stances],
            [None if stance.value is None else float(stance.value) for stance in stances],
            issue.positions_taken,
            issue.actors_heard,
        )


def article_rows(shown: QuerySet) -> Iterator[tuple[Any, ...]]:
    """Yield the articles, newest first, with how much was found in each."""
    yield from (
        articles.counted(shown)
        .order_by("-published", "slug")
        .values_list(
            "slug",
            "source__slug",
            "source__name",
            "title",
            "byline",
            "published",
            "url",
            "language",
            "coverage",
            "positions_found",
            "passages_found",
        )
        .iterator(_AT_ONCE)
    )


def event_rows(shown: QuerySet) -> Iterator[tuple[Any, ...]]:
    """Yield the events in the order of time, with who took part and what came out of each."""
    for event in events.with_parts(shown).order_by("start", "slug").iterator(_AT_ONCE):
        yield (
            event.slug,
            event.name,
            event.place,
            event.start,
            event.end,
            event.description,
            [part.actor.slug for part in event.parts],
            [part.role for part in event.parts],
            [document.slug for document in event.texts],
        )
