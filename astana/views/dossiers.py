"""The overview of a dossier."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from astana.models import Dossier
from astana.pages import page


@require_safe
def detail(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show what a dossier holds and where to start."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    return page(request, "dossiers/detail.html", {"dossier": found})
