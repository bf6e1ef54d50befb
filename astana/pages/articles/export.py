"""The list of articles as rows of a file."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from astana.pages.articles.table import counted

COLUMNS = (
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
_AT_ONCE = 500


def rows(shown: QuerySet) -> Iterator[tuple[Any, ...]]:
    """Yield the articles, newest first, with how much was found in each."""
    yield from (
        counted(shown)
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
