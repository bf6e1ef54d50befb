"""Bounds that hold before anything else, old names that lead on, and what no cache keeps."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from astana.models import Dossier
from astana.models.merge import names_now, now_called, with_names


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


def keep_private(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Return middleware by which no cache, not even the browser's, keeps what the signed-in see."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # Whoever has no session is not signed in; asking would let the answer vary by cookie.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            del response["Cache-Control"]
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware
