"""A site of two nodes as `deploy/` has it, on this machine: PostgreSQL, Redis, nginx, workers.

It is made in a temporary folder, on loopback and free ports, by the commands and files of `deploy/`
with other ports and paths. At the end, only the processes that it started are ended.
"""

import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from benchmarks.as_a_unit import ROOT, AsAUnit

DEPLOY = ROOT / "deploy"
HOST = "astana.example"
NEEDED = {
    "initdb": "postgresql",
    "redis-server": "redis-server",
    "nginx": "nginx-light",
    "openssl": "openssl",
}
# The most seconds that a part may take to start.
_PATIENCE = 60


class Part:
    """A process of the site with its children, which can be ended and started again."""

    def __init__(self, command: list[str], *, port: int = 0, log: Path, **how: object) -> None:
        self.command, self.port, self.log, self.how = command, port, log, how
        self.begin()

    def start(self) -> None:
        """Start it in a group of its own, and wait until it accepts connections."""
        self.begin()
        self.wait()

    def begin(self) -> None:
        """Start it in a group of its own."""
        self.is_ended = False
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.command, stdout=log, stderr=log, start_new_session=True, **self.how
            )

    def wait(self) -> None:
        """Wait until it accepts connections."""
        end = time.monotonic() + _PATIENCE
        while self.port and not answers(self.port):
            if self.running.poll() is not None or time.monotonic() > end:
                sys.exit(f"{self.command[0]} does not start:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.05)

    def end(self, number: int = signal.SIGTERM) -> None:
        """End the group and wait until it is gone; kill what does not end in time."""
        if self.is_ended:
            # Another process may have its number by now.
            return
        self.is_ended = True
        for one in (number, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self.running.pid, one)
            with suppress(subprocess.TimeoutExpired):
                self.running.wait(timeout=20)
        self.running.wait()
        # Its children may take a moment longer to end.
        while self.port and answers(self.port):
            time.sleep(0.05)

    def children(self) -> list[str]:
        """Return its child processes."""
        own = self.running.pid
        return Path(f"/proc/{own}/task/{own}/children").read_text().split()


class PostgreSQL:
    """A PostgreSQL server with one database."""

    def __init__(self, folder: Path, name: str = "postgresql") -> None:
        self.binaries, self.port = _postgresql(), free_port()
        # PostgreSQL refuses to run as root.
        self.user = "postgres" if os.getuid() == 0 else None
        self.data = folder / name
        self.data.mkdir(mode=0o700)
        if self.user:
            shutil.chown(self.data, self.user)
        self.url = f"postgres://astana@127.0.0.1:{self.port}/astana"
        self._make()

    def _make(self) -> None:
        self._run("initdb", "-D", str(self.data), "-U", "astana", "-A", "trust", "-N", "-E", "UTF8")
        self.start()
        self.added("astana")

    def added(self, name: str) -> str:
        """Make a database, and return its address."""
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "astana", name)
        return f"postgres://astana@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        how = f"-p {self.port} -c unix_socket_directories= -c listen_addresses=127.0.0.1"
        self._run(
            "pg_ctl", "-D", str(self.data), "-o", how, "-l", f"{self.data}/log", "-w", "start"
        )

    def end(self) -> None:
        """Stop it as an upgrade of the machine does, unless it has stopped."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop")

    def kill(self) -> None:
        """Kill all its processes at once (SIGKILL)."""
        file = self.data / "postmaster.pid"
        first = file.read_text().split()[0]
        own = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for one in (first, *own):
            with suppress(ProcessLookupError):
                os.kill(int(one), signal.SIGKILL)
        while any(_lives(one) for one in (first, *own)):
            time.sleep(0.02)
        # Its process number may stay in use for a while, and then PostgreSQL would not start.
        for lock in (file, *self.data.glob(".s.PGSQL.*")):
            lock.unlink()

    def _run(self, name: str, *how: str) -> None:
        command = [self.binaries / name, *how]
        subprocess.run(command, check=True, user=self.user, cwd="/", stdout=subprocess.DEVNULL)


class Replica(PostgreSQL):
    """A server that follows another one, this many seconds behind."""

    def __init__(self, folder: Path, *, of: PostgreSQL, seconds: int) -> None:
        self.of, self.seconds = of, seconds
        super().__init__(folder, "replica")

    def _make(self) -> None:
        at = ["-h", "127.0.0.1", "-p", str(self.of.port), "-U", "astana"]
        self._run("pg_basebackup", *at, "-D", str(self.data), "-R", "-X", "stream", "-c", "fast")
        self._lag(self.seconds)
        self.start()

    def lag(self, seconds: int) -> None:
        """Lag this many seconds from now on."""
        self._lag(seconds)
        self._run("pg_ctl", "-D", str(self.data), "reload")

    def _lag(self, seconds: int) -> None:
        with (self.data / "postgresql.auto.conf").open("a") as file:
            file.write(f"recovery_min_apply_delay = '{seconds}s'\n")


class Site:
    """The running parts of the site, and the passwords of the demonstration."""

    def __init__(self, folder: Path, after: ExitStack, **settings: str) -> None:
        folder.chmod(0o755)
        self.as_a_unit = AsAUnit(folder)
        self.databases = PostgreSQL(folder)
        after.callback(self.databases.end)
        self._folder, self._after = folder, after
        port = free_port()
        kept = ["--save", "", "--appendonly", "no", "--dir", str(folder)]
        redis = [_found("redis-server"), "--bind", "127.0.0.1", "--port", str(port), *kept]
        self.redis = self._part("redis", redis, port=port)
        self.redis.wait()
        files = folder / "files"
        files.mkdir()
        if self.as_a_unit.user:
            shutil.chown(files, self.as_a_unit.user, self.as_a_unit.user)
        named = ("PATH", "LANG", "PYTHONPATH", "VIRTUAL_ENV")
        self.environment = {name: os.environ[name] for name in named if name in os.environ} | {
            "DEBUG": "0", "ENV_FILE": os.devnull, "SECRET_KEY": "a-drill-" * 8,
            "TMPDIR": str(files), "PYTHONDONTWRITEBYTECODE": "1",
            "DATABASE_URL": self.databases.url, "CACHE_URL": f"redis://127.0.0.1:{port}/0",
            "ALLOWED_HOSTS": HOST, "SITE_URL": f"https://{HOST}", "BEHIND_PROXY": "1",
            "LOG_FORMAT": "json", **settings,
        }  # fmt: skip
        # Made as root; the user of the servers does the rest.
        self._called([sys.executable, "-m", "astana.static_files"])
        self.managed("upgrade")
        workers = (command_of_unit("astana-worker"), command_of_compose("worker"))
        self.workers = [
            self._served(f"worker-{number}", command) for number, command in enumerate(workers, 1)
        ]
        nodes = (command_of_unit("astana"), command_of_image())
        self.nodes = [self._node(number, command) for number, command in enumerate(nodes, 1)]
        self.proxy = self._proxy()
        said = self.managed("demo")
        self.passwords = dict(re.findall(r"^  (\w+) +(\w{12})$", said, re.M))
        for part in (*self.nodes, self.proxy):
            part.wait()

    def managed(self, *command: str) -> str:
        """Call a command of Astana as a unit does, and return its output."""
        return self._called([*self.as_a_unit.before, sys.executable, "manage.py", *command])

    def _called(self, command: list[str]) -> str:
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"{' '.join(command[-4:])} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def with_replica(self, *, seconds: int, bound: int) -> Replica:
        """Start a replica this many seconds behind, and restart both nodes to read from it."""
        replica = Replica(self._folder, of=self.databases, seconds=seconds)
        self._after.callback(replica.end)
        for node in self.nodes:
            node.end()
            named = {"DATABASE_REPLICA_URL": replica.url, "DATABASE_REPLICA_SECONDS": str(bound)}
            node.how["env"] |= named
            node.begin()
        for node in self.nodes:
            node.wait()
        return replica

    def log(self) -> str:
        """Return the output of nodes and workers."""
        return "".join(one.log.read_text() for one in (*self.nodes, *self.workers))

    def _node(self, number: int, command: list[str]) -> Part:
        port = free_port()
        command[command.index("--host") + 1] = "127.0.0.1"
        command[command.index("--port") + 1] = str(port)
        return self._served(f"node-{number}", command, port=port)

    def _served(self, name: str, command: list[str], *, port: int = 0) -> Part:
        environment = self.environment | {"GRANIAN_WORKERS": "2"}
        command = [*self.as_a_unit.before, *command]
        return self._part(name, command, port=port, cwd=ROOT, env=environment)

    def _part(self, name: str, command: list[str], **how: object) -> Part:
        part = Part(command, log=self._folder / f"{name}.log", **how)
        self._after.callback(part.end)
        return part

    def _proxy(self) -> Part:
        """Start nginx from the file of `deploy/`, with other ports and paths."""
        folder = self._folder / "nginx"
        folder.mkdir()
        key, certificate = folder / "key.pem", folder / "certificate.pem"
        made = f"openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN={HOST}"
        whole = [*shlex.split(made), "-keyout", str(key), "-out", str(certificate)]
        subprocess.run(whole, check=True, capture_output=True)
        port, plain = free_port(), free_port()
        nodes = " ".join(f"server 127.0.0.1:{node.port};" for node in self.nodes)
        text = (DEPLOY / "nginx.conf").read_text()
        for pattern, ours in {
            r"^ *listen \[::\]:.*$": "",
            r"listen 80;": f"listen 127.0.0.1:{plain};",
            r"listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
            r"server 127\.0\.0\.1:8000;": nodes,
            r"/etc/letsencrypt/\S+/fullchain\.pem": str(certificate),
            r"/etc/letsencrypt/\S+/privkey\.pem": str(key),
            r"/var/cache": str(folder),
        }.items():
            text, times = re.subn(pattern, ours, text, flags=re.M)
            if not times:
                sys.exit(f"deploy/nginx.conf has no {pattern} any more.")
        own = "".join(
            f"{name}_temp_path {folder}/{name};"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = "user root;" if os.getuid() == 0 else ""
        head = f"{user} daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}"
        file = folder / "nginx.conf"
        file.write_text(f"{head}\nhttp {{ access_log off; {own}\n{text}\n}}\n")
        command = [_found("nginx"), "-c", str(file), "-e", str(folder / "error.log")]
        return self._part("nginx", command, port=port)


@contextmanager
def two_nodes(**settings: str) -> Iterator[Site]:
    """Yield a site of two nodes with the demonstration dossier."""
    missing = [name for name in NEEDED if not (_postgresql() if name == "initdb" else _found(name))]
    try:
        import redis  # noqa: F401
    except ImportError:
        missing.append("the package redis of Python (requirements-watch.txt)")
    if missing:
        packages = " ".join(NEEDED[name] for name in missing if name in NEEDED)
        sys.exit(f"Missing: {', '.join(missing)}. Debian: apt-get install {packages}")
    with TemporaryDirectory(prefix="astana-drill-") as folder, ExitStack() as after:
        yield Site(Path(folder), after, **settings)


def command_of_unit(name: str) -> list[str]:
    """Return the command of a unit of systemd, as it is called here."""
    text = (DEPLOY / "systemd" / f"{name}.service").read_text()
    return _here(shlex.split(re.search(r"^ExecStart=(.+)$", text, re.M)[1]))


def command_of_image() -> list[str]:
    """Return the command of the image, as it is called here."""
    text = (DEPLOY / "Containerfile").read_text()
    return _here(json.loads(re.search(r"^CMD (\[.+\])$", text, re.M)[1]))


def command_of_compose(service: str) -> list[str]:
    """Return the command of a service of the compose file, as it is called here."""
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return _here(composed["services"][service]["command"])


def _here(command: list[str]) -> list[str]:
    return [str(Path(sys.executable).parent / Path(command[0]).name), *command[1:]]


def _lives(number: str) -> bool:
    """Return whether a process still runs."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def answers(port: int) -> bool:
    """Return whether something accepts connections on this port."""
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """Return a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def _found(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/usr/bin")


def _postgresql() -> Path | None:
    """Return the folder of the newest PostgreSQL on this machine."""
    beside = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = beside[-1] if beside else shutil.which("initdb")
    return Path(found).resolve().parent if found else None
