"""How far actors agree: as a page, and as files."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from astana.exchange.graphml import graphml as graphml_lines
from astana.models.kept import kept, state_of
from astana.pages.agreement import two_mode
from astana.pages.agreement.export import (
    EDGE_TYPES,
    NODE_TYPES,
    PAIRS,
    about,
    edges,
    nodes,
    pair_rows,
)
from astana.pages.agreement.findings import findings_of, left_out_of
from astana.pages.agreement.forms import AgreementForm
from astana.pages.agreement.pair import pair_panel
from astana.pages.agreement.presenter import agreement_sentence, drawn_of, filters_of
from astana.web.files import Rows, refused_form, sent, streamed
from astana.web.frame import dossier_seen, page


def _form(request: HttpRequest, dossier: str) -> AgreementForm:
    found = dossier_seen(request, dossier)
    return AgreementForm(request.GET, dossier=found, user=request.user)


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show actors x actors, a map of them, and what lies behind the figure of one pair."""
    form = _form(request, dossier)
    context = {"dossier": form.dossier, "form": form}
    if not form.is_valid():
        return page(request, "agreement/index.html", context, status=400)
    selection = form.selection()
    table, drawn, found = kept(
        form.dossier, "agreement", state_of(selection), lambda: drawn_of(selection)
    )
    context |= {
        "selection": selection,
        "table": table,
        "sentence": agreement_sentence(selection, table),
        "findings": findings_of(selection, found),
        "left_out": left_out_of(selection, table, drawn),
        "filters": filters_of(selection),
        "map": drawn,
        "panel": pair_panel(selection),
        "address": request.build_absolute_uri(),
    }
    return page(request, "agreement/index.html", context)


@require_safe
def graphml(request: HttpRequest, dossier: str) -> HttpResponseBase:
    """Send the network of a selection as GraphML; a selection that is none as plain words."""
    form = _form(request, dossier)
    if not form.is_valid():
        return refused_form(form)
    selection = form.selection()
    lines = graphml_lines(
        about=about(selection),
        nodes=nodes(selection),
        edges=edges(selection),
        node_types=NODE_TYPES,
        edge_types=EDGE_TYPES,
    )
    name = f"{form.dossier.slug}-agreement.graphml"
    return streamed(lines, name=name, content_type="application/graphml+xml")


@require_safe
def file(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Send the agreement of a selection, one row for each pair that shares enough issues."""
    form = _form(request, dossier)
    if not form.is_valid():
        return refused_form(form)
    selection = form.selection()
    name = f"agreement-{selection.last_day}"
    rows = Rows(form.dossier, name, about(selection), PAIRS, pair_rows(selection))
    return sent(rows, suffix, request)


def _statements_form(request: HttpRequest, dossier: str) -> two_mode.StatementsForm:
    found = dossier_seen(request, dossier)
    return two_mode.StatementsForm(request.GET, dossier=found, user=request.user)


@require_safe
def statements(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show who said how much on what: actors x issues."""
    form = _statements_form(request, dossier)
    context = {"dossier": form.dossier, "form": form}
    if not form.is_valid():
        return page(request, "agreement/statements.html", context, status=400)
    selection = form.selection()
    state = state_of(selection)
    table = kept(form.dossier, "statements", state, lambda: two_mode.statements_table(selection))
    context |= {
        "selection": selection,
        "table": table,
        "sentence": two_mode.statements_sentence(selection, table),
        "left_out": two_mode.left_out_words(selection, table),
        "choices": two_mode.choices_of(selection),
    }
    return page(request, "agreement/statements.html", context)


@require_safe
def statements_graphml(request: HttpRequest, dossier: str) -> HttpResponseBase:
    """Send the network of actors and issues as GraphML."""
    form = _statements_form(request, dossier)
    if not form.is_valid():
        return refused_form(form)
    selection = form.selection()
    lines = graphml_lines(
        about=two_mode.about(selection),
        nodes=two_mode.nodes(selection),
        edges=two_mode.edges(selection),
        node_types=two_mode.NODE_TYPES,
        edge_types=two_mode.EDGE_TYPES,
    )
    name = f"{form.dossier.slug}-statements.graphml"
    return streamed(lines, name=name, content_type="application/graphml+xml")


@require_safe
def statements_file(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Send a row for each actor and issue on which it said something."""
    form = _statements_form(request, dossier)
    if not form.is_valid():
        return refused_form(form)
    selection = form.selection()
    about = two_mode.about(selection)
    name = f"statements-{selection.last_day}"
    rows = Rows(form.dossier, name, about, two_mode.COLUMNS, two_mode.share_rows(selection))
    return sent(rows, suffix, request)
