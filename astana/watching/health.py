"""Whether the process answers (`/healthz`), and whether it can serve (`/readyz`).

They ask for no name of a host, no https, no session and no account: whoever asks gets a word for
each part, and nothing that others may not know.
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from threading import Lock

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static

from astana.exchange.kept_files import forget_superseded
from astana.models.process_cache import cache as of_process

_FREE_BYTES = 200 * 1024 * 1024
_FOUND, _KEPT_SECONDS = "readyz", 1
_one_looks = Lock()


def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 where all that pages need is there, else 503, with a word for each part.

    A process looks once a second, however many ask.
    """
    with _one_looks:
        found = of_process.get(_FOUND)
        if found is None:
            found = _look()
            of_process.set(_FOUND, found, _KEPT_SECONDS)
    return JsonResponse(found, status=200 if _is_ready(found) else 503)


def _look() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, check in _CHECKS.items():
        # Each that asks a database that is away would wait for it again.
        is_away = found.get("database", "ok") != "ok"
        found[name] = "not asked" if is_away else _word(check)
    if _is_ready(found):
        # What was withdrawn on another machine is not to stay in the files of this one.
        with suppress(OSError, DatabaseError):
            forget_superseded()
    return found


def _is_ready(found: dict[str, str]) -> bool:
    return all(word == "ok" for word in found.values())


def _word(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception as error:
        # Whatever it is, this part cannot be used.
        return type(error).__name__


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    missing = len(missing_migrations())
    return f"{missing} missing: run manage.py upgrade" if missing else "ok"


def missing_migrations() -> frozenset[tuple[str, str]]:
    """Return the migrations that the database has not gone through."""
    return _all_migrations() - set(MigrationRecorder(connection).applied_migrations())


@lru_cache
def _all_migrations() -> frozenset[tuple[str, str]]:
    found = MigrationLoader(None).disk_migrations
    replaced = {tuple(name) for migration in found.values() for name in migration.replaces}
    return frozenset(found.keys() - replaced)


def _cache() -> str:
    cache.get("readyz")
    return "ok"


def _disk() -> str:
    """Look at the disk of the database where that is a file here."""
    name = connection.settings_dict["NAME"]
    if connection.vendor != "sqlite" or connection.is_in_memory_db():
        return "ok"
    return "ok" if shutil.disk_usage(Path(name).parent).free > _FREE_BYTES else "nearly full"


def _static() -> str:
    """Ask for a file that each page names."""
    try:
        static("favicon.svg")
    except ValueError:
        return "missing: run manage.py upgrade"
    return "ok"


_CHECKS = {
    "static": _static,
    "database": _database,
    "migrations": _migrations,
    "cache": _cache,
    "disk": _disk,
}
