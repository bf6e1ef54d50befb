"""What a dossier holds at a glance."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from astana.comparison.matrix import build_matrix, widest_first
from astana.comparison.spread import Mark, spread_marks
from astana.models import Dossier, Event, Issue, Position
from astana.models.counts import Counts, counts_of, most_reported
from astana.models.ends import Ends, ends_of
from astana.models.event import events_of
from astana.models.positions.fetched import marked
from astana.models.process_cache import cache
from astana.models.said_words import day_words

ISSUES_LOOKED_AT, MOST_CONTESTED = 30, 6


@dataclass(frozen=True, slots=True)
class Contested:
    """An issue whose stances lie far apart."""

    issue: Issue
    marks: tuple[Mark, ...]
    ends: Ends
    actors: int


@dataclass(frozen=True)
class Overview:
    """Counts, the newest positions, the most contested issues and the events of a dossier."""

    counts: Counts
    as_of: str
    newest: list[Position]
    contested: list[Contested]
    events: list[Event]


def overview_of(dossier: Dossier, *, user: Any) -> Overview:
    """Return the overview of a dossier; five queries where nothing is cached."""
    counts = counts_of(dossier)
    as_of = counts.day()
    newest = (
        marked(Position.objects.visible_to(user).of(dossier))
        .newest_first()
        .select_related("actor", "issue", "stance__issue", "dossier")
        .select_related("attributed_by", "speaker")[:6]
    )
    return Overview(
        counts=counts,
        as_of=day_words(as_of),
        newest=list(newest),
        contested=_contested(dossier, counts, as_of),
        events=events_of(dossier),
    )


def _contested(dossier: Dossier, counts: Counts, as_of: date) -> list[Contested]:
    """Return the most contested issues, looked for once for each version of the dossier."""
    key = f"contested:{dossier.pk}:{dossier.version}"
    found = cache.get(key)
    if found is None:
        most = most_reported(counts.issues, ISSUES_LOOKED_AT)
        asked = Issue.objects.of(dossier).with_ends()
        issues = {issue.slug: issue for issue in asked.filter(pk__in=most)}
        spoken = Position.objects.headlines(
            actors=list(counts.actors), issues=most, as_of=as_of
        ).statements()
        actors = sorted({statement.actor for statement in spoken})
        # What a person said for an actor is that actor's here, and counts once.
        own = [replace(statement, speaker="") for statement in spoken]
        matrix = build_matrix(own, actors=actors, issues=list(issues), as_of=as_of)
        found = [
            Contested(
                issue=issues[row.issue],
                marks=spread_marks([value for value, _actor in row.points]),
                ends=ends_of(issues[row.issue]),
                actors=len({actor for _value, actor in row.points}),
            )
            for row in widest_first(matrix)[:MOST_CONTESTED]
        ]
        cache.set(key, found, timeout=None)
    return found
