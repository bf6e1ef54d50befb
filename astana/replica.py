"""Readers who are not signed in get pages from a replica of the database, if there is one.

For such a request the connection of this thread is the replica's, so that all it reads comes from
there, whoever asks and however: the version of a dossier, what is derived from it, and the mark of
the page. All else (who is signed in, what writes, workers, commands) is asked of the primary.
"""

import logging
import re
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from threading import Lock
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.http import parse_etags

from astana.caching import PAGES, is_nobody

# What is read from there, by the name of the page. No files: they are sent after the answer.
READ = PAGES | {"home:index", "search:index"}
# Who sent something has this for longer than the replica may be behind, and reads from the primary.
WRITTEN = "written"
_LONGER = 5
_SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
# How often it is asked how far it is, when again after it was away, and how long that may take.
_EVERY, _AFTERWARDS, _PATIENCE = 1.0, 5.0, 1.0
_MOST_MARKS = 600
# SQLSTATE of a statement that was ended for taking too long: it would take as long elsewhere.
_CANCELLED = "57014"
_VERSION = re.compile(r'(?:W/)?"([0-9]{1,18})-')
_log = logging.getLogger(__name__)


class Replica:
    """Middleware that reads from the replica what may be read from there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.progress = Progress()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer from the replica, or else from the primary."""
        if request.method not in _SAFE:
            response = self.get_response(request)
            response.set_cookie(
                WRITTEN,
                "1",
                max_age=settings.DATABASE_REPLICA_SECONDS + _LONGER,
                httponly=True,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
            return response
        found = self._read(request) if _is_read(request) and self.progress.is_near() else None
        return self.get_response(request) if found is None else found

    def _read(self, request: HttpRequest) -> HttpResponse | None:
        """Answer from the replica; None where the primary has to be asked."""
        primary, replica = connections["default"], connections["replica"]
        try:
            replica.ensure_connection()
        except DatabaseError:
            self.progress.lose()
            return None
        faults = Faults()
        with ExitStack() as until_then:
            # Whoever counts the queries counts these.
            for wrapper in (faults, *primary.execute_wrappers):
                until_then.enter_context(replica.execute_wrapper(wrapper))
            until_then.callback(connections.__setitem__, "default", primary)
            connections["default"] = replica
            request.reads_replica = True
            response = self.get_response(request)
        request.reads_replica = False
        if faults.number and response.status_code >= 500:
            self.progress.lose()
            return None
        # What it does not know yet the primary may.
        is_known = response.status_code not in (400, 404)
        return response if is_known and not _is_older(request) else None


class Faults:
    """What the replica failed at, but for statements that took too long."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Run a query."""
        try:
            return execute(sql, params, many, context)
        except DatabaseError as error:
            self.number += getattr(error.__cause__, "sqlstate", None) != _CANCELLED
            raise


class Progress:
    """Up to when the replica has all that was written, as this process knows.

    Where the primary is in its log is marked with the time, once a second; what the replica has
    gone through tells which of these times it has reached. So no clock of another machine counts.
    """

    def __init__(self) -> None:
        self._asked_by_one = Lock()
        self._ask_at = self._asked_at = 0.0
        self._reached_at = float("-inf")
        self._marks: deque[tuple[float, int]] = deque(maxlen=_MOST_MARKS)
        self._was_near = False

    def is_near(self) -> bool:
        """Return whether the replica answers and is no further behind than it may be."""
        now = monotonic()
        if now >= self._ask_at and self._asked_by_one.acquire(blocking=False):
            try:
                self._asked_at, self._ask_at = now, now + _EVERY
                self._ask()
            finally:
                self._asked_by_one.release()
        is_stuck = self._asked_by_one.locked() and now - self._asked_at > _PATIENCE
        seconds = monotonic() - self._reached_at
        is_near = not is_stuck and seconds <= settings.DATABASE_REPLICA_SECONDS
        if is_near != self._was_near:
            self._was_near = is_near
            _log.warning("The replica is read" if is_near else "The replica is not read")
        return is_near

    def lose(self) -> None:
        """Leave it alone for a while."""
        self._reached_at = float("-inf")
        self._marks.clear()
        self._ask_at = monotonic() + _AFTERWARDS

    def _ask(self) -> None:
        since, written = monotonic(), _position("default", "pg_current_wal_lsn")
        if written is not None:
            self._marks.append((since, written))
        reached = _position("replica", "pg_last_wal_replay_lsn")
        if reached is None:
            self.lose()
        while reached is not None and self._marks and self._marks[0][1] <= reached:
            self._reached_at = self._marks.popleft()[0]


def _position(alias: str, function: str) -> int | None:
    """Return a place in the log of the primary; None where the server does not answer."""
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(f"SELECT {function}()")
            (place,) = cursor.fetchone()
    except DatabaseError:
        connections[alias].close()
        return None
    if place is None:
        return None
    high, low = place.split("/")
    return (int(high, 16) << 32) + int(low, 16)


def _is_read(request: HttpRequest) -> bool:
    """Return whether this is a page that somebody reads who is nobody in particular."""
    if WRITTEN in request.COOKIES or not is_nobody(request):
        return False
    try:
        return resolve(request.path_info).view_name in READ
    except Resolver404:
        return False


def _is_older(request: HttpRequest) -> bool:
    """Return whether the reader, or a cache, has a newer copy than this one."""
    own = _versions([getattr(request, "etag", "")])
    given = _versions(parse_etags(request.headers.get("If-None-Match", "")))
    return bool(own) and max(given, default=0) > own[0]


def _versions(etags: list[str]) -> list[int]:
    """Return the versions of dossiers that are in marks of pages."""
    return [int(found[1]) for one in etags if (found := _VERSION.match(one))]
