"""The network of agreement as nodes and edges, and as rows, ready to be written to a file."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from astana.models.said_words import day_words
from astana.pages.agreement.forms import MEASURES
from astana.pages.agreement.network import Network

NODE_TYPES = {"name": str, "kind": str, "issues": int}
EDGE_TYPES = {"weight": float, "n": int}
PAIRS = (
    "actor",
    "actor_name",
    "other",
    "other_name",
    "measure",
    "figure",
    "issues",
    "lowest",
    "highest",
    "since",
    "as_of",
)


def about(network: Network) -> str:
    """Return what the network is, in a sentence."""
    selection = network.selection
    return _(
        "%(dossier)s: %(measure)s of actors on %(issues)s preference issues as of %(day)s. An edge "
        "is a pair that shares at least %(least)s issues; weight is its figure, n its issues."
    ) % {
        "dossier": selection.dossier.title,
        "measure": MEASURES[selection.measure],
        "issues": len(selection.issues),
        "day": day_words(selection.last_day),
        "least": selection.least,
    }


def nodes(network: Network) -> Iterator[tuple[str, dict[str, str | int]]]:
    """Yield the actors; `issues` is on how many of them each has a single value."""
    for actor in network.selection.actors:
        yield (
            actor.slug,
            {
                "name": actor.name,
                "kind": actor.kind,
                "issues": network.headlines.held(actor.slug),
            },
        )


def edges(network: Network) -> Iterator[tuple[str, str, dict[str, float | int]]]:
    """Yield the pairs of these actors that share enough issues, with figure and n."""
    chosen = {actor.slug for actor in network.selection.actors}
    for one, other, weight, n in network.edges():
        if one in chosen and other in chosen:
            yield one, other, {"weight": weight, "n": n}


def pair_rows(network: Network) -> Iterator[tuple[str | int | float | date | None, ...]]:
    """Yield the pairs that share enough issues as rows, as `PAIRS` names their values.

    `lowest` and `highest` are the range that the open issues leave of an agreement; measures that
    count statements, and points, have none.
    """
    selection = network.selection
    has_range = selection.measure == "agreement"
    for one, other, values in edges(network):
        low, high = network.headlines.open_range(one, other) if has_range else (None, None)
        yield (
            one,
            network.by_slug[one].name,
            other,
            network.by_slug[other].name,
            selection.measure,
            values["weight"],
            values["n"],
            None if low is None else float(low),
            None if high is None else float(high),
            selection.since,
            selection.last_day,
        )
