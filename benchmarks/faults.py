"""Kill everything that writes, again and again; print what was lost or done only in part.

`python -m benchmarks.faults [--short]`, on SQLite and on PostgreSQL, in temporary folders. People
save, publish and merge, a table is loaded and a backup made, all at once; then all these processes
and PostgreSQL are killed (SIGKILL). After that sixteen save for three minutes
(`benchmarks.writers`), and a disk gets full (`benchmarks.full_disk`). `--short` kills a few times,
on SQLite only. Exits with 1 if something confirmed is missing or incomplete.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.two_nodes import PostgreSQL
from benchmarks.writers import SENTENCE, set_up

ROUNDS, SHORT = 25, 3
SAVERS, ROWS = 3, 20
# How many seconds a round lasts before everything is killed.
SECONDS = (0.5, 4)
# Sixteen writers, for three minutes.
MANY = ("--writers", "16", "--seconds", "180")
Say = Callable[[str], None]


def main() -> None:
    """Break both databases, each in a process of its own, since Django uses one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", action="store_true", help="SQLite alone, and few times")
    parser.add_argument("--on", choices=("sqlite", "postgresql"), help="one of them")
    arguments = parser.parse_args()
    if arguments.on:
        sys.exit(_broken(arguments.on, SHORT if arguments.short else ROUNDS))
    again = [sys.executable, "-m", "benchmarks.faults"] + ["--short"] * arguments.short
    names = ("sqlite",) if arguments.short else ("sqlite", "postgresql")
    ends = [subprocess.call([*again, "--on", name]) for name in names]
    sys.exit(any(ends))


def _broken(name: str, rounds: int) -> int:
    """Set a database up and break it; return how many faults were found."""
    with TemporaryDirectory(prefix="astana-faults-") as made:
        folder = Path(made)
        folder.chmod(0o755)
        server = PostgreSQL(folder) if name == "postgresql" else None
        try:
            file = folder / "db.sqlite3"
            set_up_at(server.url if server else f"sqlite:///{file}")
            if not server:
                begun = shutil.copy(file, folder / "begun.sqlite3")
            faults = Killed(folder, server).break_it(rounds)
            if rounds == ROUNDS:
                url = (
                    server.added("writers") if server else f"sqlite:///{folder / 'writers.sqlite3'}"
                )
                faults += _run("benchmarks.writers", *MANY, DATABASE_URL=url)
            if not server:
                faults += _run("benchmarks.full_disk", begun)
            return faults
        finally:
            if server:
                server.end()


def _run(name: str, *arguments: str | Path, **environment: str) -> int:
    command = [sys.executable, "-m", name, *arguments]
    return subprocess.call(command, env=os.environ | environment)


def set_up_at(url: str) -> None:
    """Give Django a database with a dossier to write to."""
    os.environ |= {
        "DATABASE_URL": url, "DATABASE_POOL": "0",
        "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "astana.settings",
    }  # fmt: skip
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    settings.DEBUG = False
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0)
        set_up(SAVERS + 1)
    connection.close()


class Drill:
    """The results."""

    faults = 0

    def say(self, what: str, figure: str, *, is_right: bool) -> None:
        """Print it."""
        self.faults += not is_right
        print(f"{'ok   ' if is_right else 'FAULT'} {what}: {figure}", flush=True)


