"""Nobody holds the site down: bounds on what costs much, and no waiting in vain."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from astana.accounts import client_of
from astana.actions.limits import seconds_to_wait
from astana.exchange.kept_files import OtherIsMadeError

_MINUTE = 60
# What is read off many positions at once, by the name of the page.
COSTLY = frozenset(
    {
        *("agreement:index", "agreement:statements", "brief:index", "common_ground:index"),
        *("coverage:index", "framing:index", "search:index", "timeline:index"),
        *("cards:dossier", "embeds:picture", "embeds:timeline"),
    }
)
_GRAPHS = {"agreement:graphml", "agreement:statements_graphml"}
# Whoever waits for a file asks again after so many seconds.
_FILE_SECONDS = 5
# Who waited in vain for the database waited at least so long; for so long no other waits then.
_IN_VAIN, _AFTERWARDS = 1.0, 1.0


def no_waiting_in_vain(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Return middleware that tells at once of a database for which somebody just waited in vain.

    Otherwise each who asks would keep a worker for as long, and the others would wait for workers.
    """
    asked_again_at = 0.0

    def middleware(request: HttpRequest) -> HttpResponse:
        nonlocal asked_again_at
        since = time.monotonic()
        if since < asked_again_at:
            context = {"is_away": True, "is_reading": request.method in ("GET", "HEAD")}
            response = HttpResponse(render_to_string("500.html", context), status=503)
            response["Retry-After"] = "5"
            return response
        response = get_response(request)
        now = time.monotonic()
        if getattr(response, "is_away", False) and now - since > _IN_VAIN:
            asked_again_at = now + _AFTERWARDS
        return response

    return middleware


class Bounds:
    """Middleware that lets one client ask only so often a minute for what costs much.

    What a cache or a browser has already is not counted: that is answered before.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, names: dict[str, Any]
    ) -> HttpResponse | None:
        """Refuse a client that has asked too often."""
        name = request.resolver_match.view_name
        if _is_file(name, names):
            what, most = "files", settings.FILES_PER_MINUTE
        elif name in COSTLY:
            what, most = "costly", settings.COSTLY_PER_MINUTE
        else:
            return None
        if not most:
            return None
        wait = seconds_to_wait(what, client=client_of(request), most=most, seconds=_MINUTE)
        return _later(wait, status=429, most=most) if wait else None

    def process_exception(self, _request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say that a file is not made yet."""
        if isinstance(error, OtherIsMadeError):
            return _later(_FILE_SECONDS, status=503)
        return None


def _is_file(name: str, names: dict[str, Any]) -> bool:
    is_whole_table = name == "api:table" and names["rows"].endswith((".csv", ".ndjson"))
    return name.startswith("exports:") or name in _GRAPHS or is_whole_table


def _later(seconds: int, *, status: int, most: int = 0) -> HttpResponse:
    """Return a page that says when to ask again, made without a query."""
    context = {"seconds": seconds, "status": status, "most": most}
    response = HttpResponse(render_to_string("429.html", context), status=status)
    response["Retry-After"] = str(seconds)
    if status == 503:
        # A browser asks again by itself.
        response["Refresh"] = str(seconds)
    return response
