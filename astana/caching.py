"""What caches may keep, and for how long; whoever has the newest copy is told so at once.

Caches keep what anybody may read of a public dossier, asked for by somebody who is nobody in
particular. All else is kept nowhere, which is the rule for whatever is not named here.
"""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from typing import Any
from zlib import compress, decompress

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language_from_request

from astana.exchange.kept_files import forget_files_of, forget_superseded
from astana.models import Dossier
from astana.models.dossier import noting_seen_writes
from astana.models.kept_pages import find_dear_page, find_page, keep_dear_page, keep_page, let_go
from astana.release import release
from astana.sqlite.kept import first_row

# What these answer to everybody follows from the version of the dossier, by the name of the page.
PAGES = frozenset(
    {
        "dossiers:detail",
        "compare:matrix",
        "common_ground:index",
        "agreement:index",
        "agreement:statements",
        "brief:index",
        "issues:index",
        "issues:detail",
        "actors:index",
        "actors:detail",
        "articles:index",
        "articles:detail",
        "positions:index",
        "positions:detail",
        "events:index",
        "events:detail",
        "documents:index",
        "documents:detail",
        "timeline:index",
        "sources:index",
        "sources:detail",
        "framing:index",
        "coverage:index",
        "feeds:index",
    }
)
# Members get more in these: words that are for members only.
FILES = frozenset(
    {
        "exports:compare",
        "exports:compare_wide",
        "exports:brief",
        "exports:positions",
        "exports:issues",
        "exports:actors",
        "exports:articles",
        "exports:events",
        "exports:annotation",
        "exports:annotations",
        "api:dossier",
        "api:table",
    }
)
# Members get what all others get, so that nothing depends on who asks.
SAME_FOR_ALL = frozenset(
    {
        "agreement:graphml",
        "agreement:statements_graphml",
        "cards:dossier",
        "catalogue:dossier",
        "embeds:compare",
        "embeds:issue",
        "embeds:issue_picture",
        "embeds:picture",
        "embeds:timeline",
        "embeds:timeline_picture",
        "exports:agreement",
        "exports:dossier",
        "exports:database",
        "exports:version",
        "exports:statements",
        "feeds:actor",
        "feeds:dossier",
        "feeds:issue",
    }
)
# These are about all public dossiers, so that no version says whether they are still right.
OF_THE_SITE = frozenset(
    {
        *("api:index", "api:openapi", "api:dossiers"),
        *("agents:llms", "cards:site", "catalogue:site", "embeds:oembed"),
        *("sitemaps:overall", "sitemaps:section", "sitemaps:robots"),
        "sitemaps:security",
    }
)
OF_A_DOSSIER = PAGES | FILES | SAME_FOR_ALL
# What pages of other sites may read: all but pages.
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
}
# A script of another site asks what it may send before it sends more than the plainest request.
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}
_QUICKLY = 1
# What takes long to make: one server makes it, and all have it (astana/models/kept_pages.py).
DEAR = {
    *("agreement:index", "agreement:statements", "brief:index", "common_ground:index"),
    *("coverage:index", "framing:index", "sources:detail", "timeline:index"),
}
# What htmx says of itself, as far as a page follows it (web/frame.py, pages/compare/views.py).
_HTMX = ("HX-Request", "HX-History-Restore-Request", "HX-Trigger")
# What tells the state of a dossier from any other, and how it is asked for without a model.
_MARKED = ("pk", "version", "created_at")
_MARK = f"""
    SELECT id, version, created_at FROM astana_dossier
    WHERE slug = %s AND visibility = '{Dossier.Visibility.PUBLIC.value}'
"""


