"""Bounds on requests that hold before anything else looks at them."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


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
