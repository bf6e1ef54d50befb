"""Pages of actors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from astana.models import Dossier, Actor
from astana.pages import page


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show the actors of a dossier."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    return page(request, "actors/index.html", {"dossier": found})


@require_safe
def detail(request: HttpRequest, dossier: str, actor: str) -> HttpResponse:
    """Show one actor."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    shown = get_object_or_404(Actor.objects.visible_to(request.user).of(found), slug=actor)
    return page(request, "actors/detail.html", {"dossier": found, "actor": shown})
