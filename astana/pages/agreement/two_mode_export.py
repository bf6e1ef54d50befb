"""Who said how much on what as a network of actors and issues, and as rows of a file."""

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from astana.exchange.graphml import graphml as graphml_lines
from astana.models.said_words import day_words
from astana.pages.agreement.two_mode import StatementsForm, StatementsSelection, counted_words
from astana.web.files import Rows, refused_form, sent, streamed

COLUMNS = (
    *("actor", "actor_name", "issue", "issue_title", "counting", "figure", "statements"),
    *("since", "as_of", "duplicates", "normalisation"),
)
NODE_TYPES = {"name": str, "bipartite": int}
EDGE_TYPES = {"weight": float, "n": int}


@require_safe
def graphml(request: HttpRequest, dossier: str) -> HttpResponseBase:
    """Send the network of actors and issues as GraphML."""
    form = StatementsForm.asked_by(request, dossier)
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
    name = f"{form.dossier.slug}-statements.graphml"
    return streamed(lines, name=name, content_type="application/graphml+xml")


@require_safe
def file(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Send a row for each actor and issue on which it said something."""
    form = StatementsForm.asked_by(request, dossier)
    if not form.is_valid():
        return refused_form(form)
    selection = form.selection()
    name = f"statements-{selection.last_day}"
    rows = Rows(form.dossier, name, about(selection), COLUMNS, share_rows(selection))
    return sent(rows, suffix, request)


def about(selection: StatementsSelection) -> str:
    """Return what the network is, in words."""
    words = _(
        "%(dossier)s: what actors said on preference issues, as of %(day)s. An edge is an actor "
        "and an issue on which it said something; weight is the figure, n the statements."
    ) % {"dossier": selection.dossier.title, "day": day_words(selection.last_day)}
    return f"{words} {counted_words(selection)}"


def nodes(selection: StatementsSelection) -> Iterator[tuple[str, dict[str, str | int]]]:
    """Yield actors (`bipartite` 0) and issues (1), whose names could be the same."""
    for actor in selection.actors:
        yield f"actor:{actor.slug}", {"name": actor.name, "bipartite": 0}
    for issue in selection.issues:
        yield f"issue:{issue.slug}", {"name": issue.title, "bipartite": 1}


def edges(selection: StatementsSelection) -> Iterator[tuple[str, str, dict[str, float | int]]]:
    """Yield what each actor said on each issue."""
    for actor, issue, share in selection.network.edges():
        yield f"actor:{actor}", f"issue:{issue}", {"weight": float(share.value), "n": share.n}


def share_rows(
    selection: StatementsSelection,
) -> Iterator[tuple[str | int | float | date | None, ...]]:
    """Yield the same as rows, as `COLUMNS` names their values."""
    titles = {issue.slug: issue.title for issue in selection.issues}
    for actor, issue, share in selection.network.edges():
        yield (
            *(actor, selection.by_slug[actor].name, issue, titles[issue], selection.counting),
            *(float(share.value), share.n, selection.since, selection.last_day),
            *(selection.duplicates, selection.normalisation),
        )
