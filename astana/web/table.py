"""What the tables of every list share: strict sorting and paging, a caption, row headers."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

import django_tables2
from django.core.paginator import EmptyPage
from django.db.models import Func, IntegerField, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django_tables2.utils import OrderBy

from astana.web.filters import PAGING, Found
from astana.web.long_list import Groups, LongList
from astana.web.paging import no_page

PER_PAGE = 25
# So many pages on either side of the one that is open are offered by number.
AROUND = 3


def number_of(rows: QuerySet, of: str = "pk") -> Subquery:
    """Return how many different `of` the rows of a correlated query hold, for an annotation.

    A count of its own for each row of the outer query: the database makes it for the rows of the
    page alone, where a join would count everything.
    """
    # Rows are different by themselves: to count them the database gathers nothing.
    which = "" if of == "pk" else "DISTINCT "
    count = Func(of, function="COUNT", template=f"%(function)s({which}%(expressions)s)")
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


def ranked_by(
    name: str, columns: tuple[str, str], numbers: tuple[Counter[int], Counter[int]], rows: QuerySet
) -> list[int] | None:
    """Return the primary keys in the order of one of two columns that count; None for others.

    Those with as many come by the other column, and then by short name.
    """
    if name not in columns:
        return None
    first, second = numbers if name == columns[0] else numbers[::-1]
    known = rows.order_by().values_list("slug", "pk")
    return [pk for *_, pk in sorted((first[pk], second[pk], slug, pk) for slug, pk in known)]


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

    def cells_of(self, name: str) -> Callable[[Any], Any]:
        """Return what makes the cell of a column out of a record.

        It is looked up once for all rows, which django-tables2 would do for each cell.
        """
        bound = self.columns[name]
        empty = bound.column.empty_values
        render = getattr(self, f"render_{name}", None)
        if render and not empty:
            return render
        value_of = attrgetter(bound.accessor.replace(bound.accessor.SEPARATOR, "."))

        def cell(record: Any) -> Any:
            value = value_of(record)
            if value in empty:
                return bound.default
            return render(record) if render else value

        return cell

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
                    "“%(sort)s” is not an order of this list. Orders: %(known)s (put - before "
                    "one to reverse it)."
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
        """The numbers of pages that are offered with addresses: ends, those around, and gaps."""
        here, last = self.page.number, self.paginator.num_pages
        around = range(here - AROUND, here + AROUND + 1)
        known = sorted({1, last, here} | {number for number in around if 1 <= number <= last})
        turns: list[tuple[int | None, str]] = []
        for before, number in zip([0, *known], known, strict=False):
            turns += [] if number - before == 1 else [(None, "")]
            turns.append((number, self.turned(number)))
        return turns


class LongTable(ListTable):
    """A table of any number of rows, of which a page costs the same wherever it is.

    `load` fetches what is shown of the rows of one page.
    """

    load: Callable[[QuerySet], Iterable[Any]]

    def __init__(
        self,
        rows: QuerySet,
        *,
        found: Found | None = None,
        groups: Callable[[str], Groups | None] = lambda _name: None,
        ranked: Callable[[str], Sequence[int] | None] = lambda _name: None,
    ) -> None:
        """Show rows by pages; `found` says how many there are where that is known.

        By a column `groups` returns those that the rows stand in, and `ranked` the primary keys of
        all rows in its order; None where an index has it.
        """
        super().__init__(rows)
        self.found = found or Found(rows.count())
        self.groups, self.ranked = groups, ranked

    def open(self, number: int) -> list[str]:
        """Open a page: by its number, or beside the row that the address names."""
        problems, anchor = self.anchored()
        order = self.order_by[0] if self.order_by else OrderBy("")
        groups = self.groups(order.bare) if self.found.is_many and not anchor else None
        ranked = self.ranked(order.bare)
        if order.is_descending:
            groups = groups and groups.turned()
            ranked = ranked and ranked[::-1]
        self.paginate(
            paginator_class=LongList,
            page=number,
            per_page=PER_PAGE,
            found=self.found,
            load=self.load,
            anchor=anchor,
            groups=groups,
            ranked=ranked,
        )
        return problems

    def anchored(self) -> tuple[list[str], tuple[Any, bool] | None]:
        """Return the row that the page follows, or comes before, and what is wrong with it."""
        return [], None