class Caching:
    """Middleware that says of each answer who may keep it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and say who may keep the answer."""
        response = self._kept(request, self._answer(request))
        if getattr(request, "is_made", False):
            let_go(request.address)
        return response

    def _kept(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        name = getattr(request, "may_be_kept_as", None)
        # An answer that sets a cookie, as one with a form to send does, is for one browser alone.
        if name and response.status_code in (200, 304) and not response.cookies:
            _let_keep(request, response, name)
            if name in PAGES and response.status_code == 200:
                _keep(request, response)
        elif "no-store" not in response.get("Cache-Control", ""):
            response["Cache-Control"] = "private, no-store"
        if getattr(request, "is_open", False):
            for header, value in OPEN.items():
                response[header] = value
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return self.get_response(request)
        with noting_seen_writes() as seen:
            response = self.get_response(request)
        if seen:
            # What was withdrawn is not to stay in the files of this machine either.
            match = request.resolver_match
            with suppress(OSError, DatabaseError):
                if match and (slug := match.kwargs.get("dossier")):
                    forget_files_of(slug)
                else:
                    forget_superseded()
        return response


class NotChanged:
    """Middleware that tells who has the newest copy so, before anything else is done.

    That is where the mark of the copy is the one that the answer would have: so it finds out first
    whether the answer may be kept, and how it is marked.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # As this process began: what is deployed later is not what it answers with.
        self.release = release()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 304 without a session, a view or the model, or else as everybody is answered."""
        given = request.headers.get("If-None-Match")
        return (given and self._unchanged(request, given)) or self.get_response(request)

    def _unchanged(self, request: HttpRequest, given: str) -> HttpResponse | None:
        if not _is_kept(request) or not is_nobody(request):
            return None
        with suppress(Resolver404):
            match = resolve(request.path_info)
            name = match.view_name
            row = _marked(match.kwargs["dossier"]) if name in OF_A_DOSSIER else None
            if row is None:
                return None
            language = get_language_from_request(request)
            etag = self._etag(request, row, name=name, language=language)
            if _strong(etag) not in {_strong(one) for one in parse_etags(given)}:
                return None
            # What the log and the figures name it by, and what says who may keep it.
            request.resolver_match, request.etag, request.may_be_kept_as = match, etag, name
            request.is_open = name not in PAGES
            return _not_modified()
        return None

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, names: dict[str, Any]
    ) -> HttpResponse | None:
        """Find out whether the answer may be kept, and its mark; give a page that was just made."""
        _begin(request)
        name, by_nobody = request.resolver_match.view_name, is_nobody(request)
        is_same = name in SAME_FOR_ALL | OF_THE_SITE
        # Never for somebody in particular, so that no other site reads what is for members.
        request.is_open = is_same or (by_nobody and name in FILES)
        is_asked_first = "Access-Control-Request-Method" in request.headers
        if request.is_open and request.method == "OPTIONS" and is_asked_first:
            return HttpResponse(status=204, headers=_PREFLIGHT)
        is_named = is_same or (by_nobody and name in PAGES | FILES)
        if not _is_kept(request) or not is_named:
            return None
        if name not in OF_THE_SITE:
            public = Dossier.objects.visible_to(AnonymousUser())
            # A view asks no more for the dossier.
            request.dossier = public.filter(slug=names["dossier"]).first()
            if request.dossier is None:
                return None
            row = tuple(getattr(request.dossier, field) for field in _MARKED)
            request.etag = self._etag(request, row, name=name, language=request.LANGUAGE_CODE)
        if is_same:
            # Whoever is signed in is not even looked up, so that nothing varies by cookie.
            request.user = AnonymousUser()
        if not by_nobody:
            return None
        request.may_be_kept_as = name
        if name in OF_THE_SITE:
            return None
        # All that the answer depends on: a page or a file is made once for all who ask for it.
        request.kept_as = request.etag
        if name not in PAGES:
            return None
        key = _page_key(request)
        if name not in DEAR:
            page = find_page(key)
        else:
            # What it is asked by, whatever the version.
            of_none = (row[0], 0, row[2])
            request.address = self._etag(
                request, of_none, name=name, language=request.LANGUAGE_CODE
            )
            page = find_dear_page(key, address=request.address)
            request.is_made = page is None
        if page is None:
            return None
        request.is_kept, request.is_past = True, bool(page.past)
        request.etag = page.past or request.etag
        return HttpResponse(decompress(page.html))

    def _etag(self, request: HttpRequest, row: tuple[Any, ...], *, name: str, language: str) -> str:
        """Return the mark of an answer; it is another one wherever the answer could be.

        The day is in it, as some pages name it, and so that nothing outlives it that was written
        past the site.
        """
        pk, version, created_at = row
        given = (
            self.release,
            # To the second, which databases and Django write alike.
            (pk, version, str(created_at)[:19]),
            timezone.localdate(),
            language,
            request.build_absolute_uri(),
            [request.headers.get(header) for header in _HTMX if name in PAGES],
        )
        return f'W/"{version}-{sha256(repr(given).encode()).hexdigest()[:32]}"'


