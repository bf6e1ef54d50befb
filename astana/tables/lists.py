"""What the tables of every list share: strict sorting and paging, a caption, row headers."""

import re

import django_tables2
from django.core.paginator import EmptyPage
from django.db.models import Func, IntegerField, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

PER_PAGE = 25


def number_of(rows: QuerySet, of: str = "pk") -> Subquery:
    """Return how many different `of` the rows of a correlated query hold, for an annotation.

    A count of its own for each row of the outer query: the database makes it for the rows of the
    page alone, where a join would count everything.
    """
    count = Func(of, function="COUNT", template="%(function)s(DISTINCT %(expressions)s)")
    return Subquery(
        rows.order_by().annotate(found=count).values("found"), output_field=IntegerField()
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

    def turn_to(self, request: HttpRequest) -> list[str]:
        """Sort and page as the query string says; return what of it cannot be understood."""
        problems = []
        known = [column.name for column in self.columns if column.orderable]
        sort = request.GET.get("sort", "")
        if sort.removeprefix("-") in known:
            self.order_by = sort
        elif sort:
            problems.append(
                _(
                    "“%(sort)s” is no order of this list. There is: %(known)s (with - before it: "
                    "the other way round)."
                )
                % {"sort": sort[:60], "known": ", ".join(known)}
            )
        number = request.GET.get("page", "") or "1"
        try:
            if not re.fullmatch(r"[0-9]{1,9}", number, re.ASCII):
                raise EmptyPage
            self.paginate(page=int(number), per_page=PER_PAGE)
        except EmptyPage:
            self.paginate(page=1, per_page=PER_PAGE)
            pages = self.paginator.num_pages
            problems.append(
                ngettext(
                    "There is no page “%(page)s”: the list has one page.",
                    "There is no page “%(page)s”: the list has pages 1 to %(pages)s.",
                    pages,
                )
                % {"page": number[:20], "pages": pages}
            )
        return problems

    @property
    def number(self) -> int:
        """How many rows there are on all pages."""
        return self.paginator.count
