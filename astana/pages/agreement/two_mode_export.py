"""Who said how much on what as a network of actors and issues, and as rows of a file."""

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from astana.models.said_words import day_words
from astana.pages.agreement.export import NetworkFiles
from astana.pages.agreement.two_mode import StatementsForm, StatementsSelection, counted_words

COLUMNS = (
    *("actor", "actor_name", "issue", "issue_title", "counting", "figure", "statements"),
    *("since", "as_of", "duplicates", "normalisation"),
)
NODE_TYPES = {"name": str, "bipartite": int}
EDGE_TYPES = {"weight": float, "n": int}


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


_FILES = NetworkFiles(
    "statements", StatementsForm, about, nodes, edges, NODE_TYPES, EDGE_TYPES, COLUMNS, share_rows
)


@require_safe
def graphml(request: HttpRequest, dossier: str) -> HttpResponseBase:
    """Send the network of actors and issues as GraphML."""
    return _FILES.graphml(request, dossier)


@require_safe
def file(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Send a row for each actor and issue on which it said something."""
    return _FILES.file(request, dossier, suffix)
