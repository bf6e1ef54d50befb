"""What sources tell of positions, and the cells on which they disagree."""

from collections import defaultdict
from datetime import date
from typing import Any

from astana.comparison.sources import cells_in_dispute
from astana.comparison.statement import Statement
from astana.models import Actor, Dossier, Evidence, Issue, Position
from astana.models.kept import kept
from astana.models.process_cache import cache

# Of an actor or an issue with more positions, the newest are looked at.
MOST_FLAGGED = 2000


def sources_of(positions: list[int], *, by: str = "slug") -> dict[int, list[str]]:
    """Return the short names, or `by` name, of the sources behind each position; one query."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = (
        Evidence.objects.filter(position__in=positions, role=Evidence.Role.SUPPORTS)
        .order_by()
        .values_list("position", f"rendition__article__source__{by}")
        .distinct()
    )
    for position, source in rows:
        found[position].append(source)
    return {position: sorted(sources) for position, sources in found.items()}


def told(positions: Any, *, as_of: date, most: int) -> tuple[list[Statement], dict[int, list[str]]]:
    """Return the newest of these positions as statements, and by id the sources; two queries."""
    said = positions.as_of(as_of).newest_first()[:most].statements()
    return said, sources_of([statement.id for statement in said])


def cells_told_differently(
    about: Actor | Issue, *, dossier: Dossier, as_of: date, user: Any
) -> set[tuple[str, str]]:
    """Return the cells (actor, issue) of an actor or an issue on which sources disagree.

    Two queries where they are not kept for the version of the dossier. Of more than
    `MOST_FLAGGED` positions only the newest are looked at.
    """
    kind = about._meta.model_name

    def cells() -> set[tuple[str, str]]:
        positions = Position.objects.visible_to(user).of(dossier).about(**{kind: about})
        said, sources = told(positions, as_of=as_of, most=MOST_FLAGGED)
        return cells_in_dispute(said, sources, as_of=as_of)

    return kept(dossier, "told", (kind, about.pk, as_of), cells, among=cache)
