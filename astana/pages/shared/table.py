"""What the tables of every list share: strict sorting and paging, a caption, row headers."""

import re
from collections.abc import Callable
from typing import Any

import django_tables2
from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import Func, IntegerField, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django_tables2.rows import BoundRow, BoundRows

from astana.pages.shared.filters import PAGING, Found
from astana.pages.shared.paging import no_page

PER_PAGE = 25
# So many pages on either side of the one that is open are offered by number.
AROUND = 3


def number_of(rows: QuerySet, of: str = "pk") -> Subquery:
    """Return how many different `of` the rows of a correlated query hold, for an annotation.

    A count of its own for each row of the outer query: the database makes it for the rows of the
    page alone, where a join would count everything.
    """
    count = Func(of, function="COUNT", template="%(function)s(DISTINCT %(expressions)s)")
    return Subquery(
        rows.order_by().annotate(found=count).values("found"), output_field=IntegerField()
    )


def number_column(number: str, *further: str, label: Any) -> django_tables2.Column:
    """Return a column of numbers, largest first; ties are put in order by `further`."""
    return django_tables2.Column(
        accessor=number,
        verbose_name=label,
        order_by=(number, *further, "slug"),
        initial_sort_descending=True,
        attrs={"th": {"class": "number"}, "td": {"class": "number"}},
    )


class ListTable(django_tables2.Table):
    """A table of one page of rows; `ROW_HEADER` is the column that names the row."""

    ROW_HEADER = ""
    # What the rows are, for the caption and for the scroll region.
    CAPTION = ""

    class Meta:
        template_name = "components/table.html"
        order_by_field = "sort"
        attrs = {"class": "table cards"}
        default = ""
        empty_text = ""

    def cell(self, row: BoundRow, name: str) -> Any:
        """Return what stands in a cell."""
        return row.get_cell(name)

    def turn_to(self, request: HttpRequest) -> list[str]:
        """Sort and page as the query string says; return what of it cannot be understood."""
        self.query = request.GET
        problems = self._sort()
        number = self.query.get("page", "") or "1"
        try:
            if not re.fullmatch(r"[0-9]{1,9}", number, re.ASCII):
                raise EmptyPage
            problems += self.open(int(number))
        except EmptyPage:
            self.open(1)
            problems.append(self.no_page(number[:20]))
        return problems

    def _sort(self) -> list[str]:
        known = [column.name for column in self.columns if column.orderable]
        sort = self.query.get("sort", "")
        if sort.removeprefix("-") in known:
            self.order_by = sort
        elif sort:
            return [
                _(
                    "“%(sort)s” is no order of this list. There is: %(known)s (with - before it: "
                    "the other way round)."
                )
                % {"sort": sort[:60], "known": ", ".join(known)}
            ]
        return []

    def open(self, number: int) -> list[str]:
        """Open a page; return what of its address cannot be understood. Raises EmptyPage."""
        self.paginate(page=number, per_page=PER_PAGE)
        return []

    def no_page(self, number: str) -> str:
        """Return the words for a page that is not there."""
        return no_page(number, self.paginator.num_pages)

    @property
    def number(self) -> int:
        """How many rows there are on all pages."""
        return self.paginator.count

    @property
    def numbers(self) -> list[int | None]:
        """The numbers of pages that are offered: the ends and those around; None is a gap."""
        here, last = self.page.number, self.paginator.num_pages
        around = range(here - AROUND, here + AROUND + 1)
        known = sorted({1, last, here} | {number for number in around if 1 <= number <= last})
        offered: list[int | None] = []
        for before, number in zip([0, *known], known, strict=False):
            offered += [number] if number - before == 1 else [None, number]
        return offered

    @property
    def previous(self) -> str:
        """The address of the page before, or nothing."""
        return self.turned(self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next(self) -> str:
        """The address of the page after, or nothing."""
        return self.turned(self.page.number + 1) if self.page.has_next() else ""

    def turned(self, number: int, **beside: str) -> str:
        """Return the address of another page of the list as it is."""
        query = self.query.copy()
        for name in PAGING:
            query.pop(name, None)
        query["page"] = str(number)
        query.update(beside)
        return f"?{query.urlencode()}"

    @property
    def turns(self) -> list[tuple[int | None, str]]:
        """The numbers of pages that are offered, each with its address."""
        return [(number, self.turned(number) if number else "") for number in self.numbers]


class LongList(Paginator):
    """Pages of a long table, which cost as much at its end as at its start.

    The page after another starts at the row that the other ends with, however many rows lie
    before it. A page that is asked for by its number alone is looked up in the index, without its
    rows; where nobody has counted the rows, only so many pages have a number to be asked for.
    `load` fetches what is shown of the rows of one page.

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
