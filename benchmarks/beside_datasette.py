"""Datasette on the same data, in the same process and in turn with Astana: the cost ratio.

Datasette gets a file of its own, as one would publish the positions with it: one table with words
instead of keys, an index for all that is asked for, and a full text index. The file may change, as
that of Astana does. It counts without a limit of time, so that its pages say what Astana's say:
how many there are, and three facets with counts. It suggests no further ones.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

# The aim: Datasette's pages cost at least this many times as much as Astana's.
LEAST = 5
PER_PAGE = 25
_ROUNDS = 7
_TABLE = """
CREATE TABLE positions AS
SELECT position.id, position.key, actor.slug AS actor, issue.slug AS issue, stance.label AS stance,
       position.summary, position.condition, position.said, position.earliest, position.latest,
       position.voice
FROM own.astana_position AS position
JOIN own.astana_actor AS actor ON actor.id = position.actor_id
JOIN own.astana_issue AS issue ON issue.id = position.issue_id
JOIN own.astana_stance AS stance ON stance.id = position.stance_id
JOIN own.astana_dossier AS dossier ON dossier.id = position.dossier_id
WHERE position.public AND dossier.slug = ?;
"""
_INDEXES = """
CREATE UNIQUE INDEX by_id ON positions (id);
CREATE INDEX newest ON positions (latest DESC, id);
CREATE INDEX of_issue ON positions (issue, latest);
CREATE INDEX of_actor ON positions (actor, latest);
CREATE INDEX of_voice ON positions (voice, latest);
CREATE VIRTUAL TABLE positions_fts USING fts5 (summary, condition, content='positions');
INSERT INTO positions_fts (rowid, summary, condition)
SELECT rowid, summary, condition FROM positions;
"""


def lines(
    ask: Callable[[str], bytes], size: int, database: Path, file: Path
) -> Iterator[tuple[str, bool | None]]:
    """Yield how many times as much Datasette's pages cost, and whether the aim is met."""
    if not file.exists():
        _write(file, database, size)
    asked = _asker(file)
    with closing(sqlite3.connect(file)) as rows:
        number = min(1_000, size // PER_PAGE // 2)
        before = PER_PAGE * (number - 1)
        last = rows.execute(
            "SELECT latest, rowid FROM positions ORDER BY latest DESC, rowid LIMIT 1 OFFSET ?",
            [before - 1],
        ).fetchone()
    facets = "".join(f"&_facet={name}" for name in ("actor", "issue", "voice"))
    table = f"/{file.stem}/positions?_size="
    list_ = f"{table}{PER_PAGE}&_sort_desc=latest{facets}"
    root = f"/dossiers/generated-{size}/"
    pages = {
        "list with facets": (f"{root}positions/", list_),
        f"page {number:,}": (
            f"{root}positions/?page={number}",
            f"{list_}&_next={last[0]},{last[1]}",
        ),
        "search": (f"/search/?dossier=generated-{size}&q=talks", f"{list_}&_search=talks"),
        "one issue over time": (
            f"{root}timeline/?issue=issue-0",
            f"{table}max&_sort=latest&issue=issue-0{facets}",
        ),
    }
    yield f"\nThe same by Datasette, {size:,} positions, CPU time", None
    for name, (own, other) in pages.items():
        ratio, other_ms, own_ms = _measured(lambda at=own: ask(at), lambda at=other: asked(at))
        words = f"Datasette / Astana, {name}, {size:,}: {ratio:.1f} times"
        taken = f" ({other_ms:.1f} ms / {own_ms:.1f} ms)"
        yield f"{words}{taken}; at least {LEAST}", ratio >= LEAST


def _measured(own: Callable[[], object], other: Callable[[], object]) -> tuple[float, float, float]:
    """Return the cost ratio of the two, asked in turn, and the milliseconds of both."""
    from django.core.cache import caches

    own(), other()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(_ROUNDS):
        # Not from the cache, as Datasette has none.
        caches["pages"].clear()
        for act, taken in zip((other, own), times, strict=True):
            started = time.process_time()
            act()
            taken.append(time.process_time() - started)
    others, owns = (median(taken) for taken in times)
    return others / owns, others * 1000, owns * 1000


def _write(file: Path, database: Path, size: int) -> None:
    unfinished = file.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(unfinished)) as made:
        made.execute("PRAGMA journal_mode = OFF")
        made.execute("ATTACH ? AS own", [str(database)])
        made.execute(_TABLE, [f"generated-{size}"])
        made.executescript(_INDEXES)
        made.commit()
    unfinished.rename(file)


def _asker(file: Path) -> Callable[[str], bytes]:
    """Return a function that asks Datasette for a page, within this process."""
    from datasette.app import Datasette

    limits = {"sql_time_limit_ms": 600_000, "facet_time_limit_ms": 600_000, "suggest_facets": False}
    site = Datasette([str(file)], settings=limits)
    loop = asyncio.new_event_loop()
    loop.run_until_complete(site.invoke_startup())

    def ask(address: str) -> bytes:
        answer = loop.run_until_complete(site.client.get(address))
        if answer.status_code != 200:
            raise SystemExit(f"Datasette answered {answer.status_code} to {address}.")
        return answer.content

    return ask
