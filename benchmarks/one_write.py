"""Print how many requests a second two servers answer while somebody writes once a second.

In brackets: how many they answer in a second of their own CPU time, which other work on the machine
changes least.

`python -m benchmarks.one_write`, on a generated dossier in an SQLite file that is kept here;
DATABASE_URL measures another database. The servers run as in production, with a process each, and
serve one page: without a Redis and, if `redis-server` is installed, with one of this command's own.
"""

import argparse
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from benchmarks.machine import environment
from benchmarks.two_nodes import Part, free_port

HERE = Path(__file__).resolve().parent
READERS = 4


def main() -> None:
    """Ask two servers for a page without writes, with drafts saved, and with edits in public."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=10_000, help="positions of the dossier")
    parser.add_argument("--seconds", type=float, default=10, help="for each figure")
    parser.add_argument("--page", default="agreement/", help="under the dossier")
    arguments = parser.parse_args()
    is_ours = not os.environ.get("DATABASE_URL")
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{HERE / f'dossier-{arguments.size}.sqlite3'}")
    os.environ |= {"DJANGO_SETTINGS_MODULE": "astana.settings", "DEBUG": "1"}
    from benchmarks.measure import prepare, site

    site()
    prepare(arguments.size, is_ours=is_ours)
    print(f"{environment()}, {os.environ['DATABASE_URL'].split(':')[0]}, {arguments.page}")
    writes = {"no write": lambda: None} | dict(_writes(arguments.size))
    print(f"{'requests a second':24}" + "".join(f"{name:>24}" for name in writes))
    address = f"/dossiers/generated-{arguments.size}/{arguments.page}"
    for words in ("without a Redis", "with a Redis")[: 2 if which("redis-server") else 1]:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(TemporaryDirectory()))
            redis = stack.enter_context(_redis(folder)) if words == "with a Redis" else ""
            servers = [stack.enter_context(_server(folder, redis)) for _ in range(2)]
            print(f"{words:24}", end="", flush=True)
            # The first second is not measured: a process does some work only once.
            _rates(servers, address, lambda: None, seconds=1)
            for write in writes.values():
                rate, own = _rates(servers, address, write, seconds=arguments.seconds)
                print(f"{f'{rate:.1f} ({own:.1f})':>24}", end="", flush=True)
            print()


def _writes(size: int) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield the writes by name: of a draft, and of an actor that readers see."""
    from astana.models import Actor, Position

    numbers = count(1)
    seen = Position.objects.filter(dossier__slug=f"generated-{size}", public=True).first()
    taken = ("dossier", "actor", "issue", "stance", "voice", "said", "earliest", "latest")
    same = {name: getattr(seen, name) for name in taken}

    def draft() -> None:
        Position.objects.create(key=f"draft-{next(numbers)}", summary="Not yet.", **same).delete()

    def edit() -> None:
        actor = Actor.objects.get(pk=seen.actor_id)
        actor.description = f"Saved {next(numbers)}."
        actor.save()

    yield "a draft a second", draft
    yield "an edit a second", edit


def _rates(
    servers: list[Part], address: str, write: Callable[[], None], *, seconds: float
) -> tuple[float, float]:
    """Return how many answers a few readers get in a second, and in a CPU second."""
    worked = sum(map(_seconds_worked, servers))
    answered, start = [0] * READERS, time.monotonic()
    end = start + seconds

    def read(number: int) -> None:
        connection = HTTPConnection("127.0.0.1", servers[number % 2].port, timeout=60)
        while time.monotonic() < end:
            # One host name for both, as behind a proxy.
            connection.request("GET", address, headers={"Host": "astana.example"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                sys.exit(f"{address} answered {answer.status}")
            answered[number] += 1

    readers = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    for reader in readers:
        reader.start()
    while time.monotonic() < end:
        write()
        time.sleep(1)
    for reader in readers:
        reader.join()
    took, worked = time.monotonic() - start, sum(map(_seconds_worked, servers)) - worked
    return sum(answered) / took, sum(answered) / worked


def _seconds_worked(server: Part) -> float:
    """Return the CPU time of the processes of a server."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            values = stat.read_text().rsplit(")", 1)[1].split()
            ticks += (
                int(values[11]) + int(values[12]) if int(values[2]) == server.running.pid else 0
            )
    return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def _redis(folder: Path) -> Iterator[str]:
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    part = Part(command, port=port, log=folder / "redis.log", cwd=folder)
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        part.end()


@contextmanager
def _server(folder: Path, redis: str) -> Iterator[Part]:
    port = free_port()
    settings = {"DEBUG": "0", "SECRET_KEY": "a-secret-of-this-run" * 3, "HTTPS": "0"}
    settings |= {"SITE_URL": f"http://127.0.0.1:{port}", "ALLOWED_HOSTS": "*"}
    settings |= {"COSTLY_PER_MINUTE": "0", "FILES_PER_MINUTE": "0", "CACHE_URL": redis}
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--blocking-threads", "4", "--log-level", "warning"]
    log = folder / f"{port}.log"
    how = {"env": os.environ | settings, "cwd": HERE.parent}
    part = Part([*command, "astana.wsgi:application"], port=port, log=log, **how)
    try:
        yield part
    finally:
        part.end()


if __name__ == "__main__":
    main()
