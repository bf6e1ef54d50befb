"""The main page: issues x actors as of a date."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from astana.models.said_words import as_of_words, recorded_words
from astana.pages.compare.behind import kept_behind
from astana.pages.compare.panel import evidence_panel
from astana.pages.compare.presenter import (
    as_of_slider,
    choices_of,
    leads_of,
    picker_of,
    shown_first,
    tools_of,
)
from astana.pages.shared.matrix import (
    Table,
    asked_parts,
    asked_words,
    changed_words,
    compare_sentence,
    counted_words,
    kept_table,
)
from astana.pages.shared.selection import CompareForm, Selection, token_of
from astana.web.embedded import code_of, embeddable, embedded, not_understood
from astana.web.frame import dossier_seen, form_of, page


@require_safe
def matrix(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show who holds which stance on which issue as of a date, and what one cell rests on."""
    form = form_of(CompareForm, request, dossier)
    context = {"dossier": form.dossier, "form": form}
    if not form.is_valid():
        return page(request, "compare/matrix.html", context, fragment="desk", status=400)
    selection = form.selection()
    if form.cleaned_data["edit"]:
        return HttpResponseRedirect(selection.edited(form.cleaned_data["edit"]))
    if form.cleaned_data["blind"] and selection.actors and selection.issues:
        return HttpResponseRedirect(f"../blind/?set={token_of(selection)}")
    if request.GET.get("recorded_as_of") == "now":
        return HttpResponseRedirect(selection.everything())
    table = kept_table(selection)
    context |= _shown(selection, table) | {
        "asked": asked_words(),
        "parts": asked_parts(selection, table),
        "is_unfolded": len(selection.unfolded) == len(selection.issues),
        "close": selection.query(open=None),
        "picker": picker_of(selection, is_new=_is_opened(request)),
        "slider": as_of_slider(selection),
        "shown_first": [] if selection.transpose else shown_first(selection, table),
        "choices": choices_of(selection, user=request.user),
        "tools": tools_of(selection, page=request.build_absolute_uri(request.path)),
        "behind": kept_behind(selection, table, user=request.user),
        "panel": evidence_panel(selection, table, user=request.user),
    }
    if selection.choose == "more":
        title = _("Where do the parties stand?")
        context["code"] = code_of(request, form.dossier, title=title, asked=selection.everything)
    return page(request, "compare/matrix.html", context, fragment="desk")


@embeddable
def embed(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show the table to those who read it in a page of others."""
    found = dossier_seen(request, dossier)
    asked = request.GET.copy()
    for name in ("open", "choose", "edit", "blind", "side"):
        asked.pop(name, None)
    form = CompareForm(asked, dossier=found, user=request.user)
    context = {"dossier": found, "form": form}
    if not form.is_valid():
        return not_understood(request, context)
    selection = form.selection()
    table = kept_table(selection)
    context |= _shown(selection, table) | {"leads": leads_of(selection, table)}
    under = [as_of_words(selection.as_of)]
    if selection.recorded_as_of:
        under.append(recorded_words(selection.recorded_as_of))
    return embedded(
        request,
        "compare/_embed.html",
        context,
        title=asked_words() % asked_parts(selection, table),
        asked=selection.everything(open=None),
        under=under,
    )


def _shown(selection: Selection, table: Table) -> dict[str, Any]:
    """Return what the page and the frame of others show alike."""
    return {
        "selection": selection,
        "table": table,
        "sentence": compare_sentence(selection, table),
        "counted": counted_words(selection, table),
        "changed": changed_words(selection, table),
    }


def _is_opened(request: HttpRequest) -> bool:
    """Return whether something to choose from is opened by this very request."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return not htmx or (htmx.trigger or "").startswith("choose-")
