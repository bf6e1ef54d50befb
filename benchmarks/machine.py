"""The machine: its description, whether it is idle, and how much of it other work used."""

import os
import platform
import sqlite3
import time
from pathlib import Path

import django

_STAT = Path("/proc/stat")


def environment() -> str:
    """Return one line that describes this machine."""
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, Django {django.get_version()}, "
        f"SQLite {sqlite3.sqlite_version}"
    )


def wait_until_idle(*, most: float) -> None:
    """Wait until other work uses less than a tenth of the machine, at most `most` seconds."""
    until = time.monotonic() + most
    while time.monotonic() < until:
        share = Share()
        time.sleep(1)
        if (used := share.of_others()) is None or used < 0.1:
            return


class Share:
    """The share of the machine's time that other work has used since this was created."""

    def __init__(self) -> None:
        self.busy, self.own, self.start = _busy(), _own(), time.monotonic()

    def of_others(self) -> float | None:
        """Return a share of 0..1, or None if the system does not say."""
        now = _busy()
        if now is None or self.busy is None:
            return None
        seconds = (time.monotonic() - self.start) * (os.cpu_count() or 1)
        return max(0.0, (now - self.busy - (_own() - self.own)) / seconds)


def _own() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _busy() -> float | None:
    """Return the CPU seconds of all processors since the machine was started."""
    if not _STAT.exists():
        return None
    user, nice, system, _idle, _waiting, interrupt, soft, steal, *_guest = (
        int(one) for one in _STAT.read_text().splitlines()[0].split()[1:]
    )
    return (user + nice + system + interrupt + soft + steal) / os.sysconf("SC_CLK_TCK")
