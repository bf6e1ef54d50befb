"""The list of actors as rows of a file."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from astana.pages.actors.table import counted

COLUMNS = (
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
_AT_ONCE = 500


def rows(shown: QuerySet) -> Iterator[tuple[Any, ...]]:
    """Yield the actors by name, with their further names and how much each stated."""
    for actor in counted(shown).order_by("sort_name", "slug").iterator(_AT_ONCE):
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
