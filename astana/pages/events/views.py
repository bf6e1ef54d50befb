"""Pages of events."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from astana.models import Dossier, Event, Position
from astana.models.said_words import days_words
from astana.pages.events.presenter import LIST, roles_of
from astana.pages.frame import page
from astana.pages.shared.positions import PositionTable


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show what happened when, and who took part."""
    return LIST.page(request, "events/index.html", dossier)


@require_safe
def file(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Send the events that the filters leave, with who took part."""
    return LIST.file(request, dossier, suffix)


def _around(dossier: Dossier, event: Event) -> str:
    """Return where one sees what changed from the day before an event to its last day."""
    if event.start == date.min:
        return ""
    days = {"since": event.start - timedelta(days=1), "as_of": event.end}
    return reverse("compare:matrix", args=[dossier.slug], query=days)


@require_safe
def detail(request: HttpRequest, dossier: str, event: str) -> HttpResponse:
    """Show who took part in an event, what came out of it, and what was said there."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    shown = get_object_or_404(Event.objects.visible_to(request.user).of(found), slug=event)
    positions = Position.objects.visible_to(request.user).of(found)
    table = PositionTable(positions.filter(event=shown))
    problems = table.turn_to(request)
    context = {
        "dossier": found,
        "event": shown,
        "days": days_words(shown.start, shown.end),
        "around": _around(found, shown),
        "roles": roles_of(shown),
        "documents": shown.documents.order_by("date", "slug"),
        "table": table,
        "problems": problems,
    }
    return page(request, "events/detail.html", context, status=400 if problems else 200)
