"""Tables of positions with their passages, as CSV of any dialect or as a workbook; in."""

from astana.formats.package import Format
from astana.formats.tables.reading import OPTIONS, read

FORMAT = Format(
    "csv",
    "any table (CSV, TSV, XLSX)",
    read_beside=read,
    options=OPTIONS,
    endings=("csv", "tsv", "txt", "xlsx"),
)
