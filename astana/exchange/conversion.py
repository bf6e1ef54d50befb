"""Files of other tools on their way through the package: all that it checks is checked of them."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from astana.exchange.cells import TEXT_KINDS, read_rows, write_rows
from astana.exchange.check import Content, check
from astana.exchange.descriptor import About, write_descriptor
from astana.exchange.dump import dump
from astana.exchange.files import DESCRIPTOR, MOST_BYTES
from astana.exchange.foreign import CALLED, foreign_id, names_in_dossier, rename
from astana.exchange.problems import BrokenPackage, Problem
from astana.exchange.tables import BY_NAME, PRIVATE, TABLES
from astana.exchange.texts import text_file
from astana.formats.marked import gettext_noop
from astana.formats.names import ShortNames
from astana.formats.options import OF_ATTRIBUTED
from astana.formats.package import Loss, Losses, Package, Read, Unreadable, Written
from astana.formats.registry import FORMATS
from astana.models import ColumnMapping, Dossier, Rendition
from astana.models.of_dossier import OfDossier

Key = tuple[Any, ...]
# By table and key.
Rows = dict[str, dict[Key, dict[str, Any]]]
Known = Mapping[str, Mapping[Key, Mapping[str, Any]]]

# What exports that are folders hold.
_OF_FOLDERS = (".json", ".jsonl", ".xmi", ".xml", ".zip", ".csv")
_ALL = (*TABLES, *PRIVATE)
_BY_NOBODY = gettext_noop("voices “attributed” without an attributing actor (now “characterised”)")

READABLE = tuple(name for name, one in FORMATS.items() if one.read or one.read_beside)
WRITABLE = tuple(name for name, one in FORMATS.items() if one.write)


@dataclass(frozen=True, slots=True)
class Converted:
    """The files of a package made of a foreign file, what was lost, and how it was read."""

    files: dict[str, bytes]
    losses: list[Loss]
    options: dict[str, str]
    notes: tuple[str, ...]
    remember: Mapping[str, str]
    # What the file leaves to choose from, by option.
    choices: Mapping[str, Sequence[str]]


def convert(name: str, path: Path, options: Iterable[str], *, slug: str = "") -> Converted:
    """Return a file of a format as the package of a dossier, whose short name may be proposed.

    What the file does not say of a row stays as the dossier has it, if it is there already. Raises
    BrokenPackage where the file cannot be read.
    """
    form = FORMATS[name]
    content = _zipped(path) if form.takes_folders and path.is_dir() else _content(path)

    def read(there: Package) -> Read:
        if form.read_beside:
            return form.read_beside(content, _chosen(options), there)
        return form.read(content, _chosen(options))

    if not slug and form.read_beside:
        slug = ShortNames("dossier").of(path.stem)
    return converted(read, path.name, slug=slug, forms=[name])


def converted(
    read: Callable[[Package], Read],
    file: str,
    *,
    slug: str,
    forms: Sequence[str],
    is_at_desk: bool = False,
) -> Converted:
    """Return what is read of a file as the package of a dossier.

    `read` is handed what the dossier has, and how files of these formats were last read into it.
    With `is_at_desk` actors and the like that come with codings are seen at the desk alone, unless
    the file says more, until something that readers see names them. Raises BrokenPackage.
    """
    known = _known(slug) if slug else {}
    try:
        found = read(_there(slug, known, forms))
    except Unreadable as error:
        problems = [Problem(f"{file}, {one.place}", one.reason) for one in error.troubles]
        raise BrokenPackage(problems) from error
    if not found.losses and not any(found.package.rows.values()):
        raise BrokenPackage([Problem(file, "It contains nothing to load. Export it again.")])
    stem = Path(file).stem
    if not slug:
        slug = found.slug or ShortNames("dossier").of(stem)
        known = _known(slug)
    standing = "at-desk" if is_at_desk and found.package.rows.get("positions") else ""
    about, losses = _about(slug, found, stem), Losses()
    files = _files(found.package, about, known, losses, standing=standing)
    told = (
        [*found.losses, *losses.listed()],
        found.options,
        found.notes,
        found.remember,
        found.choices,
    )
    return Converted(files, *told)


def checked(read: Converted, file: str) -> Content:
    """Return the content of a package that a file became; raises BrokenPackage.

    Both name rows by their keys: nobody has seen the lines of the package.
    """
    seen: dict[str, dict[int, str]] = {}
    try:
        content = check(read.files)
    except BrokenPackage as error:
        problems = [_by_key(one, read.files, file, seen) for one in error.problems]
        raise BrokenPackage(problems) from error
    doubts = [_by_key(one, read.files, file, seen) for one in content.doubts]
    return replace(content, doubts=doubts)


def _by_key(
    problem: Problem, files: Mapping[str, bytes], file: str, seen: dict[str, dict[int, str]]
) -> Problem:
    table = BY_NAME.get(problem.file.removesuffix(".csv"))
    if table is None:
        place = "dossier" if problem.file == DESCRIPTOR else problem.file
        return replace(problem, file=f"{file}, {place}")
    if table.name not in seen:
        rows, _problems = read_rows(table, files[table.file])
        seen[table.name] = {
            row.line: " / ".join(str(row.values.get(name, "")) for name in table.key)
            for row in rows
        }
    key = seen[table.name].get(problem.line, "")
    return replace(problem, file=f"{file}, {table.name} {key}".strip(), line=0)


def remember(name: str, slug: str, converted: Converted) -> None:
    """Let the next file of a format be read into a dossier as one that was loaded."""
    if not converted.remember:
        return
    with transaction.atomic():
        dossier = Dossier.objects.get(slug=slug)
        OfDossier.hold(dossier.pk)
        mappings = ColumnMapping.objects.filter(dossier=dossier, format=name)
        options = dict(converted.remember)
        if not mappings.update(options=options):
            ColumnMapping.objects.create(dossier=dossier, format=name, options=options)


def write_as(name: str, slug: str) -> Written:
    """Return a dossier as a file of a format; raises Dossier.DoesNotExist and BrokenPackage."""
    content = check(dump(slug))
    about = content.about
    package = Package(
        texts=dict(content.texts),
        slug=about.slug,
        title=about.title,
        description=about.description,
        address=f"{settings.SITE_URL}{Dossier(slug=slug).get_absolute_url()}",
    )
    for table in _ALL:
        for row in content.rows[table.name]:
            package.add(table.name, row.values)
    return FORMATS[name].write(package)


def _content(path: Path) -> bytes:
    if path.is_dir():
        reason = "This is a folder, and this format needs a file. Name the file in it."
        raise BrokenPackage([Problem(str(path), reason)])
    if not path.is_file():
        raise BrokenPackage([Problem(str(path), "There is no such file. Check the path.")])
    beside = path.with_name(f"{path.name}-wal")
    if beside.is_file() and beside.stat().st_size:
        message = (
            "The file is open, or was not closed: part of its data is still in this one. Close "
            "the program."
        )
        raise BrokenPackage([Problem(beside.name, message)])
    with path.open("rb") as handle:
        content = handle.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        message = f"It is larger than {MOST_BYTES:,} bytes. Split it."
        raise BrokenPackage([Problem(path.name, message)])
    return content


def _zipped(folder: Path) -> bytes:
    """Return a folder as a zip of its files that hold data."""
    content, left = io.BytesIO(), MOST_BYTES
    with zipfile.ZipFile(content, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.suffix not in _OF_FOLDERS or path.is_symlink() or not path.is_file():
                continue
            left -= path.stat().st_size
            if left < 0:
                message = f"It is larger than {MOST_BYTES:,} bytes. Name a folder of it."
                raise BrokenPackage([Problem(folder.name, message)])
            archive.write(path, path.relative_to(folder).as_posix())
    return content.getvalue()


def _chosen(options: Iterable[str]) -> dict[str, str]:
    pairs = [option.partition("=") for option in options]
    return {name.strip(): value.strip() for name, _mark, value in pairs}


def _about(slug: str, read: Read, name: str) -> About:
    """Return what is said about a dossier, or about a new one."""
    dossier = Dossier.objects.filter(slug=slug).first()
    if dossier is None:
        title = (read.title or name)[:200]
        return About(slug, title, read.description, Dossier.Visibility.MEMBERS, "")
    return About(**{name: getattr(dossier, name) for name in About.__slots__})


def _known(slug: str) -> Rows:
    """Return the rows that a dossier has already, by their keys."""
    if not Dossier.objects.filter(slug=slug).exists():
        return {}
    files = dump(slug)
    known: Rows = {}
    for table in _ALL:
        content = files.get(table.file)
        rows = [row.values for row in read_rows(table, content)[0]] if content else []
        known[table.name] = {_key(table.key, values): values for values in rows}
    return known


def _there(slug: str, known: Known, forms: Sequence[str]) -> Package:
    """Return what a dossier has as a package, with the words of texts for members too."""
    package = Package()
    for table, rows in known.items():
        for values in rows.values():
            package.add(table, dict(values))
    texts = Rendition.objects.filter(article__dossier__slug=slug).exclude(text="")
    names = ("article__slug", "kind", "language", "version")
    for *key, text in texts.values_list(*names, "text"):
        package.texts[tuple(key)] = text
    mapping = ColumnMapping.objects.filter(dossier__slug=slug, format__in=forms).first()
    package.remembered = mapping.options if mapping else {}
    return package


def _key(columns: Iterable[str], values: Mapping[str, Any]) -> Key:
    return tuple(values.get(name) for name in columns)


def _find_again(package: Package, known: Known) -> None:
    """Let the rows of a package be called as the dossier calls those that it has of them."""
    given = {table.name: package.cells(table.name) for table in CALLED}
    there = {
        table.name: {
            key[0]: foreign_id(table, row) for key, row in known.get(table.name, {}).items()
        }
        for table in CALLED
    }
    if not (names := names_in_dossier(given, there)):
        return
    for table in _ALL:
        rename(table, package.cells(table.name), names)
    articles = names.get("articles", {})
    package.texts = {
        (articles.get(article, article), *rest): text
        for (article, *rest), text in package.texts.items()
    }


def _files(
    package: Package, about: About, known: Known, losses: Losses, *, standing: str
) -> dict[str, bytes]:
    _find_again(package, known)
    rows: Rows = {}
    for table in _ALL:
        empty = {one.name: "" if one.kind in TEXT_KINDS else None for one in table.columns}
        if "standing" in empty:
            empty["standing"] = standing
        rows[table.name] = {}
        for row in package.rows.get(table.name, []):
            key = _key(table.key, row.given)
            there = known.get(table.name, {}).get(key, {})
            values = empty | row.otherwise | there | row.given
            if table.name == "positions":
                _attribute(values, row.given, losses)
            rows[table.name][key] = values
    _complete(rows, known)
    for key, values in rows["renditions"].items():
        values["file"] = text_file(*key) if key in package.texts else ""
    files = {text_file(*key): text.encode() for key, text in package.texts.items()}
    there = [table for table in _ALL if table in TABLES or rows[table.name]]
    used = [table.as_used(rows[table.name].values()) for table in there]
    files |= {table.file: write_rows(table, rows[table.name].values()) for table in used}
    return {DESCRIPTOR: write_descriptor(about, used), **files}


def _attribute(values: dict[str, Any], given: Mapping[str, Any], losses: Losses) -> None:
    """Let the voice of a position fit the actor who says so, whom many files cannot name."""
    if values["voice"] != "attributed":
        values |= {name: "" for name in OF_ATTRIBUTED if name not in given}
    elif not values["attributed_by"]:
        # Whoever says so, it is not the actor: second-hand it stays.
        values["voice"] = "characterised"
        losses.lose(_BY_NOBODY, values["key"])


def _complete(rows: Rows, known: Known) -> None:
    """Add the rows of the dossier that rows name by what it knew of them."""
    # What one of them names may be of a table before it, or of the same one.
    waiting = [(table, values) for table in _ALL for values in rows[table.name].values()]
    while waiting:
        table, values = waiting.pop()
        for reference in table.references:
            key, target = _key(reference.columns, values), BY_NAME[reference.table]
            there = known.get(target.name, {}).get(key)
            if there and key not in rows[target.name]:
                rows[target.name][key] = dict(there)
                waiting.append((target, there))
