"""Who may make an account: those with an invitation that is still open, unless all may."""

from allauth.account.adapter import DefaultAccountAdapter
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


class AccountAdapter(DefaultAccountAdapter):
    """What allauth asks about accounts with a password or a passkey."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether an account may be made in this session."""
        return may_sign_up(request)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """What allauth asks about accounts that sign in at another place."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        """Return whether an account may be made in this session."""
        return may_sign_up(request)
