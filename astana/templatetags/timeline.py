"""What repeats by the thousand on a timeline: marks, rules, and the rows of the table below.

Written in Python, as a template takes about ten times as long for them (docs/decisions/0009).
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from astana.templatetags.shapes import shape, stance_html

register = template.Library()


def _row_classes(row: int, narrow_row: int) -> str:
    """Return the classes that move something down to its row on a wide and a narrow screen.

    Style sheets cannot count: each digit has a class of its own (`timeline` in astana.css).
    """
    digits = {"z": row // 10, "y": row % 10, "t": narrow_row // 10, "u": narrow_row % 10}
    return "".join(f" {name}{digit}" for name, digit in digits.items() if digit)


@register.simple_tag
def rows_of(places: Sequence[Any]) -> str:
    """Return the classes that give room for the rows of these places (each a `Place`)."""
    return _row_classes(
        max((place.row for place in places), default=0),
        max((place.narrow_row for place in places), default=0),
    )


@register.simple_tag
def timeline_grid(dates: Iterable[Any], events: Iterable[Any]) -> SafeString:
    """Return the upright lines of dates and events, drawn once and used on each lane."""
    lines = [("timeline-date", date.x) for date in dates]
    lines += [("timeline-rule", event.place.x) for event in events]
    return mark_safe(
        "".join(
            f'<line class="{name}" x1="{x:.2f}%" x2="{x:.2f}%" y1="0" y2="100%"/>'
            for name, x in lines
        )
    )


@register.simple_tag
def timeline_dates(dates: Iterable[Any]) -> SafeString:
    """Return the words of the dates (each a `Date`) over the lanes."""
    return mark_safe(
        "".join(
            f'<text{"" if date.is_major else " class=minor"} x="{_anchored(date)}" y="12"'
            f' text-anchor="{date.part}">{escape(date.words)}</text>'
            for date in dates
        )
    )


def _anchored(date: Any) -> str:
    return {"start": "0", "end": "100%"}.get(date.part, f"{date.x:.2f}%")


@register.simple_tag
def timeline_numbers(events: Iterable[Any]) -> SafeString:
    """Return the numbers of events (each a `Happening`), as links to the list beside them."""
    return mark_safe(
        "".join(
            f'<a class="number{_row_classes(one.place.row, one.place.narrow_row)}"'
            f' target="_self" href="#event-{one.number}">'
            f"<title>{one.number}: {escape(one.name)}, {escape(one.when)}</title>"
            f'<circle cx="{one.place.x:.2f}%" cy="13" r="12"/>'
            f'<text x="{one.place.x:.2f}%" y="17" text-anchor="middle">{one.number}</text></a>'
            for one in events
        )
    )


@register.simple_tag
def marks(points: Iterable[Any]) -> SafeString:
    """Return the positions on a lane (each a `Point`) as links: shape, span and words."""
    return mark_safe("".join(map(_mark, points)))


def _mark(point: Any) -> str:
    parts = [point.label, point.when, point.how, *([point.change] if point.change else [])]
    parts += [_("disputed")] if point.is_disputed else []
    said = [escape(str(part)) for part in parts]
    opens = " open" if point.is_open else ""
    place, x = point.place, f"{point.place.x:.2f}%"
    span = (
        f'<line class="span{opens}" x1="{place.start:.2f}%" x2="{place.end:.2f}%" y1="18" y2="18"/>'
        if point.is_span
        else ""
    )
    # A move is a line from top to bottom, any other change a tick at the top.
    change = ""
    if point.change and not point.is_first:
        end = 30 if point.is_move else 9
        change = f'<line class="moved" x1="{x}" x2="{x}" y1="5" y2="{end}"/>'
    cross = '<path class="disputed" d="M-8-8 8 8M8-8-8 8"/>' if point.is_disputed else ""
    mark = shape(point.step, is_hollow=point.is_hollow)
    return (
        f'<a class="{point.step}{_row_classes(place.row, place.narrow_row)}"'
        f' href="{escape(point.href)}" aria-label="{", ".join(said)}">'
        f"<title>{' · '.join(said)}</title>{span}{change}"
        f'<svg x="{x}" y="18" overflow="visible">'
        f'<rect class="target" x="-12" y="-12" width="24" height="24"/>{mark}{cross}</svg></a>'
    )


_LINES = (
    '<line class="span key" x1="2" x2="28" y1="18" y2="18"/>',
    '<line class="moved" x1="15" x2="15" y1="4" y2="32"/>',
    '<line class="moved" x1="15" x2="15" y1="4" y2="9"/>',
    '<path class="disputed key" d="M7 10 23 26M23 10 7 26"/>',
    '<line class="timeline-rule" x1="15" x2="15" y1="0" y2="36"/>',
    '<line class="timeline-date" x1="15" x2="15" y1="0" y2="36"/>',
)


@register.simple_tag
def timeline_key() -> SafeString:
    """Return what is drawn on a lane beside the marks of stances, each with what it means."""
    hollow = "".join(
        f'<svg x="{x}" y="18" overflow="visible">{shape(step, is_hollow=True)}</svg>'
        for x, step in ((8, "minus-2"), (24, "plus-2"))
    )
    drawn = (f'<g class="zero">{hollow}</g>', *(f'<g class="zero">{line}</g>' for line in _LINES))
    words = (
        _("hollow: second-hand"),
        _("bar: the span within which it was said"),
        _("upright line: a move"),
        _("tick at the top: another change"),
        _("cross: a disputed report"),
        _("dashed upright line: an event, by its number"),
        _("pale upright line: a date"),
    )
    return mark_safe(
        "".join(
            f'<li><svg class="key lane-marks" viewBox="0 0 32 36" aria-hidden="true">{line}</svg>'
            f"<span>{escape(meaning)}</span></li>"
            for line, meaning in zip(drawn, words, strict=True)
        )
    )


@register.simple_tag
def timeline_rows(lanes: Iterable[Any]) -> SafeString:
    """Return the rows of the table under the picture: every position of every `Lane`."""
    return mark_safe("".join(_row(lane, point) for lane in lanes for point in lane.points))


def _row(lane: Any, point: Any) -> str:
    moved = f'<p class="small muted">{escape(point.change)}</p>' if point.change else ""
    if point.is_disputed:
        moved += f'<p class="small flag">{escape(_("disputed"))}</p>'
    flag = ' class="flag"' if point.is_hollow else ""
    return (
        f'<tr role="row"><th role="rowheader" scope="row"><a href="{escape(lane.href)}">'
        f"<bdi>{escape(lane.name)}</bdi></a></th>"
        f'<td role="cell" class="when">{escape(point.when)}</td>'
        f'<td role="cell">{stance_html(point)}{moved}</td>'
        f'<td role="cell"><a href="{escape(point.href)}">'
        f"<bdi>{escape(point.summary)}</bdi></a></td>"
        f'<td role="cell"{flag}>{escape(point.how)}</td></tr>'
    )
