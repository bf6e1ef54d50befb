"""The cells of actors on issues as they stood by a day, also as recorded here by a moment."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import ngettext

from astana.comparison.matrix import Matrix, build_matrix
from astana.models import Actor, Dossier, Issue
from astana.models.event import events_by_issue
from astana.models.positions.shown import headline_details
from astana.models.positions.then import details_then, told_apart_then, with_evidence_then


@dataclass(frozen=True, slots=True)
class Stood:
    """The cells as they stood by a day, with the details of what they show.

    As recorded by a moment it has the number of positions that were `withdrawn` since, and by
    primary key the `versions` of those that were written again.
    """

    matrix: Matrix
    details: dict[int, dict[str, Any]]
    withdrawn: int = 0
    versions: dict[int, Any] = field(default_factory=dict)


def stood(
    *,
    dossier: Dossier,
    actors: Sequence[Actor],
    issues: Sequence[Issue],
    as_of: date,
    first_hand_only: bool,
    bodies: Sequence[Any] = (),
    since: date = date.min,
    recorded_as_of: datetime | None = None,
    with_sources: bool = False,
) -> Stood:
    """Return the cells of actors, with their bodies, on issues by a day, of what was said since.

    One query; as recorded by a moment that is over a few more, for what has been edited since.
    """
    withdrawn, versions = 0, {}
    cells: dict[str, Any] = {
        "actors": [actor.pk for actor in (*actors, *bodies)],
        "issues": [issue.pk for issue in issues],
        "as_of": as_of,
    }
    details = headline_details(
        **cells,
        since=since,
        first_hand_only=first_hand_only,
        recorded_as_of=recorded_as_of,
        with_sources=with_sources,
        # Half of the query, each, that most comparisons have no need of.
        spoken=any(actor.kind == Actor.Kind.PERSON for actor in (*actors, *bodies)),
        of_events=any(issue.per_event for issue in issues),
    )
    if recorded_as_of:
        edited, withdrawn = details_then(recorded_as_of, **cells)
        details |= edited
        if with_sources:
            told_apart_then(details, edited, moment=recorded_as_of, as_of=as_of)
        versions = {pk: row["version"] for pk, row in edited.items()}
    wholes: dict[str, list[str]] = {}
    for body in bodies:
        wholes.setdefault(body.slug, []).append(body.whole_slug)
    matrix = build_matrix(
        [detail["statement"] for detail in details.values()],
        actors=[actor.slug for actor in actors],
        issues=[issue.slug for issue in issues],
        as_of=as_of,
        first_hand_only=first_hand_only,
        wholes=wholes,
        events=events_by_issue(issues, dossier=dossier),
    )
    if recorded_as_of:
        with_evidence_then(details, matrix.shown, moment=recorded_as_of)
    return Stood(matrix, details, withdrawn, versions)


def withdrawn_words(number: int) -> str:
    """Return how many positions of a table as recorded by a moment are gone by now."""
    gone = ngettext(
        "%(n)s position published here by then has since been withdrawn",
        "%(n)s positions published here by then have since been withdrawn",
        number,
    )
    return gone % {"n": number}
