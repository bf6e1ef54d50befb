"""What repeats by the thousand on a timeline: marks, rules, and the rows of the table below.

Written in Python, as a template takes about ten times as long for them (docs/decisions/0009).
"""

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def rules(events: Iterable[Any]) -> SafeString:
    """Return the upright lines of events (each a `Rule`) on a lane."""
    return mark_safe(
        "".join(
            f'<line class="rule" x1="{rule.x}" x2="{rule.x}" y1="0" y2="100%"/>' for rule in events
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
    hollow = " hollow" if point.is_hollow else ""
    span = (
        f'<line class="span{opens}" x1="{point.start}" x2="{point.end}" y1="18" y2="18"/>'
        if point.is_span
        else ""
    )
    # A move is a line from top to bottom, any other change a tick at the top.
    change = ""
    if point.change:
        end = 32 if point.is_move else 9
        change = f'<line class="moved" x1="{point.x}" x2="{point.x}" y1="4" y2="{end}"/>'
    cross = '<path class="disputed" d="M-8 10 8 26M8 10-8 26"/>' if point.is_disputed else ""
    shape = (
        f'<rect class="mark{hollow}" x="-6" y="12" width="12" height="12" rx="2"/>'
        if point.is_square
        else f'<circle class="mark{hollow}" cy="18" r="6.5"/>'
    )
    return (
        f'<a class="{point.step}" href="{escape(point.href)}" aria-label="{", ".join(said)}">'
        f"<title>{' · '.join(said)}</title>{span}{change}"
        f'<svg x="{point.x}" overflow="visible">'
        f'<rect class="target" x="-12" y="6" width="24" height="24"/>{shape}{cross}</svg></a>'
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
        f'<td role="cell"><span class="stance {point.step}"><i></i>'
        f"<span>{escape(point.label)}</span></span>{moved}</td>"
        f'<td role="cell"><a href="{escape(point.href)}">{escape(point.summary)}</a></td>'
        f'<td role="cell"{flag}>{escape(point.how)}</td></tr>'
    )
