"""The database of version 0.1.0: the demonstration dossier of then, drafts and what goes along.

Its rows were written by that version (`git log -S'## 0.1.0' -- CHANGELOG.md`) with `manage.py demo`
and its actions, and taken with `dumpdata`; the index of the search is not among them, as an upgrade
writes it anew. `DUMP` says what `dump_dossier` wrote of it then: a hash for each column of each
table, and for each text.
"""

import json
import lzma
from functools import cache
from pathlib import Path
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

STATE = ("astana", "0001_initial")
_FILE = Path(__file__).with_suffix(".json.xz")


@cache
def _kept() -> dict[str, Any]:
    return json.loads(lzma.decompress(_FILE.read_bytes()))


def dumped() -> dict[str, Any]:
    """Return what `dump_dossier` wrote: by file, hashes of its columns, or one of a text."""
    return _kept()["dump"]


def fill() -> None:
    """Write the rows into a database that is migrated as far as `STATE`."""
    apps = MigrationLoader(connection).project_state(STATE).apps
    models = []
    with transaction.atomic():
        for name, rows in _kept()["rows"].items():
            model = apps.get_model(name)
            models.append(model)
            fields = {field.name: field for field in model._meta.concrete_fields}
            fields["pk"] = model._meta.pk
            model._base_manager.bulk_create(
                model(
                    **{
                        fields[one].attname: fields[one].to_python(value)
                        for one, value in row.items()
                        if one in fields
                    }
                )
                for row in rows
            )
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)
