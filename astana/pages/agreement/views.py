"""How far actors agree: as a page, and as a network to download."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from astana.exchange.graphml import graphml as graphml_lines
from astana.models import Dossier
from astana.pages.agreement.export import (
    EDGE_TYPES,
    NODE_TYPES,
    PAIRS,
    about,
    edges,
    nodes,
    pair_rows,
)
from astana.pages.agreement.filters import filters_of
from astana.pages.agreement.forms import AgreementForm
from astana.pages.agreement.map import MapView, agreement_map
from astana.pages.agreement.network import Network
from astana.pages.agreement.pair import pair_panel
from astana.pages.agreement.presenter import AgreementTable, agreement_sentence, agreement_table
from astana.pages.frame import page
from astana.pages.shared.files import Rows, refused_form, sent, streamed
from astana.pages.shared.kept import kept, state_of


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show actors x actors, a map of them, and what lies behind the figure of one pair."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    form = AgreementForm(request.GET, dossier=found, user=request.user)
    context = {"dossier": found, "form": form}
    if not form.is_valid():
        return page(request, "agreement/index.html", context, status=400)
    selection = form.selection()
    network = Network(selection, user=request.user)
    table, drawn = kept(found, "agreement", state_of(selection), lambda: _figures(network))
    context |= {
        "selection": selection,
        "table": table,
        "sentence": agreement_sentence(selection, table),
        "filters": filters_of(selection),
        "map": drawn,
        "panel": pair_panel(network),
    }
    return page(request, "agreement/index.html", context)


def _figures(network: Network) -> tuple[AgreementTable, MapView | None]:
    table = agreement_table(network)
    return table, agreement_map(network, table)


@require_safe
def graphml(request: HttpRequest, dossier: str) -> HttpResponseBase:
    """Send the network of a selection as GraphML; a selection that is none as plain words."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    form = AgreementForm(request.GET, dossier=found, user=request.user)
    if not form.is_valid():
        return refused_form(form)
    network = Network(form.selection(), user=request.user)
    lines = graphml_lines(
        about=about(network),
        nodes=nodes(network),
        edges=edges(network),
        node_types=NODE_TYPES,
        edge_types=EDGE_TYPES,
    )
    name = f"{found.slug}-agreement.graphml"
    return streamed(lines, name=name, content_type="application/graphml+xml")


@require_safe
def file(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Send the agreement of a selection, one row for each pair that shares enough issues."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    form = AgreementForm(request.GET, dossier=found, user=request.user)
    if not form.is_valid():
        return refused_form(form)
    network = Network(form.selection(), user=request.user)
    name = f"agreement-{network.selection.last_day}"
    rows = Rows(found, name, about(network), PAIRS, pair_rows(network))
    return sent(rows, suffix, request)
