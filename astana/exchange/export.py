"""Tables as files: CSV, JSON and XLSX: rows in, one at a time, a file out.

A row is a sequence of values in the order of the columns: text, numbers, flags, days, moments,
lists of these, and None for nothing. `docs/files.md` says how each is written.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell.cell import ERROR_CODES, Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from astana.exchange.escape import neutralised
from astana.words.characters import for_xml

Row = Sequence[Any]


class Number(str):
    """A number that has been written as text already: it stays as it is, and is no formula."""


BETWEEN = " | "
# The last line of a CSV file that an error ended: it says so, is too short for a row, and its open
# quote is an error to a strict reader. JSON and GraphML lack their end then.
INCOMPLETE = '"This file is incomplete: an error ended it. Download it again.\n'
# What a workbook can hold: rows of a sheet with the one of the headings, and characters of a cell
# (which are counted in UTF-16).
MOST_ROWS = 1_048_576 - 1
MOST_CHARACTERS = 32_767
# Spreadsheets count days from 1900 and believe that there was a 29 February in it.
FIRST_DAY = date(1900, 3, 1)

_ROWS_AT_ONCE = 500
_HEAD, _ROUND = Font(bold=True), Alignment(wrap_text=True, vertical="top")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def csv_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Yield a CSV file (RFC 4180, with a line of headings) in pieces; all text is in quotes.

    Lines end in a line feed, as in packages, so that a return inside a text is known for its own.
    Written here and not by the csv module, which would look at every letter for whether its cell
    needs quotes: for a million rows that is half of the time. After an error the last line says
    that the file is incomplete.
    """
    rows = iter(rows)
    yield _line(columns)
    try:
        while some := list(islice(rows, _ROWS_AT_ONCE)):
            yield "".join(map(_line, some))
    except Exception:
        # Where nothing but the end of the connection says that a file is over, it would look whole.
        yield INCOMPLETE
        raise


def _line(row: Row) -> str:
    # Most values are plain text or none: they are not worth a call each.
    cells = [
        f'"{value}"'
        if value.__class__ is str and value[:1].isalnum() and '"' not in value
        else ""
        if value is None
        else _WRITTEN[value.__class__](value)
        for value in row
    ]
    return ",".join(cells) + "\n"


def json_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Yield a JSON file, an array of one object for each row, in pieces."""
    encode = json.JSONEncoder(ensure_ascii=False, default=as_json).encode
    rows = iter(rows)
    start = "[\n"
    while some := list(islice(rows, _ROWS_AT_ONCE)):
        yield start + ",\n".join(encode(dict(zip(columns, row, strict=True))) for row in some)
        start = ",\n"
    yield "[]\n" if start == "[\n" else "\n]\n"


def ndjson_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Yield a file of one JSON object for each row and line, in pieces."""
    encode = json.JSONEncoder(ensure_ascii=False, default=as_json).encode
    rows = iter(rows)
    while some := list(islice(rows, _ROWS_AT_ONCE)):
        yield "".join(encode(dict(zip(columns, row, strict=True))) + "\n" for row in some)


@contextmanager
def _new_book() -> Iterator[Workbook]:
    """Yield a workbook that is written row by row; after an error its sheets are ended.

    Else openpyxl fails to, when nothing needs them any more.
    """
    book = Workbook(write_only=True)
    try:
        yield book
    except BaseException:
        for sheet in book.worksheets:
            if not sheet.closed:
                sheet.close()
        raise


