"""A table out of a file: CSV of any dialect and encoding, or a workbook; guesses are said."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from charset_normalizer import from_bytes

from astana.formats.marked import gettext_noop
from astana.formats.options import wrong_option
from astana.formats.package import Trouble, Troubles, Unreadable
from astana.intake.archives import opened
from astana.intake.reading import Refused
from astana.words.line_ends import plain

MOST_BYTES = 30_000_000
MOST_ROWS = 100_000
MOST_COLUMNS = 200
OPTIONS = {
    "encoding": gettext_noop("encoding of the file, such as utf-8 or cp1252; guessed if empty"),
    "delimiter": gettext_noop("separator of cells: , ; | or tab; guessed if empty"),
    "sheet": gettext_noop("sheet of a workbook; the first visible one if empty"),
}

_WORKBOOK, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_MOST_UNPACKED = 150_000_000
_DELIMITERS = {",": ",", ";": ";", "|": "|", "tab": "\t"}
_SAMPLE = 8_000
_SAID = re.compile("sep=([,;|\t])\r?\n")
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# Those that people still meet; of others, rare ones would be taken for them.
_ENCODINGS = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r"),
    *("gb18030", "big5", "shift_jis", "euc_kr", "utf_16_le", "utf_16_be"),
]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The headings of a table, its rows with their lines, and how it was read, by option.

    `choices` are what could be chosen instead, `uncalculated` the cells of formulas without a
    result.
    """

    headings: list[str]
    rows: list[tuple[int, list[str]]]
    told: dict[str, str]
    choices: dict[str, Sequence[str]]
    uncalculated: Sequence[str] = ()


def read_sheet(content: bytes, options: Mapping[str, str]) -> Sheet:
    """Return the table in a file; raises Unreadable with the lines that are wrong."""
    if len(content) > MOST_BYTES:
        raise _wrong("beginning", f"It is larger than {MOST_BYTES:,} bytes. Split it.")
    if content.startswith(_WORKBOOK):
        return _workbook(content, options.get("sheet", ""))
    if content.startswith(_OLD_WORKBOOK):
        raise _wrong("beginning", "This is a workbook in an old format. Save it as XLSX.")
    text, encoding = _text(content, options.get("encoding", ""))
    delimiter, start = options.get("delimiter", ""), 1
    if found := _SAID.match(text):
        # As Excel says it in the first line.
        text, start = text[found.end() :], 2
        delimiter = delimiter or found[1].replace("\t", "tab")
    if delimiter and delimiter not in _DELIMITERS:
        raise wrong_option("delimiter", f"Choose one of: {' '.join(_DELIMITERS)}.")
    mark = _DELIMITERS[delimiter] if delimiter else _delimiter(text)
    named = next(name for name, other in _DELIMITERS.items() if other == mark)
    told = {"encoding": encoding, "delimiter": named}
    return _sheet(_lines(text, mark, start), told, {"delimiter": tuple(_DELIMITERS)})


def _text(content: bytes, encoding: str) -> tuple[str, str]:
    """Return the text of a file, and in which encoding it is."""
    mark = next((one for start, one in _MARKS.items() if content.startswith(start)), "")
    is_chosen = bool(encoding)
    encoding = encoding or mark or ("utf-8" if _is_utf8(content) else _guessed(content))
    try:
        text = content.decode(encoding)
    except LookupError as error:
        raise wrong_option("encoding", "It is unknown. Write one such as cp1252.") from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        advice = "Choose another encoding." if is_chosen else "Choose one with --option encoding."
        raise _wrong(f"line {line}", f"This is not {encoding}. {advice}") from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise _wrong(
            f"line {line}", "There is a NUL character. This is not a table in a text file."
        )
    return text.removeprefix("\ufeff"), encoding.removesuffix("-sig")


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _guessed(content: bytes) -> str:
    sample = content[:100_000]
    found = from_bytes(sample, cp_isolation=_ENCODINGS).best()
    # Of several that give the same letters, the one that most have.
    is_western = found is None or str(found) == sample.decode("cp1252", errors="replace")
    return "cp1252" if is_western or found is None else found.encoding


def _delimiter(text: str) -> str:
    marks = "".join(_DELIMITERS.values())
    head = text[:_SAMPLE].partition("\n")[0]
    try:
        found = csv.Sniffer().sniff(text[:_SAMPLE], delimiters=marks).delimiter
    except csv.Error:
        found = ","
    # A mark that the headings do not have is one of the words below.
    return found if found in head else max(marks, key=head.count)


