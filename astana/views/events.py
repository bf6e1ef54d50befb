"""Pages of events."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from astana.forms.events import EventFilter
from astana.models import Dossier, Event
from astana.models.counts import counts_of
from astana.pages import page
from astana.tables.events import EventTable, with_parts


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show what happened when, and who took part."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    events = Event.objects.visible_to(request.user).of(found)
    filters = EventFilter(request, events, dossier=found)
    table = EventTable(with_parts(filters.shown))
    problems = filters.problems or table.turn_to(request)
    context = {
        "dossier": found,
        "filters": filters,
        "facets": filters.facets,
        "table": table,
        "counts": counts_of(found),
        "problems": problems,
    }
    return page(request, "events/index.html", context, status=400 if problems else 200)


@require_safe
def detail(request: HttpRequest, dossier: str, event: str) -> HttpResponse:
    """Show one event."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    shown = get_object_or_404(Event.objects.visible_to(request.user).of(found), slug=event)
    return page(request, "events/detail.html", {"dossier": found, "event": shown})
