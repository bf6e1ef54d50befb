"""The list of events as rows of a file."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from astana.pages.events.table import with_parts

COLUMNS = (
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


def rows(shown: QuerySet) -> Iterator[tuple[Any, ...]]:
    """Yield the events in the order of time, with who took part and what came out of each."""
    for event in with_parts(shown).order_by("start", "slug").iterator(_AT_ONCE):
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
