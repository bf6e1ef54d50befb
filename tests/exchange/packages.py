"""Copies of the demonstration dossier, to be broken."""

import csv
import io
import shutil
from pathlib import Path

from astana.exchange.tables import TABLES

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


def as_format_1(package: Path) -> Path:
    """Make a package one of the first format: without what came later."""
    for table in TABLES:
        path = package / table.file
        if table.since > 1:
            path.unlink()
            continue
        rows = csv.DictReader(io.StringIO(path.read_text(), newline=""))
        names = table.of_format(1).names
        with path.open("w", newline="") as handle:
            writer = csv.DictWriter(handle, names, extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(list(rows))
    descriptor = (package / "datapackage.json").read_text()
    (package / "datapackage.json").write_text(descriptor.replace('"format": 2', '"format": 1'))
    return package


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the content of all files below a folder by their name."""
    return {
        item.relative_to(folder).as_posix(): item.read_bytes()
        for item in folder.rglob("*")
        if item.is_file()
    }
