"""Stop and start a PostgreSQL while Astana serves from it, and print how long pages are away.

`python -m benchmarks.away` makes a server of databases of its own, in a folder that is deleted
again, and serves the demonstration dossier from it with two workers. Ends with 1 where a page takes
longer than it may to say that the database is away, or to come back, or where a worker ended.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
# How long a page may take to say so, and pages to be there again, in seconds.
SAYS_SO, BACK = 3.5, 5.0
AT_ONCE, ROUNDS = 8, 3
PAGE = "/dossiers/syria-astana-2017/positions/?q=talks"


def main() -> None:
    """Measure."""
    with TemporaryDirectory() as name, _databases(Path(name)) as (url, turn), _site(url) as port:
        workers = _workers(port)
        print(f"With the database: {_asked(port)[0]}")
        turn("stop")
        with ThreadPoolExecutor(AT_ONCE) as many:
            away = [*many.map(_asked, [port] * AT_ONCE * ROUNDS)]
        slowest = max(seconds for _status, _retry, seconds in away)
        said = {(status, retry) for status, retry, _seconds in away}
        print(f"Without: {said}, the slowest of {len(away)} after {slowest:.1f} s")
        turn("start")
        since, right = time.monotonic(), 0
        while right < 2 * AT_ONCE and time.monotonic() - since < 60:
            right = right + 1 if _asked(port)[0] == 200 else 0
        back = time.monotonic() - since
        is_same = _workers(port) == workers
        print(f"Back {back:.1f} s after it was started; same workers: {is_same}")
        is_well = {status for status, _retry in said} == {503} and all(r for _s, r in said)
        sys.exit(not (is_well and slowest <= SAYS_SO and back <= BACK and is_same))


def _asked(port: int) -> tuple[int, str | None, float]:
    """Return the status of a page, when to ask again, and how long it took."""
    since, connection = time.monotonic(), HTTPConnection("127.0.0.1", port, timeout=40)
    connection.request("GET", PAGE)
    answer = connection.getresponse()
    answer.read()
    return answer.status, answer.getheader("Retry-After"), time.monotonic() - since


@contextmanager
def _databases(folder: Path) -> Iterator[tuple[str, Callable[[str], None]]]:
    """Yield the address of a new database, and what starts and stops its server."""
    binaries = _binaries()
    # PostgreSQL refuses to run as root.
    user = "postgres" if os.getuid() == 0 else None
    data, port = folder / "data", _free_port()
    data.mkdir()
    if user:
        folder.chmod(0o755)
        shutil.chown(data, user)

    def run(name: str, *how: str) -> None:
        subprocess.run(
            [binaries / name, *how], check=True, user=user, cwd="/", stdout=subprocess.DEVNULL
        )

    def turn(which: str) -> None:
        how = ("-o", f"-p {port} -k {data} -c listen_addresses=127.0.0.1", "-l", f"{data}/log")
        run("pg_ctl", "-D", str(data), *(how if which == "start" else ("-m", "fast")), "-w", which)

    run("initdb", "-D", str(data), "-U", "astana", "-A", "trust", "-N")
    turn("start")
    try:
        run("createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "astana", "drill")
        yield f"postgres://astana@127.0.0.1:{port}/drill", turn
    finally:
        if (data / "postmaster.pid").exists():
            turn("stop")


@contextmanager
def _site(url: str) -> Iterator[int]:
    """Yield the port of a site that serves from this database as in production."""
    port = _free_port()
    environment = os.environ | {
        "DATABASE_URL": url, "ENV_FILE": os.devnull, "SECRET_KEY": "drill" * 12, "HTTPS": "0",
        "SITE_URL": f"http://127.0.0.1:{port}", "ALLOWED_HOSTS": "127.0.0.1",
        "COSTLY_PER_MINUTE": "0",
    }  # fmt: skip
    for_set_up = environment | {"DEBUG": "1"}
    subprocess.run(
        [sys.executable, "manage.py", "demo"],
        cwd=ROOT,
        env=for_set_up,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    environment["DEBUG"] = "0"
    subprocess.run([sys.executable, "-m", "astana.static_files"], cwd=ROOT, env=environment)
    command = [Path(sys.executable).parent / "granian", "--interface", "wsgi", "--workers", "2"]
    command += ["--blocking-threads", "4", "--port", str(port), "astana.wsgi:application"]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as server:
        _servers[port] = server.pid
        try:
            _wait_for(port)
            yield port
        finally:
            server.send_signal(signal.SIGTERM)


_servers: dict[int, int] = {}


def _workers(port: int) -> list[str]:
    """Return the processes that the server has started."""
    server = _servers[port]
    return Path(f"/proc/{server}/task/{server}/children").read_text().split()


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            if _asked(port)[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    sys.exit("The site does not start.")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def _binaries() -> Path:
    """Return the folder of the newest PostgreSQL here."""
    beside = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = beside[-1] if beside else shutil.which("initdb")
    if found is None:
        sys.exit("This needs PostgreSQL with its initdb.")
    return Path(found).resolve().parent


if __name__ == "__main__":
    main()
