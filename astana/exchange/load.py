"""A checked package into the database: all of it or nothing, and nothing that is there already."""

from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Model, QuerySet

from astana.exchange.cells import Row
from astana.exchange.check import Content
from astana.exchange.coders import (
    complete_coder,
    load_assignments,
    load_coders,
    put_under_assignments,
)
from astana.exchange.completed import complete_passage, complete_position, complete_rendition, stand
from astana.exchange.foreign import FOREIGN, names_in_dossier, rename
from astana.exchange.meaning import words_problems
from astana.exchange.problems import BrokenPackage, Problem
from astana.exchange.table import Table
from astana.exchange.tables import PRIVATE
from astana.exchange.texts import key_of
from astana.models import Actor, Dossier, Link, Position, Rendition, User
from astana.models.link import apart_words
from astana.models.record import follow, remember, show_named
from astana.models.search import Owners, SearchEntry, owners_of, write_entries
from astana.words.sorting import sort_key

_BATCH = 1_000
# With so many new rows, what PostgreSQL knew of how many there are was of another table.
_MANY = 1_000


@dataclass(slots=True)
class Outcome:
    """What became of one table; `kept` rows are in the dossier and not in the package."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0
    # Keys of the new rows in the database.
    new: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """What a load did, or would have done."""

    slug: str
    is_new: bool = False
    is_changed: bool = False
    doubts: list[Problem] = field(default_factory=list)
    # How many of the new actors and issues readers see, and not only who works at the desk.
    shown: int = 0
    # Keys of positions that are published and new or changed, with their passages.
    seen: list[str] = field(default_factory=list)
    tables: dict[str, Outcome] = field(default_factory=dict)


Found = dict[str, dict[tuple, Any]]


class _Position(NamedTuple):
    pk: int
    status: str


@transaction.atomic
def load(content: Content, *, dry_run: bool = False, by: User | None = None) -> Report:
    """Write what is new or different, raise the dossier's version once if anything was.

    A dry run does the same, under the same constraints, and takes it back. `by` did it; a command
    is nobody. Raises BrokenPackage where the words of a text that is stored here contradict the
    package.
    """
    dossier, report = _load_dossier(content)
    report.doubts = content.doubts
    content = _as_called_here(content, dossier)
    found: Found = {}
    stale: Owners = set()
    if coders := content.rows["coders"]:
        found["coders"], *counts = load_coders(coders, dossier)
        _report(report, "coders", coders, *counts)
    for table in content.tables:
        if table.name == "evidence":
            _compare_words(content, found)
        made, outcome = _load_table(table, content, dossier, found, stale, by)
        if table.name == "positions":
            # There are many, and no more than this is asked of them from here on.
            made = {key: _Position(one.pk, one.status) for key, one in made.items()}
        found[table.name] = made
        report.tables[table.name] = outcome
        report.is_changed |= bool(outcome.created or outcome.changed)
    if coders:
        rows = content.rows["assignments"]
        made = {"articles": found["articles"], "coders": found["coders"]}
        _report(report, "assignments", rows, *load_assignments(rows, dossier, **made))
        put_under_assignments(dossier)
    _refuse_unfit_links(dossier)
    report.seen = [
        key
        for (key,), one in found["positions"].items()
        if one.status == Position.Status.PUBLISHED and ("position", one.pk) in stale
    ]
    for table in (one for one in content.tables if one.name in ("actors", "issues")):
        mine, new = table.model.objects.of(dossier), set(report.tables[table.name].new)
        report.shown += len(new.intersection(mine.filter(public=True).values_list("pk", flat=True)))
    write_entries(stale)
    if report.is_changed and not report.is_new:
        Dossier.objects.filter(pk=dossier.pk).touch()
    new = sum(one.created for one in report.tables.values())
    _renew_afterwards([*(one.model for one in content.tables), SearchEntry], new=new)
    if dry_run:
        transaction.set_rollback(True)
    return report


def _load_dossier(content: Content) -> tuple[Dossier, Report]:
    about = content.about
    values = {name: getattr(about, name) for name in about.__slots__}
    same = Dossier.objects.filter(slug=about.slug)
    same.hold()
    dossier = same.first()
    if dossier is None:
        return Dossier.objects.create(**values), Report(about.slug, is_new=True, is_changed=True)
    changes = [name for name, value in values.items() if getattr(dossier, name) != value]
    for name in changes:
        setattr(dossier, name, values[name])
    if changes:
        dossier.save(update_fields=changes)
    return dossier, Report(about.slug, is_changed=bool(changes))


def _report(report: Report, name: str, rows: list[Row], created: int, changed: int) -> None:
    outcome = Outcome(created, changed, len(rows) - created - changed)
    report.tables[name] = outcome
    report.is_changed |= bool(created or changed)


def _as_called_here(content: Content, dossier: Dossier) -> Content:
    """Return the content with the short names of those rows that are here under others."""
    known = {}
    for table in FOREIGN:
        if any(row.values.get("foreign_id") for row in content.rows[table.name]):
            names = table.model.objects.of(dossier).order_by()
            known[table.name] = dict(names.values_list(*table.key, "foreign_id"))
    given = {name: [row.values for row in content.rows[name]] for name in known}
    if not (names := names_in_dossier(given, known)):
        return content
    rows = {
        name: [replace(row, values=dict(row.values)) for row in held]
        for name, held in content.rows.items()
    }
    for table in (*PRIVATE, *content.tables):
        rename(table, [row.values for row in rows[table.name]], names)
    articles = names.get("articles", {})
    texts = {(articles.get(key[0], key[0]), *key[1:]): one for key, one in content.texts.items()}
    return replace(content, rows=rows, texts=texts)


def _load_table(
    table: Table, content: Content, dossier: Dossier, found: Found, stale: Owners, by: User | None
) -> tuple[dict[tuple, Any], Outcome]:
    """Write the rows of one table; return its records by their key in the package.

    Adds to `stale` what the search has to be told of.
    """
    rows = content.rows[table.name]
    identity = _identity(table)
    # A plain QuerySet: that of the records would raise the dossier's version with every batch.
    records = QuerySet(table.model)
    there = {
        tuple(getattr(record, name) for name in identity): record
        for record in records.filter(**{table.model.DOSSIER: dossier})
    }
    versions = {
        (record.article_id, record.kind, record.language, record.version)
        for record in there.values()
        if isinstance(record, Rendition)
    }
    called = table.model.CALLED
    was = {record.pk: getattr(record, called) for record in there.values()} if called else {}
    by_key: dict[tuple, Any] = {}
    created: list[Any] = []
    changed: list[Any] = []
    fields: set[str] = set()
    own = [name for name in table.names if name not in table.referring]
    for row in rows:
        values = _values(table, own, row, dossier, found)
        record = there.get(tuple(values[name] for name in identity))
        if table.name == "renditions":
            complete_rendition(values, record, row, content, versions)
        elif table.name in ("evidence", "anchors"):
            complete_passage(values, record, found["renditions"][key_of(row)])
        elif table.name == "positions":
            complete_position(values, record, by)
            coder = found.get("coders", {}).get((row.values["coder"],))
            complete_coder(values, record, coder, line=row.line)
        elif table.name == "actors":
            values["sort_name"] = sort_key(values["name"])
        if (standing := values.pop("standing", None)) is not None:
            stand(values, record, standing)
        if record is None:
            record = table.model(**values)
            created.append(record)
        elif _change(record, values, fields):
            changed.append(record)
        by_key[tuple(row.values[name] for name in table.key)] = record
    records.bulk_create(created, batch_size=_BATCH)
    if changed:
        records.bulk_update(changed, [*sorted(fields), "revision"], batch_size=_BATCH)
    if table.name == "actors":
        changed = _load_wholes(rows, by_key, created, changed)
    remember(created, is_new=True, by=by)
    remember(changed, by=by)
    show_named([*created, *changed])
    follow(
        table.model,
        was,
        {record.pk: getattr(record, called) for record in changed if called},
        by=by,
    )
    stale |= owners_of(table.model, [record.pk for record in [*created, *changed]])
    outcome = Outcome(
        created=len(created),
        changed=len(changed),
        unchanged=len(rows) - len(created) - len(changed),
        kept=len(there) - len(rows) + len(created),
        new=[record.pk for record in created],
    )
    return by_key, outcome


def _change(record: Any, values: dict[str, Any], fields: set[str]) -> bool:
    """Give a record the values, note which fields differed, and return whether any did."""
    different = [name for name, value in values.items() if getattr(record, name) != value]
    for name in different:
        setattr(record, name, values[name])
    if different:
        record.revision += 1
    fields.update(different)
    return bool(different)


def _identity(table: Table) -> tuple[str, ...]:
    """Return the fields by which the database tells the records of a dossier apart."""
    if table.name == "renditions":
        return ("article_id", "kind", "language", "sha256")
    names = []
    for column in table.key:
        fields = [item.field for item in table.references if column in item.columns]
        name = f"{fields[0]}_id" if fields else column
        if name not in names:
            names.append(name)
    return tuple(names)


def _values(
    table: Table, own: list[str], row: Row, dossier: Dossier, found: Found
) -> dict[str, Any]:
    """Return the values of the model's fields that a row states; `own` are no references."""
    values = {name: row.values[name] for name in own}
    for reference in table.references:
        if reference.table == table.name:
            continue
        key = tuple(row.values[name] for name in reference.columns)
        record = found.get(reference.table, {}).get(key)
        values[f"{reference.field}_id"] = record.pk if record else None
    if table.model.DOSSIER == "dossier":
        values["dossier_id"] = dossier.pk
    return values


