"""Measure every page on the generated dossier of one size; benchmarks.run calls this."""

import argparse
import io
import json
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import django
from django.conf import settings

from benchmarks.aims import most_bytes
from benchmarks.machine import Share, wait_until_idle

# These end the name of a page that is measured as if nobody had looked at it before,
FIRST_LOOK = ", first look"
# as the very first request since the dossier changed, when nothing has been counted yet,
NOTHING_KEPT = ", first of all"
# or as requested by a client that has its newest version.
NOT_CHANGED = ", not changed"


@dataclass(frozen=True)
class Figures:
    """The cost of one page. Times are in seconds, the median of all rounds."""

    name: str
    wall: float
    floor_wall: float
    cpu: float
    floor_cpu: float
    queries: int
    cold_queries: int
    body: bytes
    others: float | None


def main() -> None:
    """Write the dossier if necessary, measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int)
    parser.add_argument("--seconds", type=float, default=6, help="for each page, at most")
    parser.add_argument("--only", default="", help="pages whose name has this in it")
    parser.add_argument("--into", type=Path, help="a file for the ratios, as JSON")
    parser.add_argument("--is-ours", action="store_true", help="the database may be made anew")
    arguments = parser.parse_args()

    size = arguments.size
    ask, _stream = site()
    prepare(size, is_ours=arguments.is_ours)

    from benchmarks import an_article, saving
    from benchmarks.pages import addresses

    floor = f"/floor/generated-{size}/"
    an_article.an_article_to_read()
    wait_until_idle(most=20)
    print(
        f"{'page':32}{'x floor':>9}{'x floor, CPU':>14}{'p50 ms':>9}{'queries':>9}{'cold':>6}"
        f"{'bytes':>10}{'gzip':>9}{'others':>8}"
    )
    ratios = {}
    how = {"floor": partial(ask, floor), "seconds": arguments.seconds}

    def note(found: Figures) -> None:
        print(_line(found) + _weight(found, size), flush=True)
        # CPU time: other work on the machine changes it least.
        ratios[found.name] = found.cpu / found.floor_cpu

    for name, address in addresses(size).items():
        if arguments.only in name:
            note(_measure(ask, name, address, **how))
    if arguments.only in saving.NAME:
        coder = saving.Saving(size)
        try:
            note(_measure(coder, saving.NAME, coder.address, after=coder.undo, **how))
        finally:
            coder.undo()
            coder.leave()
    others = list(_beside(ask, size)) if arguments.only in "list beside Datasette" else []
    if arguments.into:
        arguments.into.write_text(json.dumps([ratios, others]))


def _beside(ask: Callable[..., bytes], size: int) -> Iterator[tuple[str, bool | None]]:
    """Print and yield how many times as much Datasette's pages cost, if there is a file."""
    from django.db import connection

    from benchmarks import beside_datasette

    if connection.vendor != "sqlite":
        return
    database = Path(connection.settings_dict["NAME"])
    file = database.with_name(f"datasette-{size}.sqlite3")
    for line in beside_datasette.lines(ask, size, database, file):
        print(line[0], flush=True)
        yield line


def prepare(size: int, *, is_ours: bool) -> None:
    """Write the dossier if necessary; a file of our own with an older recipe is replaced."""
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.generate import AnotherRecipe, a_generated_dossier

    started = time.perf_counter()
    call_command("migrate", verbosity=0)
    try:
        a_generated_dossier(size)
    except AnotherRecipe as error:
        if not is_ours:
            raise SystemExit(
                f"The database holds a dossier {error} that an older benchmarks/generate.py made. "
                "Measure on a new database."
            ) from error
        connection.close()
        for end in ("", "-wal", "-shm"):
            Path(f"{connection.settings_dict['NAME']}{end}").unlink(missing_ok=True)
        call_command("migrate", verbosity=0)
        a_generated_dossier(size)
    took = time.perf_counter() - started
    print(f"\n{size:,} positions" + (f", written in {took:.0f} s" if took > 5 else ""), flush=True)


