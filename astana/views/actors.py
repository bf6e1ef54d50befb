"""Pages of actors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from astana.forms.actors import ActorFilter
from astana.models import Actor, Dossier
from astana.models.counts import counts_of
from astana.pages import page
from astana.tables.actors import ActorTable, counted


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show who takes positions, under all their names."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    actors = Actor.objects.visible_to(request.user).of(found)
    filters = ActorFilter(request, actors, dossier=found)
    table = ActorTable(counted(filters.shown))
    problems = filters.problems or table.turn_to(request)
    context = {
        "dossier": found,
        "filters": filters,
        "facets": filters.facets,
        "table": table,
        "counts": counts_of(found),
        "problems": problems,
    }
    return page(request, "actors/index.html", context, status=400 if problems else 200)


@require_safe
def detail(request: HttpRequest, dossier: str, actor: str) -> HttpResponse:
    """Show one actor."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    shown = get_object_or_404(Actor.objects.visible_to(request.user).of(found), slug=actor)
    return page(request, "actors/detail.html", {"dossier": found, "actor": shown})
