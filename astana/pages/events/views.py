"""Pages of events."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from astana.models import Event, Position
from astana.pages.events.presenter import LIST, roles_of
from astana.pages.shared.positions import PositionTable
from astana.web.addresses import around_href
from astana.web.frame import dossier_seen, page


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show what happened when, and who took part."""
    return LIST.page(request, "events/index.html", dossier)


@require_safe
def file(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Send the events that the filters leave, with who took part."""
    return LIST.file(request, dossier, suffix)


@require_safe
def detail(request: HttpRequest, dossier: str, event: str) -> HttpResponse:
    """Show who took part in an event, what came out of it, and what was said there or about it."""
    found = dossier_seen(request, dossier)
    shown = get_object_or_404(Event.objects.visible_to(request.user).of(found), slug=event)
    positions = Position.objects.visible_to(request.user).of(found)
    table = PositionTable(positions.filter(event=shown), dossier=found)
    problems = table.turn_to(request)
    context = {
        "dossier": found,
        "event": shown,
        "around": around_href(found, shown.start, shown.end),
        "roles": roles_of(shown),
        "documents": shown.documents.filter(public=True).order_by("date", "slug"),
        "table": table,
        "problems": problems,
    }
    return page(request, "events/detail.html", context, status=400 if problems else 200)
