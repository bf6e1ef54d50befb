"""Both networks as nodes and edges, and as rows of a file: of agreement, and of statements."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from astana.exchange.graphml import graphml
from astana.models.said_words import day_words
from astana.pages.agreement.forms import MEASURES, AgreementForm, AgreementSelection, ChosenForm
from astana.pages.agreement.presenter import counted_words
from astana.pages.agreement.two_mode import StatementsForm, StatementsSelection
from astana.pages.agreement.two_mode import counted_words as how_statements_count
from astana.web.files import Rows, refused_form, sent, streamed
from astana.web.frame import form_of

_Node = tuple[str, dict[str, str | int]]
_Edge = tuple[str, str, dict[str, float | int]]


@dataclass(frozen=True)
class NetworkFiles:
    """A network that a page shows, as GraphML and as rows, of what its form asks for: two views.

    A selection that is none is answered in plain words.
    """

    name: str
    form: type[ChosenForm]
    about: Callable[[Any], str]
    nodes: Callable[[Any], Iterator[_Node]]
    edges: Callable[[Any], Iterator[_Edge]]
    node_types: dict[str, type]
    edge_types: dict[str, type]
    columns: tuple[str, ...]
    rows: Callable[[Any], Iterator[tuple[Any, ...]]]

    @method_decorator(require_safe)
    def graphml(self, request: HttpRequest, dossier: str) -> HttpResponseBase:
        """Send the network of a selection as GraphML."""
        form = form_of(self.form, request, dossier)
        if not form.is_valid():
            return refused_form(form)
        selection = form.selection()
        lines = graphml(
            about=self.about(selection),
            nodes=self.nodes(selection),
            edges=self.edges(selection),
            node_types=self.node_types,
            edge_types=self.edge_types,
        )
        name = f"{form.dossier.slug}-{self.name}.graphml"
        return streamed(lines, name=name, content_type="application/graphml+xml")

    @method_decorator(require_safe)
    def file(self, request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
        """Send the rows of a selection."""
        form = form_of(self.form, request, dossier)
        if not form.is_valid():
            return refused_form(form)
        selection = form.selection()
        name, about = f"{self.name}-{selection.last_day}", self.about(selection)
        rows = Rows(form.dossier, name, about, self.columns, self.rows(selection))
        return sent(rows, suffix, request)


def _about(selection: AgreementSelection) -> str:
    """Return what the network is, in two sentences, and what a measure of statements counts."""
    words = _(
        "%(dossier)s: %(measure)s of actors on %(issues)s preference issues as of %(day)s. An "
        "edge is a pair that shares at least %(least)s issues; weight is its figure, and n is "
        "the number of its issues."
    ) % {
        "dossier": selection.dossier.title,
        "measure": MEASURES[selection.measure],
        "issues": len(selection.issues),
        "day": day_words(selection.last_day),
        "least": selection.least,
    }
    return f"{words} {counted_words(selection)}".rstrip()


def _nodes(selection: AgreementSelection) -> Iterator[_Node]:
    """Yield the actors; `issues` is on how many of them each has a single value."""
    for actor in selection.actors:
        held = selection.network.headlines.held(actor.slug)
        yield actor.slug, {"name": actor.name, "kind": actor.kind, "issues": held}


def _edges(selection: AgreementSelection) -> Iterator[_Edge]:
    """Yield the pairs of these actors that share enough issues, with figure and n."""
    chosen = {actor.slug for actor in selection.actors}
    for one, other, figure in selection.network.edges():
        if one in chosen and other in chosen:
            values: dict[str, float | int] = {"weight": float(figure.value), "n": figure.n}
            if selection.nominal and not selection.is_of_statements:
                found = selection.network.headlines.sameness(one, other)
                values |= {"same": found.same, "nominal": found.n}
            yield one, other, values


def _pair_rows(selection: AgreementSelection) -> Iterator[tuple[Any, ...]]:
    """Yield the pairs that share enough issues as rows, as the columns name their values.

    `lowest` and `highest` are the range that the open issues leave of an agreement; measures that
    count statements, and points, have none. `same` is on how many of `nominal` questions without an
    order the two give the same answer, where that is asked for. The last two are the choices of a
    measure of statements.
    """
    counted = (selection.duplicates, selection.normalisation)
    counted = counted if selection.is_of_statements else (None, None)
    names = {slug: actor.name for slug, actor in selection.by_slug.items()}
    for one, other, values in _edges(selection):
        low, high = None, None
        if selection.measure == "agreement":
            low, high = map(float, selection.network.headlines.open_range(one, other))
        figure = (values["weight"], values["n"])
        row = (one, names[one], other, names[other], selection.measure, *figure)
        same = (values.get("same"), values.get("nominal"))
        yield (*row, low, high, selection.since, selection.last_day, *same, *counted)


AGREEMENT = NetworkFiles(
    "agreement",
    AgreementForm,
    _about,
    _nodes,
    _edges,
    node_types={"name": str, "kind": str, "issues": int},
    # `same` and `nominal` only where questions without an order are counted.
    edge_types={"weight": float, "n": int, "same": int, "nominal": int},
    columns=(
        *("actor", "actor_name", "other", "other_name", "measure", "figure", "issues"),
        *("lowest", "highest", "since", "as_of", "same", "nominal", "duplicates", "normalisation"),
    ),
    rows=_pair_rows,
)


def _about_statements(selection: StatementsSelection) -> str:
    """Return what the network is, in words."""
    words = _(
        "%(dossier)s: statements of actors on preference issues, as of %(day)s. An edge is an "
        "actor and an issue on which it is heard; weight is the figure, and n is the number of "
        "statements."
    ) % {"dossier": selection.dossier.title, "day": day_words(selection.last_day)}
    return f"{words} {how_statements_count(selection)}"


def _actors_and_issues(selection: StatementsSelection) -> Iterator[_Node]:
    """Yield actors (`bipartite` 0) and issues (1), whose names could be the same."""
    for actor in selection.actors:
        yield f"actor:{actor.slug}", {"name": actor.name, "bipartite": 0}
    for issue in selection.issues:
        yield f"issue:{issue.slug}", {"name": issue.title, "bipartite": 1}


def _shares(selection: StatementsSelection) -> Iterator[_Edge]:
    """Yield what each actor said on each issue."""
    for actor, issue, share in selection.network.edges():
        yield f"actor:{actor}", f"issue:{issue}", {"weight": float(share.value), "n": share.n}


def _share_rows(selection: StatementsSelection) -> Iterator[tuple[Any, ...]]:
    """Yield the same as rows, as the columns name their values."""
    titles = {issue.slug: issue.title for issue in selection.issues}
    for actor, issue, share in selection.network.edges():
        yield (
            *(actor, selection.by_slug[actor].name, issue, titles[issue], selection.counting),
            *(float(share.value), share.n, selection.since, selection.last_day),
            *(selection.duplicates, selection.normalisation),
        )


STATEMENTS = NetworkFiles(
    "statements",
    StatementsForm,
    _about_statements,
    _actors_and_issues,
    _shares,
    node_types={"name": str, "bipartite": int},
    edge_types={"weight": float, "n": int},
    columns=(
        *("actor", "actor_name", "issue", "issue_title", "counting", "figure", "statements"),
        *("since", "as_of", "duplicates", "normalisation"),
    ),
    rows=_share_rows,
)
