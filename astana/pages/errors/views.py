"""The pages for what went wrong."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from astana.models.unwritten import is_away
from astana.web.frame import NotNow
from astana.web.sent import typed_by_hand


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the address cannot be understood."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this needs a right that the reader has not."""
    reason = str(exception) if isinstance(exception, NotNow) else ""
    return render(request, "403.html", {"reason": reason} | typed_by_hand(request), status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that nothing is here, or nothing that this reader may see."""
    return render(request, "404.html", typed_by_hand(request), status=404)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was opened before its person signed in or out, and keep what was typed."""
    return render(request, "403_csrf.html", typed_by_hand(request), status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, and what is known of it, without asking the database."""
    away = is_away(sys.exc_info()[1])
    context = {
        "is_away": away,
        "is_reading": request.method in ("GET", "HEAD"),
        "number": getattr(request, "request_id", ""),
    }
    status = 503 if away else 500
    try:
        response = HttpResponse(render_to_string("500.html", context), status=status)
    except Exception:
        # What each page needs is missing, such as the static files: what is said stays.
        words = f"{_('Something went wrong on our side')}. {context['number']}\n"
        response = HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
    if away:
        response["Retry-After"] = "5"
        response.is_away = True  # type: ignore[attr-defined]
    return response