class Killed(Drill):
    """Rounds of work that end with everything killed."""

    def __init__(self, folder: Path, server: PostgreSQL | None) -> None:
        self.folder, self.server = folder, server
        self.said: list[str] = []
        self.whole = self.damaged = 0

    def break_it(self, rounds: int) -> int:
        """Start and kill all jobs this many times; print what of the confirmed is there."""
        from django.db import connection

        # Once without a kill: the first run does work that later ones do not repeat.
        for job, who in JOBS:
            job(
                who,
                f"w{who}{job.__name__.strip('_')}".replace("_", ""),
                self.said.append,
                self.folder,
            )
        for number in range(rounds):
            self._round(number)
        name = f"{connection.vendor}, killed {rounds} times"
        done = {kind: self._named(kind) for kind in ("saved", "published", "merged", "loaded")}
        lost = {kind: len(names - self._there(kind)) for kind, names in done.items()}
        # A few rounds may be too short for every job.
        is_done = rounds < ROUNDS or all(done.values())
        figure = ", ".join(f"{lost[kind]} of {len(names)} {kind}" for kind, names in done.items())
        self.say(
            f"{name}: acknowledged and lost", figure, is_right=is_done and not any(lost.values())
        )
        half = self._half_done()
        self.say(
            f"{name}: half done",
            ", ".join(f"{number} {what}" for what, number in half.items()),
            is_right=not any(half.values()),
        )
        acknowledged = len(self._named("backed-up"))
        self.say(
            f"{name}: backups",
            f"{acknowledged} acknowledged; {self.whole} there and whole, {self.damaged} not",
            is_right=not self.damaged and self.whole >= acknowledged > 0,
        )
        failed = self._named("failed")
        self.say(f"{name}: failed before", f"{len(failed)}", is_right=not failed)
        print(*sorted(failed)[:3], sep="\n", end="\n" * bool(failed))
        return self.faults

    def _named(self, kind: str) -> set[str]:
        return {line.partition(" ")[2] for line in self.said if line.startswith(f"{kind} ")}

    def _round(self, number: int) -> None:
        from django.db import connections

        connections.close_all()
        reads, writes = os.pipe()
        children = [
            _forked(job, who, f"r{number}x{place}", writes, self.folder)
            for place, (job, who) in enumerate(JOBS)
        ]
        os.close(writes)
        time.sleep(random.uniform(*SECONDS))
        for child in children:
            with suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
        if self.server:
            self.server.kill()
        for child in children:
            os.waitpid(child, 0)
        with open(reads) as said:
            self.said += said.read().splitlines()
        if self.server:
            self.server.start()
        self._look_at_backups()

    def _there(self, kind: str) -> set[str]:
        """Return what is completely there of what was saved, published, merged or loaded."""
        from django.db.models import Count

        from astana.models import Actor, Merge, Position, SearchEntry

        if kind == "merged":
            merged = set(Merge.objects.values_list("other", flat=True))
            return merged - set(Actor.objects.values_list("slug", flat=True))
        if kind == "loaded":
            keys = Position.objects.filter(key__contains="-").values_list("key", flat=True)
            names = [key.partition("-")[0] for key in keys]
            return {name for name in set(names) if names.count(name) == ROWS}
        rows = Position.objects.annotate(passages=Count("evidence")).filter(passages=1)
        if kind == "published":
            found = SearchEntry.objects.filter(kind="position").values("record")
            rows = rows.filter(status="published", pk__in=found)
        return set(rows.values_list("summary", flat=True))

    def _half_done(self) -> dict[str, int]:
        from django.db import connection
        from django.db.models import Count, Exists, OuterRef

        from astana.models import Import, Merge, Position

        history = Position.history.model.objects.filter(id=OuterRef("pk"))
        rows = Position.objects.annotate(passages=Count("evidence"))
        keys = Position.objects.filter(key__contains="-").values_list("key", flat=True)
        loaded = {key.partition("-")[0] for key in keys}
        merged = set(Merge.objects.values_list("other", flat=True))
        done = set(Import.objects.filter(state="done").values_list("file_name", flat=True))
        found = {
            "positions without passage": rows.filter(passages=0).count(),
            "without history": rows.exclude(Exists(history)).count(),
            "merges": len(merged - self._there("merged")),
            "tables": len(loaded ^ done) + len(loaded - self._there("loaded")),
        }
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA integrity_check")
                found["damages of the file"] = int(cursor.fetchall() != [("ok",)])
        return found

    def _look_at_backups(self) -> None:
        """Check that the existing ones are complete, and make room."""
        from astana.exchange.backups import backup

        for path in self.folder.glob("backup-*"):
            if path.name.partition("-")[2].isalnum():
                try:
                    backup.check(path)
                    self.whole += 1
                except backup.FAILURES as error:
                    print(f"     {path.name}: {error}")
                    self.damaged += 1
            shutil.rmtree(path)


