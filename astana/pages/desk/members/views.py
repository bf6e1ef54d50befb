"""The members of a dossier: who they are, what was done to them, and the acts of its owners."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from astana.actions import coders, members
from astana.models import Coder, Dossier, Invitation, Membership
from astana.models.roles import Act, role_in
from astana.pages.desk.members.forms import InvitationForm, MatchForm, RoleForm
from astana.pages.desk.members.presenter import MOST_DEEDS, deeds_of
from astana.web.frame import dossier_for, dossier_seen, page, refusal_told


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show the members, the open invitations and what was done; a form invites."""
    found = dossier_for(request, dossier, act=Act.RUN)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _invite(request, found, form):
        return redirect("members:index", found.slug)
    memberships = list(Membership.objects.of(found))
    context = {
        "dossier": found,
        "form": form,
        "members": memberships,
        "roles": Membership.Role.choices,
        "is_owner": any(one.user == request.user and one.role == "owner" for one in memberships),
        "invitations": list(Invitation.objects.open().of(found)),
        "coders": list(Coder.objects.of(found)),
        "accounts": [one.user for one in memberships if one.role != Membership.Role.READER],
        "deeds": deeds_of(found),
        "most_deeds": MOST_DEEDS,
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "members/index.html", context, status=status)


@require_POST
def change(request: HttpRequest, dossier: str, member: int) -> HttpResponse:
    """Give a member another role."""
    found = dossier_for(request, dossier, act=Act.RUN)
    membership = _member(found, member)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a role."))
        return redirect("members:index", found.slug)
    role = form.cleaned_data["role"]
    # Translators: `name` is that of an account, `role` that of a member, such as coder.
    told = _("The role of %(name)s is now: %(role)s.") % {
        "name": membership.user.get_username(),
        "role": Membership.Role(role).label,
    }
    return _do(request, found, members.change_role, told, membership=membership, role=role)


@require_POST
def remove(request: HttpRequest, dossier: str, member: int) -> HttpResponse:
    """Take a member out of the dossier."""
    found = dossier_for(request, dossier, act=Act.RUN)
    membership = _member(found, member)
    told = _("%(name)s is no longer a member.") % {"name": membership.user.get_username()}
    if membership.user_id == request.user.pk:
        told = _("You have left “%(title)s”.") % {"title": found.title}
    return _do(request, found, members.remove, told, membership=membership)


@require_POST
def hand_over(request: HttpRequest, dossier: str, member: int) -> HttpResponse:
    """Make a member the owner in one's own place."""
    found = dossier_for(request, dossier, act=Act.RUN)
    membership = _member(found, member)
    told = _("%(name)s is now the owner of “%(title)s”, and you are a reviewer.") % {
        "name": membership.user.get_username(),
        "title": found.title,
    }
    return _do(request, found, members.hand_over, told, membership=membership)


@require_POST
def withdraw(request: HttpRequest, dossier: str, invitation: int) -> HttpResponse:
    """Withdraw an invitation."""
    found = dossier_for(request, dossier, act=Act.RUN)
    one = get_object_or_404(Invitation.objects.of(found), pk=invitation)
    told = _("The invitation of %(email)s is withdrawn. Its link no longer works.")
    return _do(request, found, members.withdraw, told % {"email": one.email}, invitation=one)


@require_POST
def match(request: HttpRequest, dossier: str, coder: int) -> HttpResponse:
    """Say which account a coder of a file is."""
    found = dossier_for(request, dossier, act=Act.RUN)
    one = get_object_or_404(Coder.objects.of(found), pk=coder)
    form = MatchForm(request.POST, dossier=found)
    if not form.is_valid():
        messages.error(request, _("Choose somebody who may code."))
        return redirect("members:index", found.slug)
    with refusal_told(request, coders.Refused):
        account = form.cleaned_data["account"]
        coders.match(coder=one, user=account, by=request.user)
        # Translators: `coder` is a pseudonym, `name` that of an account.
        told = _("“%(coder)s” is now matched with %(name)s.")
        if account is None:
            told = _("“%(coder)s” is no longer matched with an account.")
        messages.success(request, told % {"coder": one, "name": account})
    return redirect("members:index", found.slug)


@require_POST
def leave(request: HttpRequest, dossier: str) -> HttpResponse:
    """Leave a dossier oneself."""
    found = dossier_seen(request, dossier)
    if role_in(found, user=request.user) is None:
        raise Http404
    own = get_object_or_404(Membership.objects.of(found), user=request.user)
    with refusal_told(request, members.Refused):
        members.remove(membership=own, by=request.user)
        messages.success(request, _("You have left “%(title)s”.") % {"title": found.title})
    return redirect("accounts:index")


def _member(dossier: Dossier, pk: int) -> Membership:
    return get_object_or_404(Membership.objects.of(dossier), pk=pk)


def _do(
    request: HttpRequest, dossier: Dossier, action: Callable[..., None], told: str, **what: Any
) -> HttpResponse:
    with refusal_told(request, members.Refused):
        action(**what, by=request.user)
        messages.success(request, told)
    # Who has handed over or left may not see the members any more.
    request.user.__dict__.pop("_roles", None)
    if role_in(dossier, user=request.user) != Membership.Role.OWNER:
        return redirect("accounts:index")
    return redirect("members:index", dossier.slug)


def _invite(request: HttpRequest, dossier: Dossier, form: InvitationForm) -> bool:
    """Invite, mail the link and show it this once; False where it was refused."""
    try:
        invitation, token = members.invite(dossier=dossier, by=request.user, **form.cleaned_data)
    except members.Refused as refusal:
        form.add_error("email", str(refusal))
        return False
    path = reverse("invitations:detail", args=[token])
    address = (
        f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)
    )
    if members.send(invitation=invitation, address=address):
        said = _("The invitation was mailed to %(email)s. Its link is shown only now: %(link)s")
    else:
        said = _(
            "The mail to %(email)s could not be sent. Pass the link on yourself; it is shown "
            "only now: %(link)s"
        )
    messages.success(request, said % {"email": invitation.email, "link": address})
    return True
