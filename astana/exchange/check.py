"""Whether the files of a package make a dossier, checked before anything is written."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from difflib import get_close_matches

from astana.exchange.cells import Row, read_rows
from astana.exchange.descriptor import FORMAT, About, read_descriptor
from astana.exchange.files import DESCRIPTOR
from astana.exchange.meaning import meaning_doubts, meaning_problems, mend_line_ends
from astana.exchange.problems import SHOWN, BrokenPackage, Problem
from astana.exchange.table import Reference, Table
from astana.exchange.tables import BY_NAME, PRIVATE, TABLES, tables_of
from astana.exchange.texts import RenditionKey, read_texts
from astana.models.short_names import refusal

Rows = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Content:
    """A checked package: the dossier, its tables with their rows, the words of renditions.

    A package of an earlier format has fewer `tables`, and these fewer columns. `doubts` are what a
    person should look at.
    """

    about: About
    tables: tuple[Table, ...]
    rows: Rows
    texts: dict[RenditionKey, str]
    doubts: list[Problem] = field(default_factory=list)


def check(files: Mapping[str, bytes]) -> Content:
    """Return the content of a package.

    Raises BrokenPackage with all that is wrong: first with the files and cells and what they refer
    to, and, once these are right, with the texts and with what the rows say together.
    """
    if DESCRIPTOR not in files:
        message = "The file is missing. Name a folder or zip that holds a dossier."
        raise BrokenPackage([Problem(DESCRIPTOR, message)])
    problems: list[Problem] = []
    about, number = None, FORMAT
    try:
        about, number = read_descriptor(files[DESCRIPTOR])
    except BrokenPackage as error:
        problems += error.problems
    tables = tables_of(number)
    known = {table.file for table in (*PRIVATE, *tables)}
    for name in sorted(files):
        if name.endswith(".csv") and name not in known:
            problems.append(Problem(name, "No table has this name. Rename or remove the file."))

    rows: Rows = {table.name: [] for table in (*PRIVATE, *TABLES)}
    for table in (*tables, *PRIVATE):
        if table.file in files:
            rows[table.name], wrong = read_rows(table, files[table.file])
            problems += wrong
        elif table not in PRIVATE:
            columns = ",".join(table.as_used().names)
            message = f"The file is missing. Add it, with {columns} at least."
            problems.append(Problem(table.file, message, loses_rows=True))
    files_lost = {problem.file for problem in problems if problem.loses_rows}
    named = (*PRIVATE, *tables)
    lost = {table.name for table in named if table.file in files_lost}
    problems += _key_problems(named, rows, lost=lost)
    problems += _names_of_pages(rows)
    if about is None or problems:
        raise BrokenPackage(problems)

    texts, wrong = read_texts(rows["renditions"], files)
    problems += wrong
    if not problems:
        mend_line_ends(rows["evidence"])
        problems += meaning_problems(rows, texts)
    if problems:
        raise BrokenPackage(problems)
    return Content(about, tables, rows, texts, meaning_doubts(rows))


def _key_problems(tables: tuple[Table, ...], rows: Rows, *, lost: Set[str]) -> list[Problem]:
    """Return the keys that are there twice and the references that lead nowhere.

    Where rows of a table are `lost`, a reference may lead to one of them.
    """
    problems = []
    keys: dict[str, dict[tuple, int]] = {}
    for table in tables:
        seen = keys[table.name] = {}
        for row, key in _with(rows[table.name], table.key):
            if key in seen:
                name = ", ".join(str(part) for part in key)
                message = f"“{name}” is in line {seen[key]} already. Keep one of the two."
                problems.append(Problem(table.file, message, row.line, table.key[-1]))
            seen.setdefault(key, row.line)
        names = {}
        for row, key in _with(rows[table.name], table.key):
            # A file system or a person may take the one for the other.
            other = names.setdefault(tuple(str(part).casefold() for part in key), key)
            if other != key:
                message = (
                    f"But for its case it is “{other[-1]}”, in line {seen[other]}. Rename one."
                )
                problems.append(Problem(table.file, message, row.line, table.key[-1]))
        seen = {}
        for row, (foreign,) in _with(rows[table.name], ("foreign_id",)):
            if foreign and seen.setdefault(foreign, row.line) != row.line:
                message = f"“{foreign[:80]}” is in line {seen[foreign]} already. Keep one."
                problems.append(Problem(table.file, message, row.line, "foreign_id"))
    for table in tables:
        for reference in table.references:
            if reference.table in lost:
                continue
            known = keys[reference.table]
            for row, key in _with(rows[table.name], reference.columns):
                if key not in known and all(part not in ("", None) for part in key):
                    hint = _hint(key, known) if len(problems) < SHOWN else ""
                    problems.append(_dangling(table, reference, row, key, hint))
    return problems


def _names_of_pages(rows: Rows) -> Iterator[Problem]:
    """Yield the records that nobody could open, as a page has their address."""
    for table in TABLES:
        for row, key in _with(rows[table.name], table.key):
            if why := refusal(table.model._meta.model_name, key[-1]):
                yield Problem(table.file, why, row.line, table.key[-1])


def _with(rows: list[Row], columns: tuple[str, ...]) -> Iterator[tuple[Row, tuple]]:
    """Yield the rows in which all these cells could be read, with their values."""
    for row in rows:
        if all(name in row.values for name in columns):
            yield row, tuple(row.values[name] for name in columns)


def _dangling(table: Table, reference: Reference, row: Row, key: tuple, hint: str) -> Problem:
    file = BY_NAME[reference.table].file
    if len(key) == 1:
        what = f"“{key[0]}” is not in {file}."
    else:
        pairs = zip(BY_NAME[reference.table].key, key, strict=True)
        what = f"No row of {file} has {', '.join(f'{name} {part}' for name, part in pairs)}."
    advice = hint or "Add it there, or correct it here."
    return Problem(table.file, f"{what} {advice}", row.line, reference.columns[-1])


def _hint(key: tuple, known: dict[tuple, int]) -> str:
    """Return what could have been meant: the same but for its end, or spelled alike."""
    *start, end = map(str, key)
    near = [str(other[-1]) for other in known if list(map(str, other[:-1])) == start]
    if not start:
        near = get_close_matches(end, near, n=3)
    return f"Write one of: {', '.join(near[:10])}." if near else ""
