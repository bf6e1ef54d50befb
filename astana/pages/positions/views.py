"""Pages of positions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from astana.actions.workflow import may_edit
from astana.exchange.web_annotation import claim, in_script
from astana.models import Dossier, Position
from astana.models.counts import counts_of
from astana.pages.frame import page
from astana.pages.positions.forms import PositionFilter
from astana.pages.positions.withdrawn import withdrawn
from astana.pages.shared.challenges import challenged
from astana.pages.shared.comments import comments_on
from astana.pages.shared.position import in_full, position_detail
from astana.pages.shared.positions import PositionTable


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show the positions of a dossier as a table that can be narrowed and sorted."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    positions = Position.objects.visible_to(request.user).of(found)
    filters = PositionFilter(request, positions, dossier=found)
    table = PositionTable(filters.shown, found=filters.found)
    problems = filters.problems or table.turn_to(request)
    context = {
        "dossier": found,
        "filters": filters,
        "facets": filters.facets,
        "table": table,
        "counts": counts_of(found),
        "problems": problems,
    }
    return page(request, "positions/index.html", context, status=400 if problems else 200)


@require_safe
def detail(request: HttpRequest, dossier: str, position: str) -> HttpResponse:
    """Show who is reported to hold what, and each passage that it rests on."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    positions = Position.objects.visible_to(request.user).of(found)
    try:
        shown = get_object_or_404(in_full(positions), key=position)
    except Http404:
        gone = withdrawn(found, key=position, user=request.user)
        if gone is None:
            raise
        return page(request, "410.html", {"dossier": found, "withdrawn": gone}, status=410)
    shown.dossier = found
    detail = position_detail(shown, user=request.user)
    site = request.build_absolute_uri("/")[:-1]
    context = {
        "dossier": found,
        "position": shown,
        "detail": detail,
        "may_edit": may_edit(request.user, shown),
        "challenged": challenged(shown, user=request.user),
        "comments": comments_on(shown, user=request.user),
        "claim": in_script(claim(shown, user=request.user, site=site)),
    }
    return page(request, "positions/detail.html", context)
