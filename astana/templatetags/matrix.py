"""The two parts of a page that repeat by the hundred: the cells of a comparison, and spreads.

Written in Python, as a template takes about ten times as long for them (docs/decisions/0009).
"""

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()

_OPENS = (
    '<button class="opens{classes}" id="c-{name}" type="submit" form="picker" name="open"'
    ' value="{name}">{words}</button>'
)


@register.simple_tag
def matrix_cells(cells: Iterable[Any]) -> SafeString:
    """Return the cells of a row of the compare table (each a `CellView`), every word escaped.

    The first stance of a cell is the button that opens its evidence; no stance is silence.
    """
    words = {
        "nothing": escape(_("No stated position")),
        "two_voices": escape(_("Two voices")),
        "if": escape(_("If:")),
        "disputed": escape(_("disputed")),
    }
    return mark_safe("".join(_cell(cell, words) for cell in cells))


def _cell(cell: Any, words: dict[str, str]) -> str:
    name = escape(cell.name)
    parts = [
        f'<td role="cell" class="{cell.classes}"><div class="cell">'
        f'<span class="who" aria-hidden="true">{escape(cell.actor_name)}</span>'
    ]
    if not cell.voices:
        parts.append(_OPENS.format(classes="", name=name, words=words["nothing"]))
    if len(cell.voices) > 1:
        parts.append(f'<span class="flag two">{words["two_voices"]}</span>')
    for n, voice in enumerate(cell.voices):
        stance = f"<i></i><span>{escape(voice.label)}</span>"
        if n == 0:
            parts.append(_OPENS.format(classes=f" stance {voice.step}", name=name, words=stance))
        else:
            parts.append(f'<span class="stance {voice.step}">{stance}</span>')
        parts.append(_voice(voice, words))
    parts.append("</div></td>")
    return "".join(parts)


def _voice(voice: Any, words: dict[str, str]) -> str:
    """Return what stands under a stance: the summary, its condition, and how we know."""
    condition = (
        f'<p class="condition"><b>{words["if"]}</b> {escape(voice.condition)}</p>'
        if voice.condition
        else ""
    )
    body = f"<span>{escape(voice.body)}</span>" if voice.body else ""
    how = f"{escape(voice.how)} {escape(voice.said)}"
    if voice.is_second_hand:
        how = f'<span class="flag">{escape(voice.how)}</span></span><span>{escape(voice.said)}'
    disputed = f'<span class="flag">{words["disputed"]}</span>' if voice.is_disputed else ""
    return (
        f"<p>{escape(voice.summary)}</p>{condition}"
        f'<span class="meta">{body}<span>{how}</span>'
        f"<span>{escape(voice.sources)}</span>{disputed}</span>"
    )


@register.simple_tag
def spread(marks: Iterable[Any], words: str) -> SafeString:
    """Return the picture of a spread: marks on a line from -1 to 1, and `words` that say it."""
    drawn = "".join(
        f'<svg x="{mark.x}" overflow="visible">'
        f'<rect class="{mark.step}" x="-5" y="4" width="10" height="10" rx="2"/></svg>'
        if mark.is_square
        else f'<circle class="{mark.step}" cx="{mark.x}" cy="9" r="5.5"/>'
        for mark in marks
    )
    return mark_safe(
        f'<svg class="spread" role="img" aria-label="{escape(str(words))}">'
        f'<line x1="2%" x2="98%" y1="9" y2="9"/>{drawn}</svg>'
    )
