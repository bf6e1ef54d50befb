"""The page that the link of an invitation leads to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from astana.accounts import keep_invitation
from astana.actions import members
from astana.models import Invitation
from astana.web.frame import page


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, token: str) -> HttpResponse:
    """Offer what an invitation is to: to accept it, or first to sign in or make an account."""
    invitation = get_object_or_404(Invitation.objects.by_token(token).select_related("dossier"))
    ways_in = f"?{urlencode({'next': request.path})}"
    if request.method == "POST" and invitation.is_open:
        if not request.user.is_authenticated:
            keep_invitation(request, invitation)
            return redirect(reverse("account_signup") + ways_in)
        try:
            membership = members.accept(invitation=invitation, by=request.user)
        except members.Refused:
            # Somebody has used the link a moment ago.
            invitation.refresh_from_db()
        else:
            # Translators: `role` is that of a member, such as coder.
            told = _("You are now a member of this dossier. Your role: %(role)s.")
            messages.success(request, told % {"role": membership.get_role_display()})
            return redirect(invitation.dossier)
    is_mine = request.user.is_authenticated and invitation.accepted_by_id == request.user.pk
    if request.method == "POST" and is_mine:
        return redirect(invitation.dossier)
    status = 200 if invitation.is_open else 410
    context = {"invitation": invitation, "ways_in": ways_in}
    return page(request, "invitations/detail.html", context, status=status)
