"""The files of `deploy/` fit each other and Astana, and tools that read such files accept them."""

import re
import shutil
import subprocess
from pathlib import Path

import yaml
from django.conf import settings
from django.core.management import get_commands

from deploy.bom import add_licences

DEPLOY = settings.BASE_DIR / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


def _text(name: str) -> str:
    return (DEPLOY / name).read_text()


def _run(*command: str | Path) -> str:
    """Run a tool, and return what it says where it is not content."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return f"{done.stdout}{done.stderr}" if done.returncode else done.stderr


def test_every_unit_is_accepted_and_shuts_out_what_it_does_not_need(tmp_path):
    assert len(UNITS) == 4
    for file in [*UNITS, *DEPLOY.glob("systemd/*.timer")]:
        # What is not installed here is left out of what is looked at.
        text = re.sub(r"/opt/astana/\.venv/bin/\w+", "/bin/true", file.read_text())
        (tmp_path / file.name).write_text(text)
    if shutil.which("systemd-analyze"):
        assert _run("systemd-analyze", "verify", *tmp_path.iterdir()) == ""
    hardened = [set(file.read_text().splitlines()) for file in UNITS]
    assert set.intersection(*hardened) >= {
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "CapabilityBoundingSet=",
        "SystemCallFilter=@system-service",
    }


def test_one_command_serves_under_systemd_in_a_container_and_on_ones_own_machine():
    def options(text: str) -> set[str]:
        return set(re.findall(r"--(?!host|port)[\w-]+[ \",]+[\w]+", re.sub(r'[",]+', "", text)))

    unit = re.search(r"^ExecStart=.*granian.*$", _text("systemd/astana.service"), re.M)[0]
    image = re.search(r"^CMD .*granian.*$", _text("Containerfile"), re.M)[0]
    own = (settings.BASE_DIR / "astana" / "__main__.py").read_text()
    assert options(unit) == options(image) != set()
    for option in options(unit):
        assert option in re.sub(r'[",()]+', "", own), option


def test_what_is_installed_at_once_is_pinned_alike():
    def pinned(name: str) -> dict[str, str]:
        text = (settings.BASE_DIR / name).read_text()
        return dict(re.findall(r"^([\w.-]+)(?:\[\S+\])?==([^\s;]+)", text, re.M))

    own = pinned("requirements.txt")
    for name in re.findall(r"requirements\S*\.txt", _text("Containerfile")):
        other = pinned(name)
        assert {one: other[one] for one in own.keys() & other.keys()} == own, name


def test_what_is_called_is_there():
    files = [*UNITS, DEPLOY / "compose.yaml"]
    called = {
        name for file in files for name in re.findall(r"manage\.py,? (\w+)", file.read_text())
    }
    assert called >= {"upgrade", "backup", "db_worker", "send_digests"}
    assert called <= get_commands().keys()
    example = (settings.BASE_DIR / ".env.example").read_text()
    named = set(re.findall(r"\b([A-Z]+_[A-Z_]+)=", example))
    services = yaml.safe_load(_text("compose.yaml"))["services"]
    used = {name for service in services.values() for name in service["environment"]}
    assert {name for name in used if not name.startswith("POSTGRES_")} <= named


def test_no_container_of_ours_can_write_or_is_root():
    services = yaml.safe_load(_text("compose.yaml"))["services"]
    ours = [service for service in services.values() if service["image"] == "astana"]
    assert len(ours) == 4
    for service in ours:
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
    assert re.search(r"^USER 10001$", _text("Containerfile"), re.M)
    assert ".*\n" in (settings.BASE_DIR / ".dockerignore").read_text()


def test_the_proxy_adds_no_time_of_its_own_and_hides_who_asks_from_nobody_but_astana(tmp_path):
    text = _text("nginx.conf")
    assert "proxy_cache_valid" not in text
    assert "proxy_ignore_headers" not in text
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text
    if nginx := shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin"):
        plain = re.sub(r"listen (\S*?)443 ssl", r"listen \g<1>443", text)
        plain = re.sub(r"^ *ssl_.*$", "", plain, flags=re.M).replace("/var/cache", str(tmp_path))
        whole = f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ {plain} }}"
        (tmp_path / "nginx.conf").write_text(whole)
        said = _run(nginx, "-t", "-q", "-p", tmp_path, "-c", tmp_path / "nginx.conf")
        assert "emerg" not in said, said


def test_the_bill_of_materials_has_the_licence_of_each_part_of_the_same_version():
    one, other = ({"purl": f"pkg:pypi/django@{number}"} for number in ("5.2", "5.1"))
    licences = [{"license": {"id": "BSD-3-Clause"}}]
    bill = {"components": [one, other]}
    assert add_licences(bill, {"components": [one | {"licenses": licences}]}) == [other["purl"]]
    assert bill["components"] == [one | {"licenses": licences}, other]
