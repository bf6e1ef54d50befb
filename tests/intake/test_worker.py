"""The process that reads a file has little memory and time, writes nothing and calls nobody."""

import json
import os
import subprocess
import sys

import pytest

from astana.intake import worker
from astana.intake.files import answer_of
from astana.intake.reading import Refused
from astana.intake.worker import read

BOUND = "from astana.intake import worker; worker.bound(); "


def bounded(code):
    """Run code in a process with the limits set."""
    return subprocess.run([sys.executable, "-c", BOUND + code], capture_output=True, text=True)


def test_memory_is_limited():
    done = bounded(f"bytearray({worker.MEMORY})")
    assert done.stderr.strip().endswith("MemoryError")


def test_time_is_limited():
    """The limit itself takes seconds; here it is lowered and met."""
    done = bounded(
        "import resource; soft, hard = resource.getrlimit(resource.RLIMIT_CPU); "
        f"assert soft == hard == {worker.CPU_SECONDS}; "
        "resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass"
    )
    assert done.returncode < 0


def test_no_file_can_be_written(tmp_path):
    path = tmp_path / "written"
    done = bounded(f"open({str(path)!r}, 'w', buffering=1).write('words\\n')")
    assert "File too large" in done.stderr
    assert path.read_text() == ""


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.socket().connect(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
    ],
)
def test_nothing_can_be_called(code):
    assert "PermissionError" in bounded(code).stderr


def test_the_environment_and_its_secrets_are_not_passed_on(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "canary")
    code = "import json, os; print(json.dumps(dict(os.environ)))"
    assert "canary" not in json.dumps(answer_of([sys.executable, "-c", code], b"", seconds=9))
    assert os.environ["SECRET_KEY"] == "canary"


def test_django_is_not_loaded():
    done = bounded(
        "import sys, astana.intake.html, astana.intake.pdf, astana.intake.docx; "
        "print('django' in sys.modules)"
    )
    assert done.stdout.strip() == "False"


def test_a_damaged_file_is_unreadable_whatever_the_library_says():
    with pytest.raises(Refused) as refusal:
        read("pdf", b"%PDF-1.4\nnothing of the kind")
    assert refusal.value.code == "unreadable"
