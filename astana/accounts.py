"""Who may make an account, and who asks: what allauth and limits on tries have to know.

Those with an invitation that is still open may make one, unless all may.
"""

from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from astana.models import Invitation

_KEY = "invitation"


def keep_invitation(request: HttpRequest, invitation: Invitation) -> None:
    """Keep in the session with which invitation an account is being made."""
    request.session[_KEY] = invitation.pk


def may_sign_up(request: HttpRequest) -> bool:
    """Return whether an account may be made in this session."""
    if settings.SIGN_UP:
        return True
    return Invitation.objects.open().filter(pk=request.session.get(_KEY)).exists()


def client_of(request: HttpRequest) -> str:
    """Return the user who asks, or the address that an anonymous reader comes from.

    How far the head that names the address is trusted depends on the proxies that the settings
    know of, as it does for signing in. One line has many addresses of IPv6, which are one client.
    """
    if request.user.is_authenticated:
        return f"user {request.user.pk}"
    address = ip_address(get_adapter(request).get_client_ip(request))
    # Servers that listen for both write an address of IPv4 as one of IPv6.
    address = getattr(address, "ipv4_mapped", None) or address
    return str(ip_network((address, 64), strict=False) if address.version == 6 else address)


class AccountAdapter(DefaultAccountAdapter):
    """What allauth asks about accounts with a password or a passkey."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether an account may be made in this session."""
        return may_sign_up(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail whose links begin with what the settings name, where they name it."""
        links = {name: _at_site(value) for name, value in context.items() if name.endswith("_url")}
        super().send_mail(template_prefix, email, context | links)


def _at_site(url: str) -> str:
    path = urlsplit(url)._replace(scheme="", netloc="").geturl()
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else url


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """What allauth asks about accounts that sign in at another place."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        """Return whether an account may be made in this session."""
        return may_sign_up(request)
