"""The links of a position to others, for those who may change it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from astana.actions import link as links
from astana.actions.workflow import WrongStep, is_finished_by, may_edit
from astana.models import Dossier, Position
from astana.models.past import number_of
from astana.models.revised import StaleRecord
from astana.models.roles import Act
from astana.pages.desk.links.forms import LinkForm
from astana.pages.desk.links.presenter import links_at_desk
from astana.web.frame import dossier_for, page, refusal_told


@require_http_methods(["GET", "HEAD", "POST"])
def of_position(request: HttpRequest, dossier: str, position: str) -> HttpResponse:
    """Show what a position is to others, and link it to another one."""
    found = dossier_for(request, dossier, act=Act.CODE)
    linked = _position(request, found, position)
    data = request.POST if request.method == "POST" else None
    form = LinkForm(data, position=linked, user=request.user)
    if data is not None and form.is_valid() and (done := _link(request, linked, form)):
        return done
    context: dict[str, Any] = {"dossier": found, "position": linked, "form": form}
    context["links"] = links_at_desk(linked, user=request.user)
    return page(request, "links/of_position.html", context, status=200 if data is None else 422)


@require_POST
def remove(request: HttpRequest, dossier: str, position: str) -> HttpResponse:
    """Remove a link of a position."""
    found = dossier_for(request, dossier, act=Act.CODE)
    linked = _position(request, found, position)
    seen = {str(one.link.pk): one.link for one in links_at_desk(linked, user=request.user)}
    with refusal_told(request, PermissionDenied, StaleRecord, WrongStep):
        if gone := seen.get(request.POST.get("link", "")):
            past = reverse("history:detail", args=[found.slug, "link", number_of(gone)])
            links.unlink(link=gone, by=request.user)
            told = _(
                'The link is removed. It can be restored from <a href="{past}">its history</a>.'
            )
            messages.success(request, format_html(told, past=past))
        else:
            messages.error(request, _("The link is no longer there."))
    return redirect("links:of_position", found.slug, linked.key)


def _position(request: HttpRequest, dossier: Dossier, key: str) -> Position:
    """Return a position that the user may change; 403 for one that the user may only see.

    What the user has finished is not refused here but by the action, which says why.
    """
    seen = Position.objects.at_desk_of(request.user, dossier=dossier)
    seen = seen.select_related("actor", "issue", "stance__issue", "assignment")
    found = get_object_or_404(seen, key=key)
    found.dossier = dossier
    if not may_edit(request.user, found) and not is_finished_by(request.user, found):
        raise PermissionDenied
    return found


def _link(request: HttpRequest, position: Position, form: LinkForm) -> HttpResponse | None:
    """Link the position as a valid form says; None if it cannot be, and then the form says why."""
    try:
        made = links.link(
            position=position, kind=form.cleaned_data["kind"], to=form.named, by=request.user
        )
    except ValidationError as refusal:
        form.refuse(refusal)
    except (PermissionDenied, StaleRecord, WrongStep) as refusal:
        form.add_error(None, str(refusal))
    else:
        # Translators: both are keys of positions, such as p093.
        told = _("%(key)s is linked to %(other)s.")
        messages.success(request, told % {"key": position.key, "other": made.to.key})
        return redirect("links:of_position", position.dossier.slug, position.key)
    return None
