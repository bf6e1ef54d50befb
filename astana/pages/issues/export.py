"""The list of issues as rows of a file."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from astana.pages.issues.table import counted

COLUMNS = (
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
_AT_ONCE = 500


def rows(shown: QuerySet) -> Iterator[tuple[Any, ...]]:
    """Yield the issues in their order, with the stances that each knows."""
    found = counted(shown).prefetch_related("stances").order_by("order", "slug")
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
