"""How a page answers: whole, or as the slice of it that htmx asked for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    fragment: str = "content",
    status: int = 200,
) -> HttpResponse:
    """Return the page, or the fragment of its own template to an htmx request.

    The fragment is an inline `{% partialdef %}` around one element whose id is the fragment's
    name: same URL, same view, same context, so it is a substring of the whole page. Back and
    reload always get a whole page.
    """
    htmx = request.htmx  # type: ignore[attr-defined]
    is_slice = bool(htmx) and not htmx.history_restore_request
    name = f"{template}#{fragment}" if is_slice else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
