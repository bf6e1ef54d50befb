"""The tables of the API, each declared once; what describes and what answers follow from here."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest

from astana.exchange.table import Column
from astana.models import Dossier

Row = Sequence[Any]
# Proxies refuse long heads, so longer addresses are in none.
LONGEST_LINK = 1000


class Refused(Exception):
    """What is asked for cannot be understood; `problems` say why in words."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = list(problems)


@dataclass(frozen=True)
class Parameter:
    """One parameter of an address; `schema` says as JSON Schema what its value can be."""

    name: str
    description: str
    schema: dict[str, Any] = field(hash=False)


@dataclass(kw_only=True)
class Reading(ABC):
    """The rows of a table of a dossier that a reader asked for.

    `as_of` and `recorded_as_of` are the two clocks: what was said, and what was recorded later than
    these is left out. `page` is where people see the same.
    """

    page: str
    as_of: date | None = None
    recorded_as_of: datetime | None = None

    @abstractmethod
    def rows(self) -> Iterator[Row]:
        """Yield all rows."""

    @abstractmethod
    def rows_after(self, place: list[Any] | None, size: int) -> tuple[list[Row], list[Any] | None]:
        """Return so many rows after a place, and the place of the last one where more follow."""

    @abstractmethod
    def number(self) -> int:
        """Return how many rows there are."""

    def facets(self) -> dict[str, dict[str, int]]:
        """Return by filter how many rows each of its values would show; nothing without filters."""
        return {}


@dataclass(frozen=True)
class ApiTable:
    """A table of the API: what a row is, its columns, what can be asked, and who reads it.

    `read` raises Refused. `key` is the column by which a row is known, `page` the name of the page
    that a row has, `holds` the column with the key of the position that a row is about.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    parameters: tuple[Parameter, ...]
    read: Callable[[HttpRequest, Dossier], Reading]
    key: str = ""
    page: str = ""
    holds: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns in order, with the addresses that each row has."""
        return tuple(column.name for column in self.all_columns)

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """The columns, with the addresses that each row has."""
        found = self.columns
        if self.page:
            found += (Column("page", "url", "The page of the row, for people."),)
        if self.key or self.holds:
            what = "the row" if self.key else "the position"
            found += (Column("api", "url", f"The address of {what} in this API."),)
        return found


TABLES: dict[str, ApiTable] = {}
# The first ones where they are named; the others follow in the order of packages.
_FIRST = ("positions", "compare", "agreement", "issues", "stances", "actors", "evidence")
_FIRST += ("articles", "sources", "events", "documents")


def offer(table: ApiTable) -> None:
    """Let the API have a table (astana/for_programs.py)."""
    TABLES[table.name] = table


def in_order() -> list[ApiTable]:
    """Return the tables, those that most people look for first."""
    return [TABLES[name] for name in (*_FIRST, *(one for one in TABLES if one not in _FIRST))]
