"""Codebooks of Taguette, and of others who list tags in a table with descriptions; in."""

import csv
import io
from collections.abc import Iterator, Mapping

from astana.formats.marked import gettext_noop
from astana.formats.names import name_of
from astana.formats.options import check_options
from astana.formats.package import Format, Losses, Read, Trouble, Troubles, Unreadable
from astana.formats.refi.branches import OPTIONS as OF_CODES
from astana.formats.refi.codebook_file import read_codes
from astana.formats.refi.codes import Code
from astana.words.line_ends import plain

OPTIONS = OF_CODES | {
    "separator": gettext_noop(
        "separator of a tag and the tag below it, such as . in truce.for; - for none"
    )
}
_NAMES = ("tag", "path", "name")
_MOST_ROWS = 100_000
_KNOWN = (*_NAMES, "description", "parent", "number of highlights")


def read(content: bytes, options: Mapping[str, str]) -> Read:
    """Return the issues, stances and actors that a table of tags stands for; raises Unreadable."""
    check_options(options, OPTIONS)
    separator = options.get("separator", ".")
    reading = _Reading("" if separator == "-" else separator)
    try:
        reading.run(content)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            [Trouble(f"line {line}", "This is not UTF-8. Save it as UTF-8.")]
        ) from error
    except csv.Error as error:
        raise Unreadable([Trouble("CSV", f"This is not CSV: {error}.")]) from error
    read = read_codes(reading.codes, [], options, reading.losses)
    read.options["separator"] = separator
    return read


class _Reading:
    def __init__(self, separator: str) -> None:
        self._separator = separator
        self._troubles = Troubles()
        self.losses = Losses()
        self.codes: list[Code] = []
        # By path, without regard to case.
        self._found: dict[str, Code] = {}
        self._lines: dict[str, int] = {}

    def run(self, content: bytes) -> None:
        """Fill the tree of codes; raises Unreadable."""
        table = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        header = [one.strip().casefold() for one in next(table, [])]
        columns = [one for one in _NAMES if one in header]
        if len(columns) != 1:
            wrong = (
                f"The columns {' and '.join(columns)} both name tags"
                if columns
                else (f"No column is called {', '.join(_NAMES[:-1])} or {_NAMES[-1]}")
            )
            raise Unreadable([Trouble("line 1", f"{wrong}. Have one of them.")])
        rows = list(self._rows(table, header))
        # Above first: with a column of parents it may stand below.
        parents = {row[columns[0]]: row.get("parent", "") for row, _line in rows}
        for row, line in rows:
            self._row(self._path(row[columns[0]], parents, line), row, line)
        if not rows:
            self._troubles.add("line 1", "It contains no tags. Export the codebook again.")
        self._troubles.refuse()

    def _rows(
        self, table: Iterator[list[str]], header: list[str]
    ) -> Iterator[tuple[dict[str, str], int]]:
        for number, cells in enumerate(table, 1):
            line = table.line_num  # type: ignore[attr-defined]
            if number > _MOST_ROWS:
                self._troubles.add(f"line {line}", f"There are more than {_MOST_ROWS:,} tags.")
                return
            row = dict(zip(header, (one.strip() for one in cells), strict=False))
            if not any(row.values()):
                continue
            if len(cells) > len(header):
                self._troubles.add(f"line {line}", "It has more cells than the first line.")
            if not name_of(next((row[one] for one in _NAMES if one in row), "")):
                self._troubles.add(f"line {line}", "The tag has no name. Give it one.")
                continue
            for name, value in row.items():
                if value and name not in _KNOWN:
                    self.losses.lose("column %(name)s", value[:60], name=name[:40])
            yield row, line

    def _path(self, name: str, parents: Mapping[str, str], line: int) -> list[str]:
        """Return the names from the top to a tag."""
        path, seen = self._split(name), {name}
        while parent := parents.get(name, ""):
            if parent in seen:
                self._troubles.add(f"line {line}, parent", "It is below itself. Correct it.")
                break
            seen.add(parent)
            path, name = [*self._split(parent), *path], parent
        return path

    def _split(self, name: str) -> list[str]:
        parts = name.split(self._separator) if self._separator else [name]
        # A dot beside a blank, or at an end, is that of an abbreviation.
        return parts if all(one and one == one.strip() for one in parts) else [name]

    def _row(self, path: list[str], row: Mapping[str, str], line: int) -> None:
        codes = self.codes
        for depth, name in enumerate(path, 1):
            key = "\n".join(path[:depth]).casefold()
            if key not in self._found:
                self._found[key] = code = Code(key, name)
                codes.append(code)
            codes = self._found[key].below
        first = self._lines.setdefault(key, line)
        if first != line:
            self._troubles.add(f"line {line}", f"The tag is also that of line {first}. Keep one.")
        self._found[key].text = plain(row.get("description", ""))


FORMAT = Format(
    "taguette",
    "Codebook of Taguette (CSV of tags)",
    read=read,
    options=OPTIONS,
    endings=("csv",),
)
