"""What is stored about one person, for that person alone: a zip with a file for each table."""

import json
from collections.abc import Iterator
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import BinaryField, Field, Model

from astana.models import User
from astana.models.of_people import GOES, STAYS, Named, is_history, naming_people

# What lets somebody in, and is therefore written nowhere; and names of others' records.
SECRET = {
    "account.EmailAddress": (),
    "admin.LogEntry": ("object_repr", "change_message"),
    "astana.Invitation": ("token_sha256",),
    "astana.User": ("password",),
    "mfa.Authenticator": ("data",),
    "usersessions.UserSession": ("session_key", "data"),
}
# What is told of a row that is somebody else's, and of each change.
_TOLD = ("id", "key", "dossier", "position", "article")
_OF_CHANGE = ("id", "dossier", "history_date", "history_type")


def write_own_data(user: User, file: IO[bytes]) -> None:
    """Write all that is stored about a person as a zip of JSON files."""
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for label, rows in _tables(user):
            first = next(rows, None)
            if first is None:
                continue
            with archive.open(f"{label}.json", "w") as entry:
                entry.write(b"[\n" + _json(first))
                for row in rows:
                    entry.write(b",\n" + _json(row))
                entry.write(b"\n]\n")


def _json(row: dict[str, Any]) -> bytes:
    return json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False).encode()


def _tables(user: User) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    yield User._meta.label, iter([_all_of(user, user)])
    for named in naming_people():
        yield named.model._meta.label, _rows(named, user)


def _rows(named: Named, user: User) -> Iterator[dict[str, Any]]:
    label = named.model._meta.label
    whose = GOES.get(label) or STAYS.get(label)
    for row in named.rows_of(user).order_by("pk").iterator(chunk_size=500):
        you = [name for name in named.fields if getattr(row, f"{name}_id") == user.pk]
        if is_history(named.model):
            told = _some_of(row, _OF_CHANGE)
        elif whose in you:
            told = _all_of(row, user)
        else:
            told = _some_of(row, _TOLD)
        yield {"you_are": you} | told


def _all_of(row: Model, user: User) -> dict[str, Any]:
    """Return what a row of one's own says: no secret, and nobody else."""
    return {
        field.attname: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if not _is_left_out(row, field)
        and not (field.related_model is User and field.value_from_object(row) != user.pk)
    }


def _is_left_out(row: Model, field: Field) -> bool:
    is_secret = field.name in SECRET.get(row._meta.label, ())
    return is_secret or isinstance(field, BinaryField)


def _some_of(row: Model, names: tuple[str, ...]) -> dict[str, Any]:
    """Return the fields of these names that a row has."""
    return {
        field.attname: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if field.name in names
    }
