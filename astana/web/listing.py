"""A list, declared once: its page and its file show the same rows under the same filters."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from astana.exchange.export import MOST_ROWS
from astana.models import Dossier
from astana.models.counts import counts_of
from astana.web.files import LARGE, Rows, refused, sent
from astana.web.filters import ListFilter
from astana.web.frame import dossier_seen, page
from astana.web.table import ListTable

_AT_ONCE = 500


@dataclass(frozen=True)
class Listing:
    """What a list shows.

    `rows` yields the values of `columns` for some of its records in the order `order`, in which no
    two are equal; it is given the filters too, and the address of the site.
    """

    noun: str
    title: str | Promise
    model: type[Model]
    filters: type[ListFilter]
    table: Callable[[ListFilter], ListTable]
    columns: Iterable[str]
    order: tuple[str, ...]
    rows: Callable[[QuerySet, ListFilter, str], Iterator[tuple[Any, ...]]]

    def page(self, request: HttpRequest, template: str, dossier: str) -> HttpResponse:
        """Return a page of the list; 400 with the reasons where the address is not understood."""
        filters = self.filters_of(request, dossier_seen(request, dossier))
        table = self.table(filters)
        problems = filters.problems or table.turn_to(request)
        context = {
            "dossier": filters.dossier,
            "filters": filters,
            "table": table,
            "counts": counts_of(filters.dossier),
            "problems": problems,
        }
        return page(request, template, context, status=400 if problems else 200)

    def file(self, request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
        """Return all rows of the list as a file; 400 in plain words where that cannot be."""
        filters = self.filters_of(request, dossier_seen(request, dossier))
        if problems := filters.problems:
            return refused(problems)
        most = MOST_ROWS if suffix == "xlsx" else LARGE
        number = filters.shown.order_by()[: most + 1].count()
        if suffix == "xlsx" and number > most:
            return refused([_too_many(most)])
        rows = self.rows(filters.shown, filters, request.build_absolute_uri("/")[:-1])
        what = (filters.dossier, self.noun, str(self.title), tuple(self.columns), rows)
        return sent(Rows(*what, is_large=number > LARGE), suffix, request)

    def filters_of(self, request: HttpRequest, dossier: Dossier) -> ListFilter:
        """Return what the address asks for of what the reader may see."""
        visible = self.model.objects.visible_to(request.user).of(dossier)
        return self.filters(request, visible, dossier=dossier)


def _too_many(most: int) -> str:
    return _(
        "A workbook holds %(most)s rows, and there are more. Narrow the list with its filters, "
        "or download CSV or JSON: these hold any number."
    ) % {"most": number_format(most, force_grouping=True)}


def values_of(
    records: QuerySet, columns: Mapping[str, str | Callable[[Any], Any]]
) -> Iterator[tuple[Any, ...]]:
    """Yield the values of each record, by column the path of an attribute or a function."""
    values = [attrgetter(one) if isinstance(one, str) else one for one in columns.values()]
    for record in records.iterator(_AT_ONCE):
        yield tuple(value(record) for value in values)
