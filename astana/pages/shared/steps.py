"""Where a deed leads: back to the page it was done on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def back_to(request: HttpRequest, name: str, *args: object) -> HttpResponse:
    """Lead to the page of this site that the form names in `next`, or to a named page."""
    asked = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(asked) if asked.startswith("/") and is_ours else redirect(name, *args)
