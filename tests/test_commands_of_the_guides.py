"""Every command of the README and of the guide for operators is run, here or elsewhere.

Those of Astana are run here as they are written, in the order of the guides, on a database of
their own, with names and paths of the test in the place of those in the text. Of the others it is
said where they are run, or why they cannot be.
"""

import getpass
import re
import shlex
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command, execute_from_command_line

from astana.models import Dossier, User
from tests.a_database import a_database_of_ones_own

ROOT = settings.BASE_DIR
GUIDES = ("README.md", "docs/operating.md")
PROGRAMS = (
    *("manage.py", "make", "python", "python3", "docker", "granian", "pgbackrest", "litestream"),
    *("apt-get", "wsl", "useradd", "install", "cp", "runuser", "systemctl", "journalctl"),
    ".ci/run",
)  # fmt: skip

# What is run where: a file of the checks, and words in it.
ELSEWHERE = {
    r"make (run|test|browser|check|drill)( DRILL=--short)?": (".ci/run", r"make {0}|clone\" {0}"),
    r"make help|make dev": ("tests/test_docs.py", "test_make_help_lists_every_target"),
    r"\.ci/run": (".ci/run", "All checks"),
    r"python3 -m venv .venv": ("Makefile", "-m venv "),
    r"python -m pip install --require-hashes -r requirements.txt": ("Makefile", "require-hashes"),
    r"python -m astana": ("Makefile", "-m astana"),
    r"python -m astana.static_files": ("tests/management/test_upgrade.py", "Static files: made"),
    r"(runuser -u astana -- )?manage.py upgrade": ("tests/management/test_upgrade.py", "upgrade"),
    r"granian .*": ("benchmarks/two_nodes.py", r"command_of_unit\(\"astana\"\)"),
    r"manage.py db_worker": ("tests/management/test_db_worker.py", "db_worker"),
    r"manage.py import_from FORMAT PATH": ("tests/management/test_conversion.py", "import_from"),
    r"manage.py convert FORMAT PATH OUT": ("tests/management/test_conversion.py", "convert"),
    r"manage.py export_to FORMAT SLUG PATH": ("tests/management/test_conversion.py", "export_to"),
    r"manage.py dump_dossier syria-astana-2017 my-dossier": (".ci/run", "dump_dossier syria"),
    r"apt-get install .*": (".ci/run", "apt-get install"),
    r"runuser -u postgres -- pg_basebackup .*": ("benchmarks/two_nodes.py", "pg_basebackup"),
}
NOT_HERE = {
    r"docker compose .*": "There is no Docker: tests/test_deploy.py looks at the files.",
    r"systemctl .*|journalctl .*": "There is no systemd: tests/test_deploy.py has it look at the "
    "units, and the drill starts their commands as nobody on a read-only tree.",
    r"useradd .*|install .*|cp .*": "They make users and files of the machine.",
    r"litestream .*|pgbackrest .*": "Programs of others, which need a place to copy to.",
    r"wsl --install": "For Windows.",
    r"python -m pip install --require-hashes -r requirements-watch.txt": "An extra, from the net.",
    r"python -m benchmarks.capacity": "Takes minutes; tests/test_docs.py has its arithmetic.",
}  # fmt: skip


def _commands() -> list[str]:
    """Return the commands of the guides: indented lines, and what is set as code and calls one."""
    found = []
    for guide in GUIDES:
        text = (ROOT / guide).read_text()
        for code in re.findall(r"^    (\S.*)$|`([^`\n]+)`", text, re.MULTILINE):
            found += [_plain(one) for one in "".join(code).split(" && ")]
    return [one for one in dict.fromkeys(found) if _calls_one(one)]


def _plain(command: str) -> str:
    """Return it without settings before it, and without the folder of the environment."""
    command = re.sub(r"\benv (?=[A-Z])|\b[A-Z_]+=\S+ (?=\S)", "", command.strip())
    return re.sub(r"\.venv/bin/(python (?=manage\.py))?", "", command)


