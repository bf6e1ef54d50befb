"""How the pages of the desk find their dossier."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from astana.models import Dossier
from astana.models.roles import Act, may, role_in


def at_desk(request: HttpRequest, slug: str, act: Act) -> Dossier:
    """Return a dossier in which the user may do this.

    Who is no member is told nothing (404); a member whose role is too low is told so (403).
    """
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user), slug=slug)
    if role_in(dossier, user=request.user) is None:
        raise Http404
    if not may(request.user, act, dossier):
        raise PermissionDenied(_("Your role in this dossier does not go so far."))
    return dossier
