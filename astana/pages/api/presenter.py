"""What the API says of dossiers, tables and rows."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from astana.models import Dossier
from astana.web.addresses import moment_words
from astana.web.api.answers import (
    STREAMED,
    citation_of,
    clocks_of,
    licence_of,
    links,
    streamed,
    written,
)
from astana.web.api.asked import asked_of, cursor_of
from astana.web.api.offered import ApiTable, Reading, Row, in_order
from astana.web.api.openapi import schema_of
from astana.web.api.parameters import EXTRAS, SIZE

SUFFIXES = (".csv", ".ndjson", ".metadata.json")


def summary(dossier: Dossier, *, site: str) -> dict[str, Any]:
    """Return what a list of dossiers says of one."""
    return {
        "dossier": dossier.slug,
        "title": dossier.title,
        "description": dossier.description or None,
        "licence": licence_of(dossier),
        "citation": citation_of(dossier, site=site),
        "version": dossier.version,
        "page": site + dossier.get_absolute_url(),
        "api": site + reverse("api:dossier", args=[dossier.slug]),
        "zip": site + reverse("exports:dossier", args=[dossier.slug]),
        "sqlite": site + reverse("exports:database", args=[dossier.slug]),
    }


def tables(dossier: Dossier, *, site: str) -> list[dict[str, str]]:
    """Return the tables of a dossier with their addresses."""
    return [
        {
            "table": table.name,
            "description": table.description,
            "json": address_of(table.name, dossier, site=site),
            **{
                suffix[1:].removesuffix(".json"): address_of(table.name, dossier, suffix, site=site)
                for suffix in SUFFIXES
            },
        }
        for table in in_order()
    ]


def address_of(table: str, dossier: Dossier, suffix: str = "", *, site: str) -> str:
    """Return the address of a table."""
    names = {"dossier": dossier.slug, "rows": table + suffix}
    return site + reverse("api:table", kwargs=names)


def rows_with_addresses(
    rows: Iterable[Row], table: ApiTable, dossier: Dossier, names: tuple[str, ...], *, site: str
) -> Iterator[Mapping[str, Any]]:
    """Yield rows by the names of their columns, with their addresses; an empty text is null."""
    columns = [column.name for column in table.columns]
    here = address_of("positions" if table.holds else table.name, dossier, site=site)
    home = f"{site}{dossier.get_absolute_url()}{table.name}/"
    key = columns.index(table.key or table.holds) if table.key or table.holds else None
    for row in rows:
        found = {
            name: None if value == "" else value for name, value in zip(columns, row, strict=True)
        }
        if key is not None:
            found["page"] = f"{home}{row[key]}/"
            found["api"] = f"{here}?key={row[key]}" if row[key] else None
        yield {name: found[name] for name in names}


def metadata(
    table: ApiTable,
    dossier: Dossier,
    reading: Reading,
    *,
    site: str,
    only: Collection[str] | None = None,
) -> dict[str, Any]:
    """Return what rows are: columns, licence, citation, clocks, number; or `only` some of it."""
    makers = {
        "table": lambda: {"name": table.name, "description": table.description},
        "dossier": lambda: {
            "dossier": dossier.slug,
            "title": dossier.title,
            "version": dossier.version,
            "page": site + dossier.get_absolute_url(),
        },
        "page": lambda: reading.page,
        "taken": lambda: moment_words(timezone.now()),
        "clocks": lambda: clocks_of(reading),
        "licence": lambda: licence_of(dossier),
        "citation": lambda: citation_of(dossier, site=site),
        "count": reading.number,
        "columns": lambda: [{"name": one.name} | schema_of(one) for one in table.all_columns],
        "facets": reading.facets,
        "extras": lambda: EXTRAS,
    }
    asked = [name for name in makers if name not in ("facets", "extras")] if only is None else only
    return {name: makers[name]() for name in asked}


def beside(
    table: ApiTable, dossier: Dossier, reading: Reading, request: HttpRequest
) -> dict[str, str | None]:
    """Return by their relation the addresses that belong to rows."""
    site = request.build_absolute_uri("/")[:-1]
    query = request.GET.copy()
    for name in ("after", "size", "columns", "extra"):
        query.pop(name, None)
    described = address_of(table.name, dossier, ".metadata.json", site=site)
    licence = licence_of(dossier) or {}
    return {
        "describedby": f"{described}?{query.urlencode()}" if query else described,
        "license": licence.get("url"),
        "cite-as": reading.page,
    }


def answer(
    request: HttpRequest, table: ApiTable, dossier: Dossier, suffix: str
) -> HttpResponseBase:
    """Return what an address with this suffix asks for; raises Refused.

    JSON is a page of rows. CSV and NDJSON are all of them, unless the address names a size.
    """
    site = request.build_absolute_uri("/")[:-1]
    asked = asked_of(request, table, dossier=dossier.slug)
    reading = table.read(request, dossier)
    if suffix == ".metadata.json":
        return written({"ok": True} | metadata(table, dossier, reading, site=site))

    def named(rows: Iterable[Row]) -> Iterator[Mapping[str, Any]]:
        return rows_with_addresses(rows, table, dossier, asked.names, site=site)

    next_url = None
    if suffix in STREAMED and asked.size is None and asked.place is None:
        response: HttpResponseBase = streamed(suffix, asked.names, named(reading.rows()))
    else:
        rows, place = reading.rows_after(asked.place, asked.size or SIZE)
        following = cursor_of(place, asked=asked.filters) if place else None
        if following:
            query = request.GET.copy()
            query["after"] = following
            next_url = f"{site}{request.path}?{query.urlencode()}"
        if suffix in STREAMED:
            response = streamed(suffix, asked.names, named(rows))
        else:
            body = {"ok": True, "rows": list(named(rows)), "next": following, "next_url": next_url}
            extras = metadata(table, dossier, reading, site=site, only=asked.extras)
            response = written(body | extras)
    response["Link"] = links(beside(table, dossier, reading, request) | {"next": next_url})
    return response
