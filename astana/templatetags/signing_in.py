"""The way to sign in, from every page, which leads back to where one was."""

from urllib.parse import urlencode, urlsplit

from django import template
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

register = template.Library()

# A longer address than this one is refused where it leads to.
_LONGEST = 4_000


@register.simple_tag(takes_context=True)
def sign_in_address(context: template.RequestContext) -> str:
    """Return the address of the page to sign in, which carries where one is."""
    # The request stays with a context that an include with `only` narrows.
    here = where_one_is(context.request) if hasattr(context, "request") else ""
    sign_in = reverse("account_login")
    return f"{sign_in}?{urlencode({REDIRECT_FIELD_NAME: here})}" if here else sign_in


def where_one_is(request: HttpRequest) -> str:
    """Return the address to come back to: that of the page, or of the page whose form was sent."""
    doors = reverse("accounts:index")
    if request.path.startswith(doors) and request.path != doors:
        # From one page of signing in to the next: where one was before.
        try:
            wanted = request.GET.get(REDIRECT_FIELD_NAME) or request.POST.get(REDIRECT_FIELD_NAME)
        except SuspiciousOperation:
            # The page that refuses what was sent is read by people too.
            return ""
        return wanted if wanted and _is_ours(wanted, request) else ""
    here = request.get_full_path()
    if request.method not in ("GET", "HEAD"):
        # What takes forms only has no page.
        sent_from = request.headers.get("Referer", "")
        if _is_ours(sent_from, request):
            parts = urlsplit(sent_from)
            here = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return here if len(here) <= _LONGEST else ""


def _is_ours(address: str, request: HttpRequest) -> bool:
    hosts, is_secure = {request.get_host()}, request.is_secure()
    return url_has_allowed_host_and_scheme(address, allowed_hosts=hosts, require_https=is_secure)
