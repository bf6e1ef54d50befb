"""Stances over time, ready to be drawn: lanes, marks, spans of uncertain dates, and events."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse

from astana.comparison.change import Kind, steps
from astana.comparison.said import UNKNOWN_START
from astana.comparison.scale import sign, step
from astana.comparison.timeline import Axis, Place, around, even_axis, places, ranked_axis, ticks
from astana.models import Actor, Dossier, Event, Issue
from astana.models.change_words import by_statement
from astana.models.ends import Ends, ends_by_issue, ends_of
from astana.models.event import events_of
from astana.models.positions import over_time
from astana.models.positions.over_time import Glance, Head, Said
from astana.models.positions.stood import withdrawn_words
from astana.models.said_words import said_words
from astana.models.voice_words import voice_words

# So many positions are read, so that a move is known as one; so many are drawn. Rows of marks have
# two digits in the style sheet.
MOST_POSITIONS = 2000
MOST_IN_BRIEF = 300
MOST_MARKS = 80
MOST_LANES = 40
MOST_EVENTS = 40


@dataclass(frozen=True, slots=True)
class Point:
    """One position on a lane.

    `change` says what happened to the cell where the position came to stand in it, and is a move
    only where `is_move`; being heard for the first time is none that is drawn.
    """

    place: Place
    is_span: bool
    is_open: bool
    is_hollow: bool
    step: str
    label: str
    change: str
    is_move: bool
    is_first: bool
    is_disputed: bool
    when: str
    how: str
    summary: str
    href: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One actor or issue over time; an issue with the `ends` of its scale."""

    name: str
    href: str
    points: list[Point]
    ends: Ends | None = None

    @property
    def places(self) -> list[Place]:
        """The places of all marks."""
        return [point.place for point in self.points]


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as an upright line under its number, which is its place among all of the dossier.

    `zoom` is the address of the days around it, `is_near` whether they are what is shown.
    """

    number: int
    place: Place
    name: str
    when: str
    href: str
    zoom: str
    is_near: bool


@dataclass(frozen=True, slots=True)
class Date:
    """A date on the axis; `part` is the part of its words that stands at `x`."""

    x: float
    words: str
    is_major: bool

    @property
    def part(self) -> str:
        """Return the value of `text-anchor` that keeps the words within the picture."""
        return "start" if self.x < 12 else "end" if self.x > 88 else "middle"


def timeline_of(
    positions: Any,
    *,
    by: str,
    subject: Actor | Issue,
    dossier: Dossier,
    start: date | None = None,
    end: date | None = None,
    first_hand_only: bool = False,
    changes_only: bool = False,
    is_ranked: bool = False,
    recorded_as_of: datetime | None = None,
    chosen: Sequence[Actor | Issue] = (),
    asked: Mapping[str, Any] | None = None,
    most_lanes: int | None = None,
    most_marks: int | None = None,
    most_positions: int | None = None,
    read: over_time.Read | None = None,
    tells_first: bool = True,
) -> dict[str, Any] | None:
    """Return the timeline of a set of positions, or None if there are none; four queries.

    `by` names what the timeline is about, and `subject` is that: of an `issue` each actor has a
    lane, of an `actor` each issue, or only those that are `chosen`. Lanes come in the order of
    their names. With `recorded_as_of` a few more queries find what has been edited since. `asked`
    is the query of the page of timelines that shows the same, whatever the days.

    The lanes are over the days from `first` to `last`. `ends` are those of the issue that all lanes
    are about, None where each is about another. Of the `positions`, `moves` are moves, and
    `other_changes` other changes, of which being heard for the first time is none. `rest` positions
    of the range are not drawn as they are older, or at least so many where `is_cut`; `earlier` is
    the address of what was said before. `hidden_lanes` are others with fewer positions, at the
    address `other_lanes`. `hidden_events` are older than those that are drawn. `withdrawn` says how
    many positions are gone since the moment that it stood at.
    """
    lane = "actor" if by == "issue" else "issue"
    asked = asked or {"by": by, by: subject.slug}
    most_positions = most_positions or MOST_POSITIONS
    if first_hand_only:
        positions = positions.filter(first_hand=True)
    if end:
        # The first day on which it can have been said, as `first_day` has it.
        is_open = Q(earliest=UNKNOWN_START)
        positions = positions.filter(Q(latest__lte=end) | Q(earliest__lte=end) & ~is_open)
    if read is None and (recorded_as_of or changes_only):
        read = over_time.read_newest(
            positions,
            by=by,
            subject=subject,
            most=most_positions + 1,
            recorded_as_of=recorded_as_of,
            chosen=chosen,
        )
    whole = read and read.said[: most_positions + 1]
    # Else what is said is read of those alone that are drawn, and of what stood in their cells.
    if whole is None:
        found = over_time.glances_at(positions, lane=lane, most=most_positions + 1)
    else:
        # What was written again may have another day or voice by now.
        whole = [one for one in whole if not end or one.first_day <= end]
        whole = [one for one in whole if one.first_hand or not first_hand_only]
        found = [one.glance for one in whole]
    is_cut = len(found) > most_positions
    # Where some are not read, nobody knows what was heard first.
    tells_first = tells_first and not is_cut
    found = found[:most_positions]
    shown = [one for one in found if not start or one.latest >= start]
    # What is not read is older than all that is.
    is_cut = is_cut and len(shown) == len(found)

    def changes(said: list[Said], since: date) -> dict[int, tuple[Kind, str]]:
        """Return what happened to the cells of these positions from a day on."""
        stated = [read.statement(one) if read else one.statement for one in said]
        made = steps(
            # Of an actor all are its own, also what a person said for others.
            stated,
            first_hand_only=first_hand_only,
            whose=subject.slug if by == "actor" else "",
            since=since,
        )
        labels = {(one.issue_slug, one.stance_slug): one.label for one in said}
        return by_statement(made, labels, first=tells_first, first_hand_only=first_hand_only)

    if changes_only:
        changed = changes((whole or [])[:most_positions], date.min)
        shown = [one for one in shown if one.id in changed]
    if not shown:
        return None
    most_drawn, others = _lanes(shown, most=most_lanes or MOST_LANES)
    in_lanes = [one for one in shown if one.lane in most_drawn]
    picked = in_lanes[: most_marks or MOST_MARKS]
    rest = len(in_lanes) - len(picked)
    # What happened to the cells that are drawn alone.
    near_them = {one.lane for one in picked}
    since = picked[-1].latest
    if whole is None:
        looked_at = [one for one in found if one.lane in near_them]
        said = over_time.said_near(looked_at, since=since, lane=lane)
    else:
        said = [one for one in whole[:most_positions] if one.lane.slug in near_them]
    if not changes_only:
        changed = changes(said, since)
    drawn_ids = {one.id for one in picked}
    marks = [one for one in said if one.id in drawn_ids]
    if rest or is_cut:
        # Before the oldest one drawn there are others: the picture does not show that time empty.
        start = min(one.latest for one in marks)
    first = start or _margin(min(one.first_day for one in marks), -1)
    last = end or _margin(max(one.latest for one in marks), 1)
    all_near = [
        (number, one)
        for number, one in enumerate(events_of(dossier), 1)
        if one.end >= first and one.start <= last
    ]
    near = all_near[-MOST_EVENTS:]
    days = [*(one.latest for one in marks), *(event.end for _number, event in near)]
    axis = ranked_axis(days, first=first, last=last) if is_ranked else even_axis(first, last)
    drawn: dict[Head, list[Said]] = {head: [] for head in sorted({one.lane for one in marks})}
    for one in sorted(marks, key=lambda one: (one.latest, one.earliest, one.id)):
        drawn[one.lane].append(one)
    meant = ends_by_issue(dossier, [head.slug for head in drawn]) if lane == "issue" else {}
    home = reverse("positions:index", args=[dossier.slug])
    lanes = [
        Lane(
            name=head.name,
            href=reverse(f"{lane}s:detail", args=[dossier.slug, head.slug]),
            points=_points(of_lane, axis, changed, home=home),
            ends=meant.get(head.slug),
        )
        for head, of_lane in drawn.items()
    ]
    points = [point for one in lanes for point in one.points]
    happened = _happenings(near, axis, dossier=dossier, asked=asked, shown=(first, last))
    return {
        "first": first,
        "last": last,
        "lanes": lanes,
        "dates": [
            Date(tick.x, said_words(first, last, tick.said), tick.is_major) for tick in ticks(axis)
        ],
        "events": happened,
        "places": [one.place for one in happened],
        "is_ranked": is_ranked,
        "positions": len(marks),
        "moves": sum(point.is_move for point in points),
        "other_changes": sum(
            bool(point.change) and not point.is_move | point.is_first for point in points
        ),
        "rest": rest + is_cut,
        "is_cut": is_cut,
        "earlier": _address(dossier, asked, to=_before(marks)) if rest or is_cut else "",
        "hidden_lanes": len(others),
        "other_lanes": _address(dossier, {**asked, lane: others[:MOST_LANES]}),
        "hidden_events": len(all_near) - len(near),
        "ends": ends_of(subject, answers=True) if isinstance(subject, Issue) else None,
        "withdrawn": withdrawn_words(read.withdrawn) if read and read.withdrawn else "",
    }


def brief_timeline(
    read: over_time.Read, *, by: str, subject: Actor | Issue, dossier: Dossier
) -> dict[str, Any] | None:
    """Return a timeline that is a section of a page; the page of timelines has all of it."""
    return timeline_of(
        None,
        by=by,
        subject=subject,
        dossier=dossier,
        read=read,
        most_lanes=12,
        most_marks=60,
        most_positions=MOST_IN_BRIEF,
        tells_first=False,
    )


def _lanes(shown: list[Glance], *, most: int) -> tuple[set[str], list[str]]:
    """Return the lanes with most positions, and the others, those with more positions first."""
    ranked = [lane for lane, _number in Counter(one.lane for one in shown).most_common()]
    return set(ranked[:most]), ranked[most:]


def _before(marks: list[Said]) -> date:
    """Return by when the positions were said that come before these, the newest first."""
    newest, oldest = marks[0].latest, marks[-1].latest
    return oldest if oldest < newest else _margin(oldest, -1, days=1)


def _margin(day: date, direction: int, *, days: int = 3) -> date:
    try:
        return day + timedelta(days=days * direction)
    except OverflowError:
        return day


def _address(dossier: Dossier, asked: Mapping[str, Any], **days: date) -> str:
    """Return the address of the page of timelines with a query, and perhaps other days."""
    query = {**asked, **{name: day.isoformat() for name, day in days.items()}}
    return reverse("timeline:index", args=[dossier.slug], query=query)


def _points(
    said: list[Said], axis: Axis, changed: Mapping[int, tuple[Kind, str]], *, home: str
) -> list[Point]:
    """Return positions at their places; an address is the same for all but its last part."""
    found = places([(one.earliest, one.latest) for one in said], axis)
    return [
        Point(
            place=place,
            is_span=one.earliest != one.latest,
            is_open=one.earliest == UNKNOWN_START,
            is_hollow=not one.first_hand,
            step=step(one.value) if one.answer is None else sign(one.answer),
            label=one.label,
            change=words,
            is_move=kind is Kind.MOVED,
            is_first=kind is Kind.FIRST_HEARD,
            is_disputed=bool(one.is_disputed),
            when=said_words(one.earliest, one.latest, one.said),
            how=voice_words(
                one.voice, by=one.by or "", speaker=one.spoken_by or "", authority=one.authority
            ),
            summary=one.summary,
            href=f"{home}{one.key}/",
        )
        for one, place in zip(said, found, strict=True)
        for kind, words in [changed.get(one.id, (None, ""))]
    ]


def _happenings(
    events: list[tuple[int, Event]],
    axis: Axis,
    *,
    dossier: Dossier,
    asked: Mapping[str, Any],
    shown: tuple[date, date],
) -> list[Happening]:
    # An event stands where it ends: what came out of it counts from then on.
    found = places([(event.end, event.end) for _number, event in events], axis)
    return [
        Happening(
            number=number,
            place=place,
            name=event.name,
            when=event.days,
            href=reverse("events:detail", args=[dossier.slug, event.slug]),
            zoom=_address(dossier, asked, **dict(zip(("from", "to"), near, strict=True))),
            is_near=near == shown,
        )
        for (number, event), place in zip(events, found, strict=True)
        for near in [around(event.start, event.end)]
    ]
