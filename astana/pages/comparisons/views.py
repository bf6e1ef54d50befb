"""Saved comparisons: a user's list, and one with its note, by link or in private."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from astana.models import SavedComparison
from astana.pages.comparisons.forms import SavedComparisonForm, compare_form
from astana.pages.shared.matrix import compare_sentence, compare_table
from astana.pages.shared.selection import CompareForm
from astana.web.frame import dossier_seen, page

_reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """List the comparisons that the user keeps, across dossiers."""
    saved = SavedComparison.objects.of_user(request.user).select_related("dossier")
    return page(request, "comparisons/index.html", {"saved": list(saved)})


@_reads_and_writes
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Ask for a title and a note, and save the comparison that the address names."""
    context: dict[str, Any] = {}
    if slug := request.GET.get("dossier", ""):
        dossier = dossier_seen(request, slug)
        asked = CompareForm(request.GET, dossier=dossier, user=request.user)
        if not asked.is_valid():
            context = {"dossier": dossier, "asked": asked}
            return page(request, "comparisons/new.html", context, status=400)
        selection = asked.selection()
        form = SavedComparisonForm(
            request.POST or None,
            instance=SavedComparison(dossier=dossier, user=request.user),
            selection=selection,
        )
        if form.is_valid():
            saved = form.save()
            messages.success(request, _("The comparison is saved."))
            return redirect(saved)
        sentence = compare_sentence(selection, compare_table(selection))
        back = reverse("compare:matrix", args=[dossier.slug]) + selection.everything()
        context = {"dossier": dossier, "form": form, "sentence": sentence, "back": back}
    return page(request, "comparisons/new.html", context, status=422 if request.POST else 200)


@require_safe
def detail(request: HttpRequest, token: str) -> HttpResponse:
    """Show a saved comparison to whom it is meant for: its note, and the way to its table."""
    try:
        visible = SavedComparison.objects.visible_to(request.user).select_related("dossier")
        saved = get_object_or_404(visible, token=token)
    except Http404:
        # Whether there is none, or it is somebody's own, is not for a stranger to know.
        if request.user.is_authenticated:
            raise
        return redirect_to_login(request.get_full_path())
    asked = compare_form(saved, user=request.user)
    context = {
        "dossier": saved.dossier,
        "saved": saved,
        "asked": asked,
        "is_mine": saved.user_id == request.user.pk,
        "address": request.build_absolute_uri(request.path),
    }
    if asked.is_valid():
        selection = asked.selection()
        context["sentence"] = compare_sentence(selection, compare_table(selection))
        if selection.sides:
            brief = reverse("brief:index", args=[saved.dossier.slug])
            context["brief"] = brief + selection.of_brief()
    return page(request, "comparisons/detail.html", context)


@_reads_and_writes
@login_required
def edit(request: HttpRequest, token: str) -> HttpResponse:
    """Change the title, the note and who may open a saved comparison."""
    saved = _mine(request, token)
    form = SavedComparisonForm(request.POST or None, instance=saved)
    if form.is_valid():
        form.save()
        messages.success(request, _("The comparison is saved."))
        return redirect(saved)
    context = {"dossier": saved.dossier, "saved": saved, "form": form}
    return page(request, "comparisons/edit.html", context, status=422 if request.POST else 200)


@_reads_and_writes
@login_required
def delete(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether a saved comparison is to go, and delete it."""
    saved = _mine(request, token)
    if request.method == "POST":
        saved.delete()
        messages.success(request, _("The comparison is deleted."))
        return redirect("comparisons:index")
    return page(request, "comparisons/delete.html", {"dossier": saved.dossier, "saved": saved})


def _mine(request: HttpRequest, token: str) -> SavedComparison:
    mine = SavedComparison.objects.of_user(request.user).select_related("dossier")
    return get_object_or_404(mine, token=token)
