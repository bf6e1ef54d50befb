"""Positions over time, with no more of each than is drawn of it."""

from datetime import date
from typing import Any, NamedTuple

from astana.comparison.said import UNKNOWN_START
from astana.comparison.statement import Statement


class Head(NamedTuple):
    """An actor or issue that has a lane, in the order of lanes."""

    order: str | int
    slug: str
    name: str


class Said(NamedTuple):
    """What is drawn of a position; a record for each would cost several times as much."""

    pk: int
    key: str
    summary: str
    voice: str
    by: str | None
    label: str
    earliest: date
    latest: date
    first_hand: bool
    lane: Head
    statement: Statement

    @property
    def first_day(self) -> date:
        """The first day on which it can have been said, as far as it is known."""
        return self.latest if self.earliest == UNKNOWN_START else self.earliest


def newest_said(positions: Any, *, lane: str, most: int) -> list[Said]:
    """Return the newest positions, each with its `lane`, an actor or an issue; one query."""
    fields = (
        "pk", "key", "summary", "voice", "attributed_by__name", "stance__label", "earliest",
        "latest", "said", "first_hand", "actor__slug", "issue__slug", "stance__slug",
        "stance__value",
        *(("actor__sort_name", "actor__name") if lane == "actor" else
          ("issue__order", "issue__title")),
    )  # fmt: skip
    found = []
    for (
        pk, key, summary, voice, by, label, earliest, latest, said, first_hand, actor, issue,
        stance, value, order, name,
    ) in positions.newest_first().values_list(*fields)[:most]:  # fmt: skip
        statement = Statement(
            id=pk,
            actor=actor,
            issue=issue,
            stance=stance,
            value=None if value is None else float(value),
            earliest=earliest,
            latest=latest,
            is_first_hand=bool(first_hand),
            said=said,
        )
        head = Head(order, actor if lane == "actor" else issue, name)
        found.append(
            Said(
                pk, key, summary, voice, by, label, earliest, latest, bool(first_hand), head,
                statement,
            )
        )  # fmt: skip
    return found
