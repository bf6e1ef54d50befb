"""Positions over time, with no more of each than is drawn of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Case, Exists, F, OuterRef, When

from astana.comparison.said import UNKNOWN_START
from astana.comparison.statement import Statement
from astana.models import Actor, Evidence, Issue, Link, Position
from astana.models.positions.query_set import statement_of
from astana.models.positions.then import details_then
from astana.models.positions.versions import evidence_at
from astana.models.prepared import Given, Prepared


class Head(NamedTuple):
    """An actor or issue that has a lane, in the order of lanes."""

    order: str | int
    slug: str
    name: str


class Glance(NamedTuple):
    """What says which positions are drawn: much is looked at, and little of it is read whole.

    `lane` is the short name of an actor or issue, `event` that of an event where the issue is asked
    of each.
    """

    id: int
    latest: date
    first_hand: bool
    lane: str
    event: str | None


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
    def glance(self) -> Glance:
        """The little of it that says whether it is drawn."""
        event = self.event_slug if self.per_event else None
        return Glance(self.id, self.latest, self.first_hand, self.lane.slug, event)

    @property
    def statement(self) -> Statement:
        """The position as the core knows it."""
        return statement_of(self._asdict())


@dataclass(frozen=True, slots=True)
class Read:
    """The newest positions, and how many are gone since the moment that they stood at."""

    said: list[Said]
    withdrawn: int = 0
    _made: dict[int, Statement] = field(default_factory=dict)

    def statement(self, one: Said) -> Statement:
        """Return one of the positions as the core knows it; made once for all that look at it."""
        if one.id not in self._made:
            self._made[one.id] = one.statement
        return self._made[one.id]


# All but the lane, which is made of the last two columns.
_OF_POSITION = Said._fields[:-1]


def glances_at(positions: Any, *, lane: str, most: int) -> list[Glance]:
    """Return the newest positions, as little of each as says which are drawn; one query."""
    event = Case(When(issue__per_event=True, then=F("event__slug")))
    columns = ("id", "latest", "first_hand", f"{lane}__slug")
    rows = positions.newest_first().values_list(*columns, event)[:most]
    return [Glance(*row) for row in rows]


def said_near(looked_at: Sequence[Glance], *, since: date, lane: str) -> list[Said]:
    """Return the positions that bear on what happened in their cells from a day on; three queries.

    They are those said from that day on, and of each cell what may have stood in it before: nothing
    that is older than a first-hand position which nobody disputes. The newest come first.
    """
    near = [one.id for one in looked_at if one.latest >= since]
    before: dict[tuple[str, str | None], list[Glance]] = defaultdict(list)
    for one in looked_at:
        if one.latest < since:
            before[one.lane, one.event].append(one)
    first_hand = [
        next((one for one in said if one.first_hand), said[-1]) for said in before.values()
    ]
    firm = _pks(_firm, [one.id for one in first_hand])
    for newest, said in zip(first_hand, before.values(), strict=True):
        near += [one.id for one in said if newest.id not in firm or one.latest >= newest.latest]
    # A rendering counts where the fuller one is not known: that one has to be, however old it is.
    near += _pks(_fuller, near) & {one.id for one in looked_at} - set(near)
    rows = _prepared(Position.objects.db, _whole, lane).tuples(pks=near)
    return _with_lanes(rows, lane=lane)


def _firm(pks: list[Any]) -> Any:
    """Return the query for which of these nobody disputes and are no other rendering."""
    of_it = {"position": OuterRef("pk")}
    disputed = Evidence.objects.filter(**of_it, role=Evidence.Role.DISPUTES)
    rendered = Link.objects.filter(**of_it, kind=Link.Kind.SAME_UTTERANCE)
    found = Position.objects.filter(pk__in=pks).order_by()
    return found.exclude(Exists(disputed) | Exists(rendered)).values_list("pk")


def _fuller(pks: list[Any]) -> Any:
    """Return the query for what these are other renderings of."""
    found = Position.objects.filter(pk__in=pks, links__kind=Link.Kind.SAME_UTTERANCE).order_by()
    return found.values_list("links__to")


def _whole(pks: list[Any], lane: str) -> Any:
    """Return the query for all that is asked of these, the newest first."""
    return _rows(Position.objects.filter(pk__in=pks), lane=lane)


@cache
def _prepared(using: str, asked: Callable[..., Any], *how: str) -> Prepared:
    return Prepared(asked([Given("pks")], *how).using(using))


def _pks(asked: Callable[..., Any], pks: list[int]) -> set[int]:
    return {pk for [pk] in _prepared(Position.objects.db, asked).tuples(pks=pks)} if pks else set()


def newest_said(positions: Any, *, lane: str, most: int) -> list[Said]:
    """Return the newest positions, each with its `lane`, an actor or an issue; one query."""
    return _with_lanes(_rows(positions, lane=lane)[:most], lane=lane)


def _rows(positions: Any, *, lane: str) -> Any:
    """Return the query for the columns of `Said`, those of its lane last."""
    order, name = ("actor__sort_name", "actor__name") if lane == "actor" else (
        "issue__order", "issue__title",
    )  # fmt: skip
    found = positions.newest_first().annotate(
        **Position.objects.stated_of(Position),
        by=F("attributed_by__name"), spoken_by=F("speaker__name"), label=F("stance__label"),
        place=F("stance__order"), scale=F("issue__scale"), lane_order=F(order), lane_name=F(name),
    )  # fmt: skip
    return found.values_list(*_OF_POSITION, "lane_order", "lane_name")


def _with_lanes(rows: Iterable[tuple[Any, ...]], *, lane: str) -> list[Said]:
    slug = _OF_POSITION.index(f"{lane}_slug")
    heads: dict[str, Head] = {}
    return [
        Said(*row[:-2], heads.get(row[slug]) or heads.setdefault(row[slug], _head(row, slug)))
        for row in rows
    ]


def _head(row: tuple[Any, ...], slug: int) -> Head:
    return Head(row[-2], row[slug], row[-1])


def read_newest(
    positions: Any,
    *,
    by: str,
    subject: Actor | Issue,
    most: int,
    recorded_as_of: datetime | None = None,
    chosen: Sequence[Actor | Issue] = (),
) -> Read:
    """Return the newest positions of an actor or issue (`by` says which), each with its lane.

    Only the lanes that are `chosen`, if any. One query; as it stood here at a moment, seven.
    """
    lane = "actor" if by == "issue" else "issue"
    if not recorded_as_of:
        return Read(newest_said(positions, lane=lane, most=most))
    # Also of those who have no other position by now.
    all_lanes = (Actor if lane == "actor" else Issue).objects.of(subject.dossier)
    lanes = [one.pk for one in chosen] or list(all_lanes.values_list("pk", flat=True))
    of_cells: dict[str, Any] = {f"{by}s": [subject.pk], f"{lane}s": lanes}
    edited, withdrawn = details_then(recorded_as_of, **of_cells, as_of=date.max)
    found = newest_said(positions.recorded_by(recorded_as_of), lane=lane, most=most)
    for row in edited.values():
        one = row["version"].actor if lane == "actor" else row["version"].issue
        head = (one.sort_name, one.name) if lane == "actor" else (one.order, one.title)
        of_position = (row[name] for name in _OF_POSITION)
        found.append(Said(*of_position, Head(head[0], row[f"{lane}_slug"], head[1])))
    found.sort(key=lambda one: (one.latest, one.earliest, one.id), reverse=True)
    found = found[:most]
    disputed = {
        pk: any(passage.role == Evidence.Role.DISPUTES for passage in passages)
        for pk, passages in evidence_at(recorded_as_of, [one.id for one in found]).items()
    }
    found = [one._replace(is_disputed=disputed.get(one.id, one.is_disputed)) for one in found]
    return Read(found, withdrawn)
