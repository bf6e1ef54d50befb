"""Reads one list within bounds: `python -m astana.formats.articles.worker NAME`, as intake does.

It is given nothing but the bytes and answers in JSON: with the entries, or with why there are none.
The process ends after one list, has little memory and time, can write no file and open no
connection.
"""

import json
import logging
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from importlib import import_module

from astana.formats.articles.entry import Entry
from astana.formats.package import Unreadable
from astana.intake.reading import Refused
from astana.intake.worker import bound

# What the process may take as a whole; the libraries themselves take 90 MB.
MEMORY = 600 * 2**20
CPU_SECONDS = 30


def entries_in(name: str, content: bytes) -> list[Entry]:
    """Return the entries of a list; raises Unreadable and Refused."""
    reader: Callable[[bytes], Iterable[Entry]]
    reader = import_module(f"astana.formats.articles.{name}").entries_in
    try:
        return list(reader(content))
    except (Unreadable, Refused, ImportError):
        raise
    except (MemoryError, RecursionError):
        raise Refused("limits") from None
    except Exception as error:
        # Whatever a library meets with in a damaged file is one thing to whoever brought it.
        print(f"{type(error).__module__}.{type(error).__name__}", file=sys.stderr)
        raise Refused("unreadable") from None


def main() -> None:
    """Answer one list."""
    bound(memory=MEMORY, cpu_seconds=CPU_SECONDS)
    logging.disable()
    answer: dict[str, object]
    try:
        entries = entries_in(sys.argv[1], sys.stdin.buffer.read())
        answer = {"entries": [asdict(entry) for entry in entries]}
    except Unreadable as error:
        answer = {"troubles": [[one.place, one.reason] for one in error.troubles]}
    except Refused as refusal:
        answer = {"refused": refusal.code}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
