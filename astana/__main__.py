"""`python -m astana`, which `make run` calls: serve Astana on this machine, as to others.

It answers to this machine alone. What it needs and does not find it makes: a secret in `.env`, a
database with the demonstration dossier and three accounts, the static files.
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
SETTINGS = """\
# Made by the first start on this machine; .env.example names all settings.
SECRET_KEY={secret}
SITE_URL={site}
HTTPS=0
"""


def main() -> int:
    """Serve until Ctrl+C, with a worker beside the server."""
    port = os.environ.get("PORT", "8000")
    site = f"http://{HOST}:{port}"
    if _is_taken(int(port)):
        print(f"Port {port} is taken. Choose another one, such as: PORT=8001 make run")
        return 1
    _make_settings(ROOT / ".env", site=site)
    os.environ["DEBUG"] = "0"
    os.environ.setdefault("SITE_URL", site)
    os.environ.setdefault("HTTPS", "0")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "astana.settings")
    _prepare()
    print(f"\nAstana: {site}/   (Ctrl+C ends it; PORT=8001 make run takes another port)\n")
    sys.stdout.flush()
    server = ("granian", "--interface", "wsgi", "--host", HOST, "--port", port)
    # Several threads, so that pages do not wait behind a large file.
    several = ("--blocking-threads", "4", "--log-level", "warning")
    return _run_together(
        [sys.executable, "manage.py", "db_worker", "--no-reload", "--verbosity", "0"],
        [sys.executable, "-m", *server, *several, "astana.wsgi:application"],
    )


def _is_taken(port: int) -> bool:
    with socket.socket() as ours:
        # As servers do: what was closed a moment ago is free.
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            ours.bind((HOST, port))
        except OSError:
            return True
    return False


def _make_settings(file: Path, *, site: str) -> None:
    """Write settings with a secret that no other site has, unless there are settings."""
    if file.exists() or "SECRET_KEY" in os.environ:
        return
    text = SETTINGS.format(secret=secrets.token_urlsafe(64), site=site)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as opened:
        opened.write(text)


def _prepare() -> None:
    """Bring database and static files up to date, both at once."""
    import django

    from astana import static_files

    django.setup()
    with ThreadPoolExecutor(1) as beside:
        making = None if static_files.are_made() else beside.submit(static_files.make)
        _prepare_database()
    if making:
        making.result()


def _prepare_database() -> None:
    """Fill a new database of our own; one that is somebody's gets no dossier and no account."""
    from django.core.management import call_command

    from astana.models import Dossier, SearchEntry, User
    from astana.watching.health import missing_migrations

    missing = missing_migrations()
    if os.environ.get("DATABASE_URL"):
        if missing:
            sys.exit("The database of DATABASE_URL is not up to date: run manage.py upgrade first.")
        print("The database is that of DATABASE_URL. manage.py demo loads a dossier to look at.")
        return
    if missing:
        call_command("migrate", verbosity=0)
    # A first start that was ended goes on where it was.
    ours = [folder.name for folder in (ROOT / "seeds").iterdir()]
    if User.objects.exists() or Dossier.objects.exclude(slug__in=ours).exists():
        print("The database has data already. Nothing was added.")
    else:
        call_command("demo")
    # A database from before there was a search has dossiers and nothing to find.
    if not SearchEntry.objects.exists():
        call_command("rebuild_search")


def _run_together(*commands: list[str]) -> int:
    """Run the commands until one of them ends or this one is told to; return how it ended."""
    running: list[subprocess.Popen] = []

    def end(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    try:
        running += [subprocess.Popen(command, cwd=ROOT) for command in commands]
        os.wait()
        return 1
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


if __name__ == "__main__":
    sys.exit(main())
