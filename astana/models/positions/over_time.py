"""Positions over time, with no more of each than is drawn of it."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import F

from astana.comparison.said import UNKNOWN_START
from astana.comparison.statement import Statement
from astana.models import Issue, Position
from astana.models.positions.query_set import STATED, statement_of


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
    return [
        Said(
            row["id"], row["key"], row["summary"], row["voice"], row["by"] or "",
            row["spoken_by"] or "", row["authority"], row["label"],
            row["earliest"], row["latest"], bool(row["first_hand"]),
            Head(row["lane_order"], row[f"{lane}_slug"], row["lane_name"]),
            row["place"] if row["scale"] == Issue.Scale.NOMINAL else None,
            statement_of(row),
        )
        for row in rows
    ]  # fmt: skip
