"""Print how long the saves of many coders take while a table is loaded; none may fail.

`python -m benchmarks.writers`, on a temporary SQLite file; DATABASE_URL names another database,
which must be empty or have tables without rows. Every writer is a process of its own, as in a
server, and so is the worker. Exits with 1 if a save failed or the table was not loaded.
"""

import argparse
import os
import sqlite3
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ACTORS, ISSUES = 10, 20
STANCES = {"supports": 1, "neither": 0, "opposes": -1}
SENTENCE = "They said number {number} about it."
# The longest that a save may take.
MOST_SECONDS = 5.0

Job = Callable[..., Any]


def main() -> None:
    """Set a database up, and measure in it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=5_000, help="of the table that is loaded")
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--saves", type=int, default=200, help="of each writer")
    parser.add_argument("--seconds", type=float, help="save for so long, however often")
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'writers.sqlite3'}")
        os.environ |= {"DJANGO_SETTINGS_MODULE": "astana.settings", "DEBUG": "1"}
        sys.exit(0 if _measure(arguments) else 1)


def _measure(arguments: argparse.Namespace) -> bool:
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    from astana.models import Position

    settings.DEBUG = False
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0)
    rows, writers, saves = arguments.rows, arguments.writers, arguments.saves
    set_up(writers)
    is_sqlite = connection.vendor == "sqlite"
    print(f"A table of {rows:,} positions with passages, {connection.vendor}")

    if is_sqlite:
        _ask("alone", rows)
        connection.close()
        waited, took = _beside(_watch_lock, [(settings.DATABASES["default"]["NAME"],)])
        print(
            f"  alone: loaded in {took:.1f} s; the lock was held for {max(waited[0]):.2f} s at most"
        )

    _ask("beside", rows)
    end = time.monotonic() + arguments.seconds if arguments.seconds else None
    saves = sys.maxsize if end else saves
    connection.close()
    found, took = _beside(_save, [(number, saves, end) for number in range(writers)])
    times = [seconds for own, _failures in found for seconds in own]
    failures = [failure for _own, own in found for failure in own]
    print(f"  beside {writers} writers: loaded in {took:.1f} s")
    print(
        f"  {len(times):,} saves, {len(failures)} failed; the middle one took "
        f"{sorted(times)[len(times) // 2]:.3f} s, the slowest {max(times):.2f} s "
        f"(at most {MOST_SECONDS:.0f} s)"
    )
    for failure in sorted(set(failures)):
        print(f"  {failure}")
    # Positions of the table have keys with a hyphen.
    saved = Position.objects.filter(evidence__isnull=False).exclude(key__contains="-")
    lost = len(times) - len(failures) - saved.count()
    print(f"  {lost} lost of those that were saved")
    is_whole = _loaded(("alone", "beside") if is_sqlite else ("beside",), rows)
    print(f"  every row is there: {'yes' if is_whole else 'NO'}")
    return is_whole and not failures and not lost and (end or len(times) == writers * saves)


def _beside(job: Job, each: list[tuple[Any, ...]]) -> tuple[list[Any], float]:
    """Let a worker load what waits while others do a job; return their results.

    Also how many seconds the worker took.
    """
    # Forked, so that starting takes no time.
    with ProcessPoolExecutor(len(each) + 1, mp_context=get_context("fork")) as pool:
        work = pool.submit(_work)
        found = [pool.submit(job, *given) for given in each]
        return [one.result() for one in found], work.result()


def _work() -> float:
    from django.core.management import call_command

    start = time.perf_counter()
    call_command("db_worker", batch=True, reload=False, startup_delay=False, verbosity=0)
    return time.perf_counter() - start


def _watch_lock(file: str) -> list[float]:
    """Take the lock again and again until the table is loaded; return the waiting times."""
    database = sqlite3.connect(file, timeout=60, isolation_level=None)
    unfinished = "SELECT 1 FROM astana_import WHERE state IN ('waiting', 'running')"
    waited = []
    while database.execute(unfinished).fetchone():
        start = time.perf_counter()
        database.execute("BEGIN IMMEDIATE")
        waited.append(time.perf_counter() - start)
        database.execute("ROLLBACK")
        time.sleep(0.005)
    return waited


def _save(number: int, saves: int, end: float | None) -> tuple[list[float], list[str]]:
    """Code positions as a coder does; return the seconds of each, and the failures."""
    from astana.actions.code import code_position
    from astana.actions.coding import Coding
    from astana.evidence.anchor import passage_of
    from astana.models import Actor, Issue, Rendition, User

    by = User.objects.get(username=f"coder-{number}")
    text = Rendition.objects.select_related("article__dossier").get()
    actors = list(Actor.objects.order_by("slug"))
    issues = list(Issue.objects.order_by("slug").prefetch_related("stances"))
    passage = passage_of(text.text, 0, len(SENTENCE.format(number=0)))
    times, failures = [], []
    for turn in range(saves):
        if end and time.monotonic() > end:
            break
        issue = issues[turn % len(issues)]
        coding = Coding(
            actor=actors[number % len(actors)],
            issue=issue,
            stance=issue.stances.all()[turn % len(STANCES)],
            voice="act",
            said="2017-01-24",
        )
        start = time.perf_counter()
        try:
            code_position(rendition=text, passage=passage, coding=coding, by=by)
        except Exception as error:  # Any failure is a result.
            failures.append(f"{type(error).__name__}: {error}")
        times.append(time.perf_counter() - start)
    return times, failures


def set_up(writers: int) -> None:
    """Make a dossier with an article to code, coders, and somebody who loads tables."""
    from astana.models import (
        Actor,
        Article,
        Dossier,
        Issue,
        Membership,
        Rendition,
        Source,
        Stance,
        User,
    )

    dossier = Dossier.objects.create(slug="talks", title="Talks")
    for number in range(ACTORS):
        Actor.objects.create(dossier=dossier, slug=f"a{number}", name=f"A {number}", kind="state")
    for number in range(ISSUES):
        issue = Issue.objects.create(
            dossier=dossier, slug=f"i{number}", title=f"I {number}", question="What?"
        )
        Stance.objects.bulk_create(
            Stance(issue=issue, slug=slug, label=slug, value=value, order=value + 1)
            for slug, value in STANCES.items()
        )
    source = Source.objects.create(dossier=dossier, slug="gazette", name="Gazette")
    article = Article.objects.create(
        dossier=dossier, slug="one", source=source, title="One", published=date(2017, 1, 25)
    )
    lines = [SENTENCE.format(number=number) for number in range(100)]
    text, paragraphs, start = "\n\n".join(lines), [], 0
    for line in lines:
        paragraphs.append([start, start + len(line)])
        start += len(line) + 2
    Rendition.objects.create(
        article=article,
        kind="synopsis",
        rights="public",
        text=text,
        sha256=sha256(text.encode()).hexdigest(),
        characters=len(text),
        paragraphs=paragraphs,
    )
    for number in range(writers):
        coder = User.objects.create_user(f"coder-{number}")
        Membership.objects.create(dossier=dossier, user=coder, role="coder")
    User.objects.create_superuser("root")


def _ask(name: str, rows: int) -> None:
    """Queue a table for a worker, as its page does."""
    from astana.admin.loading import load_table
    from astana.models import Import, User

    lines = ["dossier,key,actor,issue,stance,said,voice,summary,article,exact"]
    stances = list(STANCES)
    for number in range(rows):
        lines.append(
            f"talks,{name}-{number},a{number % ACTORS},i{number % ISSUES},{stances[number % 3]},"
            f"2017-01-{1 + number % 24:02},act,It acts.,one,{SENTENCE.format(number=number % 100)}"
        )
    found = Import.objects.create(
        user=User.objects.get(username="root"),
        noun="position",
        file_name=f"{name}.csv",
        kind="csv",
        content="\n".join(lines),
    )
    load_table.enqueue(found.pk, found.run)


def _loaded(names: tuple[str, ...], rows: int) -> bool:
    from astana.models import Import, Position

    is_done = not Import.objects.exclude(state=Import.State.DONE).exists()
    return is_done and all(
        Position.objects.filter(key__startswith=f"{name}-", evidence__isnull=False).count() == rows
        for name in names
    )


if __name__ == "__main__":
    main()
