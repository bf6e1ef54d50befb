"""All positions as CSV: time compared with the sqlite3 command line, and memory above idle.

Each export runs in a process of its own, which answers one page first to reach its idle memory.
"""

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

# The same rows and words as the file of the site, as far as one query can produce them.
_QUERY = """
SELECT p.key, a.slug, a.name, i.slug, i.title, s.slug, s.label, s.value, p.summary, p.condition,
       p.said, p.earliest, p.latest, p.voice, p.first_hand, b.slug, k.slug, e.slug, d.slug, p.note,
       p.status, p.coder_id, p.coded_at, p.reviewer_id, p.reviewed_at, p.published_at,
       group_concat(source.name, ' | '), group_concat(article.slug, ' | '),
       group_concat(v.paragraph, ' | '), group_concat(v.role, ' | '), group_concat(v.exact, ' | ')
FROM astana_position p
JOIN astana_actor a ON a.id = p.actor_id
JOIN astana_issue i ON i.id = p.issue_id
JOIN astana_stance s ON s.id = p.stance_id
LEFT JOIN astana_actor b ON b.id = p.attributed_by_id
LEFT JOIN astana_actor k ON k.id = p.speaker_id
LEFT JOIN astana_event e ON e.id = p.event_id
LEFT JOIN astana_document d ON d.id = p.document_id
LEFT JOIN astana_evidence v ON v.position_id = p.id
LEFT JOIN astana_rendition r ON r.id = v.rendition_id
LEFT JOIN astana_article article ON article.id = r.article_id
LEFT JOIN astana_source source ON source.id = article.source_id
WHERE p.public = 1
GROUP BY p.latest, p.earliest, p.id ORDER BY p.latest DESC, p.earliest DESC, p.id DESC;
"""
MOST_TIMES, MOST_MIB = 4, 10


def lines(size: int, database: str) -> Iterator[tuple[str, bool | None]]:
    """Yield the cost of an export, each line with whether its aim is met (None: it has no aim)."""
    command = [sys.executable, "-m", "benchmarks.export", str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    cpu, idle, most, rows = (float(one) for one in done.stdout.split())
    grown = most - idle
    yield (
        f"CSV of all {rows:,.0f} rows: {cpu:.1f} s CPU, {grown:.1f} MiB above idle "
        f"({idle:.0f} MiB); at most {MOST_MIB} MiB",
        grown <= MOST_MIB,
    )
    shell = shutil.which("sqlite3")
    if not shell or not Path(database).exists():
        yield "No sqlite3 command line, or no SQLite file, to compare it with.", None
        return
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = [shell, "-readonly", "-csv", "-header", database, _QUERY]
    subprocess.run(own, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    taken = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    yield (
        f"CSV / sqlite3 command line ({taken:.1f} s CPU): {cpu / taken:.1f}; at most {MOST_TIMES}",
        cpu / taken <= MOST_TIMES,
    )


def main() -> None:
    """Export in this process: print seconds, MiB when idle, MiB at most, and rows."""
    from benchmarks.measure import site

    size = int(sys.argv[1])
    ask, stream = site()
    ask(f"/dossiers/generated-{size}/")
    address = f"/dossiers/generated-{size}/positions.csv"
    for _piece in stream(f"{address}?actor=actor-199"):
        pass
    idle = resident("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")
    started, rows = time.process_time(), 0
    for piece in stream(address):
        rows += piece.count(b"\n")
    taken = time.process_time() - started
    print(taken, idle, resident("VmHWM"), rows - 1)


def resident(name: str) -> float:
    """Return a memory figure of this process in MiB, or nothing without /proc."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(one for one in status.read_text().splitlines() if one.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "astana.settings")
    main()
