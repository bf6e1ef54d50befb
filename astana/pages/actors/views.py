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
    asked = {"dossier": found, "as_of": form.day, "user": request.user}
    asked_of = asked | {"first_hand_only": form.cleaned_data["first_hand"]}
    profile = profile_of(shown, **asked_of)
    spoke_for = [one["slug"] for one in profile["spoke_for"]]
    near = neighbours_of(
        shown, issues=profile["issues"], counts=form.counts, spoke_for=spoke_for, **asked_of
    )
    said = read_newest(
        Position.objects.visible_to(request.user).about(actor=shown),
        by="actor",
        subject=shown,
        most=MOST_IN_BRIEF + 1,
    )
    context |= {
        "as_of": form.day,
        "profile": profile,
        "near": near,
        "disputed": {issue for _actor, issue in cells_told_differently(shown, **asked)},
        "timeline": brief_timeline(said, by="actor", subject=shown, dossier=found),
    }
    return page(request, "actors/detail.html", context)
