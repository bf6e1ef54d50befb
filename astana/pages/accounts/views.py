"""The page of one's own account; signing in and the like are allauth's, styled like the site."""

import tempfile

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from astana.actions.erase import LastOwner, close_account, only_owned_by, own_drafts
from astana.exchange.own_data import write_own_data
from astana.models import Membership
from astana.pages.accounts.forms import AccountForm, CloseForm
from astana.web.frame import page


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


@require_safe
@login_required
def data(request: HttpRequest) -> FileResponse:
    """Send all that is stored about who asks, to nobody else."""
    file = tempfile.SpooledTemporaryFile(max_size=1_000_000)  # noqa: SIM115 - the answer closes it
    write_own_data(request.user, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="my-data.zip")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def close(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays, ask for the password, and close one's own account."""
    form = CloseForm(request.POST or None, user=request.user)
    if request.POST and form.is_valid():
        try:
            close_account(user=request.user)
        except LastOwner as refusal:
            form.add_error(None, str(refusal))
        else:
            logout(request)
            messages.success(request, _("Your account is closed."))
            return redirect("home:index")
    context = {
        "form": form,
        "owned": only_owned_by(request.user),
        "drafts": len(own_drafts(request.user)),
    }
    return page(request, "accounts/close.html", context, status=422 if request.POST else 200)
