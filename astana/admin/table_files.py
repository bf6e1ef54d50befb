"""Tables as files: which line of the file each row begins in, and what is wrong with its shape."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from import_export.formats.base_formats import CSV, JSON
from tablib import Dataset

from astana.actions.attach_text import LONGEST_TEXT
from astana.exchange.escape import neutralised, restored


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing to mend: the line (in a file without lines: the row), the column if it is one."""

    line: int
    column: str
    message: str


# The longest cell, in characters: the text of an article. Python's own limit is 131,072.
csv.field_size_limit(LONGEST_TEXT)


class Unreadable(Exception):
    """A file that is no table; the text is for people."""


class TextCSV(CSV):
    """CSV in which no cell is a formula; what is put in front is removed again on the way in."""

    def create_dataset(self, in_stream: Any, **kwargs: Any) -> Dataset:
        """Return a table that was read from a file, with the `lines` in which its rows begin.

        Rows of another length than the header are left out, and named in its `misfits`. Raises
        Unreadable where it is no CSV.
        """
        try:
            text = in_stream.decode("utf-8-sig") if isinstance(in_stream, bytes) else in_stream
        except UnicodeDecodeError as error:
            raise Unreadable(_("This is not UTF-8. Save the file as CSV in UTF-8.")) from error
        text = text.removeprefix("\ufeff")
        if "\0" in text:
            raise Unreadable(_("There is a NUL character in it. Delete it."))
        table = Dataset()
        table.lines, table.misfits, line = [], [], 1
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            for cells in reader:
                if not cells:
                    pass
                elif table.headers is None:
                    _refuse_twice(cells)
                    table.headers = cells
                elif len(cells) != len(table.headers):
                    # Translators: both are numbers.
                    message = _("There are %(cells)s cells for %(columns)s columns.")
                    counts = {"cells": len(cells), "columns": len(table.headers)}
                    table.misfits.append(RowProblem(line, "", message % counts))
                else:
                    table.append([restored(cell) for cell in cells])
                    table.lines.append(line)
                line = reader.line_num + 1
        except csv.Error as error:
            # Translators: line is a number, error what Python says in English.
            message = _("This is not CSV, from line %(line)s on: %(error)s. Check the quotes.")
            raise Unreadable(message % {"line": line, "error": error}) from error
        return table

    def _escape_formulae(self, dataset: Any) -> None:
        super()._escape_formulae(dataset)
        _each_cell(dataset, lambda cell: neutralised(str(cell)))


FORMATS = (TextCSV, JSON)


def table_of(content: str, *, kind: str) -> Dataset:
    """Return the table in a file of a kind, which is the name of its format."""
    formats = {one().get_title(): one for one in FORMATS}
    return formats[kind]().create_dataset(content)


def _refuse_twice(header: list[str]) -> None:
    if twice := sorted({name for name in header if header.count(name) > 1}):
        message = _("The column “%(name)s” is there twice. Remove one.")
        raise Unreadable(message % {"name": twice[0]})


def _each_cell(table: Any, change: Callable[[Any], Any]) -> Any:
    """Change the cells of a table in place, and return it."""
    for _row in range(len(table)):
        table.append([change(cell) for cell in table.lpop()])
    return table
