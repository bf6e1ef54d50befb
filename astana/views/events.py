"""Pages of events."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from astana.models import Dossier, Event
from astana.pages import page


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show the events of a dossier."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    return page(request, "events/index.html", {"dossier": found})


@require_safe
def detail(request: HttpRequest, dossier: str, event: str) -> HttpResponse:
    """Show one event."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    shown = get_object_or_404(Event.objects.visible_to(request.user).of(found), slug=event)
    return page(request, "events/detail.html", {"dossier": found, "event": shown})
