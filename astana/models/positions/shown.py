"""What is shown of each headline: the newest position of an actor on an issue, in one query."""

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, FloatField, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce

from astana.comparison.statement import Statement
from astana.models import Evidence, Position


def headline_details(
    *,
    actors: list[int],
    issues: list[int],
    as_of: date,
    since: date = date.min,
    first_hand_only: bool = False,
    recorded_as_of: datetime | None = None,
) -> dict[int, dict[str, Any]]:
    """Return what is shown of each headline, by primary key, with its `statement`; one query.

    `actors` and `issues` are primary keys.
    """
    rows = (
        Position.objects.headlines(
            actors=actors,
            issues=issues,
            as_of=as_of,
            since=since,
            first_hand_only=first_hand_only,
            recorded_as_of=recorded_as_of,
        )
        .order_by()
        .annotate(
            **resting_on("pk"),
            value=Cast("stance__value", FloatField()),
        )
        .values(
            "id", "key", "summary", "condition", "voice", "earliest", "latest", "said",
            "first_hand",            "sources", "is_disputed", "value",
            actor_slug=F("actor__slug"),
            issue_slug=F("issue__slug"),
            stance_slug=F("stance__slug"),
            label=F("stance__label"),
            by=F("attributed_by__name"),
            spoken_by=F("speaker__name"),
        )
    )  # fmt: skip
    return {row["id"]: row | {"statement": statement_of(row)} for row in rows}


def resting_on(position: str) -> dict[str, Any]:
    """Return annotations of a row whose field is the key of a position: sources, is_disputed.

    The sources are counted under each row: joined and grouped they would cost the sorting of all
    words of all rows.
    """
    of_it = Evidence.objects.filter(position=OuterRef(position)).order_by()
    sources = (
        of_it.filter(role=Evidence.Role.SUPPORTS)
        .values("position")
        .annotate(number=Count("rendition__article__source", distinct=True))
        .values("number")
    )
    return {
        "sources": Coalesce(Subquery(sources), 0),
        "is_disputed": Exists(of_it.filter(role=Evidence.Role.DISPUTES)),
    }


def statement_of(row: dict[str, Any]) -> Statement:
    """Return what is shown of a headline as the core knows it."""
    return Statement(
        id=row["id"],
        actor=row["actor_slug"],
        issue=row["issue_slug"],
        stance=row["stance_slug"],
        value=row["value"],
        earliest=row["earliest"],
        latest=row["latest"],
        is_first_hand=row["first_hand"],
        said=row["said"],
    )
