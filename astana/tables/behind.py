"""The articles that a comparison rests on, for whoever holds it on paper."""

from typing import Any

from astana.forms.compare import Selection
from astana.models import Article
from astana.tables.matrix import Table


def articles_behind(selection: Selection, table: Table, *, user: Any) -> list[Article]:
    """Return the articles behind the positions in the cells, oldest first; one query."""
    shown = {voice.id for row in table.matrix.rows for cell in row.cells for voice in cell.voices}
    articles = (
        Article.objects.visible_to(user)
        .of(selection.dossier)
        .filter(renditions__evidence__position__in=shown)
    )
    return list(articles.select_related("source").order_by("published", "slug").distinct())
