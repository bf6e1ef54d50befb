"""What repeats by the thousand in a picture of coverage: its cells.

Written in Python, as a template takes about ten times as long for them (docs/decisions/0009).
"""

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def covered(cells: Iterable[Any]) -> SafeString:
    """Return the cells of a row (each a `Cell`): a sign, the words for it, and where it leads."""
    return mark_safe("".join(map(_cell, cells)))


def _cell(cell: Any) -> str:
    hatched = " hatched" if cell.kind == "not-looked-for" else ""
    words = escape(cell.words)
    inside = (
        f'<span aria-hidden="true">{cell.sign}</span><span class="visually-hidden">{words}</span>'
    )
    if cell.href:
        inside = f'<a href="{escape(cell.href)}">{inside}</a>'
    return f'<td class="covered {cell.kind}{hatched}" title="{words}">{inside}</td>'
