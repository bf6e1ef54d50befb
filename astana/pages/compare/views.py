"""The main page: issues x actors as of a date."""

from collections.abc import Callable

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from astana.exchange.laid_out import laid_out
from astana.exchange.picture import ACTORS, ISSUES, laid
from astana.exchange.snapshot import in_one_snapshot
from astana.models.kept import kept, state_of
from astana.models.said_words import as_of_words, recorded_words
from astana.pages.compare.behind import kept_behind
from astana.pages.compare.export import COLUMNS, compare_rows
from astana.pages.compare.panel import evidence_panel
from astana.pages.compare.picture import compared
from astana.pages.compare.presenter import (
    as_of_slider,
    choices_of,
    leads_of,
    picker_of,
    tools_of,
)
from astana.pages.compare.wide import wide_sheets
from astana.pages.shared.blind_set import token_of
from astana.pages.shared.matrix import (
    Table,
    asked_parts,
    asked_words,
    changed_words,
    compare_sentence,
    compare_table,
    counted_words,
)
from astana.pages.shared.selection import CompareForm, Selection
from astana.web.embedded import code_of, embeddable, embedded, not_understood
from astana.web.files import TYPES, Rows, notes_on, refused, refused_form, sent
from astana.web.frame import dossier_seen, page
from astana.web.pictured import pictured


@require_safe
def matrix(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show who holds which stance on which issue as of a date, and what one cell rests on."""
    found = dossier_seen(request, dossier)
    form = CompareForm(request.GET, dossier=found, user=request.user)
    context = {"dossier": found, "form": form}
    if not form.is_valid():
        return page(request, "compare/matrix.html", context, fragment="desk", status=400)
    selection = form.selection()
    if form.cleaned_data["edit"]:
        return HttpResponseRedirect(selection.edited(form.cleaned_data["edit"]))
    if form.cleaned_data["blind"]:
        return HttpResponseRedirect(f"../blind/?set={token_of(selection)}")
    if request.GET.get("recorded_as_of") == "now":
        return HttpResponseRedirect(selection.everything())
    state = state_of(selection)
    table = kept(found, "table", state, lambda: compare_table(selection))
    context |= {
        "selection": selection,
        "table": table,
        "sentence": compare_sentence(selection, table),
        "asked": asked_words(),
        "parts": asked_parts(selection, table),
        "counted": counted_words(selection, table),
        "changed": changed_words(selection, table),
        "is_unfolded": len(selection.unfolded) == len(selection.issues),
        "close": selection.query(open=None),
        "picker": picker_of(selection, is_new=_is_opened(request)),
        "slider": as_of_slider(selection),
        "choices": choices_of(selection, user=request.user),
        "tools": tools_of(selection, page=request.build_absolute_uri(request.path)),
        "behind": kept_behind(selection, table, state=state, user=request.user),
        "panel": evidence_panel(selection, table, user=request.user),
    }
    if selection.choose == "more":
        title = _("Where do the parties stand?")
        context["code"] = code_of(request, found, title=title, asked=selection.everything)
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
    table = kept(found, "table", state_of(selection), lambda: compare_table(selection))
    context |= {
        "selection": selection,
        "table": table,
        "sentence": compare_sentence(selection, table),
        "counted": counted_words(selection, table),
        "changed": changed_words(selection, table),
        "leads": leads_of(selection, table),
    }
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


def _is_opened(request: HttpRequest) -> bool:
    """Return whether something to choose from is opened by this very request."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return not htmx or (htmx.trigger or "").startswith("choose-")


@embeddable
def picture(request: HttpRequest, dossier: str, suffix: str) -> HttpResponse:
    """Send the table as a picture, for print or where no frame is taken."""
    found = dossier_seen(request, dossier)
    form = CompareForm(request.GET, dossier=found, user=request.user)
    if not form.is_valid():
        return refused_form(form)
    if form.cleaned_data["blind"]:
        return refused([_("A picture says who is who. Take it after the blind reading.")])
    selection = form.selection()
    if len(selection.actors) > ACTORS or len(selection.issues) > ISSUES:
        words = _("A picture has room for %(actors)s actors and %(issues)s issues. Choose fewer.")
        return refused([words % {"actors": ACTORS, "issues": ISSUES}])
    state = state_of(selection)
    table = kept(found, "table", state, lambda: compare_table(selection))
    drawn = laid(compared(selection, table, request=request))
    title = compare_sentence(selection, table)
    return pictured(drawn, suffix, title=title, request=request)


@require_safe
def file(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Send a comparison, one row for each stance of a cell and one for each silence."""
    return _sent(request, dossier, lambda _selection, _table, rows: sent(rows, suffix, request))


@require_safe
def wide(request: HttpRequest, dossier: str) -> HttpResponseBase:
    """Send a comparison as a workbook laid out like the page: a column for each actor."""

    def laid(selection: Selection, table: Table, rows: Rows) -> HttpResponseBase:
        notes, all_rows = notes_on(rows, request), in_one_snapshot(rows.rows)
        book = laid_out(wide_sheets(table, all_rows, as_of=selection.as_of, notes=notes))
        name = f"{dossier}-{rows.name}-wide.xlsx"
        return FileResponse(book, as_attachment=True, filename=name, content_type=TYPES["xlsx"])

    return _sent(request, dossier, laid)


def _sent(
    request: HttpRequest,
    dossier: str,
    send: Callable[[Selection, Table, Rows], HttpResponseBase],
) -> HttpResponseBase:
    """Send a comparison in a way; 400 in plain words where it cannot be understood."""
    found = dossier_seen(request, dossier)
    form = CompareForm(request.GET, dossier=found, user=request.user)
    if not form.is_valid():
        return refused_form(form)
    if form.cleaned_data["blind"]:
        return refused([_("A file says who is who. Download it after the blind reading.")])
    selection = form.selection()
    table = compare_table(selection)
    about = compare_sentence(selection, table)
    site = request.build_absolute_uri("/")[:-1]
    rows = compare_rows(selection, table, user=request.user, site=site)
    return send(selection, table, Rows(found, f"compare-{selection.as_of}", about, COLUMNS, rows))
