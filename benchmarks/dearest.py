"""Print the cost of the most expensive public addresses, in floors of the same run.

`python -m benchmarks.dearest --size 1000000`. Each is requested as if it were the first request in
this version of the dossier, so that no cache helps. Files of whole tables are left out: they are
made once for a version, one at a time, and sent from the disk.
"""

import argparse
import os
import time
from pathlib import Path
from statistics import median

from benchmarks.machine import environment

HERE = Path(__file__).resolve().parent
MOST, ROUNDS = 100, 3


def _chosen(name: str, number: int) -> str:
    return "&".join(f"{name}={name}-{n}" for n in range(number))


def addresses(size: int) -> dict[str, str]:
    """Return the addresses, by name, in the generated dossier of a size."""
    largest = f"{_chosen('actor', 12)}&{_chosen('issue', 30)}"
    pages = {
        "compare 12 x 40": f"compare/?{_chosen('actor', 12)}&{_chosen('issue', 40)}",
        "compare, since a day": f"compare/?{largest}&since=2015-01-01",
        "compare, as recorded": f"compare/?{largest}&recorded_as_of=2020-01-01T00:00:00Z",
        "compare as CSV": f"compare.csv?{largest}",
        "compare as a workbook": f"compare-wide.xlsx?{largest}",
        "compare as SVG": f"/embed/dossiers/generated-{size}/compare.svg?{largest}",
        "compare as PNG": f"/embed/dossiers/generated-{size}/compare.png?{largest}",
        "compare in a frame": f"/embed/dossiers/generated-{size}/compare/?{largest}",
        "brief": "brief/?side=actor-0&side=actor-1&side=actor-2",
        "agreement, all actors": "agreement/",
        "agreement as a graph": "agreement.graphml",
        "agreement in statements": "agreement/statements/",
        "common ground": "common-ground/",
        "coverage": "coverage/",
        "framing": "framing/",
        "framing of an actor": "framing/?actor=actor-0",
        "timeline of an issue": "timeline/?issue=issue-0",
        "timeline of an actor": "timeline/?by=actor&actor=actor-0",
        "sources": "sources/",
        "a source": "sources/source-0/",
        "overview": "",
        "card": "card.png",
        "positions, filtered": "positions/?actor=actor-0&voice=document&since=2014-01-01",
        "positions, words": "positions/?q=talks",
        "feed": "feed.atom",
        "feed of an issue": "issues/issue-0/feed.atom",
        "API, positions": f"/api/dossiers/generated-{size}/positions?extra=sources",
        "API, agreement": f"/api/dossiers/generated-{size}/agreement",
        "API, compare": f"/api/dossiers/generated-{size}/compare?{largest}",
        "search, a common word": f"/search/?dossier=generated-{size}&q=talks",
        "sitemap": "/sitemap-positions.xml",
    }
    root = f"/dossiers/generated-{size}/"
    return {name: page if page.startswith("/") else f"{root}{page}" for name, page in pages.items()}


def main() -> None:
    """Measure each address, and print whether it meets the aim."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=100_000, help="positions of the dossier")
    parser.add_argument("--only", default="", help="addresses whose name has this in it")
    arguments = parser.parse_args()
    size, is_ours = arguments.size, not os.environ.get("DATABASE_URL")
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{HERE / f'dossier-{size}.sqlite3'}")
    limits = {"FILES_PER_MINUTE": "0", "COSTLY_PER_MINUTE": "0", "API_PER_MINUTE": "0"}
    os.environ |= limits | {"DJANGO_SETTINGS_MODULE": "astana.settings", "DEBUG": "1"}

    from benchmarks.measure import prepare, site

    _ask, stream = site()
    from django.conf import settings
    from django.core.cache import caches

    def taken(address: str) -> float:
        """Return the CPU time of an answer that is sent in pieces."""
        for name in settings.CACHES:
            if settings.CACHES[name]["BACKEND"].rpartition(".")[2] in ("Held", "LocMemCache"):
                caches[name].clear()
        start = time.process_time()
        for _piece in stream(address):
            pass
        return time.process_time() - start

    prepare(size, is_ours=is_ours)
    print(environment())
    taken(floor := f"/floor/generated-{size}/")
    one = median(taken(floor) for _round in range(9))
    for name, address in addresses(size).items():
        if arguments.only not in name:
            continue
        try:
            times = [taken(address)]
        except SystemExit as error:
            print(f"{name:32}{error}", flush=True)
            continue
        # Fewer rounds for slow addresses.
        times += [taken(address) for _round in range(ROUNDS - 1) if times[0] < 300 * one]
        ratio = min(times) / one
        word = "met" if ratio <= MOST else "NOT MET"
        print(f"{name:32}{ratio:9.1f} floors  {word}: at most {MOST}", flush=True)


if __name__ == "__main__":
    main()
