"""One table of a dossier package: its columns, its key, and what its rows name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from astana.models import Rendition
from astana.models.of_dossier import OfDossier

# The kinds of cells whose longest length the model knows.
_LIMITED = {"text", "name", "slug", "url"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `kind` names how a cell is read (see `cells.py`)."""

    name: str
    kind: str
    description: str
    is_required: bool = False
    choices: tuple[str, ...] = ()
    # The first format of packages that has it.
    since: int = 1
    # Left out where none of the rows has anything to say there.
    is_optional: bool = False
    # Choices that came later: a package names them only where a row has them.
    later: tuple[str, ...] = ()
    # The table of which it names a row by itself, and the model's field where that is not its name.
    names: str = ""
    field: str = ""

    def as_used(self, choices: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> "Column":
        """Return the column without those later choices that none of these rows has."""
        if not self.later:
            return self
        unused = set(self.later).difference(row.get(self.name) for row in rows)
        return replace(self, choices=tuple(one for one in choices if one not in unused))


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns that name a row of another table by its key, stored as the model's `field`."""

    columns: tuple[str, ...]
    table: str
    field: str


@dataclass(frozen=True)
class Table:
    """One CSV file; rows are told apart by `key` and written in the order of `order`.

    `together` are the references that take several columns.
    """

    name: str
    model: type[OfDossier]
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    together: tuple[Reference, ...] = ()
    order: tuple[str, ...] = ()
    since: int = 1

    def of_format(self, number: int) -> "Table":
        """Return the table as packages of a format have it."""
        return replace(self, columns=tuple(one for one in self.columns if one.since <= number))

    def as_used(self, rows: Iterable[Mapping[str, Any]] = ()) -> "Table":
        """Return the table without what is optional, and that none of these rows has."""
        rows = list(rows)
        unused = [one.name for one in self.columns if one.is_optional]
        unused = [name for name in unused if not any(row.get(name) for row in rows)]
        used = [one for one in self.columns if one.name not in unused]
        return replace(self, columns=tuple(one.as_used(self.choices(one), rows) for one in used))

    @property
    def file(self) -> str:
        """The name of the table's file in the package."""
        return f"{self.name}.csv"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns in order."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """What the columns name, in their order."""
        naming = [one for one in self.columns if one.names]
        own = [Reference((one.name,), one.names, one.field or one.name) for one in naming]
        there = [one for one in (*own, *self.together) if {*one.columns} <= {*self.names}]
        return tuple(sorted(there, key=lambda one: self.names.index(one.columns[-1])))

    @cached_property
    def referring(self) -> frozenset[str]:
        """The columns that only name other rows."""
        return frozenset(name for reference in self.references for name in reference.columns)

    def limit(self, column: Column) -> int | None:
        """Return the longest length of a cell in characters, or None where the model has none."""
        if column.name in self.referring or column.kind not in _LIMITED:
            return None
        return self.model._meta.get_field(column.name).max_length

    def choices(self, column: Column) -> tuple[str, ...]:
        """Return the values that a choice column may have."""
        if column.kind != "choice":
            return ()
        if column.choices:
            return column.choices
        field = self.model._meta.get_field(column.name)
        return tuple(value for value, _ in field.flatchoices)


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


# Columns that several tables have.
RENDITION = (
    naming("article", "The article whose rendition this is."),
    kind_of_text("The kind of the rendition."),
    needed("language", "language", "The language of the rendition."),
    needed("version", "count", "The version of the rendition."),
)
RENDITION_KEY = ("article", "kind", "language", "version")
PLACE = (
    Column("start", "integer", "Where the passage begins, in Unicode code points from 0."),
    Column("end", "integer", "Where the passage ends, exclusive, in Unicode code points."),
)
STANDING = Column(
    "standing",
    "choice",
    "Empty if readers see it; otherwise a coder added it, at the desk only or as a proposal. The "
    "column is left out if no row fills it.",
    choices=("at-desk", "proposed"),
    is_optional=True,
)
FOREIGN_ID = Column(
    "foreign_id",
    "text",
    "Its identifier in the file of another tool that it came from; rows with the same identifier "
    "are the same record, whatever their short names. The column is left out if no row fills it.",
    is_optional=True,
)
HEALTH = Column(
    "health",
    "choice",
    "Empty if the passage is at its offsets; otherwise why it has none.",
    choices=("ambiguous", "lost"),
)