def _begin(request: HttpRequest) -> None:
    """Forget what the replica made of the request, if it is asked of the primary now."""
    if getattr(request, "is_made", False):
        let_go(request.address)  # type: ignore[attr-defined]
    for name in ("is_kept", "is_past", "is_made"):
        setattr(request, name, False)
    request.address = request.may_be_kept_as = ""  # type: ignore[attr-defined]


def _is_kept(request: HttpRequest) -> bool:
    """Return whether caches keep such answers; who develops sees each change at once."""
    return not settings.DEBUG and request.method in ("GET", "HEAD")


def _marked(slug: str) -> tuple[Any, ...] | None:
    """Return what marks a public dossier; None where nobody in particular sees one."""
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():
        # What cannot be read is asked for as everything is, and said as it is then.
        with suppress(sqlite3.Error, OSError):
            return first_row(connection.settings_dict["NAME"], _MARK.replace("%s", "?"), [slug])
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [slug])
        return cursor.fetchone()


def _not_modified() -> HttpResponse:
    """Return a 304 that leaves who may frame the page as the whole answer has said.

    What a 304 says takes the place of what the browser has kept of that.
    """
    response = HttpResponseNotModified()
    response._csp_exempt = response.xframe_options_exempt = True  # type: ignore[attr-defined]
    return response


def is_nobody(request: HttpRequest) -> bool:
    """Return whether nothing tells this reader from any other: no session, message or class.

    Cookies that are none of ours, which no page reads, make nobody somebody.
    """
    told = {settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, CookieStorage.cookie_name}
    return told.isdisjoint(request.COOKIES) and not (
        "Authorization" in request.headers or ("recorded_as_of", "now") in request.GET.items()
    )


def _let_keep(request: HttpRequest, response: HttpResponse, name: str) -> None:
    # A slice goes into a page, which may be newer than a kept one: it is asked for each time. So is
    # what was given while the newest is made.
    is_asked_again = "HX-Request" in request.headers or getattr(request, "is_past", False)
    if settings.CACHE_SECONDS and not is_asked_again:
        times = (
            f"max-age={settings.CACHE_SECONDS}",
            f"stale-while-revalidate={settings.CACHE_STALE_SECONDS}",
            f"stale-if-error={settings.CACHE_ERROR_SECONDS}",
        )
        response["Cache-Control"] = ", ".join(("public", *times))
    else:
        response["Cache-Control"] = "public, no-cache"
    if name not in OF_THE_SITE:
        response["ETag"] = request.etag  # type: ignore[attr-defined]
    # A 304 says the same as the whole answer, which no view has made and no language was set for.
    if name in PAGES | FILES:
        patch_vary_headers(response, ["Cookie", *(_HTMX if name in PAGES else ())])
    patch_vary_headers(response, ["Accept-Language"])


def _keep(request: HttpRequest, response: HttpResponse) -> None:
    """Keep a page for whoever asks next: no two answers with the same mark differ."""
    if not getattr(request, "is_kept", False):
        html, key = compress(response.content, _QUICKLY), _page_key(request)
        if address := getattr(request, "address", ""):
            keep_dear_page(key, html, address=address, mark=request.etag)
        else:
            keep_page(key, html)


def _page_key(request: HttpRequest) -> str:
    """Return what a page is kept by: more exact than its mark, which all databases write alike."""
    return f"{request.etag}:{request.dossier.created_at.isoformat()}"  # type: ignore[attr-defined]


def _strong(etag: str) -> str:
    """Return the mark without its sign of weakness, which If-None-Match does not ask about."""
    return etag.removeprefix("W/")
