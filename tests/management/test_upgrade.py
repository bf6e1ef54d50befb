"""`manage.py upgrade`, which is run after a new Astana was put in place."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from astana.models import SearchEntry

pytestmark = pytest.mark.django_db


def _upgrade() -> str:
    said = StringIO()
    call_command("upgrade", stdout=said)
    return said.getvalue()


def test_an_upgrade_brings_all_up_to_date_and_the_next_one_finds_nothing_to_do(
    settings, tmp_path, an_actor
):
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_DIRS = []
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    actor = an_actor("russia")
    SearchEntry.objects.all().delete()
    first = _upgrade()
    assert "The search is up to date." in first
    assert "Static files: made." in first
    assert SearchEntry.objects.filter(record=actor.pk, kind="actor").exists()
    second = _upgrade()
    assert "Search: up to date." in second
    assert "Static files: up to date." in second


def test_an_upgrade_with_settings_that_are_wrong_changes_nothing(settings, tmp_path, an_actor):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "not-there"
    an_actor("russia")
    SearchEntry.objects.all().delete()
    with pytest.raises(CommandError, match=r"files\.E001"):
        _upgrade()
    assert not SearchEntry.objects.exists()


def test_static_files_that_cannot_be_written_are_left_to_whoever_owns_the_folder(
    settings, tmp_path
):
    (tmp_path / "file").touch()
    settings.STATIC_ROOT = tmp_path / "file" / "static"
    with pytest.raises(CommandError, match=r"makes them with python -m astana\.static_files"):
        _upgrade()


def test_a_database_between_two_releases_is_not_said_to_be_migrated():
    half = ("0002_since_0_1_0", "0018_writes_counted")
    MigrationRecorder.Migration.objects.filter(app="astana", name__in=half).delete()
    with pytest.raises(CommandError, match="between two releases"):
        _upgrade()


def test_of_two_nodes_that_upgrade_one_database_one_waits(an_actor):
    class Told(StringIO):
        locks = -1

        def write(self, text: str) -> int:
            if text.startswith("Database:"):
                self.locks = _locks()
            return super().write(text)

    told = Told()
    call_command("upgrade", stdout=told)
    assert told.locks == (1 if connection.vendor == "postgresql" else 0)
    assert _locks() == 0


def _locks() -> int:
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
        )
        return cursor.fetchone()[0]
