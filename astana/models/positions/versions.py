"""What positions and their passages were at a moment that is over, from their history."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value

from astana.models.evidence import Evidence
from astana.models.position import Position

# What a position may name that can be merged away, or deleted, after the moment.
NAMED = ("actor", "issue", "stance", "attributed_by", "speaker", "event", "document")


def versions_at(
    moment: datetime,
    *,
    actors: Collection[int],
    issues: Collection[int],
    as_of: date,
    **counted: Any,
) -> list[Any]:
    """Return the published versions, at a moment, of what has been written again since.

    `actors` and `issues` are primary keys of the cells asked for, `counted` are annotations. Each
    version names what the position names now where that is gone, and has `is_there`: whether the
    position still is published, and `key_now`. A deleted position has no version here. At most two
    queries.
    """
    now = Position.objects.filter(pk=OuterRef("id"))
    in_cells = Q(actor__in=actors, issue__in=issues)
    here_now = Position.objects.filter(in_cells).order_by().values("pk")
    versions = (
        _newest(Position, moment)
        .filter(in_cells | Q(id__in=here_now), Exists(now))
        .filter(public=Value(True), latest__lte=as_of)
        .annotate(is_there=Exists(now.filter(public=Value(True))), key_now=now.values("key"))
        .annotate(**counted)
        .select_related(*NAMED)
    )
    found = _with_what_is_gone(list(versions))
    return [one for one in found if one.actor.pk in actors and one.issue.pk in issues]


def evidence_at(moment: datetime, positions: Iterable[int]) -> dict[int, list[Any]]:
    """Return the passages that positions rested on at a moment, where these have changed since.

    `positions` are primary keys; those whose passages are the same now, or that were not here
    yet, are left out. Each passage has `rendition`, None where its text is gone. Three queries.
    """
    later = Evidence.history.model.objects.filter(position__in=positions, history_date__gt=moment)
    were_here = Position.history.model.objects.filter(
        id__in=set(later.order_by().values_list("position", flat=True)), history_date__lte=moment
    )
    found: dict[int, list[Any]] = {
        pk: [] for pk in were_here.order_by().values_list("id", flat=True)
    }
    passages = _newest(Evidence, moment, changed=False).filter(position__in=list(found))
    for passage in passages.select_related("rendition__article"):
        found[passage.position_id].append(passage)
    return found


def _newest(model: Any, moment: datetime, *, changed: bool = True) -> QuerySet:
    """Return the version of each record at a moment; with `changed` of those written since."""
    versions = model.history.model.objects.order_by()
    same = versions.filter(id=OuterRef("id"))
    newest = same.filter(history_date__lte=moment).order_by("-history_date", "-history_id")
    found = versions.filter(history_id=Subquery(newest.values("history_id")[:1]))
    if changed:
        found = found.filter(Exists(same.filter(history_date__gt=moment)))
    return found.exclude(history_type="-")


def _with_what_is_gone(versions: list[Any]) -> list[Any]:
    """Let versions name what their positions name now, where what they named is gone."""

    def gone(version: Any) -> list[str]:
        return [
            name
            for name in NAMED
            if getattr(version, f"{name}_id") and getattr(version, name) is None
        ]

    lost = {version.id: names for version in versions if (names := gone(version))}
    if lost:
        now = Position.objects.select_related(*NAMED).in_bulk(list(lost))
        for version in versions:
            names = lost.get(version.id, [])
            # A stance is one of its issue.
            for name in [*names, "issue"] if "stance" in names else names:
                setattr(version, name, getattr(now[version.id], name))
    return versions