def _calls_one(code: str) -> bool:
    first, _gap, rest = code.partition(" ")
    return first in PROGRAMS and (bool(rest) or first == ".ci/run")


def _known(command: str, ways: dict) -> str | None:
    return next((one for one in ways if re.fullmatch(one, command)), None)


def test_what_is_said_to_be_run_elsewhere_is_in_the_guides_and_is_run_there():
    commands, used = _commands(), set()
    assert len(commands) > 40
    for command in commands:
        if way := _known(command, ELSEWHERE):
            used.add(way)
            file, words = ELSEWHERE[way]
            named = re.fullmatch(way, command).groups()
            assert re.search(words.format(*named), (ROOT / file).read_text()), command
        elif way := _known(command, NOT_HERE):
            used.add(way)
        else:
            assert command.startswith("manage.py "), f"Nothing runs: {command}"
    assert used == {*ELSEWHERE, *NOT_HERE}
    # What serves elsewhere is the command of the unit; that of the guide has no other option.
    unit = (ROOT / "deploy" / "systemd" / "astana.service").read_text()
    [written] = [one for one in commands if one.startswith("granian ")]
    for option in re.findall(r"--(?!workers)\S+ \S+|\S+:\S+", written):
        assert option in unit


@pytest.fixture
def a_site(tmp_path, transactional_db, a_position, a_rendition, a_member, monkeypatch):
    """Have a small site, and somebody who types passwords; return the words for those in guides."""
    text = a_rendition()
    a_position(rendition=text, quote=text.text.split()[0])
    a_member("zelda")
    a_member("NAME")
    package, backups, words = tmp_path / "package", tmp_path / "backups", tmp_path / "words.txt"
    words.write_text("Words that were found later.")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "another-secret-8")
    monkeypatch.setattr(getpass, "getpass", lambda **_asked: "another-secret-9")
    with a_database_of_ones_own(tmp_path / "own.sqlite3"):
        call_command("dump_dossier", "talks", str(package), verbosity=0)
        yield {
            "/var/backups/astana": str(backups),
            "SLUG": "talks",
            "[SLUG]": "talks",
            "ARTICLE": text.article.slug,
            "FILE": str(words),
            "load_dossier PATH": str(package),
            "dump_dossier PATH": str(tmp_path / "dump"),
            "backup PATH": str(tmp_path / "one"),
            "restore PATH": str(tmp_path / "one"),
            "erase_account NAME": "zelda",
        }


def _run(command: str, words: dict[str, str]) -> None:
    """Call a command of Astana as it is written, with these words for those in the guides."""
    _program, name, *arguments = shlex.split(command)
    given = []
    for one in arguments:
        if one.startswith("/var/backups/astana/"):
            # The one that was made before.
            given.append(str(max(Path(words["/var/backups/astana"]).iterdir())))
        else:
            given.append(words.get(f"{name} {one}", words.get(one, one)))
    # What is asked is answered on the line; and the site is full.
    given += {
        "createsuperuser": ["--noinput", "--username=root", "--email=root@astana.example"],
        "erase_account": ["--yes"],
        "restore": [] if "--check" in given or "--replace" in given else ["--replace"],
    }.get(name, [])
    execute_from_command_line(["manage.py", name, *given])


@pytest.mark.django_db(transaction=True)
def test_every_command_of_astana_in_the_guides_runs_as_it_is_written(a_site, mailoutbox):
    version, ran = Dossier.objects.get().version, set()
    for command in _commands():
        if command.startswith("manage.py ") and not _known(command, ELSEWHERE):
            _run(command, a_site)
            ran.add(command.split()[1])
    assert ran >= {"backup", "restore", "shell", "changepassword", "sendtestemail", "clearsessions"}
    assert not User.objects.filter(username="zelda").exists()
    assert User.objects.get(username="NAME").check_password("another-secret-9")
    assert [mail.to for mail in mailoutbox] == [["you@example.org"]]
    assert Dossier.objects.get(slug="talks").version > version + 1_000_000
