"""Rows of the API that are records: the lists of pages, and the tables of packages."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from astana.exchange.described import columns_of
from astana.exchange.dump import PUBLISHED, path_to, plain_rows, rows_of
from astana.exchange.table import STANDING, Table
from astana.exchange.tables import BY_NAME, TABLES
from astana.models import Dossier
from astana.models.counts import counts_of
from astana.web.api.offered import ApiTable, Parameter, Reading, Refused, Row, offer
from astana.web.api.parameters import MOST_KEYS, SLUG, keys, many, of_filters
from astana.web.filters import ListFilter
from astana.web.listing import Listing
from astana.web.long_list import beyond

_AT_ONCE = 1000
# These are offered as the lists that they have.
_LISTS = frozenset({"actors", "issues", "events", "articles", "positions"})
_WITH_PAGES = frozenset({"actors", "issues", "events", "articles", "sources", "documents"})
# What a table of a package says of its own files and to those who write.
_OF_PACKAGES = frozenset({STANDING.name, "file", "reason"})


@dataclass
class Records(Reading):
    """Records as rows, in an order in which no two are equal."""

    records: QuerySet
    order: tuple[str, ...]
    write: Callable[[QuerySet], Iterable[Row]]
    filters: ListFilter | None = None
    is_written_at_once: bool = True

    def rows(self) -> Iterator[Row]:
        """Yield all rows; where they are not written row by row, some at a time."""
        if self.is_written_at_once:
            yield from self.write(self.records)
            return
        place: list[Any] | None = []
        while place is not None:
            some, place = self.rows_after(place, _AT_ONCE)
            yield from some

    def rows_after(self, place: list[Any] | None, size: int) -> tuple[list[Row], list[Any] | None]:
        """Return so many rows after a place, and the place of the last one where more follow."""
        fields = [name.removeprefix("-") for name in self.order]
        records = self.records.order_by(*self.order)
        if place:
            last = SimpleNamespace(**dict(zip(fields, place, strict=True)))
            records = records.filter(beyond(last, self.order, is_before=False))
        found = list(records.values_list("pk", *fields)[: size + 1])
        shown = self.records.model.objects.filter(pk__in=[pk for pk, *_place in found[:size]])
        rows = list(self.write(shown)) if found else []
        return rows, list(found[size - 1][1:]) if len(found) > size else None

    def number(self) -> int:
        """Return how many rows there are."""
        return self.records.order_by().count()

    def facets(self) -> dict[str, dict[str, int]]:
        """Return by filter how many rows each of its values would show."""
        facets = self.filters.facets if self.filters else []
        return {one.name: {each.value: each.number for each in one.choices} for one in facets}


def offer_list(listing: Listing) -> None:
    """Let the API have a list: its filters and the rows of its file."""
    noun = listing.noun
    columns = columns_of(noun, tuple(listing.columns))

    def read(request: HttpRequest, dossier: Dossier) -> Records:
        filters = listing.filters_of(request, dossier)
        if problems := filters.problems:
            raise Refused(problems)
        site = request.build_absolute_uri("/")[:-1]
        last_day = None
        if noun == "positions":
            last_day = filters.form.cleaned_data["until"] or counts_of(dossier).last_day
        return Records(
            _with_keys(filters.shown, BY_NAME[noun], dossier, request),
            listing.order,
            lambda shown: listing.rows(shown, filters, site),
            page=f"{site}{dossier.get_absolute_url()}{noun}/{_query(request)}",
            as_of=last_day,
            filters=filters,
        )

    offer(
        ApiTable(
            noun,
            BY_NAME[noun].description,
            columns,
            (*of_filters(listing.filters), keys(noun)),
            read,
            key=columns[0].name,
            # The file of positions names the page of each by itself.
            page=f"{noun}:detail" if noun in _WITH_PAGES else "",
        )
    )


def _offer_table(table: Table) -> None:
    """Let the API have a table as packages have it; each column that names a record is a filter."""
    names = tuple(name for name in table.names if name not in _OF_PACKAGES)
    key = table.key[0] if len(table.key) == 1 else ""
    named = {one.columns[0]: BY_NAME[one.table] for one in table.references}

    def read(request: HttpRequest, dossier: Dossier) -> Records:
        records = table.model.objects.of(dossier).filter(**PUBLISHED.get(table.name, {}))
        for name, target in named.items():
            if slugs := [slug for slug in request.GET.getlist(name) if slug]:
                _refuse_unknown(name, slugs, _key_path(target), dossier, request)
                records = records.filter(**{f"{path_to(table, name)}__in": slugs})
        site = request.build_absolute_uri("/")[:-1]
        return Records(
            _with_keys(records, table, dossier, request) if key else records,
            ("pk",),
            lambda shown: _written(table, names, shown),
            page=f"{site}{dossier.get_absolute_url()}",
            is_written_at_once=False,
        )

    parameters = [
        Parameter(name, f"One of {target.name}.", many(SLUG, most=MOST_KEYS))
        for name, target in named.items()
    ]
    offer(
        ApiTable(
            table.name,
            table.description,
            columns_of(table.name, names),
            (*parameters, *([keys(table.name)] if key else [])),
            read,
            key=key,
            page=f"{table.name}:detail" if table.name in _WITH_PAGES else "",
        )
    )


def _written(table: Table, names: tuple[str, ...], shown: QuerySet) -> Iterator[Row]:
    # The words of texts, which are long, are not looked at.
    is_plain = table.name == "renditions"
    for row in plain_rows(table, shown, names) if is_plain else rows_of(table, shown)[0]:
        yield tuple(
            " ".join(f"{start}-{end}" for start, end in row[name])
            if name == "paragraphs"
            else row[name]
            for name in names
        )


def _with_keys(records: QuerySet, table: Table, dossier: Dossier, request: HttpRequest) -> QuerySet:
    """Return the records of which the keys are given, or all; raises Refused for unknown keys."""
    asked = [key for key in request.GET.getlist("key") if key]
    if not asked:
        return records
    key = table.key[0]
    _refuse_unknown("key", asked, (table, key), dossier, request)
    return records.filter(**{f"{key}__in": asked})


def _key_path(target: Table) -> tuple[Table, str]:
    """Return the table and the column that a first column of a reference names in the end."""
    for reference in target.references:
        if target.key[0] in reference.columns:
            return _key_path(BY_NAME[reference.table])
    return target, target.key[0]


def _refuse_unknown(
    name: str, slugs: list[str], of: tuple[Table, str], dossier: Dossier, request: HttpRequest
) -> None:
    table, key = of
    if len(slugs) > MOST_KEYS:
        raise Refused([_("Ask for at most %(most)s keys at a time.") % {"most": MOST_KEYS}])
    known = table.model.objects.visible_to(request.user).of(dossier)
    there = set(known.filter(**{f"{key}__in": slugs}).values_list(key, flat=True))
    # Translators: `name` is a parameter of an address, `value` what somebody asked for by it.
    words = _("“%(value)s” is unknown (%(name)s).")
    if unknown := [slug for slug in slugs if slug not in there]:
        raise Refused([words % {"name": name, "value": slug[:60]} for slug in unknown[:5]])


def _query(request: HttpRequest) -> str:
    """Return the filters of an address, without what the API alone is asked."""
    query = request.GET.copy()
    for name in ("after", "size", "columns", "extra", "key"):
        query.pop(name, None)
    return f"?{query.urlencode()}" if query else ""


for _table in TABLES:
    if _table.name not in _LISTS:
        _offer_table(_table)
