"""Positions over time, with no more of each than is drawn of it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import F

from astana.comparison.said import UNKNOWN_START
from astana.comparison.statement import Statement
from astana.models import Evidence, Issue, Position
from astana.models.positions.query_set import statement_of
from astana.models.positions.then import details_then
from astana.models.positions.versions import evidence_at


class Head(NamedTuple):
    """An actor or issue that has a lane, in the order of lanes."""

    order: str | int
    slug: str
    name: str


class Said(NamedTuple):
    """What is asked of a position over time, as its row has it.

    A record for each would cost several times as much, and so would a statement for each: it is
    made of those alone whose cells are looked at.
    """

    id: int
    earliest: date
    latest: date
    said: str
    first_hand: bool
    condition: str
    key: str
    summary: str
    voice: str
    authority: str
    is_disputed: bool
    same_as: int | None
    value: float | None
    actor_slug: str
    issue_slug: str
    stance_slug: str
    event_slug: str | None
    speaker_slug: str | None
    per_event: bool
    by: str | None
    spoken_by: str | None
    label: str
    place: int
    scale: str
    lane: Head

    @property
    def first_day(self) -> date:
        """The first day on which it can have been said, as far as it is known."""
        return self.latest if self.earliest == UNKNOWN_START else self.earliest

    @property
    def answer(self) -> int | None:
        """The place of the stance among those of a nominal issue, None of any other."""
        return self.place if self.scale == Issue.Scale.NOMINAL else None

    @property
    def statement(self) -> Statement:
        """The position as the core knows it."""
        return statement_of(self._asdict())


# All but the lane, which is made of the last two columns.
_OF_POSITION = Said._fields[:-1]


def newest_said(positions: Any, *, lane: str, most: int) -> list[Said]:
    """Return the newest positions, each with its `lane`, an actor or an issue; one query."""
    order, name = ("actor__sort_name", "actor__name") if lane == "actor" else (
        "issue__order", "issue__title",
    )  # fmt: skip
    found = positions.newest_first().annotate(
        **Position.objects.stated_of(Position),
        by=F("attributed_by__name"), spoken_by=F("speaker__name"), label=F("stance__label"),
        place=F("stance__order"), scale=F("issue__scale"), lane_order=F(order), lane_name=F(name),
    )  # fmt: skip
    rows = found.values_list(*_OF_POSITION, "lane_order", "lane_name")[:most]
    slug = _OF_POSITION.index(f"{lane}_slug")
    heads: dict[str, Head] = {}
    return [
        Said(*row[:-2], heads.get(row[slug]) or heads.setdefault(row[slug], _head(row, slug)))
        for row in rows
    ]


def _head(row: tuple[Any, ...], slug: int) -> Head:
    return Head(row[-2], row[slug], row[-1])


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
        of_position = (row[name] for name in _OF_POSITION)
        found.append(Said(*of_position, Head(head[0], row[f"{lane}_slug"], head[1])))
    found.sort(key=lambda one: (one.latest, one.earliest, one.id), reverse=True)
    found = found[:most]
    disputed = {
        pk: any(passage.role == Evidence.Role.DISPUTES for passage in passages)
        for pk, passages in evidence_at(moment, [one.id for one in found]).items()
    }
    return [
        one._replace(is_disputed=disputed.get(one.id, one.is_disputed)) for one in found
    ], withdrawn
