"""CSV in and out: the cells of a table as values, with a line and a column for what is wrong.

Text columns hold text, empty if missing; all other kinds hold None if missing.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from sys import intern
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from astana.comparison.said import parse_said
from astana.exchange.problems import Problem
from astana.exchange.table import Column, Table
from astana.models.codes import COUNTRY, LANGUAGE, WIKIDATA
from astana.models.name_field import unfit_name
from astana.words.line_ends import plain

# The longest text of a cell where the model knows no limit. A cell beyond the limit of the csv
# module (131,072 characters) could not be read back.
LONGEST_CELL = 100_000

# The largest integer that every database stores in the columns of the models.
LARGEST_INTEGER = 2_147_483_647
LARGEST_NUMBER = 32_767

_PATTERNS = {
    "slug": (r"[-a-zA-Z0-9_]+", "Use letters without accents, digits, hyphens and underscores."),
    "language": (LANGUAGE, "Write a language tag, such as en or pt-BR."),
    "country": (COUNTRY, "Write two capital letters, such as KZ."),
    "wikidata": (WIKIDATA, "Write a Wikidata id, such as Q159."),
    "sha256": (r"[0-9a-f]{64}", "Write the 64 lower-case hexadecimal digits of the SHA-256."),
    "file": (r"texts/[-a-zA-Z0-9_]+(\.[-a-zA-Z0-9]+){2,3}\.txt", "Write the name of its file."),
    "integer": (r"[0-9]{1,10}", "Write a whole number from 0."),
    "count": (r"[1-9][0-9]{0,9}", "Write a whole number from 1."),
    "decimal": (r"-?[0-9](\.[0-9]{1,2})?", "Write a number from -1 to 1, such as -0.25."),
    "flag": (r"yes|no", "Write yes or no."),
    "date": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "Write a day, such as 2017-01-24."),
    "paragraphs": (r"[0-9]{1,9}-[0-9]{1,9}( [0-9]{1,9}-[0-9]{1,9})*", "Write 0-447 448-622."),
}
PATTERNS = {kind: pattern for kind, (pattern, _advice) in _PATTERNS.items()}
TEXT_KINDS = {
    *("text", "name", "slug", "language", "country", "wikidata"),
    *("url", "sha256", "file", "said", "choice"),
}

_REPEATED = frozenset(["slug", "language", "choice"])

_SEPARATOR = re.compile("sep=[,;\t|]\r?\n", re.I)
_is_url = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, slots=True)
class Row:
    """The values of one line of a table, by column; `line` is where it begins, from 1."""

    line: int
    values: dict[str, Any]


def read_rows(table: Table, content: bytes) -> tuple[list[Row], list[Problem]]:
    """Return the rows of a CSV file and what is wrong with its shape and cells.

    A row with a cell that cannot be read is among the rows, without that cell, so that what refers
    to it does not seem to be wrong too.
    """
    file = table.file

    def lost(message: str, line: int) -> Problem:
        return Problem(file, message, line, loses_rows=True)

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return [], [lost("This is not UTF-8. Save the file as CSV in UTF-8.", line)]
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        return [], [lost("There is a NUL character. Delete it.", line)]

    text, line = after_separator(text)
    # A program that ends rows in two characters has done so within cells too.
    is_rewritten = text.partition("\n")[0].endswith("\r")
    first = line
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    problems: list[Problem] = []
    misfits: list[Problem] = []
    header: list[str] | None = None
    try:
        for cells in reader:
            if header is None:
                header = cells
                problems += _header_problems(table, header, line)
                if problems:
                    break
            elif len(cells) != len(header) and cells:
                message = f"There are {len(cells)} cells for {len(header)} columns."
                misfits.append(lost(f"{message} Add or remove commas.", line))
            elif cells:
                if is_rewritten:
                    cells = [plain(cell) for cell in cells]
                row, wrong = _read_row(table, line, dict(zip(header, cells, strict=True)))
                rows.append(row)
                problems += wrong
            line = reader.line_num + first
    except csv.Error as error:
        problems.append(lost(f"This is not CSV: {error}. Check the quotes.", line))
    if header is None:
        problems.append(lost(f"It is empty. Begin with {','.join(table.as_used().names)}.", 1))
    # Where no row fits, it is one mistake that was made in all of them.
    return rows, [*problems, *(misfits if rows else misfits[:1])]


def after_separator(text: str) -> tuple[str, int]:
    """Return a table without the line that tells spreadsheets what separates columns.

    With it comes the number of the line in which the table begins.
    """
    told = _SEPARATOR.match(text)
    return (text[told.end() :], 2) if told else (text, 1)


def write_rows(table: Table, rows: Iterable[dict[str, Any]]) -> bytes:
    """Return rows as a CSV file, in the table's order, quoted only where needed."""
    order = table.order or table.key
    lines = [",".join(table.names)]
    # What is missing has no order among what is there.
    for row in sorted(rows, key=lambda row: [(row[name] is not None, row[name]) for name in order]):
        lines.append(",".join(_quoted(written(row[name])) for name in table.names))
    return ("\n".join(lines) + "\n").encode()


