"""The columns of the tables of a package that are made alike."""

from astana.exchange.table import Column
from astana.models import Rendition


def slug_of(description: str) -> Column:
    """Return the column with the short name of a row."""
    return Column("slug", "slug", description, is_required=True)


def naming(
    name: str, description: str, names: str = "", *, is_required: bool = True, field: str = ""
) -> Column:
    """Return a column that names a row by its short name: of the table `names`, or with others."""
    return Column(name, "slug", description, is_required=is_required, names=names, field=field)


def needed(name: str, kind: str, description: str, *, since: int = 1) -> Column:
    """Return a column that no row leaves empty."""
    return Column(name, kind, description, is_required=True, since=since)


def optional(name: str, kind: str, description: str, **more: str) -> Column:
    """Return a column that is left out if no row fills it."""
    left_out = "The column is left out if no row fills it."
    return Column(name, kind, f"{description} {left_out}", is_optional=True, **more)


def kind_of_text(description: str) -> Column:
    """Return the column with the kind of a text."""
    kinds, later = tuple(Rendition.Kind.values), (Rendition.Kind.RECORD,)
    return Column("kind", "choice", description, is_required=True, choices=kinds, later=later)


RENDITION = (
    naming("article", "The article whose rendition this is."),
    kind_of_text("The kind of the rendition."),
    needed("language", "language", "The language of the rendition."),
    needed("version", "count", "The version of the rendition."),
)
RENDITION_KEY = ("article", "kind", "language", "version")