def workbook(
    columns: Sequence[str], rows: Iterable[Row], *, about: Iterable[tuple[str, str]]
) -> IO[bytes]:
    """Return an Excel workbook: the sheet `rows`, and the sheet `about` of names and values.

    The file is a temporary one at its beginning; whoever closes it deletes it. Raises ValueError
    where there are more rows than a sheet can hold.
    """
    with _new_book() as book:
        sheet = book.create_sheet("rows")
        sheet.freeze_panes = "A2"
        sheet.append(list(columns))
        for number, row in enumerate(rows, 1):
            if number > MOST_ROWS:
                raise ValueError(f"A sheet holds {MOST_ROWS} rows.")
            sheet.append([as_cell(value, sheet) for value in row])
        notes = book.create_sheet("about")
        for name, value in about:
            notes.append([as_cell(name, notes), as_cell(value, notes)])
    return _saved(book)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its first row are headings; `frozen` is the first cell that scrolls.

    `widths` are those of the columns, in characters. In a sheet with `names` the first column of
    each row is a heading too.
    """

    name: str
    rows: Iterable[Sequence[Any]]
    widths: Sequence[int]
    frozen: str = "A2"
    names: bool = False


def laid_out(sheets: Iterable[Sheet]) -> IO[bytes]:
    """Return a workbook of these sheets, printed on as many pages as its height needs.

    The file is a temporary one at its beginning; whoever closes it deletes it.
    """
    with _new_book() as book:
        for one in sheets:
            sheet = book.create_sheet(one.name)
            sheet.freeze_panes = one.frozen
            sheet.page_setup.orientation = "landscape"
            sheet.page_setup.fitToHeight = 0
            sheet.sheet_properties.pageSetUpPr.fitToPage = True
            sheet.print_title_rows = "1:1"
            for number, width in enumerate(one.widths, 1):
                sheet.column_dimensions[get_column_letter(number)].width = width
            for number, row in enumerate(one.rows):
                cells = [_laid_out_cell(value, sheet) for value in row]
                for cell in cells if not number else cells[:1] if one.names else ():
                    cell.font = _HEAD
                sheet.append(cells)
    return _saved(book)


def _laid_out_cell(value: Any, sheet: Any) -> Cell:
    found = as_cell(value, sheet)
    cell = found if isinstance(found, Cell) else WriteOnlyCell(sheet, found)
    cell.alignment = _ROUND
    return cell


def _saved(book: Workbook) -> IO[bytes]:
    file = TemporaryFile()  # noqa: SIM115 - the caller closes it, when it has been sent.
    book.save(file)
    file.seek(0)
    return file


def _flat(values: Sequence[Any]) -> str:
    """Return a list as one text; where it holds nothing at all, nothing."""
    if len(values) == 1 and values[0].__class__ is str:
        return values[0]
    if not any(values):
        return ""
    parts = [_part(value) for value in values]
    return BETWEEN.join([part.replace(BETWEEN, " ¦ ") for part in parts])


def _part(value: str | float | None) -> str:
    """Return one value of a list."""
    if value is None:
        return ""
    return value if isinstance(value, str) else f"{value + 0:.10g}"


def _listed(values: Sequence[Any]) -> str:
    """Return a list as a cell of a CSV file."""
    return _quoted(_flat(values))


def _quoted(text: str) -> str:
    """Return a text as a cell of a CSV file; an empty one is nothing, as all that is missing."""
    return text and '"' + neutralised(text).replace('"', '""') + '"'


def _decimal(value: float | Decimal) -> str:
    # A number is no formula, so its minus stays in front: not all programs read one after a blank.
    return f"{value + 0:.10g}"


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat()[:19] + "Z"


_WRITTEN: dict[type, Callable[[Any], str]] = {
    type(None): lambda value: "",
    str: _quoted,
    Number: str,
    bool: lambda value: "true" if value else "false",
    int: str,
    float: _decimal,
    Decimal: _decimal,
    date: date.isoformat,
    datetime: _moment,
    list: _listed,
    tuple: _listed,
}


def as_json(value: Any) -> Any:
    """Return what JSON has for a value that it does not know."""
    if isinstance(value, datetime):
        return _moment(value)
    return float(value) if isinstance(value, Decimal) else value.isoformat()


def as_cell(value: Any, sheet: Any) -> Any:
    """Return what a workbook has for a value: numbers, flags and days are such, the rest text."""
    if value is None or isinstance(value, bool | int | float | Decimal):
        return value
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value if value >= FIRST_DAY else value.isoformat()
    text = value if isinstance(value, str) else _flat(value)
    text = _shortened(neutralised(for_xml(text, instead="\N{REPLACEMENT CHARACTER}")))
    if text in ERROR_CODES:
        # Else it would be the error that a formula ends in.
        cell = WriteOnlyCell(sheet, text)
        cell.data_type = "s"
        return cell
    # What looks like an escaped character is one to spreadsheets (ECMA-376, ST_Xstring).
    return _ESCAPED.sub("_x005F_", text)


def _shortened(text: str) -> str:
    """Return as much of a text as a cell can hold; a cut one ends in an ellipsis."""
    if len(text) <= MOST_CHARACTERS // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_CHARACTERS:
        return text
    return units[: 2 * (MOST_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"
