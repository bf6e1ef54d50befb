"""A worker that is killed in the middle of an import leaves nothing, and another one does it."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from astana.admin.loading import load_table
from astana.models import Actor, Import
from tests.a_worker import work
from tests.admin.conftest import admin_url

ROWS = 300


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_leaves_nothing_and_its_import_is_loaded_again(
    client, tmp_path, a_member
):
    user = a_member("clara", role="coder")
    user.is_staff = user.is_superuser = True
    user.save()
    client.force_login(user)
    rows = [f"talks,a{number},A {number},state" for number in range(ROWS)]
    content = "\n".join(["dossier,slug,name,kind", *rows])
    found = Import.objects.create(user=user, noun="actor", kind="csv", content=content)
    load_table.enqueue(found.pk, found.run)
    # The worker is a process of its own, at a file.
    with closing(sqlite3.connect(tmp_path / "killed.sqlite3")) as file:
        connection.connection.backup(file)
        _kill_in_the_middle(str(tmp_path / "killed.sqlite3"), file)
        file.backup(connection.connection)

    def page() -> str:
        return client.get(admin_url(Import, "change", found.pk)).content.decode()

    assert "rows are checked" in page()
    Import.objects.update(seen_at=timezone.now() - timedelta(minutes=2))
    assert "stopped before it had finished. Nothing was loaded." in page()
    # Another worker does nothing by itself: nobody knows whether the first one is dead.
    work()
    assert not Actor.objects.exists()
    client.post(reverse("admin:import_again", args=[found.pk]))
    work()
    assert f"All rows are loaded: {ROWS} in all, of which {ROWS} new" in page()
    assert Actor.objects.count() == Actor.history.count() == ROWS


def _kill_in_the_middle(path: str, file: sqlite3.Connection) -> None:
    """Let a worker begin with an import, and kill it as soon as it has looked at a row."""
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "db_worker", "--batch", "--no-reload", "--no-startup-delay"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{path}", "DEBUG": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    begun = "SELECT count(*) FROM astana_import WHERE state = 'running' AND rows > 0"
    while worker.poll() is None and file.execute(begun).fetchone() == (0,):
        time.sleep(0.005)
    worker.kill()
    told, _nothing = worker.communicate()
    (state,) = file.execute("SELECT state FROM astana_import").fetchone()
    assert (worker.returncode, state) == (-9, "running"), told
