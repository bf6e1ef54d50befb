"""The compare table as people lay it out by hand: a workbook with a column for each actor."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from astana.exchange.export import Sheet, laid_out
from astana.exchange.snapshot import in_one_snapshot
from astana.models.coverage_words import nothing_means
from astana.models.said_words import day_words
from astana.pages.compare.export import COLUMNS, answer_with
from astana.pages.shared.lines import Line
from astana.pages.shared.matrix import CellView, Heading, Table, kind_words, left_out
from astana.pages.shared.selection import Selection
from astana.web.files import TYPES, Rows, notes_on

# What the sheet of passages has of each row of the long file, and how wide.
_OF_PASSAGES = {
    "issue_title": 28,
    "actor_name": 20,
    "cell": 16,
    "stance_label": 24,
    "said": 22,
    "voice": 16,
    "attributed_by": 16,
    "disputed": 10,
    "summary": 48,
    "sources": 24,
    "articles": 26,
    "paragraphs": 12,
    "roles": 12,
    "words": 60,
    "url": 48,
}


@require_safe
def wide(request: HttpRequest, dossier: str) -> HttpResponseBase:
    """Send a comparison as a workbook laid out like the page: a column for each actor."""

    def laid(selection: Selection, table: Table, rows: Rows) -> HttpResponseBase:
        notes, all_rows = notes_on(rows, request), in_one_snapshot(rows.rows)
        book = laid_out(wide_sheets(table, all_rows, selection, notes=notes))
        name = f"{dossier}-{rows.name}-wide.xlsx"
        return FileResponse(book, as_attachment=True, filename=name, content_type=TYPES["xlsx"])

    return answer_with(request, dossier, laid)


def wide_sheets(
    table: Table, rows: Iterable[tuple[Any, ...]], selection: Selection, *, notes: list[Any]
) -> Iterator[Sheet]:
    """Yield the table, what each cell rests on (`rows` of the long file), and the method."""
    heads = [day_words(selection.as_of), *map(_head, table.columns)]
    widths = [32, *(26 for _column in table.columns)]
    yield Sheet(
        "comparison", _of_table(table, heads, kind_words(0, selection)), widths, "B2", names=True
    )
    places = [COLUMNS.index(name) for name in _OF_PASSAGES]
    passages = [list(_OF_PASSAGES), *([row[place] for place in places] for row in rows)]
    yield Sheet("passages", passages, list(_OF_PASSAGES.values()))
    method = (
        _("How to read a cell"),
        _(
            "Each cell shows the newest first-hand statement said by the day; if there is none, "
            "the newest second-hand one, marked as such. Two stances of the same date are shown "
            "one below the other."
        )
        + f" {nothing_means(**left_out(selection))}",
    )
    first = (_("About this file"), "")
    yield Sheet("method", [first, method, *notes], [24, 100], names=True)


def _of_table(table: Table, heads: list[Any], nothing: str) -> Iterator[list[Any]]:
    yield heads
    for row in table.rows:
        yield [_head(row.heading), *(_words(cell, nothing) for cell in row.cells)]


def _head(heading: Heading) -> str:
    """Return the name of an actor, or that of an issue with the event that it is asked of."""
    small = heading.small if heading.ends else ""
    return "\n".join(filter(None, (heading.title, small)))


def _words(cell: CellView, nothing: str) -> str:
    return "\n\n".join(map(_said, cell.voices)) or nothing


def _said(line: Line) -> str:
    """Return stance, day and marks of a position, each on a line of its own."""
    flags = (
        (line.is_second_hand, pgettext("how a position is known", "second-hand")),
        (line.condition, _("on a condition")),
        (line.is_disputed, _("disputed")),
        (line.is_told_apart, _("sources disagree")),
    )
    marks = [line.how, *line.marks, *(word for is_on, word in flags if is_on)]
    return "\n".join(filter(None, (line.actor, line.label, line.said, ", ".join(marks))))
