"""Nobody holds the site down: bounds on what costs much, and no waiting in vain."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from psycopg import Error

from astana.accounts import client_of
from astana.actions.limits import seconds_to_wait
from astana.exchange.kept_files import OtherIsMadeError

_TEXT = ("text/", "application/", "image/svg")
_log = logging.getLogger(__name__)

_MINUTE = 60
# SQLSTATE of a statement that was ended for taking too long.
_CANCELLED = "57014"
# What is read off many positions at once, by the name of the page.
COSTLY = frozenset(
    {
        *("agreement:index", "agreement:statements", "brief:index", "common_ground:index"),
        *("coverage:index", "framing:index", "search:index", "sources:detail", "timeline:index"),
        *("cards:dossier", "embeds:picture", "embeds:timeline", "embeds:oembed"),
        *("embeds:issue_picture", "embeds:timeline_picture"),
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
        if getattr(request, "reads_replica", False):
            # Of which this says nothing (astana/replica.py).
            return get_response(request)
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
        """Answer; what bounds the statements of this request ends with it."""
        with ExitStack() as request.bounds:
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, names: dict[str, Any]
    ) -> HttpResponse | None:
        """Refuse a client that has asked too often, and bound the statements of a reader."""
        seconds = settings.READER_STATEMENT_SECONDS
        if seconds and connection.vendor == "postgresql" and _is_reader(request):
            request.bounds.enter_context(_bounded_statements(seconds))
        name = request.resolver_match.view_name
        if _is_file(name, names):
            what, most = "files", settings.FILES_PER_MINUTE
        elif name in COSTLY:
            what, most = "costly", settings.COSTLY_PER_MINUTE
        else:
            return None
        wait = seconds_to_wait(what, client=client_of(request), most=most, seconds=_MINUTE)
        return _later(wait, status=429, most=most) if wait else None

    def process_exception(self, _request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say that a file is not made yet, or that a statement took too long."""
        if isinstance(error, OtherIsMadeError):
            return _later(_FILE_SECONDS, status=503)
        if getattr(error.__cause__, "sqlstate", None) == _CANCELLED:
            _log.warning("A reader's query took too long", exc_info=error)
            return _later(_MINUTE, status=503, is_too_much=True)
        return None


def _is_reader(request: HttpRequest) -> bool:
    """Return whether nobody is signed in."""
    # Without the cookie no session is looked for, so that no answer varies by cookie for that.
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return not (has_session and request.user.is_authenticated)


@contextmanager
def _bounded_statements(seconds: int) -> Iterator[None]:
    """Let PostgreSQL end each statement that takes longer, from the first one on."""
    is_set = False

    def bounded(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal is_set
        if not is_set:
            # Not through Django, which would come here again.
            context["connection"].connection.execute(f"SET statement_timeout = {seconds * 1000}")
            is_set = True
        return execute(sql, params, many, context)

    with connection.execute_wrapper(bounded):
        yield
    # The connection goes on to others; one that is broken does not.
    if is_set and connection.connection is not None:
        with suppress(Error):
            connection.connection.execute("RESET statement_timeout")


class Compression(GZipMiddleware):
    """Middleware that compresses pages, for sites without a proxy that does.

    Django adds random bytes, so that no length tells what is secret in a page (BREACH). Files are
    sent as they are: most are compressed already, and large ones would keep a worker.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Compress what is text and no file."""
        kind = response.get("Content-Type", "")
        # Of each, as a 304, which does not know what it stands for, varies as that does.
        patch_vary_headers(response, ["Accept-Encoding"])
        if response.streaming or not kind.startswith(_TEXT):
            return response
        return super().process_response(request, response)


def _is_file(name: str, names: dict[str, Any]) -> bool:
    is_whole_table = name == "api:table" and names["rows"].endswith((".csv", ".ndjson"))
    return name.startswith("exports:") or name in _GRAPHS or is_whole_table


def _later(seconds: int, *, status: int, most: int = 0, is_too_much: bool = False) -> HttpResponse:
    """Return a page that says when to ask again, made without a query."""
    context = {"seconds": seconds, "status": status, "most": most, "is_too_much": is_too_much}
    response = HttpResponse(render_to_string("429.html", context), status=status)
    response["Retry-After"] = str(seconds)
    if status == 503 and not is_too_much:
        # A browser asks again by itself.
        response["Refresh"] = str(seconds)
    return response
