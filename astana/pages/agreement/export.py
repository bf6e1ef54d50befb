"""The network of agreement as nodes and edges, and as rows of a file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from astana.exchange.graphml import graphml as graphml_lines
from astana.models.said_words import day_words
from astana.pages.agreement.chosen import ChosenForm
from astana.pages.agreement.forms import MEASURES, AgreementForm, AgreementSelection
from astana.pages.agreement.presenter import counted_words
from astana.web.files import Rows, refused_form, sent, streamed
from astana.web.frame import form_of

NODE_TYPES = {"name": str, "kind": str, "issues": int}
# `same` and `nominal` only where questions without an order are counted.
EDGE_TYPES = {"weight": float, "n": int, "same": int, "nominal": int}
PAIRS = (
    *("actor", "actor_name", "other", "other_name", "measure", "figure", "issues"),
    *("lowest", "highest", "since", "as_of", "same", "nominal", "duplicates", "normalisation"),
)


@dataclass(frozen=True)
class NetworkFiles:
    """A network that a page shows, as GraphML and as rows, of what its form asks for."""

    name: str
    form: type[ChosenForm]
    about: Callable[[Any], str]
    nodes: Callable[[Any], Iterator[tuple[str, dict[str, Any]]]]
    edges: Callable[[Any], Iterator[tuple[str, str, dict[str, Any]]]]
    node_types: dict[str, type]
    edge_types: dict[str, type]
    columns: tuple[str, ...]
    rows: Callable[[Any], Iterator[tuple[Any, ...]]]

    def graphml(self, request: HttpRequest, dossier: str) -> HttpResponseBase:
        """Send the network; a selection that is none as plain words."""
        form = form_of(self.form, request, dossier)
        if not form.is_valid():
            return refused_form(form)
        selection = form.selection()
        lines = graphml_lines(
            about=self.about(selection),
            nodes=self.nodes(selection),
            edges=self.edges(selection),
            node_types=self.node_types,
            edge_types=self.edge_types,
        )
        name = f"{form.dossier.slug}-{self.name}.graphml"
        return streamed(lines, name=name, content_type="application/graphml+xml")

    def file(self, request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
        """Send the rows; a selection that is none as plain words."""
        form = form_of(self.form, request, dossier)
        if not form.is_valid():
            return refused_form(form)
        selection = form.selection()
        name, about = f"{self.name}-{selection.last_day}", self.about(selection)
        rows = Rows(form.dossier, name, about, self.columns, self.rows(selection))
        return sent(rows, suffix, request)


def about(selection: AgreementSelection) -> str:
    """Return what the network is, in two sentences, and what a measure of statements counts."""
    words = _(
        "%(dossier)s: %(measure)s of actors on %(issues)s preference issues as of %(day)s. An edge "
        "is a pair that shares at least %(least)s issues; weight is its figure, n its issues."
    ) % {
        "dossier": selection.dossier.title,
        "measure": MEASURES[selection.measure],
        "issues": len(selection.issues),
        "day": day_words(selection.last_day),
        "least": selection.least,
    }
    return f"{words} {counted_words(selection)}".rstrip()


def nodes(selection: AgreementSelection) -> Iterator[tuple[str, dict[str, str | int]]]:
    """Yield the actors; `issues` is on how many of them each has a single value."""
    for actor in selection.actors:
        held = selection.network.headlines.held(actor.slug)
        yield actor.slug, {"name": actor.name, "kind": actor.kind, "issues": held}


def edges(selection: AgreementSelection) -> Iterator[tuple[str, str, dict[str, float | int]]]:
    """Yield the pairs of these actors that share enough issues, with figure and n."""
    chosen = {actor.slug for actor in selection.actors}
    for one, other, figure in selection.network.edges():
        if one in chosen and other in chosen:
            values: dict[str, float | int] = {"weight": float(figure.value), "n": figure.n}
            if selection.nominal and not selection.is_of_statements:
                found = selection.network.headlines.sameness(one, other)
                values |= {"same": found.same, "nominal": found.n}
            yield one, other, values


def pair_rows(
    selection: AgreementSelection,
) -> Iterator[tuple[str | int | float | date | None, ...]]:
    """Yield the pairs that share enough issues as rows, as `PAIRS` names their values.

    `lowest` and `highest` are the range that the open issues leave of an agreement; measures that
    count statements, and points, have none. `same` is on how many of `nominal` questions without an
    order the two give the same answer, where that is asked for. The last two are the choices of a
    measure of statements.
    """
    counted = (selection.duplicates, selection.normalisation)
    counted = counted if selection.is_of_statements else (None, None)
    names = {slug: actor.name for slug, actor in selection.by_slug.items()}
    for one, other, values in edges(selection):
        low, high = None, None
        if selection.measure == "agreement":
            low, high = map(float, selection.network.headlines.open_range(one, other))
        figure = (values["weight"], values["n"])
        row = (one, names[one], other, names[other], selection.measure, *figure)
        same = (values.get("same"), values.get("nominal"))
        yield (*row, low, high, selection.since, selection.last_day, *same, *counted)


_FILES = NetworkFiles(
    "agreement", AgreementForm, about, nodes, edges, NODE_TYPES, EDGE_TYPES, PAIRS, pair_rows
)


@require_safe
def graphml(request: HttpRequest, dossier: str) -> HttpResponseBase:
    """Send the network of a selection as GraphML."""
    return _FILES.graphml(request, dossier)


@require_safe
def file(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Send the agreement of a selection, one row for each pair that shares enough issues."""
    return _FILES.file(request, dossier, suffix)