def written(value: Any) -> str:
    """Return a value as the text of a cell, in the one way that it is written."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize() + 0:f}"
    if isinstance(value, list):
        return " ".join(f"{start}-{end}" for start, end in value)
    return str(value)


def _quoted(cell: str) -> str:
    # The csv module of Python 3.11 leaves a lone carriage return unquoted if lines end in a line
    # feed, and then cannot read it back; texts typed into a browser have them.
    if any(character in cell for character in ',"\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _header_problems(table: Table, header: list[str], line: int) -> list[Problem]:
    file, problems = table.file, []
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        message = "Separate columns by commas. Save the file as CSV with commas."
        return [Problem(file, message, line, loses_rows=True)]
    missing = [name for name in table.as_used().names if name not in header]
    unknown = [name for name in header if name not in table.names]
    twice = sorted({name for name in header if header.count(name) > 1})
    for name in missing:
        problems.append(Problem(file, "The column is missing. Add it.", line, name, True))
    for name in unknown:
        advice = "Separate columns by commas." if ";" in name or "\t" in name else "Remove it."
        problems.append(Problem(file, f"The column is unknown. {advice}", line, name[:80], True))
    for name in twice:
        problems.append(Problem(file, "The column occurs twice. Remove one.", line, name, True))
    return problems


def _read_row(table: Table, line: int, cells: dict[str, str]) -> tuple[Row, list[Problem]]:
    values: dict[str, Any] = {}
    problems = []
    for column in table.columns:
        try:
            values[column.name] = _read_cell(table, column, cells.get(column.name, ""))
        except ValueError as error:
            problems.append(Problem(table.file, str(error), line, column.name))
    return Row(line, values), problems


def _read_cell(table: Table, column: Column, text: str) -> Any:
    if not text or (column.kind in ("text", "name") and column.is_required and not text.strip()):
        if column.is_required:
            raise ValueError("It is empty. Fill it in.")
        return "" if column.kind in TEXT_KINDS else None
    limit = table.limit(column) or LONGEST_CELL
    if len(text) > limit:
        raise ValueError(f"It has {len(text)} characters. Shorten it to {limit}.")
    if column.kind == "name" and (why := unfit_name(text)):
        raise ValueError(why)
    if pattern := _PATTERNS.get(column.kind):
        expression, advice = pattern
        if not re.fullmatch(expression, text, re.ASCII):
            raise ValueError(f"“{text[:40]}” cannot be read. {advice}")
    if column.kind == "choice" and text not in table.choices(column):
        known = ", ".join(table.choices(column))
        raise ValueError(f"“{text[:40]}” is unknown. Write one of: {known}.")
    read = _READERS.get(column.kind)
    # What many rows say is kept once.
    value = read(text) if read else intern(text) if column.kind in _REPEATED else text
    if column.name == "number" and value > LARGEST_NUMBER:
        raise ValueError(f"{value} is too large. Write a number up to {LARGEST_NUMBER}.")
    return value


def _integer(text: str) -> int:
    if int(text) > LARGEST_INTEGER:
        raise ValueError(f"{text} is too large. Write a number up to {LARGEST_INTEGER}.")
    return int(text)


def _decimal(text: str) -> Decimal:
    value = Decimal(text)
    if not -1 <= value <= 1:
        raise ValueError(f"{text} is off the scale. Write a number from -1 to 1, or nothing.")
    return value


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text}” is not a day in the calendar. Correct it.") from None


def _said(text: str) -> str:
    parse_said(text)
    return text


def _url(text: str) -> str:
    try:
        _is_url(text)
    except ValidationError:
        message = f"“{text[:80]}” is not an address. Begin with https:// or http://."
        raise ValueError(message) from None
    return text


def _paragraphs(text: str) -> list[list[int]]:
    pairs = [[int(edge) for edge in pair.split("-")] for pair in text.split(" ")]
    edges = [edge for pair in pairs for edge in pair]
    if edges != sorted(edges) or any(start == end for start, end in pairs):
        raise ValueError("The paragraphs overlap or are empty. Put them in order: start-end.")
    return pairs


_READERS: dict[str, Callable[[str], Any]] = {
    "integer": _integer,
    "count": _integer,
    "decimal": _decimal,
    "date": _date,
    "flag": "yes".__eq__,
    "said": _said,
    "url": _url,
    "paragraphs": _paragraphs,
}
