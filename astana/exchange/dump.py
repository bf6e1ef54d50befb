"""A dossier of the database as the files of a package."""

from typing import Any

from django.db.models import QuerySet

from astana.evidence.anchor import hash_of
from astana.evidence.paragraphs import paragraphs_of
from astana.exchange.cells import write_rows
from astana.exchange.descriptor import About, write_descriptor
from astana.exchange.files import DESCRIPTOR
from astana.exchange.snapshot import snapshot
from astana.exchange.table import Table
from astana.exchange.tables import BY_NAME, PRIVATE, TABLES
from astana.exchange.texts import text_file
from astana.models import Assignment, Coder, Dossier, Health, Rendition
from astana.models.elsewhere import suggested_for_readers

_PLACED = (Health.INTACT, Health.RESET, Health.MOVED)
# How the tables that hold codings are narrowed to what is published.
PUBLISHED = {
    "actors": {"public": True},
    "actor_names": {"actor__public": True},
    "events": {"public": True},
    "participations": {"event__public": True},
    "issues": {"public": True},
    "stances": {"public": True, "issue__public": True},
    "documents": {"public": True},
    "signatures": {"document__public": True},
    "examined": {"document__public": True, "issue__public": True},
    "looked_for": {"issue__public": True},
    "positions": {"public": True},
    "links": {"position__public": True, "to__public": True},
    "evidence": {"position__public": True},
    "anchors": {"evidence__position__public": True},
}
# A package for readers is made in memory, about a kilobyte for a position and its passages.
MOST_IN_ZIP = 50_000


def dump(slug: str) -> dict[str, bytes]:
    """Return the files of a dossier's package; the words of members-only texts are not in it.

    Raises Dossier.DoesNotExist.
    """
    with snapshot():
        return _files(Dossier.objects.get(slug=slug), published_only=False)


class OtherVersion(Exception):
    """The dossier was written to: it no longer is of the version that was asked for."""


def dump_published(slug: str, *, version: int | None = None) -> dict[str, bytes]:
    """Return the files of a package that holds what every reader of the dossier may see.

    That is the package of `dump` without the positions that are not published, and without the
    reasons that were given to coders. Raises Dossier.DoesNotExist, and OtherVersion where a version
    was asked for and is not the newest any more.
    """
    with snapshot():
        dossier = Dossier.objects.get(slug=slug)
        if version not in (None, dossier.version):
            raise OtherVersion
        return _files(dossier, published_only=True)


def _files(dossier: Dossier, *, published_only: bool) -> dict[str, bytes]:
    about = About(
        slug=dossier.slug,
        title=dossier.title,
        description=dossier.description,
        visibility=dossier.visibility,
        licence=dossier.licence,
    )
    files: dict[str, bytes] = {}
    tables = []
    for table in TABLES:
        records = table.model.objects.of(dossier)
        if published_only:
            records = records.filter(**PUBLISHED.get(table.name, {}))
        rows, texts = rows_of(table, records)
        files |= texts
        if table.name == "positions" and published_only:
            rows = [row | _for_readers(row) for row in rows]
        used = table.as_used(rows)
        tables.append(used)
        files[table.file] = write_rows(used, rows)
    for table in () if published_only else PRIVATE:
        if rows := _private(table, dossier):
            tables.append(table)
            files[table.file] = write_rows(table, rows)
    return {DESCRIPTOR: write_descriptor(about, tables), **files}


def _for_readers(row: dict[str, Any]) -> dict[str, str]:
    suggested_by = suggested_for_readers(row["suggested_by"])
    return {"reason": "", "coder": "", "suggested_by": suggested_by}


def rows_of(table: Table, records: QuerySet) -> tuple[list[dict[str, Any]], dict[str, bytes]]:
    """Return records as the rows of a table, in the order of their keys, and the texts."""
    if table.name == "renditions":
        return _renditions(table, records)
    if table.name in ("evidence", "anchors"):
        return _passages(table, records), {}
    if "standing" in table.names:
        return _standing(table, records), {}
    return plain_rows(table, records, table.names), {}


def _private(table: Table, dossier: Dossier) -> list[dict[str, Any]]:
    """Return who coded in files of other tools, or the articles that they coded."""
    if table.name == "coders":
        return list(Coder.objects.filter(dossier=dossier).order_by().values(*table.names))
    found = Assignment.objects.filter(dossier=dossier, pseudonym__isnull=False).order_by()
    values = found.values_list("article__slug", "pseudonym__slug", "is_independent", "finished_at")
    return [
        dict(zip(table.names, (*names, finished is not None), strict=True))
        for *names, finished in values
    ]


def plain_rows(
    table: Table, records: QuerySet, columns: tuple[str, ...], *more: str
) -> list[dict[str, Any]]:
    """Return the values of columns, and of further paths of the model, of all records."""
    paths = [path_to(table, name) for name in columns]
    found = records.order_by("pk").values_list(*paths, *more)
    return [dict(zip((*columns, *more), record, strict=True)) for record in found.iterator()]


def _renditions(table: Table, records: QuerySet) -> tuple[list[dict[str, Any]], dict[str, bytes]]:
    columns = tuple(name for name in table.names if name != "file")
    rows = plain_rows(table, records, columns, "text")
    texts = {}
    for row in rows:
        row["file"] = ""
        if row["text"] and row["rights"] == Rendition.Rights.PUBLIC:
            name = text_file(row["article"], row["kind"], row["language"], row["version"])
            row["file"] = name
            texts[name] = row["text"].encode()
            if row["paragraphs"] == [list(pair) for pair in paragraphs_of(row["text"])]:
                row["paragraphs"] = []
    return rows, texts


def _standing(table: Table, records: QuerySet) -> list[dict[str, Any]]:
    """Return the rows of what coders may have added, with whether readers see it."""
    columns = tuple(name for name in table.names if name != "standing")
    rows = plain_rows(table, records, columns, "public", "proposed")
    for row in rows:
        is_public, is_proposed = row.pop("public"), row.pop("proposed")
        row["standing"] = "proposed" if is_proposed else "" if is_public else "at-desk"
    return rows


def _passages(table: Table, records: QuerySet) -> list[dict[str, Any]]:
    """Return evidence or anchors: words if everybody may read them, else their hash."""
    columns = table.names
    more = ("exact", "rendition__rights") if "exact" not in columns else ("rendition__rights",)
    rows = plain_rows(table, records, columns, *more)
    for row in rows:
        if row["health"] in _PLACED:
            row["health"] = ""
        if row["exact"]:
            row["sha256"] = hash_of(row["exact"])
        if row["rendition__rights"] != Rendition.Rights.PUBLIC:
            row["exact"] = row["prefix"] = row["suffix"] = ""
        elif row["exact"] and "exact" in columns:
            row["sha256"] = ""
    return rows


def path_to(table: Table, name: str) -> str:
    """Return where the ORM finds the value of a column, from a record of the table's model."""
    for reference in table.references:
        if name in reference.columns:
            target = BY_NAME[reference.table]
            column = target.key[reference.columns.index(name)]
            return f"{reference.field}__{path_to(target, column)}"
    return name
