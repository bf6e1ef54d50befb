"""Pages of positions."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from astana.actions.workflow import may_edit
from astana.exchange.web_annotation import ANNOTATION, claim, collection, collection_page, in_script
from astana.exchange.web_annotation import annotation as annotation_of
from astana.models import Position
from astana.models.ends import ends_by_issue
from astana.models.positions.fetched import in_full
from astana.pages.positions.presenter import LIST, challenged, position_detail, withdrawn
from astana.pages.shared.comments import comments_on
from astana.web.frame import dossier_seen, page


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show the positions of a dossier as a table that can be narrowed and sorted."""
    return LIST.page(request, "positions/index.html", dossier)


@require_safe
def file(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Send the positions that the filters leave, with what each rests on."""
    return LIST.file(request, dossier, suffix)


@require_safe
def detail(request: HttpRequest, dossier: str, position: str) -> HttpResponse:
    """Show who is reported to hold what, and each passage that it rests on."""
    found = dossier_seen(request, dossier)
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
        "ends": ends_by_issue(found, [shown.issue.slug])[shown.issue.slug],
        "may_edit": may_edit(request.user, shown),
        "challenged": challenged(shown, user=request.user),
        "comments": comments_on(shown, user=request.user),
        "claim": in_script(claim(shown, user=request.user, site=site)),
    }
    return page(request, "positions/detail.html", context)


@require_safe
def annotation(request: HttpRequest, dossier: str, position: str) -> HttpResponse:
    """Send a position as a W3C Web Annotation."""
    found = dossier_seen(request, dossier)
    positions = Position.objects.visible_to(request.user).of(found)
    shown = get_object_or_404(in_full(positions), key=position)
    shown.dossier = found
    site = request.build_absolute_uri("/")[:-1]
    return _linked_data(annotation_of(shown, user=request.user, site=site))


@require_safe
def annotations(request: HttpRequest, dossier: str) -> HttpResponse:
    """Send the positions as a collection of W3C Web Annotations, or a page of it."""
    found = dossier_seen(request, dossier)
    positions = in_full(Position.objects.visible_to(request.user).of(found))
    site = request.build_absolute_uri("/")[:-1]
    told: dict[str, Any] | None
    if number := request.GET.get("page"):
        is_number = re.fullmatch("[0-9]{1,6}", number, re.ASCII)
        asked = int(number) if is_number else 0
        told = collection_page(positions, found, asked, user=request.user, site=site)
    else:
        told = collection(positions, found, site=site)
    if told is None:
        raise Http404("There is no such page of the collection.")
    return _linked_data(told)


def _linked_data(told: dict[str, Any]) -> HttpResponse:
    how = {"ensure_ascii": False, "indent": 2}
    return JsonResponse(told, json_dumps_params=how, content_type=ANNOTATION)
