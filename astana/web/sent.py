"""What somebody typed into a form that was not saved, for a page that keeps it."""

import re
from typing import Any

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

# What is typed and goes into no page.
_SECRET = re.compile("csrfmiddlewaretoken|.*password.*|code", re.I)
# What a button or a hidden field sends: nobody has typed it.
_NOT_TYPED = re.compile(r"[\w.:-]{0,40}", re.ASCII)


def sent_again(request: HttpRequest) -> dict[str, Any]:
    """Return what a form sent, for `components/sent_again.html`."""
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not _SECRET.fullmatch(name)
    ]
    return {"sent": sent, "has_files": bool(request.FILES)}


def typed_by_hand(request: HttpRequest) -> dict[str, Any]:
    """Return the same where words were typed, else nothing.

    What another site sends is nobody's words, and goes into no page.
    """
    if request.method != "POST" or not _is_from_here(request):
        return {}
    found = sent_again(request)
    is_typed = any(name != "next" and not _NOT_TYPED.fullmatch(one) for name, one in found["sent"])
    return found if is_typed else {}


def _is_from_here(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    hosts, is_secure = {request.get_host()}, request.is_secure()
    # A page without an address of its own sends the word null, which could be a path of ours.
    return "://" in origin and url_has_allowed_host_and_scheme(
        origin, allowed_hosts=hosts, require_https=is_secure
    )
