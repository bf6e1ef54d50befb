"""`python -m astana`, which `make run` calls; `.ci/run` starts it in a fresh clone."""

import socket
import subprocess
import sys
from stat import S_IMODE

import pytest
from django.conf import settings

from astana import __main__ as run
from astana.models import Dossier, User


def test_the_first_start_makes_a_secret_that_nobody_else_has_or_can_read(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    for file in (one, other):
        run._make_settings(file, site="http://127.0.0.1:8001")
    assert one.read_text() != other.read_text()
    assert S_IMODE(one.stat().st_mode) == 0o600


def test_settings_that_are_there_stay_as_they_are(tmp_path):
    file = tmp_path / ".env"
    file.write_text("SECRET_KEY=mine")
    run._make_settings(file, site="http://127.0.0.1:8001")
    assert file.read_text() == "SECRET_KEY=mine"


def test_a_port_that_is_taken_is_named_before_anything_is_done():
    with socket.socket() as theirs:
        theirs.bind(("127.0.0.1", 0))
        theirs.listen()
        port = str(theirs.getsockname()[1])
        answer = subprocess.run(
            [sys.executable, "-m", "astana"],
            cwd=settings.BASE_DIR,
            env={"PORT": port, "SECRET_KEY": "unused"},
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
    assert answer.returncode == 1
    assert f"Port {port} is taken" in answer.stdout


@pytest.mark.django_db
def test_a_start_puts_nothing_into_a_database_that_is_somebodys(monkeypatch, a_dossier, capsys):
    monkeypatch.setenv("DATABASE_URL", "postgres://here/theirs")
    run._prepare_database()
    assert not Dossier.objects.exists()
    assert "is that of DATABASE_URL" in capsys.readouterr().out
    monkeypatch.delenv("DATABASE_URL")
    mine = a_dossier("mine")
    run._prepare_database()
    assert list(Dossier.objects.all()) == [mine]
    assert not User.objects.exists()