def _lines(text: str, delimiter: str, start: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of CSV with the lines in which they begin."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = start
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + start
    except csv.Error as error:
        raise _wrong(f"line {line}", f"This is not CSV: {error}. Check the quotes.") from error


def _workbook(content: bytes, wanted: str) -> Sheet:
    """Return a sheet of a workbook."""
    try:
        with opened(content, is_read=lambda _name: True, most=_MOST_UNPACKED) as archive:
            parts = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
            if any(b"<!DOCTYPE" in archive.read(name)[:4_096] for name in parts):
                raise Refused("unreadable")
            sheets = [name for name in parts if name.startswith("xl/worksheets/")]
            has_formulas = any(_FORMULA.search(archive.read(name)) for name in sheets)
        # Half a second to load, and most tables are no workbooks.
        from openpyxl import load_workbook

        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception as error:
        # Whatever the library meets with in a damaged file is one thing to whoever brought it.
        is_large = isinstance(error, Refused) and error.code == "too-much-inside"
        reason = "It unpacks to too much." if is_large else "It is damaged, or not a workbook."
        raise _wrong("beginning", f"{reason} Save it again as XLSX.") from error
    shown = [one for one in book.worksheets if one.sheet_state == "visible"]
    names = [one.title for one in shown]
    if not shown or (wanted and wanted not in names):
        raise wrong_option("sheet", f"Choose one of: {', '.join(names) or 'none'}.")
    sheet = shown[names.index(wanted)] if wanted else shown[0]
    # The size that a sheet states may be a lie.
    sheet.reset_dimensions()
    rows = (
        (number, [_cell(value) for value in cells])
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1)
    )
    try:
        read = _sheet(rows, {"sheet": sheet.title}, {"sheet": names})
        lost = _uncalculated(content, sheet) if has_formulas else ()
        return replace(read, uncalculated=lost)
    except Unreadable:
        raise
    except Exception as error:
        raise _wrong("beginning", "It is damaged. Save it again as XLSX.") from error


def _uncalculated(content: bytes, results: Any) -> list[str]:
    """Return the cells of formulas whose result was never stored, as programs write them.

    A result that is an empty text is one.
    """
    from openpyxl import load_workbook

    formulas = load_workbook(io.BytesIO(content), read_only=True)[results.title]
    formulas.reset_dimensions()
    return [
        formula.coordinate
        for pair in zip(results.iter_rows(), formulas.iter_rows(), strict=True)
        for result, formula in zip(*pair, strict=True)
        if formula.data_type == "f" and result.value is None and result.data_type != "str"
    ]


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _sheet(
    lines: Iterable[tuple[int, list[str]]],
    told: dict[str, str],
    choices: dict[str, Sequence[str]],
) -> Sheet:
    troubles = Troubles()
    headings: list[str] = []
    rows: list[tuple[int, list[str]]] = []
    for line, cells in lines:
        cells = [plain(cell).strip() for cell in cells]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if len(cells) > MOST_COLUMNS:
            raise _wrong(f"line {line}", f"There are more than {MOST_COLUMNS} columns. Split it.")
        if not headings:
            headings = [" ".join(cell.split()) for cell in cells]
            _check(headings, line, troubles)
        elif len(rows) >= MOST_ROWS:
            raise _wrong(f"line {line}", f"There are more than {MOST_ROWS:,} rows. Split it.")
        elif len(cells) > len(headings):
            reason = f"There are {len(cells)} cells for {len(headings)} columns. Check the quotes."
            troubles.add(f"line {line}", reason)
        else:
            rows.append((line, cells + [""] * (len(headings) - len(cells))))
    if not rows:
        troubles.add("line 1", "There are no rows below the headings. Export the table again.")
    troubles.refuse()
    return Sheet(headings, rows, told, choices)


def _check(headings: list[str], line: int, troubles: Troubles) -> None:
    seen: set[str] = set()
    for number, heading in enumerate(headings, 1):
        if not heading:
            headings[number - 1] = f"column {number}"
        elif heading.casefold() in seen:
            troubles.add(f"line {line}", f"The heading “{heading[:60]}” occurs twice. Rename one.")
        seen.add(heading.casefold())


def _wrong(place: str, reason: str) -> Unreadable:
    return Unreadable([Trouble(place, reason)])
