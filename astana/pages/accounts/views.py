"""The page of one's own account; signing in and the like are allauth's, styled like the site."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from astana.models import Membership
from astana.pages.accounts.forms import AccountForm
from astana.pages.frame import page


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Show a user's own account: name, wishes, dossiers, and the ways to all else."""
    form = AccountForm(request.POST or None, instance=request.user)
    if request.POST and form.is_valid():
        form.save()
        messages.success(request, _("Your account is saved."))
        return redirect("accounts:index")
    context = {"form": form, "memberships": Membership.objects.of_user(request.user)}
    return page(request, "accounts/index.html", context, status=422 if request.POST else 200)
