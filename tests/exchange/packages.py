"""Copies of the demonstration dossier, to be broken."""

import csv
import io
import shutil
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "syria-astana-2017"
SLUG = SEEDS.name


def a_copy(folder: Path) -> Path:
    """Return a copy of the demonstration dossier within a folder."""
    return Path(shutil.copytree(SEEDS, folder / "package"))


def edit(package: Path, file: str, key: str, /, **cells: str) -> int:
    """Give cells of a row other values and return the line of the row.

    The row is the first whose cells begin with those of `key`, separated by spaces.
    """
    reader = csv.reader(io.StringIO((package / file).read_text(), newline=""))
    header = next(reader)
    rows, found, begin = [], 0, reader.line_num + 1
    for row in reader:
        if not found and row[: len(key.split())] == key.split():
            found = begin
            for name, value in cells.items():
                row[header.index(name)] = value
        rows.append(row)
        begin = reader.line_num + 1
    assert found, f"{file} has no row {key}"
    with (package / file).open("w", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows([header, *rows])
    return found


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the content of all files below a folder by their name."""
    return {
        item.relative_to(folder).as_posix(): item.read_bytes()
        for item in folder.rglob("*")
        if item.is_file()
    }
