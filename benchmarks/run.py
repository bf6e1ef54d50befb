"""Print how long the pages take on generated dossiers, as ratios to a floor of the same run.

`make bench`, or `python -m benchmarks.run --sizes 10000 100000 1000000`. Each size has an SQLite
file of its own here, which is kept; DATABASE_URL measures another database instead. No figure is
ever a reason to fail: milliseconds are the machine's, ratios are for people to compare.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from benchmarks import agreement
from benchmarks.machine import environment

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Measure each size in a process of its own, so that none is warm from the one before."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000], metavar="POSITIONS")
    parser.add_argument("--seconds", type=float, default=6, help="for each page, at most")
    parser.add_argument("--only", default="", help="pages whose name has this in it")
    arguments = parser.parse_args()
    own = os.environ.get("DATABASE_URL", "")
    print(environment())
    print(f"Database: {'DATABASE_URL' if own else 'SQLite'}. Times are the middle of the rounds;")
    print("each asks for the page, then for the floor (one raw query, a template of 50 rows).")
    print("others: the share of the machine that other programs used meanwhile.", flush=True)
    for size in arguments.sizes:
        database = own or f"sqlite:///{HERE / f'dossier-{size}.sqlite3'}"
        command = [sys.executable, "-m", "benchmarks.measure", str(size)]
        command += ["--seconds", str(arguments.seconds), "--only", arguments.only]
        settings = {"DJANGO_SETTINGS_MODULE": "astana.settings", "DATABASE_URL": database}
        done = subprocess.run(
            command if own else [*command, "--is-ours"],
            env=os.environ | settings | {"DEBUG": "1"},
            cwd=HERE.parent,
        )
        if done.returncode:
            sys.exit(done.returncode)
    # This one asks no database, so that it is the same for every size.
    if arguments.only in "agreement of all pairs":
        print("\n".join(agreement.lines()))


if __name__ == "__main__":
    main()
