"""Pages of long lists, which cost as much at the end of the list as at its start.

The page after another starts at the row that the other ends with (`after`), however many rows lie
before it. A page that is asked for by its number alone is looked up in the index, without its
rows; where nobody has counted the rows, only so many pages have a number to be asked for.
"""

from collections.abc import Callable
from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import Q, QuerySet
from django_tables2.rows import BoundRows

from astana.pages.shared.filters import Found


class LongList(Paginator):
    """Pages of a table; `load` fetches what is shown of the rows of one page.

    `anchor` is a row of the list, and whether the page lies before it or after it.
    """

    def __init__(
        self,
        rows: BoundRows,
        per_page: int,
        *,
        found: Found,
        load: Callable[[QuerySet], QuerySet],
        anchor: tuple[Any, bool] | None = None,
    ) -> None:
        super().__init__(rows, per_page)
        self.found, self.load, self.anchor = found, load, anchor
        self.rows: QuerySet = rows.data.data

    @property
    def count(self) -> int:
        """How many rows there are, or of how many it is known."""
        return self.found.number

    def page(self, number: int) -> Page:
        """Return a page by its number; raises EmptyPage where there is none."""
        is_beyond = number > self.num_pages and not (self.found.is_more and self.anchor)
        if number < 1 or is_beyond:
            raise EmptyPage
        pks, has_more = self._beside(*self.anchor) if self.anchor else self._at(number)
        if not pks and number > 1:
            raise EmptyPage
        loaded = {row.pk: row for row in self.load(self.rows.model.objects.filter(pk__in=pks))}
        shown = [loaded[pk] for pk in pks if pk in loaded]
        page = Page(BoundRows(shown, self.object_list.table), number, self)
        page.has_next = lambda: has_more
        return page

    def _at(self, number: int) -> tuple[list[int], bool]:
        """Return the primary keys of a page, counted from the nearer end, and if more follow."""
        start = (number - 1) * self.per_page
        behind = self.count - start - self.per_page
        if self.found.is_more or start <= behind:
            pks = list(self.rows.values_list("pk", flat=True)[start : start + self.per_page + 1])
            return pks[: self.per_page], len(pks) > self.per_page
        end = max(behind, 0)
        pks = list(self.rows.reverse().values_list("pk", flat=True)[end : self.count - start])
        return pks[::-1], behind > 0

    def _beside(self, row: Any, is_before: bool) -> tuple[list[int], bool]:
        """Return the primary keys of the rows before or after a row, and if more follow."""
        ordered = self.rows.reverse() if is_before else self.rows
        ordering = tuple(self.rows.query.order_by)
        rows = ordered.filter(beyond(row, ordering, is_before=is_before))
        pks = list(rows.values_list("pk", flat=True)[: self.per_page + 1])
        shown = pks[: self.per_page]
        return (shown[::-1], True) if is_before else (shown, len(pks) > self.per_page)


def beyond(row: Any, ordering: tuple[str, ...], *, is_before: bool) -> Q:
    """Return the condition for what comes after a row in an order, or before it.

    The first field is bounded by itself too, so that the database starts there in its index.
    """
    condition, same = Q(), Q()
    for place, name in enumerate(ordering):
        field = name.removeprefix("-")
        value = getattr(row, field)
        falls = name.startswith("-") != is_before
        if place == 0:
            bound = Q(**{f"{field}__{'lte' if falls else 'gte'}": value})
        condition |= same & Q(**{f"{field}__{'lt' if falls else 'gt'}": value})
        same &= Q(**{field: value})
    return bound & condition
