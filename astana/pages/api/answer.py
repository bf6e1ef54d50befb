"""The answer to whoever asks for a table: its rows, or what they are."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from astana.models import Dossier
from astana.pages.api.presenter import beside, metadata, rows_with_addresses
from astana.web.api.answers import STREAMED, links, streamed, written
from astana.web.api.asked import asked_of, cursor_of
from astana.web.api.offered import ApiTable, Row
from astana.web.api.parameters import SIZE


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
