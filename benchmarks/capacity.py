"""Print what one core can do: reads and writes a second, memory of a worker, readers a day.

`python -m benchmarks.capacity`, on a generated dossier in an SQLite file that is kept here;
DATABASE_URL measures another database, which has to be empty or measured before. Reads count CPU
time, which other work on the machine changes least; writes count time on the clock, as they wait
for the disk. docs/scaling.md says what follows from the figures.
"""

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.machine import Share, environment, wait_until_idle

HERE = Path(__file__).resolve().parent
# Of a hundred requests, how many are for each kind of page; the rest are unchanged pages.
MIX = {"compare 6 x 20": 30, "issue": 20, "actor": 15, "reader": 15, "positions, first page": 20}
PAGES_A_READER = 5
# How many times the readers of an average hour the busiest one has.
PEAK = 4
# The share of a core that may be busy: beyond it readers wait.
FILL = 0.5


def main() -> None:
    """Measure reads, writes and memory, and print the result."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=10_000, help="positions of the dossier")
    parser.add_argument("--seconds", type=float, default=3, help="for each page")
    parser.add_argument("--saves", type=int, default=200)
    arguments = parser.parse_args()
    file = HERE / f"dossier-{arguments.size}.sqlite3"
    is_ours = not os.environ.get("DATABASE_URL")
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{file}")
    os.environ |= {"DJANGO_SETTINGS_MODULE": "astana.settings", "DEBUG": "1"}

    from benchmarks.measure import prepare, site

    ask, _stream = site()
    from django.db import connection

    prepare(arguments.size, is_ours=is_ours)
    print(f"{environment()}, {connection.vendor}")
    wait_until_idle(most=30)
    share = Share()
    reads = _reads(ask, arguments.size, seconds=arguments.seconds)
    print(f"memory of a worker: {_resident():.0f} MiB")
    writes = _writes(arguments.saves)
    print(f"saves a second, one coder: {writes:.0f}")
    _say_what_follows(reads)
    used = share.of_others()
    print(f"others used {used:.0%} of the machine meanwhile" if used is not None else "")


def per_second(act: Callable[[], object], *, seconds: float) -> float:
    """Return how often one core can do something in a second of CPU time."""
    act()
    number, start, until = 0, time.process_time(), time.monotonic() + 3 * seconds
    while time.process_time() - start < seconds and time.monotonic() < until:
        act()
        number += 1
    return number / (time.process_time() - start)


def readers_a_day(pages_a_second: float) -> float:
    """Return how many readers a day one core serves, after allowing for peak and reserve."""
    return pages_a_second * FILL / PEAK * 86_400 / PAGES_A_READER


def mixed(rates: dict[str, float]) -> float:
    """Return the pages a second of one core, weighted as in `MIX`."""
    return sum(MIX.values()) / sum(parts / rates[name] for name, parts in MIX.items())


def _reads(ask: Callable[..., bytes], size: int, *, seconds: float) -> tuple[float, float]:
    """Print pages a second; return those of the mix, and of unchanged pages."""
    from benchmarks.pages import addresses

    pages, rates = addresses(size), {}
    print(f"{'pages a second of one core':32}{'made':>9}{'not changed':>14}")
    same = {}
    for name in MIX:
        address = pages[name]
        rates[name] = per_second(lambda at=address: ask(at), seconds=seconds)
        same[name] = per_second(lambda at=address: ask(at, is_had=True), seconds=seconds / 3)
        print(f"  {name:30}{rates[name]:>9.0f}{same[name]:>14.0f}", flush=True)
    print(f"  {'as they are asked for':30}{mixed(rates):>9.0f}{mixed(same):>14.0f}")
    return mixed(rates), mixed(same)


def _writes(saves: int) -> float:
    """Save one record after the other as a page does, and return how many a second."""
    from astana.models import Actor

    actor = Actor.objects.order_by("pk").first()
    before = actor.description
    start = time.perf_counter()
    for number in range(saves):
        actor.description = f"Saved {number}."
        actor.save()
    took = time.perf_counter() - start
    actor.description = before
    actor.save()
    return saves / took


def _resident() -> float:
    from benchmarks.export import resident

    return resident("VmRSS")


def _say_what_follows(reads: tuple[float, float]) -> None:
    made, same = reads
    print(f"readers a day of one core, {PAGES_A_READER} pages each, no cache in front:")
    print(f"  {readers_a_day(made):,.0f} where each page is made")
    print(f"  {readers_a_day(same):,.0f} where none has changed")
    for kept in (0.9, 0.99):
        print(f"  {readers_a_day(made) / (1 - kept):,.0f} behind a cache that answers {kept:.0%}")


if __name__ == "__main__":
    main()
