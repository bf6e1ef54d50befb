"""Lines for the log: one for each request, slow query and fault, in JSON if wanted.

They hold no text, no name, no address of a page and no value of a query: keys, places in the code
and figures alone.
"""

import json
import logging
import re
import secrets
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

_requests = logging.getLogger("astana.requests")
_queries = logging.getLogger("astana.queries")

request_id: ContextVar[str] = ContextVar("request_id", default="")
_GIVEN = re.compile(r"[\w-]{8,64}", re.ASCII)
# Of the SQL of a slow query so much is logged.
_MOST_SQL = 2000


class JsonLines(logging.Formatter):
    """Write a record as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; what happened to a request is in fields of their own."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            # Not with what is filled in, unless it is one of ours: that may be what somebody typed.
            "message": record.getMessage() if _is_ours(record) else str(record.msg),
            "request": request_id.get(),
            **getattr(record, "figures", {}),
        }
        if record.exc_info and record.exc_info[1]:
            line["trace"] = list(_trace(record.exc_info[1]))
        return json.dumps({name: value for name, value in line.items() if value not in ("", None)})


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] == "astana"


def _trace(error: BaseException) -> Iterator[str]:
    """Yield where an error came from, its cause first; of what it says only what databases do."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before:
        yield from _trace(before)
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"{frame.filename}:{frame.lineno} {frame.name}"
    # PostgreSQL puts what was typed behind a colon, in quotes.
    said = str(error).partition("\n")[0].partition(': "')[0] if isinstance(error, Error) else ""
    yield type(error).__qualname__ + (f": {said}" if said else "")


@contextmanager
def one_request(request: HttpRequest, *, is_given: bool) -> Iterator[None]:
    """Give the request an id, which the lines of the log name; that of the proxy, if `is_given`."""
    given = request.headers.get("X-Request-ID", "") if is_given else ""
    request.request_id = given if _GIVEN.fullmatch(given) else secrets.token_hex(8)
    token = request_id.set(request.request_id)
    try:
        yield
    finally:
        request_id.reset(token)


class Counted:
    """The queries of a request: how many, and those that took long go into the log."""

    def __init__(self, *, slow_ms: int) -> None:
        self.number = 0
        self.slow_ms = slow_ms

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        """Run a query; what is filled into it is not logged."""
        self.number += 1
        since = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            ms = _ms(since)
            if self.slow_ms and ms >= self.slow_ms:
                figures = {"ms": ms, "sql": sql[:_MOST_SQL]}
                _queries.warning("Slow query", extra={"figures": figures})


@contextmanager
def counting(*, slow_ms: int) -> Iterator[Counted]:
    """Count the queries of what is done inside."""
    counted = Counted(slow_ms=slow_ms)
    with connection.execute_wrapper(counted):
        yield counted


def log_request(
    request: HttpRequest, response: HttpResponse, *, since: float, queries: int
) -> None:
    """Write the line of a request. A page is named by its view, as its address may be secret."""
    match = request.resolver_match
    user = getattr(request, "_cached_user", None)
    figures = {
        "method": request.method,
        "view": match.view_name if match else None,
        "dossier": match.kwargs.get("dossier") if match else None,
        "user": user.pk if user else None,
        "status": response.status_code,
        "ms": _ms(since),
        "queries": queries,
    }
    _requests.info("request", extra={"figures": figures})


def _ms(since: float) -> int:
    return round((time.perf_counter() - since) * 1000)


def log_fault(*, sender: Any, request: HttpRequest | None = None, **_more: Any) -> None:
    """Write down what a request failed with; Django calls it where nobody has caught it."""
    match = getattr(request, "resolver_match", None)
    figures = {"view": match.view_name if match else None}
    _requests.error(
        "Request %s failed", request_id.get(), exc_info=True, extra={"figures": figures}
    )
