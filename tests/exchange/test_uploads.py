"""A worker looks at a file that somebody brings in: nobody waits for it, and it ends."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from astana.exchange import uploads
from astana.formats.worker import SECONDS
from astana.models import Position, Upload
from tests.exchange.test_backups import a_database  # noqa: F401

TABLE = b"actor,issue,stance,said\nGhana,Tax,yes,2017-01-24\n"


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_while_a_file_is_looked_at_and_no_step_goes_on_without_end(
    a_database,  # noqa: F811
    a_dossier,
    a_member,
    monkeypatch,
):
    dossier = a_dossier("study")
    olga = a_member("olga", dossier=dossier, role="owner")
    given = {"dossier": dossier, "user": olga, "name": "table.csv"}
    found = uploads.bring(**given, content=TABLE, form="csv")
    file, written = connection.settings_dict["NAME"], []

    def write_beside(execute, sql, *rest):
        answer = execute(sql, *rest)
        if sql.startswith('INSERT INTO "astana_position"'):
            with closing(sqlite3.connect(file, timeout=0)) as other:
                other.execute("UPDATE astana_dossier SET version = version + 1")
                other.commit()
            written.append(sql)
        return answer

    with connection.execute_wrapper(write_beside):
        uploads.work_on.func(found.pk, found.run)
    found.refresh_from_db()
    assert (found.state, found.problems, len(written)) == ("done", [], 1)
    assert ["positions", 1, 0, 0, 0] in found.told["tables"]
    assert not Position.objects.exists()
    assert not [*Path(file).parent.glob("astana-beside-*")]

    monkeypatch.setattr(uploads, "STEP_SECONDS", 0.001)
    assert uploads.load_whole(found)
    uploads.work_on.func(found.pk, found.run)
    found.refresh_from_db()
    assert found.state == "refused"
    assert "Reading the file takes too long" in found.problems[0]


def test_a_worker_is_not_taken_for_dead_while_it_reads_as_long_as_it_may():
    seen = timezone.now() - timedelta(seconds=SECONDS)
    reading = Upload(state=Upload.State.RUNNING, seen_at=seen)
    assert not reading.is_silent
    reading.seen_at -= timedelta(seconds=uploads.STEP_SECONDS)
    assert reading.is_silent
