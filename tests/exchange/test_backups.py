"""A backup made while others write can be put back, and then all is as it was."""

import json
import os
import sqlite3
import threading
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from astana.exchange.backups import backup
from astana.exchange.dump import dump
from astana.models import Actor, Dossier, User
from tests.a_database import a_database_of_ones_own

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def a_database(tmp_path, transactional_db):
    """Let the tests have a database of their own."""
    with a_database_of_ones_own(tmp_path / "own.sqlite3"):
        yield


def _writes(dossier, stop):
    """Write pairs that belong together, until told to stop."""
    number = 0
    while not stop.is_set():
        number += 1
        with transaction.atomic():
            for one in ("left", "right"):
                Actor.objects.create(
                    dossier=dossier, slug=f"{one}-{number}", name=f"{one} {number}", kind="state"
                )
    connection.close()


def test_what_is_backed_up_under_writes_destroyed_and_restored_is_what_it_was(
    a_database, a_position, a_rendition, a_dossier, tmp_path
):
    text = a_rendition()
    position = a_position(rendition=text, quote=text.text.split()[0])
    before = dump("talks")
    issued = Dossier.objects.get(slug="talks").version
    stop = threading.Event()
    writer = threading.Thread(target=_writes, args=(a_dossier("busy"), stop))
    writer.start()
    try:
        while not Actor.objects.filter(dossier__slug="busy").exists():
            pass
        manifest = backup.make(tmp_path / "one")
    finally:
        stop.set()
        writer.join()
    written = Actor.objects.count()
    position.summary = "Written after the backup."
    position.save()
    after = {Dossier.objects.get(slug="talks").version}
    with pytest.raises(CommandError, match="The database is not empty"):
        call_command("restore", str(tmp_path / "one"))
    assert dump("talks") != before

    for _time in range(2):
        call_command("restore", str(tmp_path / "one"), replace=True, stdout=StringIO())
        assert dump("talks") == before
        actors = Actor.objects.filter(dossier__slug="busy")
        assert 0 < actors.count() < written
        assert not actors.count() % 2
        assert Actor.objects.count() == manifest["tables"]["astana_actor"]["rows"]
        # No version is given twice, so that no cache takes one for another.
        after.add(Dossier.objects.get(slug="talks").version)
    assert len(after) == 3
    assert all(version > issued for version in after)
    assert {version % 1_000_000 for version in after} == {issued, issued + 1}


def test_a_backup_of_between_two_releases_is_not_said_to_be_up_to_date(a_database, tmp_path):
    applied = MigrationRecorder.Migration.objects.filter(app="astana")
    applied.filter(name__in=["0002_since_0_1_0", "0002_what_is_said"]).delete()
    backup.make(tmp_path / "one")
    with pytest.raises(CommandError, match=r"Run manage\.py upgrade before you start servers"):
        call_command("restore", str(tmp_path / "one"), replace=True, stdout=(said := StringIO()))
    assert "was restored completely" in said.getvalue()


def test_a_backup_that_is_not_whole_is_not_put_back(a_database, a_position, tmp_path):
    a_position()
    manifest = backup.make(tmp_path / "one")
    file = tmp_path / "one" / manifest["file"]
    whole = file.read_bytes()

    def refusal(**said):
        (tmp_path / "one" / "manifest.json").write_text(json.dumps(manifest | said))
        with pytest.raises(CommandError) as refused:
            call_command("restore", str(tmp_path / "one"), replace=True)
        return str(refused.value)

    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert "has changed since the backup was made" in refusal()
    file.write_bytes(whole)
    newer = [*manifest["migrations"], ["astana", "9999_later"]]
    assert "made by a newer Astana, which knows: 9999_later" in refusal(migrations=newer)
    assert "This backup is of oracle" in refusal(database="oracle")
    with pytest.raises(CommandError, match="is not a backup"):
        call_command("restore", str(tmp_path / "none"))
    (tmp_path / "one" / "manifest.json").write_text("[]")
    with pytest.raises(CommandError, match="is not a backup"):
        call_command("restore", str(tmp_path / "one"))
    # What is found out only once it is read changes nothing either.
    later = User.objects.create_user("later")
    wrong = manifest["tables"] | {"astana_actor": {"rows": 7, "sha256": ""}}
    assert "astana_actor" in refusal(tables=wrong)
    assert Actor.objects.exists()
    assert User.objects.filter(pk=later.pk).exists()


def test_old_backups_make_room_for_new_ones_and_none_is_overwritten(a_database, tmp_path):
    User.objects.create_user("alice")
    for number in (1, 2, 3):
        (tmp_path / f"astana-2017010{number}T000000Z").mkdir()
    # One that was killed goes, unless it may still be at work.
    killed, at_work = (tmp_path / f"astana-2017010{number}T010000Z.unfinished" for number in (1, 2))
    for folder in (killed, at_work):
        folder.mkdir()
    os.utime(killed, (0, 0))
    said = StringIO()
    call_command("backup", str(tmp_path), keep=2, stdout=said)
    assert not killed.exists()
    at_work.rmdir()
    kept = sorted(path.name for path in tmp_path.glob("astana-*"))
    assert kept[0] == "astana-20170103T000000Z"
    assert len(kept) == 2
    assert kept[1] in said.getvalue()
    assert (tmp_path / kept[1]).stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", str(tmp_path / kept[1]))
    call_command("restore", str(tmp_path / kept[1]), check=True, stdout=said)
    assert "is complete" in said.getvalue()


def test_a_backup_stays_though_the_clock_was_set_back(a_database, tmp_path):
    for name in ("astana-20170101T000000Z", "astana-20980101T000000Z", "astana-20990101T000000Z"):
        (tmp_path / name).mkdir()
    made, _manifest = backup.make_in(tmp_path, keep=2)
    assert {path.name for path in tmp_path.glob("astana-*")} == {
        "astana-20170101T000000Z",
        made.name,
    }


def test_a_backup_is_made_though_older_ones_cannot_be_deleted(a_database, tmp_path):
    # A file fails as the folder of somebody else does, also where root is who tries.
    (tmp_path / "astana-20170101T000000Z").touch()
    (tmp_path / "astana-20170102T000000Z").mkdir()
    with pytest.raises(CommandError, match=r"is made\. These older ones cannot be deleted") as said:
        call_command("backup", str(tmp_path), keep=1)
    assert "astana-20170101T000000Z (Not a directory)" in str(said.value)
    (_file, made) = sorted(tmp_path.glob("astana-*T*Z"))
    assert (made / "manifest.json").exists()


def test_a_backup_that_fails_leaves_nothing_behind(a_database, tmp_path, monkeypatch):
    connection.close()
    monkeypatch.chdir(tmp_path)
    Path("none").write_text("This is no database.")
    connection.settings_dict["NAME"] = "none"
    with pytest.raises((DatabaseError, sqlite3.DatabaseError)):
        backup.make_in(tmp_path / "kept", keep=2)
    connection.close()
    with pytest.raises(CommandError, match=r"No backup was made\. The database says"):
        call_command("backup", str(tmp_path / "kept"), keep=2)
    assert list((tmp_path / "kept").iterdir()) == []
