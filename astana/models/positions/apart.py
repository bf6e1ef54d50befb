"""Where sources disagree on a position, as a condition in SQL, for as many rows as are shown."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.lookups import Exact, IsNull

from astana.comparison.said import UNKNOWN_START
from astana.models import Evidence, Position


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
