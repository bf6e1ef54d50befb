"""Pages of issues."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from astana.models import Dossier, Issue
from astana.pages import page


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show the issues of a dossier."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    return page(request, "issues/index.html", {"dossier": found})


@require_safe
def detail(request: HttpRequest, dossier: str, issue: str) -> HttpResponse:
    """Show one issue as a spectrum: its stances in order, the actors under them."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    question = get_object_or_404(
        Issue.objects.visible_to(request.user).of(found), slug=issue
    )
    return page(request, "issues/detail.html", {"dossier": found, "issue": question})
