"""A workbook as people lay it out by hand: heads stay in view, columns are as wide as needed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Any

from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from astana.exchange.export import as_cell, new_book

_HEAD, _ROUND = Font(bold=True), Alignment(wrap_text=True, vertical="top")


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
    with new_book() as book:
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
                cells = [_cell(value, sheet) for value in row]
                for cell in cells if not number else cells[:1] if one.names else ():
                    cell.font = _HEAD
                sheet.append(cells)
    file = TemporaryFile()  # noqa: SIM115 - the caller closes it, when it has been sent.
    book.save(file)
    file.seek(0)
    return file


def _cell(value: Any, sheet: Any) -> Cell:
    found = as_cell(value, sheet)
    cell = found if isinstance(found, Cell) else WriteOnlyCell(sheet, found)
    cell.alignment = _ROUND
    return cell