def _load_wholes(
    rows: list[Row], actors: dict[tuple, Any], created: list[Any], changed: list[Any]
) -> list[Any]:
    """Make actors parts of their wholes, once all have a primary key; return the changed ones."""
    relinked = []
    known = {actor.pk for actor in [*created, *changed]}
    for row in rows:
        actor = actors[(row.values["slug"],)]
        whole = actors.get((row.values["part_of"],))
        if actor.part_of_id != (whole.pk if whole else None):
            actor.part_of = whole
            actor.revision += actor.pk not in known
            relinked.append(actor)
    if relinked:
        QuerySet(Actor).bulk_update(relinked, ["part_of", "revision"], batch_size=_BATCH)
    new = {actor.pk for actor in created}
    return list(
        {actor.pk: actor for actor in [*changed, *relinked] if actor.pk not in new}.values()
    )


def _refuse_unfit_links(dossier: Dossier) -> None:
    """Refuse renderings that do not fit with what was here before.

    They lead on to another one, or are of different actors or issues.
    """
    same = Link.objects.of(dossier).filter(kind=Link.Kind.SAME_UTTERANCE)
    ring = same.filter(to__links__kind=Link.Kind.SAME_UTTERANCE).select_related("position", "to")
    if link := ring.order_by("position__key").first():
        message = (
            f"{link.position.key} is the same utterance as {link.to.key}, which the dossier knows "
            "as that of another one. Name the fullest of them, or delete that link first."
        )
        raise BrokenPackage([Problem("links.csv", message, 0, "to")])
    apart = Link.objects.of(dossier).apart().select_related("position", "to")
    if link := apart.order_by("position__key").first():
        message = f"In the dossier {apart_words(link)}"
        raise BrokenPackage([Problem("positions.csv", message, 0, "issue")])


def _compare_words(content: Content, found: Found) -> None:
    """Refuse passages that contradict the words of a text that is here and not in the package."""
    texts = {
        key: rendition.text
        for key, rendition in found["renditions"].items()
        if rendition.text and key not in content.texts
    }
    if problems := words_problems(content.rows, texts):
        raise BrokenPackage(problems)


def _renew_afterwards(tables: list[type[Model]], *, new: int) -> None:
    """Have the rows counted again once the transaction stands, where many of them are new.

    PostgreSQL does so by itself some minutes later. Until then a search of a large dossier can take
    many times as long, as the tables count as empty. SQLite has no such figures unless told.
    """
    if connection.vendor == "postgresql" and new >= _MANY:
        names = ", ".join(connection.ops.quote_name(one._meta.db_table) for one in tables)
        transaction.on_commit(lambda: _renew(names))


def _renew(names: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {names}")
