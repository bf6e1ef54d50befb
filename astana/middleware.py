"""Bounds on requests, old names that lead on, forms that are sent twice or not saved."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.cache import cache
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from astana.models import Dossier
from astana.models.merge import names_now, now_called, with_names
from astana.models.revised import StaleRecord
from astana.models.unwritten import why_unwritten
from astana.web.sent import sent_again, typed_by_hand

_log = logging.getLogger(__name__)

_FOR_PROGRAMS = "/api/"
# Kept for so many seconds: where a form led that was sent, or that one is being worked on.
_KEPT = 60
# A second click waits for so many seconds, and looks so often.
_PATIENCE, _PAUSE = 20, 0.05
_AT_WORK = ""
# What is not there so often, though it was put there, cannot be kept.
_NOT_KEPT = 3


def errors_for_programs(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Return middleware that has no page for what goes wrong where programs read (RFC 9457)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        status, kind = response.status_code, response.get("Content-Type", "")
        if status < 400 or "json" in kind or not request.path_info.startswith(_FOR_PROGRAMS):
            return response
        title = HTTPStatus(status).phrase
        # Here is no form whose token could be missing.
        is_reading = request.method in ("GET", "HEAD")
        words = title if is_reading else _("This can only be read.")
        body = {"ok": False, "error": words, "status": status, "title": title}
        told = JsonResponse(body, status=status, content_type="application/problem+json")
        if wait := response.get("Retry-After"):
            told["Retry-After"] = wait
        return told

    return middleware


def bound_query_string(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Return middleware that refuses what is too long to be meant, and null bytes in addresses."""

    def middleware(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if len(query) > settings.QUERY_STRING_MAX_CHARACTERS:
            return render(request, "414.html", status=414)
        if "%00" in query or "\x00" in query or "\x00" in request.path_info:
            return render(request, "400.html", status=400)
        # Nothing of the body is read by then.
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.BODY_MAX_BYTES:
            return render(request, "413.html", status=413)
        return get_response(request)

    return middleware


def lead_on(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Return middleware that leads from an old short name of an actor or issue to the new one.

    It looks only where a page, a feed or a file was not found or not understood.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code in (400, 404) and request.method in ("GET", "HEAD"):
            return _led_on(request) or response
        return response

    return middleware


def _led_on(request: HttpRequest) -> HttpResponse | None:
    match = request.resolver_match
    slug = match.kwargs.get("dossier") if match else None
    found = slug and Dossier.objects.visible_to(request.user).filter(slug=slug).first()
    if not found:
        return None
    names = dict(match.kwargs)
    for noun in {"actor", "issue"} & names.keys():
        now = now_called(names[noun], noun=noun, dossier=found, user=request.user)
        names[noun] = now or names[noun]
    asked = request.GET.urlencode()
    query = names_now(asked, dossier=found, user=request.user)
    if names == match.kwargs and query == with_names(asked, {}):
        return None
    path = reverse(match.view_name, kwargs=names)
    return redirect(f"{path}?{query}" if query else path)


def lead_back(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Return middleware with a page for addresses that only take forms.

    Who loads the answer to a refused form once more comes to one.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or response.content or request.method != "GET":
            return response
        told = render(request, "405.html", {"back": _page_above(request.path_info)}, status=405)
        told["Allow"] = response["Allow"]
        return told

    return middleware


def _page_above(path: str) -> str:
    """Return the nearest address above one, where there is something."""
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        with suppress(Resolver404):
            resolve(path)
            break
    return path


def keep_typed(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Return middleware with a page that keeps what was typed by whoever has to sign in first.

    A form of a coding has a ticket, and is kept with what is unfinished.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method != "POST" or response.status_code != 302 or "ticket" in request.POST:
            return response
        wanted = parse_qs(urlsplit(response["Location"]).query).get(REDIRECT_FIELD_NAME)
        if wanted != [request.get_full_path()]:
            return response
        typed = typed_by_hand(request)
        return render(request, "403_csrf.html", typed, status=403) if typed else response

    return middleware


class SentOnce:
    """Middleware that does once what a form asks for, however often it is sent.

    Each page that shows forms gives them a token of its own (that against forged requests), so what
    comes from one person with one token, to one address, with one content, is one deed: the first
    is done, the others wait for it and are led where it leads. What led nowhere, as a form
    that was refused or failed, can be sent again. No form has to do anything for that.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and keep where a form led."""
        response = self.get_response(request)
        if deed := getattr(request, "deed", None):
            if 300 <= response.status_code < 400:
                cache.set(deed, response["Location"], _KEPT)
            else:
                cache.delete(deed)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Let the first of several through; its token was found to be right before this."""
        token = request.POST.get("csrfmiddlewaretoken") if request.method == "POST" else None
        if not token:
            return None
        deed, end = _deed(request), time.monotonic() + _PATIENCE
        gone = 0
        while time.monotonic() < end:
            if cache.add(deed, _AT_WORK, _KEPT):
                request.deed = deed
                return None
            led_to = cache.get(deed)
            if led_to:
                return redirect(led_to)
            gone += led_to is None
            if gone > _NOT_KEPT:
                # It is neither there nor can be put there, as on a full disk: who saves is told.
                return None
            time.sleep(_PAUSE)
        return render(request, "409.html", {"is_at_work": True}, status=409)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say that nothing can be written, or that somebody was quicker.

        That is where the page that was asked has no words of its own.
        """
        if why := why_unwritten(error):
            _log.error("Nothing could be written at %s", request.path, exc_info=error)
            return _unwritten(request, why)
        if not isinstance(error, IntegrityError | StaleRecord):
            return None
        _log.warning("Another write came first at %s", request.path, exc_info=error)
        return render(request, "409.html", typed_by_hand(request), status=409)


def _unwritten(request: HttpRequest, why: str) -> HttpResponse:
    """Return a page that keeps what was typed, to be sent again."""
    context = {"why": why} | sent_again(request)
    return render(request, "503.html", context, status=503)


def _deed(request: HttpRequest) -> str:
    """Return a name for what a person asks for with one form; nobody learns from it what it was."""
    content = sha256()
    sent = [(name, *values) for name, values in sorted(request.POST.lists())]
    content.update(repr((request.user.pk, request.get_full_path(), sent)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            content.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                content.update(chunk)
            file.seek(0)
    return f"sent:{salted_hmac('astana.sent', content.hexdigest()).hexdigest()}"
