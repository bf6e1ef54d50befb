"""Stances over time, ready to be drawn: lanes, marks, spans of uncertain dates, and events."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse

from astana.comparison.change import Kind, steps
from astana.comparison.labels import in_a_row
from astana.comparison.said import UNKNOWN_START
from astana.comparison.scale import sign, step
from astana.models import Actor, Dossier, Event, Issue, Position
from astana.models.event import events_of
from astana.models.positions.over_time import Head, Said, newest_said
from astana.models.said_words import day_words, days_words, said_words
from astana.pages.shared.changes import by_statement
from astana.pages.shared.ends import Ends, ends_by_issue, ends_of

MOST_POSITIONS = 2000
# About how wide a letter of an event's name is, in per cent of the picture.
LETTER = 0.75


@dataclass(frozen=True, slots=True)
class Point:
    """One position on a lane; `x` and the span from `start` to `end` are in per cent.

    `change` says what happened to the cell where the position came to stand in it, and is a move
    only where `is_move`.
    """

    x: str
    start: str
    end: str
    is_span: bool
    is_open: bool
    is_hollow: bool
    step: str
    label: str
    change: str
    is_move: bool
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


@dataclass(frozen=True, slots=True)
class Rule:
    """An event as a vertical rule; its name is left out of the picture where there is no room."""

    x: str
    label_x: str
    label: str
    name: str
    when: str
    href: str


@dataclass(frozen=True)
class Timeline:
    """Lanes over the days from `first` to `last`.

    `ends` are those of the issue that all lanes are about, None where each is about another.
    `cut` is the number of the newest positions that were looked at where there are more, else 0.
    """

    first: date
    last: date
    first_words: str
    last_words: str
    lanes: list[Lane]
    rules: list[Rule]
    positions: int
    cut: int
    hidden_lanes: int
    ends: Ends | None


_VOICES = dict(Position.Voice.choices)


def timeline_of(
    positions: Any,
    *,
    by: str,
    subject: Actor | Issue | None = None,
    dossier: Dossier,
    start: date | None = None,
    end: date | None = None,
    first_hand_only: bool = False,
    most_lanes: int = 40,
    most_positions: int | None = None,
) -> Timeline | None:
    """Return the timeline of a set of positions, or None where there are none; four queries.

    `by` names what the timeline is about, and `subject` is that: of an `issue` each actor has a
    lane, of an `actor` each issue. Lanes come in the order of their names.
    """
    lane = "actor" if by == "issue" else "issue"
    most_positions = most_positions or MOST_POSITIONS
    if first_hand_only:
        positions = positions.filter(first_hand=True)
    if end:
        # The first day on which it can have been said, as `first_day` has it.
        is_open = Q(earliest=UNKNOWN_START)
        positions = positions.filter(Q(latest__lte=end) | Q(earliest__lte=end) & ~is_open)
    found = newest_said(positions, lane=lane, most=most_positions + 1)
    oldest = found[most_positions - 1] if len(found) > most_positions else None
    found = found[:most_positions]
    shown = [one for one in found if not start or one.latest >= start]
    if not shown:
        return None
    first, last = (
        start or _margin(min(one.first_day for one in shown), -1),
        end or _margin(max(one.latest for one in shown), 1),
    )
    scale = _Scale(first, last)
    labels = {(one.statement.issue, one.statement.stance): one.label for one in found}
    # Of an actor all are its own, also what a person said for others.
    whose = subject.slug if by == "actor" and subject else ""
    told = [one.statement for one in found]
    changed = by_statement(steps(told, first_hand_only=first_hand_only, whose=whose), labels)
    of_lane: dict[Head, list[Said]] = {}
    for one in sorted(shown, key=lambda one: (one.latest, one.earliest, one.pk)):
        of_lane.setdefault(one.lane, []).append(one)
    ordered = sorted(of_lane)
    most = set(sorted(ordered, key=lambda one: -len(of_lane[one]))[:most_lanes])
    drawn = [head for head in ordered if head in most]
    meant = ends_by_issue(dossier, [head.slug for head in drawn]) if lane == "issue" else {}
    # An address is the same for all but its last part.
    home = reverse("positions:index", args=[dossier.slug])
    return Timeline(
        first=first,
        last=last,
        first_words=day_words(first),
        last_words=day_words(last),
        lanes=[
            Lane(
                name=head.name,
                href=reverse(f"{lane}s:detail", args=[dossier.slug, head.slug]),
                points=[_point(one, scale, changed.get(one.pk), home) for one in of_lane[head]],
                ends=meant.get(head.slug),
            )
            for head in drawn
        ],
        rules=_rules(events_of(dossier), scale, dossier.slug),
        positions=len(shown),
        cut=most_positions if oldest and (not start or oldest.latest >= start) else 0,
        hidden_lanes=len(ordered) - len(most),
        ends=ends_of(subject, answers=True) if isinstance(subject, Issue) else None,
    )


def brief_timeline(
    positions: Any, *, by: str, subject: Actor | Issue, dossier: Dossier
) -> Timeline | None:
    """Return a timeline that is a section of a page; the page of timelines has all of it."""
    return timeline_of(
        positions, by=by, subject=subject, dossier=dossier, most_lanes=12, most_positions=300
    )


class _Scale:
    """From days to per cent of the picture, with a margin at both ends."""

    def __init__(self, first: date, last: date) -> None:
        self.first = first
        self.last = last
        self.span = max(1, (last - first).days)

    def at(self, day: date) -> float:
        day = min(max(day, self.first), self.last)
        return 1 + 98 * (day - self.first).days / self.span


def _margin(day: date, direction: int) -> date:
    try:
        return day + timedelta(days=3 * direction)
    except OverflowError:
        return day


def _point(one: Said, scale: _Scale, change: tuple[Kind, str] | None, home: str) -> Point:
    is_open = one.earliest == UNKNOWN_START
    start, end = scale.at(scale.first if is_open else one.earliest), scale.at(one.latest)
    drawn = step(one.statement.value) if one.answer is None else sign(one.answer)
    by = f" {one.by}" if one.by else ""
    return Point(
        x=f"{(end if is_open else (start + end) / 2):.2f}%",
        start=f"{start:.2f}%",
        end=f"{end:.2f}%",
        is_span=one.earliest != one.latest,
        is_open=is_open,
        is_hollow=not one.first_hand,
        step=drawn,
        label=one.label,
        change=change[1] if change else "",
        is_move=bool(change) and change[0] is Kind.MOVED,
        is_disputed=one.statement.is_disputed,
        when=said_words(one.earliest, one.latest, one.statement.said),
        how=f"{_VOICES[one.voice]}{by}",
        summary=one.summary,
        href=f"{home}{one.key}/",
    )


def _rules(events: list[Event], scale: _Scale, dossier: str) -> list[Rule]:
    shown = [one for one in events if one.end >= scale.first and one.start <= scale.last]
    labels = [
        (scale.at(event.end), event.name if len(event.name) <= 28 else event.place)
        for event in shown
    ]
    return [
        Rule(
            x=f"{x:.2f}%",
            label_x=f"{start:.2f}%",
            label=label if has_room else "",
            name=event.name,
            when=days_words(event.start, event.end),
            href=reverse("events:detail", args=[dossier, event.slug]),
        )
        for event, (x, label), (start, has_room) in zip(
            shown, labels, in_a_row(labels, letter=LETTER), strict=True
        )
    ]
