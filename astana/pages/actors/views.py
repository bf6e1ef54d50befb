"""Pages of actors."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from astana.models import Actor, Position
from astana.models.positions.over_time import read_newest
from astana.models.positions.told import cells_told_differently
from astana.pages.actors.near import neighbours_of
from astana.pages.actors.presenter import LIST, profile_of
from astana.pages.shared.day_forms import DayForm
from astana.pages.shared.timeline import MOST_IN_BRIEF, brief_timeline
from astana.web.frame import dossier_seen, page


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show who takes positions, under all their names."""
    return LIST.page(request, "actors/index.html", dossier)


@require_safe
def file(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Send the actors that the filters leave, with all their names."""
    return LIST.file(request, dossier, suffix)


@require_safe
def detail(request: HttpRequest, dossier: str, actor: str) -> HttpResponse:
    """Show what an actor is, what it holds as of a day, and on what it is silent."""
    found = dossier_seen(request, dossier)
    actors = Actor.objects.visible_to(request.user).of(found).select_related("part_of")
    shown = get_object_or_404(actors, slug=actor)
    form = DayForm(request.GET, dossier=found)
    context = {"dossier": found, "actor": shown, "form": form, "counts": form.counts}
    if not form.is_valid():
        return page(request, "actors/detail.html", context, status=400)
    context["as_of"] = form.day
    context["profile"] = profile_of(
        shown,
        dossier=found,
        as_of=context["as_of"],
        first_hand_only=form.cleaned_data["first_hand"],
        user=request.user,
    )
    context["near"] = neighbours_of(
        shown,
        dossier=found,
        issues=context["profile"].issues,
        counts=form.counts,
        as_of=context["as_of"],
        first_hand_only=form.cleaned_data["first_hand"],
        spoke_for=[one["slug"] for one in context["profile"].spoke_for],
        user=request.user,
    )
    said = read_newest(
        Position.objects.visible_to(request.user).about(actor=shown),
        by="actor",
        subject=shown,
        most=MOST_IN_BRIEF + 1,
    )
    differently = cells_told_differently(
        shown, dossier=found, as_of=context["as_of"], user=request.user
    )
    context["disputed"] = {issue for _actor, issue in differently}
    context["timeline"] = brief_timeline(said, by="actor", subject=shown, dossier=found)
    return page(request, "actors/detail.html", context)
