"""Tables as files: which line of the file each row begins in, and what is wrong with its shape."""

import csv
import io
import json
import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from import_export.formats.base_formats import CSV, JSON
from tablib import Dataset

from astana.actions.attach_text import LONGEST_TEXT
from astana.exchange.cells import after_separator
from astana.exchange.escape import restored, why_no_value
from astana.exchange.export import Number, csv_lines


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing to mend: the line (in a file without lines: the row), the column if it is one."""

    line: int
    column: str
    message: str


# The longest cell, in characters: the text of an article. Python's own limit is 131,072.
csv.field_size_limit(LONGEST_TEXT)
# Each row is looked at while somebody waits for the preview.
MOST_ROWS = 10_000
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
_WORKBOOK = b"PK\x03\x04"


class Unreadable(Exception):
    """A file that is no table; the text is for people."""


class TextCSV(CSV):
    """CSV in which no cell is a formula; what is put in front is removed again on the way in."""

    def create_dataset(self, in_stream: Any, **kwargs: Any) -> Dataset:
        """Return a table that was read from a file, with the `lines` in which its rows begin.

        Rows of another length than the header are left out, and named in its `misfits`, as are
        cells that hold a formula. Raises Unreadable where it is no CSV, or has too many rows.
        """
        text, first = after_separator(_text(in_stream))
        table = Dataset()
        table.lines, table.misfits, line = [], [], first
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            for cells in reader:
                if not cells:
                    pass
                elif table.headers is None:
                    _refuse_header(cells)
                    table.headers = cells
                elif len(table.lines) + len(table.misfits) >= MOST_ROWS:
                    raise _too_many()
                elif len(cells) != len(table.headers):
                    # Translators: both are numbers.
                    message = _("There are %(cells)s cells for %(columns)s columns.")
                    counts = {"cells": len(cells), "columns": len(table.headers)}
                    table.misfits.append(RowProblem(line, "", message % counts))
                else:
                    found = zip(table.headers, cells, strict=True)
                    table.misfits += [
                        RowProblem(line, column, why)
                        for column, cell in found
                        if (why := why_no_value(cell))
                    ]
                    table.append([restored(cell) for cell in cells])
                    table.lines.append(line)
                line = reader.line_num + first
        except csv.Error as error:
            # Translators: line is a number, error what Python says in English.
            message = _("This is not CSV, from line %(line)s on: %(error)s. Check the quotes.")
            raise Unreadable(message % {"line": line, "error": error}) from error
        return table

    def export_data(self, dataset: Any, **_how: Any) -> str:
        """Return a table as the files of lists are written, with each number as one."""
        rows = ([_written(str(cell)) for cell in row] for row in dataset)
        return "".join(csv_lines(dataset.headers, rows))


class TextJSON(JSON):
    """JSON: a list of objects, which all have the same names."""

    def create_dataset(self, in_stream: Any, **kwargs: Any) -> Dataset:
        """Return a table that was read from a file; raises Unreadable if it is not one."""
        text = _text(in_stream)
        try:
            rows = json.loads(text)
        except (ValueError, RecursionError) as error:
            # Translators: error is what Python says in English.
            message = _("This is not JSON: %(error)s.")
            raise Unreadable(message % {"error": str(error)[:200]}) from error
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise Unreadable(_("Write a list of objects, one for each row."))
        if len(rows) > MOST_ROWS:
            raise _too_many()
        table = Dataset(headers=list(rows[0]) if rows else None)
        for number, row in enumerate(rows, 1):
            if row.keys() != rows[0].keys():
                # Translators: a number, from 1.
                message = _("Row %(number)s has different names from the first one.")
                raise Unreadable(message % {"number": number})
            table.append(list(row.values()))
        return table


FORMATS = (TextCSV, TextJSON)


def _written(cell: str) -> str:
    """Return a cell as what it is: the tables come with numbers that are text."""
    return Number(cell) if _NUMBER.fullmatch(cell) else cell


def _text(content: Any) -> str:
    """Return the text of a file; raises Unreadable where it is another kind of file."""
    if isinstance(content, bytes):
        if content.startswith(_WORKBOOK):
            raise Unreadable(_("This is a workbook. Save its sheet as CSV in UTF-8."))
        try:
            content = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            # Translators: line is a number.
            message = _("This is not UTF-8. Save the file as CSV in UTF-8. (Line %(line)s.)")
            raise Unreadable(message % {"line": line}) from error
    text = content.removeprefix("\ufeff")
    if "\0" in text:
        raise Unreadable(_("It contains a NUL character. Delete it."))
    return text


def _too_many() -> Unreadable:
    # Translators: most is a number.
    message = _("The table has more than %(most)s rows. Load it in parts.")
    return Unreadable(message % {"most": f"{MOST_ROWS:,}"})


def table_of(content: str, *, kind: str) -> Dataset:
    """Return the table in a file of a kind, which is the name of its format."""
    formats = {one().get_title(): one for one in FORMATS}
    return formats[kind]().create_dataset(content)


def _refuse_header(header: list[str]) -> None:
    if len(header) == 1 and (mark := next((one for one in ";\t" if one in header[0]), "")):
        name = _("semicolons") if mark == ";" else _("tabs")
        # Translators: marks are “semicolons” or “tabs”.
        message = _("The columns are separated by %(marks)s. Save the file as CSV with commas.")
        raise Unreadable(message % {"marks": name})
    if twice := sorted({name for name in header if header.count(name) > 1}):
        message = _("The column “%(name)s” occurs twice. Remove one.")
        raise Unreadable(message % {"name": twice[0]})
