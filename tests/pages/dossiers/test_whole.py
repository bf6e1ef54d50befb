"""A whole dossier as a database, and its newest version by its number."""

import csv
import io
import sqlite3
from contextlib import closing
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astana.exchange import kept_files
from astana.models import Dossier, Position
from tests.a_large_dossier import a_large_dossier

pytestmark = pytest.mark.django_db
HOME = "/dossiers/talks/"


def _taken(client, name: str) -> bytes:
    response = client.get(HOME + name)
    assert response.status_code == 200
    return response.getvalue()


def test_the_database_holds_the_package_with_its_references_and_finds_words(client, tmp_path):
    a_large_dossier("talks", size=3)
    Position.objects.filter(key="p1").update(summary="They want a corridor for grain.")
    path = tmp_path / "talks.sqlite"
    path.write_bytes(_taken(client, "dossier.sqlite"))
    package = ZipFile(io.BytesIO(_taken(client, "dossier.zip")))
    with closing(sqlite3.connect(path)) as database:

        def ask(sql: str) -> list[tuple]:
            return database.execute(sql).fetchall()

        assert ask("PRAGMA integrity_check") == [("ok",)]
        assert ask("PRAGMA foreign_key_check") == []
        for name in package.namelist():
            if name.endswith(".csv"):
                rows = list(csv.DictReader(io.StringIO(package.read(name).decode(), newline="")))
                table = name.removeprefix("talks/").removesuffix(".csv")
                assert ask(f'SELECT count(*) FROM "{table}"') == [(len(rows),)], name
        joined = """SELECT positions.key, stances.value FROM positions_fts
            JOIN positions ON positions.rowid = positions_fts.rowid
            JOIN stances ON stances.issue = positions.issue AND stances.slug = positions.stance
            WHERE positions_fts MATCH 'corridor'"""
        value = float(Position.objects.get(key="p1").stance.value)
        assert ask(joined) == [("p1", value)]
        (told,) = ask("SELECT description FROM columns WHERE \"table\" = 'positions' LIMIT 1")
        assert told[0]
        assert ask("SELECT count(*) FROM positions WHERE status <> 'published'") == [(0,)]
        assert ask(
            "SELECT count(*) FROM renditions WHERE rights <> 'public' AND text IS NOT NULL"
        ) == [(0,)]


def test_a_version_is_made_once_and_the_next_edit_ends_it(client, a_position, monkeypatch):
    position = a_position(summary="Before.")
    version = Dossier.objects.get().version

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            _taken(client, "dossier.zip")
        return len(found)

    assert queries() > 10 > queries()
    numbered = client.get(f"{HOME}dossier-{version}.zip")
    assert f'filename="talks-{version}.zip"' in numbered["Content-Disposition"]
    assert numbered.getvalue() == _taken(client, "dossier.zip")
    position.summary = "After."
    position.save()
    gone = client.get(f"{HOME}dossier-{version}.zip")
    assert gone.status_code == 404
    newest = gone.content.decode().split("http://testserver")[1].split()[0].rstrip(".")
    packed = ZipFile(io.BytesIO(client.get(newest).getvalue())).read("talks/positions.csv")
    assert b"After." in packed
    assert b"Before." not in packed
    # What is being sent is sent to its end, and no more is kept than may be.
    monkeypatch.setattr(kept_files, "MOST_FILES", 1)
    sending = client.get(f"{HOME}dossier.zip")
    assert _taken(client, "dossier.sqlite").startswith(b"SQLite format 3")
    assert len(sending.getvalue()) > 1000
    assert queries() > 10


def test_a_numbered_file_never_holds_another_version_than_its_name_says(client, a_position):
    """Also where somebody writes between the question which version is the newest and the file."""
    a_position()
    version = Dossier.objects.get().version
    written = []

    def write_between(execute, sql, *rest):
        found = execute(sql, *rest)
        if not written and 'FROM "astana_dossier"' in sql:
            written.append(sql)
            Dossier.objects.all().touch()
        return found

    with connection.execute_wrapper(write_between):
        gone = client.get(f"{HOME}dossier-{version}.zip")
    assert (gone.status_code, bool(written)) == (404, True)
    assert f"dossier-{version + 1}.zip" in gone.content.decode()
    written.clear()
    with connection.execute_wrapper(write_between):
        _taken(client, "dossier.zip")
    assert Dossier.objects.get().version == version + 2
    assert client.get(f"{HOME}dossier-{version + 2}.zip").status_code == 200
