"""Who asks, as far as a limit on tries has to know."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest


def client_of(request: HttpRequest) -> str:
    """Return the user who asks, or the address that an anonymous reader comes from.

    How far the head that names the address is trusted depends on the proxies that the settings
    know of, as it does for signing in.
    """
    if request.user.is_authenticated:
        return f"user {request.user.pk}"
    return get_adapter(request).get_client_ip(request)
