"""A comparison as it stood here at a moment that is over: what has been written again since."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Value

from astana.comparison.sources import by_cell, disagreements
from astana.models import Actor, Evidence, Position
from astana.models.positions.query_set import statement_of
from astana.models.positions.shown import resting_on
from astana.models.positions.told import MOST_FLAGGED, sources_of
from astana.models.positions.versions import NAMED, evidence_at, versions_at

_SAME = (
    "summary", "condition", "voice", "certainty", "authority", "earliest", "latest", "said", "held",
)  # fmt: skip
# What a reader sees of a position: as it was then, where it has been edited.
_SHOWN = (*_SAME, *NAMED, "note", "first_hand")


def details_then(
    moment: datetime, *, actors: list[int], issues: list[int], as_of: date
) -> tuple[dict[int, dict[str, Any]], int]:
    """Return what was shown of positions that have been edited since, and how many are withdrawn.

    The first are rows like those of `headline_details`, with the `version`: all of the cells asked
    for and not only the headlines. What has been withdrawn since is counted and not shown again.
    Two queries.
    """
    counted = resting_on("id")
    versions = versions_at(moment, actors=actors, issues=issues, as_of=as_of, **counted)
    rows = {version.id: _row(version) for version in versions if version.is_there}
    return rows, len(versions) - len(rows)


def with_evidence_then(
    details: dict[int, dict[str, Any]], shown: Iterable[int], *, moment: datetime
) -> None:
    """Count the sources of the positions shown as of a moment, where their passages changed."""
    for pk, passages in evidence_at(moment, shown).items():
        articles = [one.rendition.article for one in _supporting(passages) if one.rendition]
        details[pk] |= {
            "sources": len({article.source_id for article in articles}),
            "is_disputed": any(one.role == Evidence.Role.DISPUTES for one in passages),
        }


def told_apart_then(
    details: dict[int, dict[str, Any]],
    edited: dict[int, dict[str, Any]],
    *,
    moment: datetime,
    as_of: date,
) -> None:
    """Say of each headline whether sources disagreed on it at a moment, where something was edited.

    It is asked in the cells in which one of the `edited` positions stood. At most five queries.
    """
    cells = {(row["version"].actor.pk, row["version"].issue.pk) for row in edited.values()}
    if not cells:
        return
    actors, issues = zip(*cells, strict=True)
    in_cells = Position.objects.filter(public=Value(True), actor__in=actors, issue__in=issues)
    said = in_cells.recorded_by(moment).as_of(as_of).newest_first()[:MOST_FLAGGED].statements()
    said += [row["statement"] for row in edited.values()]
    shown = [one.id for one in said]
    sources: dict[int, list[Any]] = sources_of(shown, by="pk")
    for pk, passages in evidence_at(moment, shown).items():
        supporting = [one.rendition for one in _supporting(passages) if one.rendition]
        sources[pk] = [rendition.article.source_id for rendition in supporting]
    for spoken in by_cell(said).values():
        apart = {one.id for pair in disagreements(spoken, sources, as_of=as_of) for one in pair}
        for one in spoken:
            if one.id in details and not edited.keys().isdisjoint(other.id for other in spoken):
                details[one.id]["is_told_apart"] = one.id in apart


def shown_then(positions: dict[int, Any], versions: dict[int, Any]) -> None:
    """Write into positions what they were then; `is_edited` says which have been edited since."""
    for pk, position in positions.items():
        position.is_edited = False
        version = versions.get(pk)
        for name in _SHOWN if version else ():
            then = getattr(version, name)
            if then != getattr(position, name):
                setattr(position, name, then)
                position.is_edited = True


def _supporting(passages: list[Any]) -> list[Any]:
    return [one for one in passages if one.role == Evidence.Role.SUPPORTS]


def _row(version: Any) -> dict[str, Any]:
    value = version.stance.value
    row = {name: getattr(version, name) for name in _SAME} | {
        "id": version.id,
        "key": version.key_now,
        "first_hand": version.voice in Position.FIRST_HAND,
        "value": None if value is None else float(value),
        "actor_slug": version.actor.slug,
        "issue_slug": version.issue.slug,
        "stance_slug": version.stance.slug,
        "event_slug": version.event and version.event.slug,
        "speaker_slug": version.speaker.slug
        if version.speaker and version.speaker.kind == Actor.Kind.PERSON
        else None,
        "per_event": version.issue.per_event,
        "same_as": None,
        "label": version.stance.label,
        "place": version.stance.order,
        "scale": version.issue.scale,
        "actor_name": version.actor.name,
        "hidden_day": None,
        "by": version.attributed_by and version.attributed_by.name,
        "spoken_by": version.speaker and version.speaker.name,
        "sources": version.sources,
        "is_disputed": version.is_disputed,
    }
    return row | {"statement": statement_of(row), "version": version}
