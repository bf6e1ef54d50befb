"""What repeats by the hundred in lists: the choices of a facet or of a field, and the rows.

Written in Python, as a template takes about ten times as long for them (docs/decisions/0009).
"""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def facet_choices(facet: Any) -> SafeString:
    """Return the check boxes of any page's facet, each with how many rows it would show."""
    name = escape(facet.name)
    return mark_safe("".join([_choice(name, choice) for choice in facet.choices]))


def _choice(name: str, choice: Any) -> str:
    value = escape(choice.value)
    checked = " checked" if choice.is_chosen else ""
    group = f" <small>{escape(choice.group)}</small>" if choice.group else ""
    number = escape(str(choice.number))
    if getattr(choice, "is_least", False):
        number = f"{number}+" if choice.number else ""
    return (
        f'<li><label class="switch"><input type="checkbox" id="{name}-{value}" name="{name}"'
        f' value="{value}"{checked}><span><bdi>{escape(choice.label)}</bdi>{group}</span>'
        f" <small>{number}</small></label></li>"
    )


@register.simple_tag
def options(records: Iterable[Any], chosen: str) -> SafeString:
    """Return the options of a field: records by short name, of which one is chosen."""
    return mark_safe(
        "".join(
            [
                f'<option value="{escape(one.slug)}"{" selected" if one.slug == chosen else ""}>'
                f"{escape(str(one))}</option>"
                for one in records
            ]
        )
    )


@register.simple_tag
def table_rows(table: Any) -> SafeString:
    """Return the rows of the page of a `ListTable`; unsafe text is escaped."""
    frames = [_frame(table, column) for column in table.columns]
    return mark_safe(
        "".join(
            '<tr role="row">'
            + "".join(
                [
                    f"{before}{conditional_escape(cell_of(row.record))}{after}"
                    for cell_of, before, after in frames
                ]
            )
            + "</tr>"
            for row in table.paginated_rows
        )
    )


def _frame(table: Any, column: Any) -> tuple[Callable[[Any], Any], str, str]:
    """Return what makes the cells of a column, and what stands before and after each of them."""
    cell_of = table.cells_of(column.name)
    if column.name == table.ROW_HEADER:
        return cell_of, '<th role="rowheader" scope="row">', "</th>"
    classes = column.column.attrs.get("td", {}).get("class", "")
    shown = f' class="{escape(classes)}"' if classes else ""
    label = escape(str(column.header))
    return cell_of, f'<td role="cell" data-label="{label}"{shown}>', "</td>"
