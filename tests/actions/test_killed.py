"""A process killed in the middle of a merge, a publication or a load leaves all or nothing."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds" / "syria-astana-2017"

_START = """
import os, signal
import django
django.setup()
from django.core.management import call_command
from astana.models import *

def die(*args, **values):
    os.kill(os.getpid(), signal.SIGKILL)
"""

_MAKE = f"""
call_command("migrate", verbosity=0)
call_command("load_dossier", {str(SEEDS)!r}, verbosity=0)
dossier = Dossier.objects.get()
user = User.objects.create_user("reviewer")
Membership.objects.create(dossier=dossier, user=user, role="reviewer")
Position.objects.filter(key="p009").update(status="submitted")
"""

_MERGE = """
from astana.actions import merge
merge._rename_in_comparisons = die
merge.merge_actors(
    kept=Actor.objects.get(slug="russia"),
    other=Actor.objects.get(slug="usa"),
    by=User.objects.get(),
)
"""

_PUBLISH = """
from astana.actions import workflow
workflow._tell = die
workflow.publish(position=Position.objects.get(key="p009"), by=User.objects.get())
"""

_LOAD = f"""
import pathlib, shutil, tempfile
folder = pathlib.Path(tempfile.mkdtemp()) / "copy"
shutil.copytree({str(SEEDS)!r}, folder)
package = folder / "datapackage.json"
package.write_text(package.read_text().replace("syria-astana-2017", "another"))
from astana.exchange import load
load._complete_passage = die
call_command("load_dossier", str(folder), verbosity=0)
"""


def _run(script: str, database: Path) -> int:
    """Run a script with a database of its own, and return how it ended."""
    settings = {
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "astana.settings",
        "DEBUG": "1",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", _START + script],
        env=os.environ | settings,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr[-3000:]
    return done.returncode


def everything(database: Path) -> list[str]:
    with sqlite3.connect(database) as connection:
        return list(connection.iterdump())


@pytest.fixture(scope="module")
def a_site(tmp_path_factory) -> Path:
    """Return a SQLite database with the demonstration dossier and a submitted position."""
    database = tmp_path_factory.mktemp("site") / "site.sqlite3"
    assert _run(_MAKE, database) == 0
    return database


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(_MERGE, id="merge"),
        pytest.param(_PUBLISH, id="publish"),
        pytest.param(_LOAD, id="load"),
    ],
)
def test_who_is_killed_half_way_has_done_nothing(a_site, tmp_path, script):
    database = tmp_path / "site.sqlite3"
    shutil.copy(a_site, database)
    before = everything(database)
    assert _run(script, database) == -signal.SIGKILL
    assert everything(database) == before
    unharmed = "\n".join(line for line in script.splitlines() if not line.endswith("= die"))
    assert _run(unharmed, database) == 0
    assert everything(database) != before
