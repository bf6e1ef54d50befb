"""Print the cost of pages on generated dossiers, as ratios to a floor measured in the same run.

`make bench`, or `make bench BENCH="--sizes 10000 100000 1000000"`: a million positions take some
minutes to write and two gigabytes. Each size has an SQLite
file of its own here, which is kept; DATABASE_URL measures another database instead. It never
fails because of a figure: milliseconds depend on the machine, and people compare the ratios.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import agreement, export
from benchmarks.aims import growth, verdicts
from benchmarks.machine import environment

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Measure each size in a process of its own, so that none profits from the one before."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[10_000, 100_000], metavar="POSITIONS"
    )
    parser.add_argument("--seconds", type=float, default=6, help="for each page, at most")
    parser.add_argument("--only", default="", help="pages whose name has this in it")
    arguments = parser.parse_args()
    own = os.environ.get("DATABASE_URL", "")
    print(environment())
    print(f"Database: {'DATABASE_URL' if own else 'SQLite'}. Times are the middle of the rounds;")
    print("each asks for the page, then for the floor (one raw query, a template of 50 rows).")
    print("others: the share of the machine that other programs used meanwhile.", flush=True)
    ratios, others = {}, []
    for size in arguments.sizes:
        database = own or f"sqlite:///{HERE / f'dossier-{size}.sqlite3'}"
        command = [sys.executable, "-m", "benchmarks.measure", str(size)]
        command += ["--seconds", str(arguments.seconds), "--only", arguments.only]
        settings = {"DJANGO_SETTINGS_MODULE": "astana.settings", "DATABASE_URL": database}
        # This one client sends more requests than the limits allow.
        settings |= {"FILES_PER_MINUTE": "0", "COSTLY_PER_MINUTE": "0", "API_PER_MINUTE": "0"}
        os.environ |= settings | {"DEBUG": "1"}
        with TemporaryDirectory() as directory:
            into = Path(directory) / "ratios.json"
            command += ["--into", str(into), *([] if own else ["--is-ours"])]
            done = subprocess.run(command, cwd=HERE.parent)
            if done.returncode:
                sys.exit(done.returncode)
            ratios[size], beside = json.loads(into.read_text())
            others += beside
        if arguments.only in "CSV of all":
            others += _printed(export.lines(size, database.removeprefix("sqlite:///")))
    # It uses no database, so it is the same for every size.
    if arguments.only in "agreement of all pairs":
        others += _printed(agreement.lines())
    print("\n".join([*growth(ratios), *verdicts(ratios, others)]))


def _printed(lines: Iterator[tuple[str, bool | None]]) -> list[tuple[str, bool | None]]:
    found = []
    for line in lines:
        print(line[0], flush=True)
        found.append(line)
    return found


if __name__ == "__main__":
    main()
