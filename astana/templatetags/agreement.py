"""What repeats by the hundred on the page of agreement: its cells.

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
def agreement_rows(rows: Iterable[Any]) -> SafeString:
    """Return the rows of the table of agreement (each a `Row`); a cell opens its pair."""
    opens = escape(_("open:"))
    return mark_safe("".join(_row(row, opens) for row in rows))


@register.simple_tag
def said_cells(cells: Iterable[Any]) -> SafeString:
    """Return the cells of a row of statements (each a `Said`), which lead to their positions."""
    nothing = escape(_("nothing found"))
    return mark_safe("".join([_said(cell, nothing) for cell in cells]))


def _said(cell: Any, nothing: str) -> str:
    if not cell.words:
        return f'<td class="hatched"><span class="visually-hidden">{nothing}</span></td>'
    small = f"<small>{escape(cell.small)}</small>" if cell.small else ""
    return (
        f'<td class="{cell.look}"><a href="{escape(cell.href)}"><b>{escape(cell.words)}</b>'
        f"{small}</a></td>"
    )


def _row(row: Any, opens: str) -> str:
    begins = ' class="begins"' if row.heading.begins_camp else ""
    cells = "".join([_cell(cell, opens) for cell in row.cells])
    return (
        f'<tr{begins}><th scope="row"><a href="{escape(row.heading.href)}">'
        f"<bdi>{escape(row.heading.name)}</bdi></a></th>{cells}</tr>"
    )


def _cell(cell: Any, opens: str) -> str:
    classes = (
        cell.look + (" open" if cell.is_open else "") + (" begins" if cell.begins_camp else "")
    )
    small = f"<small>{escape(cell.small)}</small>"
    if not cell.name:
        return f'<td class="{classes}">{small}</td>'
    name = escape(cell.name)
    same = f"<small>{escape(cell.same)}</small>" if cell.same else ""
    # Short, as there are hundreds: the picture needs no name in a button, and `i` is not seen.
    drawn = (
        '<svg><line x2="100%"/>'
        f'<line x1="{cell.low}" x2="{cell.high}"/><circle cx="{cell.at}"/></svg>'
        f"<i>{opens} {escape(cell.range)}</i>"
        if cell.low
        else ""
    )
    return (
        f'<td class="{classes}"><button id="p-{name}" name="pair" value="{name}">'
        f"<b>{escape(cell.words)}</b>{small}{same}{drawn}</button></td>"
    )
