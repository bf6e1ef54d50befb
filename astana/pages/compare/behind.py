"""The articles that a comparison rests on, for whoever holds it on paper."""

from typing import NamedTuple

from astana.models import Evidence
from astana.models.said_words import day_words
from astana.pages.shared.matrix import Table
from astana.pages.shared.selection import Selection


class Behind(NamedTuple):
    """An article behind a comparison, in words; `slug` leads to it."""

    source: str
    day: str
    slug: str
    language: str
    title: str


def articles_behind(selection: Selection, table: Table) -> list[Behind]:
    """Return the articles behind the positions in the cells, oldest first; one query.

    It starts at the positions. Asked for the articles of the dossier that have such passages,
    SQLite would look at every article.
    """
    found = set(
        Evidence.objects.filter(position__in=table.matrix.shown)
        .order_by()
        .values_list(
            "rendition__article__published",
            "rendition__article__slug",
            "rendition__article__source__name",
            "rendition__article__language",
            "rendition__article__title",
            "rendition__article__dossier",
        )
    )
    return [
        Behind(source, day_words(day), slug, language, title)
        for day, slug, source, language, title, dossier in sorted(found)
        if dossier == selection.dossier.pk
    ]
