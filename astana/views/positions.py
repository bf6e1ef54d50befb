"""Pages of positions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from astana.models import Dossier, Position
from astana.pages import page


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show the positions of a dossier."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    return page(request, "positions/index.html", {"dossier": found})


@require_safe
def detail(request: HttpRequest, dossier: str, position: str) -> HttpResponse:
    """Show one position."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    shown = get_object_or_404(Position.objects.visible_to(request.user).of(found), key=position)
    return page(request, "positions/detail.html", {"dossier": found, "position": shown})
