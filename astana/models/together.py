"""Many records written together, all or none, in as short a transaction as can be.

SQLite knows one writer at a time. So all that can be worked out before is, numbers of new rows
included: while the dossiers are held there is little more to do than to write.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from astana.models import in_step
from astana.models.dossier import Dossier
from astana.models.of_dossier import OfDossier
from astana.models.record import Record, follow, show_named
from astana.models.revised import StaleRecord
from astana.models.user import User

# A statement, the values of each of its rows, and one of the records that it writes.
_Statement = tuple[str, list[list[Any]], Record]


class Together:
    """New and changed records, and what the history keeps of each; `by` is who writes them.

    A record may name another one that was added before it.
    """

    def __init__(self, *, by: User) -> None:
        self.by = by
        self.now = timezone.now()
        self._records: list[Record] = []
        self._statements: list[_Statement] = []
        self._dossiers: set[int] = set()
        # What renamed records were called and are called, by their models and keys.
        self._called: dict[type[Record], dict[int, tuple[str, str]]] = defaultdict(dict)

    def add(self, records: Sequence[Record]) -> None:
        """Add new records of one model, with their numbers reserved."""
        if not records:
            return
        model = type(records[0])
        for record, pk in zip(records, _reserved(model, len(records)), strict=True):
            record.pk = pk
        for record in records:
            record.prepare()
            _name_by_number(record)
        self._statements.append(_insert(records))
        self._keep(records, kind="+")

    def change(self, records: Sequence[Record], originals: Sequence[Record]) -> None:
        """Change records of one model; `originals` are what they were when they were read."""
        if not records:
            return
        for record in records:
            record.prepare()
            _name_by_number(record)
        pairs = list(zip(records, originals, strict=True))
        fields = _stored(type(records[0]))
        changed = [one for one in fields if any(_differs(one, new, old) for new, old in pairs)]
        records = [new for new, old in pairs if any(_differs(one, new, old) for one in changed)]
        if not records:
            return
        quote = connection.ops.quote_name
        model = type(records[0])
        if model.CALLED:
            for one in pairs:
                now, was = (getattr(record, model.CALLED) for record in one)
                if was != now:
                    self._called[model][one[0].pk] = was, now
        for record in records:
            record.revision += 1
        setting = ", ".join(f"{quote(field.column)} = %s" for field in changed)
        table, key = quote(records[0]._meta.db_table), quote(records[0]._meta.pk.column)
        sql = f"UPDATE {table} SET {setting}, revision = %s WHERE {key} = %s AND revision = %s"
        rows = [
            [*_values(record, changed, add=False), record.revision, record.pk, record.revision - 1]
            for record in records
        ]
        self._statements.append((sql, rows, records[0]))
        self._keep(records, kind="~")

    def write(self) -> None:
        """Write all of it, and raise the dossiers' numbers; call it in a transaction of its own.

        Raises StaleRecord where a record has been changed or deleted since it was read.
        """
        search = in_step.search()
        with transaction.atomic():
            OfDossier.hold(*self._dossiers)
            with connection.cursor() as cursor:
                for sql, rows, record in self._statements:
                    cursor.executemany(sql, rows)
                    if cursor.rowcount != len(rows):
                        raise StaleRecord(record)
            show_named(self._records)
            found = defaultdict(list)
            for record in self._records:
                if record.was_found or record.is_for_readers:
                    found[type(record)].append(record.pk)
            owners = set()
            for model, pks in found.items():
                owners |= search.owners_of(model, pks)
            search.write_entries(owners)
            for model, called in self._called.items():
                was, now = ({pk: both[at] for pk, both in called.items()} for at in (0, 1))
                follow(model, was, now, by=self.by)
            # What the database alone knows, of parts of records, counts as seen.
            is_seen = any(record.is_seen is not False for record in self._records)
            Dossier.objects.filter(pk__in=self._dossiers).touch(is_seen=is_seen)

    def _keep(self, records: Sequence[Record], *, kind: str) -> None:
        """Let the history keep what these records are, which the database knows by then."""
        model = type(records[0])
        history = model.history.model
        quote = connection.ops.quote_name
        columns = ", ".join(
            quote(field.column) for field in history.tracked_fields if not field.generated
        )
        about = "history_date, history_type, history_user_id"
        sql = (
            f"INSERT INTO {quote(history._meta.db_table)} ({columns}, {about}) "
            f"SELECT {columns}, %s, %s, %s FROM {quote(model._meta.db_table)} "
            f"WHERE {quote(model._meta.pk.column)} = %s"
        )
        now = history._meta.get_field("history_date").get_db_prep_save(self.now, connection)
        rows = [[now, kind, self.by.pk, record.pk] for record in records]
        self._statements.append((sql, rows, records[0]))
        self._records += records
        self._dossiers |= {record.dossier_pk() for record in records}


def _stored(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if not field.generated]


def _differs(field: models.Field, new: Record, old: Record) -> bool:
    return getattr(new, field.attname) != getattr(old, field.attname)


def _name_by_number(record: Record) -> None:
    """Let a record name others by numbers that they were given after it was told of them."""
    for field in record._meta.concrete_fields:
        if field.is_relation and field.is_cached(record):
            setattr(record, field.name, getattr(record, field.name))


def _insert(records: Sequence[Record]) -> _Statement:
    fields = _stored(type(records[0]))
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(records[0]._meta.db_table)} ({columns}) VALUES ({marks})"
    return sql, [_values(record, fields, add=True) for record in records], records[0]


def _values(record: Record, fields: Iterable[models.Field], *, add: bool) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(record, add), connection) for field in fields]


def _reserved(model: type[models.Model], count: int) -> range | list[int]:
    """Return so many numbers that no other row of the model will have."""
    table, key = model._meta.db_table, model._meta.pk.column
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [f'"{table}"', key, count],
            )
            return [number for (number,) in cursor.fetchall()]
        # SQLite's own list of the last numbers, which it lets others write.
        raise_by = "UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s"
        cursor.execute(raise_by, [count, table])
        if cursor.rowcount == 0:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, 0)", [table])
            cursor.execute(raise_by, [count, table])
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        (last,) = cursor.fetchone()
    return range(last - count + 1, last + 1)
