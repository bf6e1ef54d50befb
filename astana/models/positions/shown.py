"""What is shown of each headline: the newest position of an actor on an issue, in one query."""

from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import Count, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, IsNull

from astana.comparison.said import UNKNOWN_START
from astana.models import Evidence, Position
from astana.models.positions.query_set import STATED, statement_of
from astana.models.prepared import Given, Prepared


def headline_details(
    *,
    actors: list[int],
    issues: list[int],
    as_of: date,
    since: date = date.min,
    first_hand_only: bool = False,
    recorded_as_of: datetime | None = None,
    with_sources: bool = False,
    spoken: bool = True,
    of_events: bool = True,
) -> dict[int, dict[str, Any]]:
    """Return what is shown of each headline, by primary key, with its `statement`; one query.

    `actors` and `issues` are primary keys. The cells of persons hold what they said for others too.
    `with_sources` asks too whether sources disagree on it. `spoken` is not needed where none of the
    actors is a person, `of_events` where none of the issues is asked of each event.
    """
    if not actors or not issues:
        return {}
    asked = {"actors": actors, "issues": issues, "as_of": as_of, "since": since}
    how = {
        "first_hand_only": first_hand_only,
        "with_sources": with_sources,
        "spoken": spoken,
        "of_events": of_events,
    }
    rows = (
        headline_rows(**asked, **how, recorded_as_of=recorded_as_of)
        if recorded_as_of
        else _prepared(Position.objects.db, **how).rows(**asked)
    )
    return {row["id"]: row | {"statement": statement_of(row)} for row in rows}


@cache
def _prepared(using: str, **how: bool) -> Prepared:
    """Return the query for any cells and days; there are sixteen for each database."""
    given = {name: [Given(name)] for name in ("actors", "issues")}
    days = {name: Given(name, DateField()) for name in ("as_of", "since")}
    return Prepared(headline_rows(**given, **days, **how, recorded_as_of=None).using(using))


def headline_rows(
    *,
    actors: Collection[Any],
    issues: Collection[Any],
    as_of: Any,
    since: Any,
    first_hand_only: bool,
    recorded_as_of: datetime | None,
    with_sources: bool,
    spoken: bool,
    of_events: bool,
) -> QuerySet:
    """Return the query for what is shown of each headline; all that it asks of may be `Given`."""
    asked = {"is_told_apart": told_apart(as_of, recorded_as_of)} if with_sources else {}
    return (
        Position.objects.headlines(
            actors=actors,
            issues=issues,
            as_of=as_of,
            since=since,
            first_hand_only=first_hand_only,
            recorded_as_of=recorded_as_of,
            spoken=spoken,
            of_events=of_events,
        )
        .order_by()
        .values(
            *STATED, "key", "summary", "voice", "certainty", "held", "authority",
            **Position.objects.stated_of(Position) | resting_on("pk"),
            **asked,
            label=F("stance__label"),
            place=F("stance__order"),
            scale=F("issue__scale"),
            actor_name=F("actor__name"),
            hidden_day=Subquery(_exact_and_hidden()),
            by=F("attributed_by__name"),
            spoken_by=F("speaker__name"),
        )
    )  # fmt: skip


def _exact_and_hidden() -> QuerySet:
    """Return the day of the newest exact statement that a headline with a vague date hides.

    It is another stance of the same cell in the same way (first-hand or not), said on a day within
    those of the headline: which of the two came later is not known.
    """
    same = {name: OuterRef(name) for name in ("actor", "issue", "first_hand")}
    hidden = Position.objects.filter(
        **same,
        public=Value(True),
        latest__lt=OuterRef("latest"),
        latest__gte=OuterRef("earliest"),
        earliest=F("latest"),
    ).exclude(stance=OuterRef("stance"))
    return hidden.newest_first().values("latest")[:1]


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


def told_apart(as_of: date, recorded_as_of: datetime | None = None) -> Exists:
    """Return whether other sources report another stance for the same time as a position does.

    The rule is that of `astana/comparison/sources.py:disagreements`, asked of one of the two
    statements: a probe for each row into the newest positions of its cell. As recorded by a moment
    it heeds what stands as it stood then (`told_apart_then` the rest).
    """
    outer = OuterRef("pk")
    starts_unknown = Q(Exact(OuterRef("earliest"), Value(UNKNOWN_START)))
    others = Position.objects.filter(
        # Not before it: where its start is unknown, on its last day.
        Q(latest__gte=OuterRef("latest")) | ~starts_unknown,
        # Not after it, in the same way.
        Q(latest__lte=OuterRef("latest")) | ~Q(earliest=UNKNOWN_START),
        Q(issue__per_event=False)
        | Q(event=OuterRef("event"))
        | Q(IsNull(OuterRef("event"), True), event__isnull=True),
        Exists(_sources(outer).exclude(**_among(OuterRef(OuterRef(outer))))),
        Exists(_sources(OuterRef(outer)).exclude(**_among(OuterRef(outer)))),
        actor=OuterRef("actor"),
        issue=OuterRef("issue"),
        public=Value(True),
        # Both, so that the index of the cell leads on to the days.
        first_hand__in=(True, False),
        latest__gte=OuterRef("earliest"),
        latest__lte=as_of,
        earliest__lte=OuterRef("latest"),
    ).exclude(stance=OuterRef("stance"))
    return Exists(others.recorded_by(recorded_as_of).order_by())


def _sources(position: Any) -> QuerySet:
    of_it = Evidence.objects.filter(position=position, role=Evidence.Role.SUPPORTS)
    return of_it.order_by()


def _among(position: Any) -> dict[str, Any]:
    source = "rendition__article__source"
    return {f"{source}__in": _sources(position).values(source)}
