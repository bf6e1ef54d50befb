"""The history of one cell: all that was said in it, before and after a day."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce

from astana.models import Actor, Evidence, Issue, Link, Position
from astana.models.positions.fetched import Joined, marked
from astana.models.positions.then import shown_then
from astana.models.positions.versions import versions_at


def history_of_cell(
    *,
    actors: list[Actor],
    issue: Issue,
    event: str,
    first: Iterable[int],
    recorded_as_of: datetime | None,
    user: Any,
    most: int,
) -> list[Position]:
    """Return the positions of these actors on an issue, newest first; one query.

    Of a person they are also what they said first-hand for others; `event` is the short name of
    the event that they are about, or empty.

    Of more than `most`, those whose primary keys are in `first` are kept before all others. Each
    has its `passage_count`, in `source_slugs` the sources that support it, with commas between, and
    in `other_rendering` and `fuller_rendering` the last day of such a rendering of the utterance.
    As recorded by a moment that is over they are in the words of then, which takes more queries.
    """
    persons = [actor for actor in actors if actor.kind == Actor.Kind.PERSON]
    whose = Q(actor__in=actors)
    if persons:
        whose |= Q(speaker__in=persons, first_hand=True)
    of_cell = Position.objects.visible_to(user).filter(whose, issue=issue)
    if event:
        of_cell = of_cell.filter(event__slug=event)
    versions: dict[int, Any] = {}
    if recorded_as_of:
        of_cell, versions = _of_then(recorded_as_of, of_cell, user=user, actors=actors, issue=issue)
    passages = Evidence.objects.filter(position=OuterRef("pk")).order_by().values("position")
    passages_there_are = passages.annotate(number=Count("pk")).values("number")
    source = "rendition__article__source__slug"
    sources_there_are = (
        passages.filter(role=Evidence.Role.SUPPORTS)
        .annotate(names=Joined(source, distinct=True))
        .values("names")
    )
    same = Link.objects.filter(kind=Link.Kind.SAME_UTTERANCE)
    others = same.filter(to=OuterRef("pk"), position__public=Value(True))
    fuller = same.filter(position=OuterRef("pk"), to__public=Value(True))
    # A headline is shown however much was said after it. (No position has the key 0; without any
    # key there would be nothing to order by.)
    is_shown = Case(When(pk__in=[0, *first], then=0), default=1)
    of_trail = of_cell.order_by(is_shown, *Position._meta.ordering).values("pk")[:most]
    history = list(
        marked(Position.objects.filter(pk__in=of_trail))
        .select_related(
            "actor",
            "stance__issue",
            "speaker",
            "attributed_by",
            "event",
            "document",
            "coder",
            "reviewer",
        )
        .annotate(
            **Position.objects.bearing(Position),
            other_rendering=Subquery(
                others.order_by("position__latest").values("position__latest")[:1]
            ),
            fuller_rendering=Subquery(fuller.order_by().values("to__latest")[:1]),
            passage_count=Coalesce(Subquery(passages_there_are), 0),
            source_slugs=Coalesce(Subquery(sources_there_are), Value("", output_field=TextField())),
        )
        .newest_first()
    )
    if versions:
        shown_then({position.pk: position for position in history}, versions)
        history.sort(key=lambda one: (one.latest, one.earliest, one.pk), reverse=True)
    return history


def _of_then(
    moment: datetime, in_cell: Any, *, user: Any, actors: list[Actor], issue: Issue
) -> tuple[Any, dict[int, Any]]:
    """Return the positions that stood in a cell at a moment, and what those edited since were."""
    versions = {
        version.id: version
        for version in versions_at(
            moment, actors=[one.pk for one in actors], issues=[issue.pk], as_of=date.max
        )
        if version.is_there
    }
    same = in_cell.recorded_by(moment).order_by().values("pk")
    stood = Q(pk__in=same) | Q(pk__in=list(versions))
    return Position.objects.visible_to(user).filter(stood), versions
