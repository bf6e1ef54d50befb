"""Whole pages as anybody gets them: kept for those who ask next, and made by one process at a time.

Each process keeps the last ones; where there is a Redis, what is dear to make is kept there for all
servers, as bytes.
"""

import time
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.utils.connection import ConnectionProxy

from astana.models.process_cache import pages

_shared = ConnectionProxy(caches, "shared_pages")
_KEPT_SECONDS, _SHARED_SECONDS = 3600, 600
# So long does one wait for who makes the page already; who waits keeps a thread of a server.
_PATIENCE, _PAUSE = 2.0, 0.02


class Kept(NamedTuple):
    """A page, and its mark where it is of the version before."""

    html: bytes
    past: str = ""


def find_page(key: str) -> Kept | None:
    """Return a page that is kept."""
    html = pages.get(key)
    return None if html is None else Kept(html)


def find_dear_page(key: str, *, address: str) -> Kept | None:
    """Return a page that is dear to make; None where the one who asks is to make it now.

    Who is to make it calls `let_go` then. The others, of all processes that share a cache, get the
    page of the version before meanwhile, as old as caches may give it, or wait a little.
    """
    end = time.monotonic() + _PATIENCE
    while True:
        if found := find_page(key):
            return found
        html = _shared.get(key)
        if html is not None:
            pages.set(key, html, _KEPT_SECONDS)
            return Kept(html)
        if _shared.add(_maker(address), 1, 2 * _PATIENCE) or time.monotonic() > end:
            return None
        if before := _shared.get(_last(address)):
            mark, _, html = before.partition(b"\n")
            return Kept(html, mark.decode())
        time.sleep(_PAUSE)


def keep_page(key: str, html: bytes) -> None:
    """Keep a page that was made."""
    pages.set(key, html, _KEPT_SECONDS)


def keep_dear_page(key: str, html: bytes, *, address: str, mark: str) -> None:
    """Keep a page that was dear to make, for all servers."""
    keep_page(key, html)
    _shared.set(key, html, _SHARED_SECONDS)
    if settings.CACHE_SECONDS:
        _shared.set(_last(address), mark.encode() + b"\n" + html, settings.CACHE_SECONDS)


def let_go(address: str) -> None:
    """Let another one make the page of an address, of whatever version it is by then."""
    _shared.delete(_maker(address))


def _maker(address: str) -> str:
    return f"made:{address}"


def _last(address: str) -> str:
    return f"last:{address}"
