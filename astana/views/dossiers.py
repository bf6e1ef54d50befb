"""The overview of a dossier."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from astana.models import Dossier
from astana.pages import page
from astana.tables.overview import overview_of


@require_safe
def detail(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show what a dossier holds and where to start."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    overview = overview_of(found, user=request.user)
    return page(request, "dossiers/detail.html", {"dossier": found, "overview": overview})
