"""How the API answers: rows as JSON, CSV or NDJSON, what they are, and what is wrong."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from astana.accounts import client_of
from astana.actions.limits import seconds_to_wait
from astana.exchange.citation import apa
from astana.exchange.cited import cite_dossier
from astana.exchange.descriptor import LICENCES
from astana.exchange.export import as_json, csv_lines, ndjson_lines
from astana.exchange.snapshot import in_one_snapshot
from astana.models import Dossier
from astana.web.addresses import moment_words
from astana.web.api.offered import LONGEST_LINK, Refused

PROBLEM = "application/problem+json"
MINUTE = 60
STREAMED = {
    ".csv": (csv_lines, "text/csv; charset=utf-8; header=present"),
    ".ndjson": (ndjson_lines, "application/x-ndjson"),
}
_METHODS = ("GET", "HEAD")


def problem(status: int, words: str) -> HttpResponse:
    """Return what is wrong, as programs read it (RFC 9457)."""
    title = HTTPStatus(status).phrase
    body = {"ok": False, "error": words or title, "status": status, "title": title}
    return written(body, status=status, content_type=PROBLEM)


def written(
    body: Mapping[str, Any], *, status: int = 200, content_type: str = "application/json"
) -> HttpResponse:
    """Return an answer in JSON."""
    text = json.dumps(body, ensure_ascii=False, default=as_json)
    return HttpResponse(f"{text}\n", status=status, content_type=content_type)


def for_programs(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let a view answer programs: it is only read, so often a minute, and says what is wrong."""

    @wraps(view)
    def answered(request: HttpRequest, **names: str) -> HttpResponseBase:
        if request.method not in _METHODS:
            response = problem(405, _("This can only be read."))
            response["Allow"] = ", ".join(_METHODS)
            return response
        most = settings.API_PER_MINUTE
        wait = seconds_to_wait("api", client=client_of(request), most=most, seconds=MINUTE)
        if wait:
            words = _("More than %(most)s requests came within a minute. Wait %(seconds)s s.")
            response = problem(429, words % {"most": most, "seconds": wait})
            response["Retry-After"] = str(wait)
            return response
        try:
            return view(request, **names)
        except Refused as refusal:
            return problem(400, " ".join(refusal.problems))
        except Http404:
            return problem(404, _("There is nothing here, or nothing that you may see."))

    return answered


def streamed(
    suffix: str, names: tuple[str, ...], rows: Iterator[Mapping[str, Any]]
) -> StreamingHttpResponse:
    """Return rows as CSV or NDJSON, sent while they are written."""
    write, content_type = STREAMED[suffix]
    values = (tuple(row[name] for name in names) for row in rows)
    return StreamingHttpResponse(in_one_snapshot(write(names, values)), content_type=content_type)


def licence_of(dossier: Dossier) -> dict[str, str] | None:
    """Return the licence of a dossier, with title and address where they are known."""
    if not dossier.licence:
        return None
    title, address = LICENCES.get(dossier.licence, ("", ""))
    return {"name": dossier.licence} | ({"title": title, "url": address} if title else {})


def citation_of(dossier: Dossier, *, site: str) -> str:
    """Return how a dossier is cited."""
    return apa(cite_dossier(dossier, site=site, today=timezone.localdate()))


def clocks_of(reading: Any) -> dict[str, Any]:
    """Return the two clocks: what was said, and what was recorded later is left out."""
    recorded = reading.recorded_as_of
    return {"as_of": reading.as_of, "recorded_as_of": moment_words(recorded) if recorded else None}


def links(pairs: Mapping[str, str | None]) -> str:
    """Return the head `Link`, by what each address is.

    Proxies refuse long heads: a long address is left out, but for that of the next page.
    """
    return ", ".join(
        f'<{address}>; rel="{what}"'
        for what, address in pairs.items()
        if address and (len(address) <= LONGEST_LINK or what == "next")
    )
