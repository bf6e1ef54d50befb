"""Rows of the API that are worked out and not records: a comparison, agreement."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from astana.web.api.offered import Reading, Refused, Row


@dataclass
class Computed(Reading):
    """Rows that are made again each time; those at `known_by` tell one from all others."""

    make: Callable[[], Iterator[Row]]
    known_by: tuple[int, ...]

    def rows(self) -> Iterator[Row]:
        """Yield all rows."""
        yield from self.make()

    def rows_after(self, place: list[Any] | None, size: int) -> tuple[list[Row], list[Any] | None]:
        """Return so many rows after a place, and the place of the last one where more follow."""
        rows = self.make()
        if place and not any(self._place(row) == place for row in rows):
            words = _(
                "The row that “after” names no longer exists. Leave out “after” to start again."
            )
            raise Refused([words])
        found = list(islice(rows, size + 1))
        return found[:size], self._place(found[size - 1]) if len(found) > size else None

    def number(self) -> int:
        """Return how many rows there are."""
        return sum(1 for _row in self.make())

    def _place(self, row: Row) -> list[Any]:
        return [row[column] for column in self.known_by]
