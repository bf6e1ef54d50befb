"""Positions over time, with no more of each than is drawn of it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import F

from astana.comparison.said import UNKNOWN_START
from astana.comparison.statement import Statement
from astana.models import Evidence, Issue, Position
from astana.models.positions.query_set import STATED, statement_of
from astana.models.positions.then import details_then
from astana.models.positions.versions import evidence_at


class Head(NamedTuple):
    """An actor or issue that has a lane, in the order of lanes."""

    order: str | int
    slug: str
    name: str


class Said(NamedTuple):
    """What is drawn of a position; a record for each would cost several times as much.

    `answer` is the place of the stance among those of a nominal issue, None of any other.
    """

    pk: int
    key: str
    summary: str
    voice: str
    by: str
    speaker: str
    authority: str
    label: str
    earliest: date
    latest: date
    first_hand: bool
    lane: Head
    answer: int | None
    statement: Statement

    @property
    def first_day(self) -> date:
        """The first day on which it can have been said, as far as it is known."""
        return self.latest if self.earliest == UNKNOWN_START else self.earliest


def newest_said(positions: Any, *, lane: str, most: int) -> list[Said]:
    """Return the newest positions, each with its `lane`, an actor or an issue; one query."""
    order, name = ("actor__sort_name", "actor__name") if lane == "actor" else (
        "issue__order", "issue__title",
    )  # fmt: skip
    rows = positions.newest_first().values(
        *STATED, "key", "summary", "voice", "authority",
        **Position.objects.stated_of(Position),
        by=F("attributed_by__name"), spoken_by=F("speaker__name"), label=F("stance__label"),
        place=F("stance__order"), scale=F("issue__scale"), lane_order=F(order), lane_name=F(name),
    )[:most]  # fmt: skip
    return [_said(row, statement_of(row), lane=lane) for row in rows]


def newest_said_then(
    moment: datetime,
    positions: Any,
    *,
    lane: str,
    most: int,
    actors: Collection[int],
    issues: Collection[int],
) -> tuple[list[Said], int]:
    """Return the same as it stood here at a moment, and how many of them are withdrawn since.

    `actors` and `issues` are the primary keys of those that the positions may be of. Six queries.
    """
    edited, withdrawn = details_then(
        moment, actors=list(actors), issues=list(issues), as_of=date.max
    )
    found = newest_said(positions.recorded_by(moment), lane=lane, most=most)
    for row in edited.values():
        one = row["version"].actor if lane == "actor" else row["version"].issue
        head = (one.sort_name, one.name) if lane == "actor" else (one.order, one.title)
        named = dict(zip(("lane_order", "lane_name"), head, strict=True))
        found.append(_said(row | named, row["statement"], lane=lane))
    found.sort(key=lambda one: (one.latest, one.earliest, one.pk), reverse=True)
    found = found[:most]
    disputed = {
        pk: any(passage.role == Evidence.Role.DISPUTES for passage in passages)
        for pk, passages in evidence_at(moment, [one.pk for one in found]).items()
    }
    return [
        one._replace(statement=replace(one.statement, is_disputed=disputed[one.pk]))
        if one.pk in disputed
        else one
        for one in found
    ], withdrawn


def _said(row: dict[str, Any], statement: Statement, *, lane: str) -> Said:
    return Said(
        row["id"], row["key"], row["summary"], row["voice"], row["by"] or "",
        row["spoken_by"] or "", row["authority"], row["label"],
        row["earliest"], row["latest"], bool(row["first_hand"]),
        Head(row["lane_order"], row[f"{lane}_slug"], row["lane_name"]),
        row["place"] if row["scale"] == Issue.Scale.NOMINAL else None,
        statement,
    )  # fmt: skip
