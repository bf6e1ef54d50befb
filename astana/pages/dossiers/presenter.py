"""What a dossier holds at a glance."""

from dataclasses import replace
from datetime import date
from typing import Any

from astana.comparison.matrix import build_matrix, widest_first
from astana.comparison.spread import spread_marks
from astana.models import Dossier, Issue, Position
from astana.models.counts import Counts, counts_of, most_reported
from astana.models.ends import ends_of
from astana.models.event import events_of
from astana.models.positions.fetched import marked
from astana.models.process_cache import cache
from astana.models.said_words import day_words

ISSUES_LOOKED_AT, MOST_CONTESTED = 30, 6


def overview_of(dossier: Dossier, *, user: Any) -> dict[str, Any]:
    """Return the overview of a dossier; five queries where nothing is cached.

    That is its counts, the newest positions, the most contested issues and the events.
    """
    counts = counts_of(dossier)
    as_of = counts.day()
    newest = (
        marked(Position.objects.visible_to(user).of(dossier))
        .newest_first()
        .select_related("actor", "issue", "stance__issue", "dossier")
        .select_related("attributed_by", "speaker")[:6]
    )
    return {
        "counts": counts,
        "as_of": day_words(as_of),
        "newest": newest,
        "contested": _contested(dossier, counts, as_of),
        "of_issues": ISSUES_LOOKED_AT if len(counts.issues) > ISSUES_LOOKED_AT else 0,
        "events": events_of(dossier),
    }


def _contested(dossier: Dossier, counts: Counts, as_of: date) -> list[dict[str, Any]]:
    """Return the issues whose stances lie farthest apart, looked for once for each version."""
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
            {
                "issue": issues[row.issue],
                "marks": spread_marks([value for value, _actor in row.points]),
                "ends": ends_of(issues[row.issue]),
                "actors": len({actor for _value, actor in row.points}),
            }
            for row in widest_first(matrix)[:MOST_CONTESTED]
        ]
        cache.set(key, found, timeout=None)
    return found
