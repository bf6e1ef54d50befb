"""Loading a large package into an empty SQLite database, compared with sqlite3 alone.

`python -m benchmarks.loading`: 40,000 positions with 80,000 passages. Seconds are CPU time.
Both write the same rows: records, their history and search entries, all with their indexes.
"""

import argparse
import hashlib
import os
import resource
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

MOST_SECONDS, MOST_MIB, MOST_TIMES = 60, 400, 12
ACTORS, ISSUES, STANCES = 200, 300, 5
POSITIONS_AN_ARTICLE, PASSAGES = 10, 2


def main() -> None:
    """Print the cost of the load, or load in this process."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=40_000, metavar="POSITIONS")
    parser.add_argument("--load", type=Path, help="load this package, and nothing else")
    arguments = parser.parse_args()
    os.environ |= {"DJANGO_SETTINGS_MODULE": "astana.settings", "DEBUG": "1"}
    if arguments.load:
        _load(arguments.load)
        return
    with TemporaryDirectory() as name:
        for line, _is_met in lines(arguments.size, Path(name)):
            print(line, flush=True)


def lines(size: int, folder: Path) -> Iterator[tuple[str, bool | None]]:
    """Yield the cost of a load, each line with whether its aim is met."""
    database, package = folder / "load.sqlite3", folder / "package.zip"
    os.environ["DATABASE_URL"] = f"sqlite:///{database}"
    _write(package, size)
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, check=True)
    with closing(sqlite3.connect(database)) as source:
        source.execute("VACUUM INTO ?", (str(folder / "plain.sqlite3"),))
    command = [sys.executable, "-m", "benchmarks.loading", "--load", str(package)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    cpu, most = map(float, done.stdout.split()[-2:])
    plain, rows = _written_plainly(database, folder / "plain.sqlite3")
    what = f"Load of {size:,} positions with {PASSAGES * size:,} passages"
    yield f"{what}: {cpu:.1f} s CPU; at most {MOST_SECONDS}", cpu <= MOST_SECONDS
    yield f"{what}: {most:.0f} MiB; at most {MOST_MIB}", most <= MOST_MIB
    ratio = cpu / plain
    yield (
        f"{what} / sqlite3 ({rows:,} rows, {plain:.1f} s CPU): {ratio:.1f}; at most {MOST_TIMES}",
        ratio <= MOST_TIMES,
    )


def _load(package: Path) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    # With DEBUG, Django keeps every query in memory.
    settings.DEBUG = False
    started = time.process_time()
    call_command("load_dossier", package)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.process_time() - started, most)


def _written_plainly(database: Path, into: Path) -> tuple[float, int]:
    """Return the seconds that sqlite3 takes to write the rows of a database, and their number."""
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(into)) as target:
        names = [
            name
            for (name,) in source.execute(
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
                "AND name LIKE 'astana_%'"
            )
            if not target.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()
        ]
        # The rows have been checked already.
        for (name,) in target.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall():
            target.execute(f'DROP TRIGGER "{name}"')
        target.commit()
        taken, count = 0.0, 0
        for name in names:
            # PRAGMA table_info leaves out generated columns.
            columns = [one[1] for one in source.execute(f"PRAGMA table_info('{name}')")]
            listed = ", ".join(f'"{one}"' for one in columns)
            rows = source.execute(f'SELECT {listed} FROM "{name}"').fetchall()
            count += len(rows)
            started = time.process_time()
            marks = ", ".join("?" for _column in columns)
            target.executemany(f'INSERT INTO "{name}" ({listed}) VALUES ({marks})', rows)
            taken += time.process_time() - started
        started = time.process_time()
        target.commit()
        return taken + time.process_time() - started, count


def _write(path: Path, size: int) -> None:
    import django

    django.setup()
    from astana.exchange.cells import write_rows
    from astana.exchange.descriptor import DESCRIPTOR, About, write_descriptor
    from astana.exchange.tables import TABLES

    told, texts = _rows(size)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        used = []
        for table in TABLES:
            rows = [dict.fromkeys(table.names, "") | row for row in told.get(table.name, ())]
            used.append(table.as_used(rows))
            archive.writestr(table.file, write_rows(used[-1], rows))
        about = About("large", "Large", "", "public", "CC-BY-4.0")
        archive.writestr(DESCRIPTOR, write_descriptor(about, used))
        for name, text in texts.items():
            archive.writestr(name, text)


def _rows(size: int) -> tuple[dict[str, list[dict[str, Any]]], dict[str, str]]:
    """Return the rows of a package by table, and its texts."""
    found: dict[str, list[dict[str, Any]]] = {
        "sources": [{"slug": "gazette", "name": "Gazette", "kind": "newspaper", "language": "en"}],
        "actors": [{"slug": f"a{n}", "name": f"Actor {n}", "kind": "state"} for n in range(ACTORS)],
        "issues": [
            {"slug": f"i{n}", "title": f"Issue {n}", "question": f"What of {n}?", "order": n}
            | {"kind": "preference", "scale": "ordered", "per_event": "no"}
            for n in range(ISSUES)
        ],
        "stances": [
            {"issue": f"i{n}", "slug": f"s{m}", "label": f"Answer {m}", "order": m}
            | {"value": f"{(m - 2) / 2:g}"}
            for n in range(ISSUES)
            for m in range(STANCES)
        ],
    }
    texts = {}
    for table in ("articles", "renditions", "positions", "evidence"):
        found[table] = []
    for first in range(0, size, POSITIONS_AN_ARTICLE):
        article = f"article-{first}"
        told = {"article": article, "kind": "synopsis", "language": "en", "version": 1}
        blocks: list[str] = []
        at = 0
        for n in range(first, min(first + POSITIONS_AN_ARTICLE, size)):
            found["positions"].append(_position(n))
            for m in range(1, PASSAGES + 1):
                words = f"Actor {n % ACTORS} said in passage {m} of position {n} what it wants."
                place = {"paragraph": len(blocks) + 1, "start": at, "end": at + len(words)}
                named = {"position": f"p{n}", "number": m, "role": "supports", "exact": words}
                found["evidence"].append(told | place | named)
                blocks.append(words)
                at += len(words) + 2
        text = "\n\n".join(blocks)
        digest = hashlib.sha256(text.encode()).hexdigest()
        file = f"texts/{article}.synopsis.en.txt"
        texts[file] = text
        about = {"slug": article, "source": "gazette", "title": f"Article {first}"}
        about |= {"published": "2020-05-01", "language": "en", "coverage": "full"}
        found["articles"].append(about)
        known = {"rights": "public", "sha256": digest, "characters": len(text), "file": file}
        found["renditions"].append(told | known)
    return found, texts


def _position(number: int) -> dict[str, Any]:
    issue = f"i{number // ACTORS % ISSUES}"
    return {
        "key": f"p{number}",
        "actor": f"a{number % ACTORS}",
        "issue": issue,
        "stance": f"s{number % STANCES}",
        "summary": f"Actor {number % ACTORS} wants what was asked for in matter {number}.",
        "said": f"20{10 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}",
        "voice": "reported-speech",
        "certainty": "stated",
        "status": "published",
    }


if __name__ == "__main__":
    main()