def site() -> tuple[Callable[..., bytes], Callable[..., Iterator[bytes]]]:
    """Set the site up; return functions that request a page, and a file in pieces.

    Both call its WSGI application in this process, so that nothing else is measured. With
    `is_had` they ask like a client that has the page as it was last time.
    """
    django.setup()
    settings.DEBUG = False
    settings.ROOT_URLCONF = "benchmarks.floor"
    settings.ALLOWED_HOSTS = ["bench.example"]
    from django.core.handlers.wsgi import WSGIHandler

    application = WSGIHandler()
    marks: dict[str, str] = {}

    def stream(address: str, *, is_had: bool = False) -> Iterator[bytes]:
        parts = urlsplit(address)
        answered = []
        had = {"HTTP_IF_NONE_MATCH": marks[address]} if is_had else {}

        def start(status: str, headers: list[tuple[str, str]]) -> None:
            answered.append(status)
            marks[address] = dict(headers).get("ETag", "")

        response = application(
            {
                "REQUEST_METHOD": "GET",
                "SCRIPT_NAME": "",
                "PATH_INFO": parts.path,
                "QUERY_STRING": parts.query,
                "REMOTE_ADDR": "192.0.2.1",
                "SERVER_NAME": "bench.example",
                "SERVER_PORT": "443",
                "SERVER_PROTOCOL": "HTTP/1.1",
                "wsgi.url_scheme": "https",
                "wsgi.input": io.BytesIO(),
                "wsgi.errors": io.StringIO(),
                **had,
            },
            start,
        )
        yield from response
        response.close()
        if answered != ["304 Not Modified" if is_had else "200 OK"]:
            raise SystemExit(f"{address} answered {answered[0]}")

    return lambda address, **how: b"".join(stream(address, **how)), stream


def _measure(
    ask: Callable[..., bytes],
    name: str,
    address: str,
    *,
    floor: Callable[[], bytes],
    seconds: float,
    after: Callable[[], None] | None = None,
) -> Figures:
    """Request the page and the floor in turn, so that a slow machine affects both.

    `after` is called after each request for the page, and is not measured.
    """
    from django.core.cache import caches

    from benchmarks.pages import MADE_ANEW

    for name_of_cache in settings.CACHES:
        caches[name_of_cache].clear()
    ask_page = partial(ask, address)
    after = after or (lambda: None)
    if name.endswith(NOT_CHANGED):
        ask(address)
        ask_page = partial(ask, address, is_had=True)
    cold_queries = _count(ask_page)
    after()
    queries = _count(ask_page)
    after()
    body = ask_page()
    after()
    floor()
    page_times, floor_times = [], []
    share, until = Share(), time.perf_counter() + seconds
    while len(page_times) < 15 or (time.perf_counter() < until and len(page_times) < 400):
        if name.endswith(NOTHING_KEPT):
            for name_of_cache in settings.CACHES:
                caches[name_of_cache].clear()
        elif name.endswith(FIRST_LOOK):
            caches["comparisons"].clear()
            caches["pages"].clear()
        elif name.startswith(MADE_ANEW) and not name.endswith(NOT_CHANGED):
            caches["pages"].clear()
        page_times.append(_time(ask_page))
        after()
        floor_times.append(_time(floor))
    return Figures(
        name=name,
        wall=median(wall for wall, _cpu in page_times),
        floor_wall=median(wall for wall, _cpu in floor_times),
        cpu=median(cpu for _wall, cpu in page_times),
        floor_cpu=median(cpu for _wall, cpu in floor_times),
        queries=queries,
        cold_queries=cold_queries,
        body=body,
        others=share.of_others(),
    )


def _time(ask: Callable[[], bytes]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    ask()
    return time.perf_counter() - wall, time.process_time() - cpu


def _count(ask: Callable[[], bytes]) -> int:
    """Return how many queries a page makes."""
    from django.db import connection

    queries: list[str] = []

    def note(execute, sql, parameters, many, context):
        queries.append(sql)
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        ask()
    return len(queries)


def _line(found: Figures) -> str:
    others = "?" if found.others is None else f"{found.others:.0%}"
    return (
        f"{found.name:32}{found.wall / found.floor_wall:9.2f}{found.cpu / found.floor_cpu:14.2f}"
        f"{found.wall * 1000:9.2f}{found.queries:9}{found.cold_queries:6}{len(found.body):10,}"
        f"{len(zlib.compress(found.body, 6)):9,}{others:>8}"
    )


def _weight(found: Figures, size: int) -> str:
    """Say whether the page meets its aim for bytes of HTML, if it has one."""
    most = most_bytes(found.name, size)
    if most is None:
        return ""
    return f"  {'met' if len(found.body) <= most else 'not met'}: at most {most:,} bytes"


if __name__ == "__main__":
    main()