def _forked(job: Callable, who: int, name: str, to: int, folder: Path) -> int:
    """Do a job in a process of its own until it is killed; it reports what it has done."""
    child = os.fork()
    if child:
        # The child does the same; either may be first.
        with suppress(OSError):
            os.setpgid(child, child)
        return child
    os.setpgid(0, 0)

    def say(what: str) -> None:
        os.write(to, f"{what}\n".encode())

    try:
        for turn in count():
            job(who, f"{name}t{turn}", say, folder)
    except BaseException as error:
        say(f"failed {job.__name__}: {type(error).__name__}: {error}".replace("\n", " "))
    os._exit(1)


def code(who: int, name: str, actor: object = None, *, is_submitted: bool = False) -> object:
    """Code a passage as a coder does."""
    from astana.actions.code import code_position
    from astana.actions.coding import Coding
    from astana.evidence.anchor import passage_of
    from astana.models import Actor, Issue, Rendition, User

    text = Rendition.objects.select_related("article__dossier").get()
    issue = Issue.objects.get(slug="i0")
    coding = Coding(
        actor=actor or Actor.objects.get(slug=f"a{who}"),
        issue=issue,
        stance=issue.stances.first(),
        voice="act",
        said="2017-01-24",
        summary=name,
    )
    return code_position(
        rendition=text,
        passage=passage_of(text.text, 0, len(SENTENCE.format(number=0))),
        coding=coding,
        by=User.objects.get(username=f"coder-{who}"),
        is_submitted=is_submitted,
    )


def _save(who: int, name: str, say: Say, folder: Path) -> None:
    code(who, name)
    say(f"saved {name}")


def _publish(who: int, name: str, say: Say, folder: Path) -> None:
    from astana.actions.workflow import publish
    from astana.models import User

    position = code(who, name, is_submitted=True)
    publish(position=position, by=User.objects.get(username="root"))
    say(f"published {name}")


def _merge(who: int, name: str, say: Say, folder: Path) -> None:
    from astana.actions.merge import merge_actors
    from astana.models import Actor, Dossier, User

    values = {"dossier": Dossier.objects.get(), "kind": "state"}
    kept = Actor.objects.create(slug=f"{name}-kept", name=f"{name} kept", **values)
    other = Actor.objects.create(slug=name, name=name, **values)
    code(who, f"{name} merged", other)
    merge_actors(kept=kept, other=other, by=User.objects.get(username="root"))
    say(f"merged {name}")


def _load(who: int, name: str, say: Say, folder: Path) -> None:
    from astana.admin.loading import load_table
    from astana.models import Import, User

    lines = ["dossier,key,actor,issue,stance,said,voice,summary,article,exact"]
    for row in range(ROWS):
        said = f"talks,{name}-{row},a{row % 10},i{row % 20},supports,2017-01-24,act,It acts."
        lines.append(f"{said},one,{SENTENCE.format(number=row)}")
    found = Import.objects.create(
        user=User.objects.get(username="root"),
        noun="position", file_name=name, kind="csv", content="\n".join(lines),
    )  # fmt: skip
    load_table.call(found.pk, found.run)
    found.refresh_from_db()
    say(f"loaded {name}" if found.state == "done" else f"failed load: {found.problems}")


def _back_up(who: int, name: str, say: Say, folder: Path) -> None:
    from astana.exchange.backups import backup

    backup.make(folder / f"backup-{name}")
    say(f"backed-up {name}")


JOBS = [
    *((_save, saver) for saver in range(SAVERS)),
    *((_publish, SAVERS), (_merge, 0), (_load, 0), (_back_up, 0)),
]  # fmt: skip

if __name__ == "__main__":
    main()
