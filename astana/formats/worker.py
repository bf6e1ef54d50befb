"""Reads one file within bounds: `python -m astana.formats.worker NAME,NAME`, as intake does.

It is given what `request_of` makes and answers in JSON: with what the file holds as the first of
these formats that can read it, or with why none can. The process ends after one file, has little
memory and time, can write no file and open no connection.
"""

import base64
import json
import logging
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from astana.formats.package import Loss, Package, Read, Row, Trouble, Unreadable
from astana.formats.registry import FORMATS
from astana.intake.worker import bound

# What the process may take as a whole: a hundred times the demonstration dossier fits.
MEMORY = 1_200 * 2**20
CPU_SECONDS = 60
SECONDS = 120.0
_ABOUT = ("slug", "title", "description", "address", "remembered")
_DAMAGED = "It is damaged, or of another kind. Export it again."


def request_of(content: bytes, options: Mapping[str, str], there: Package) -> bytes:
    """Return what the process is given: a file, how to read it, and what the dossier has."""
    told = {
        "content": base64.b64encode(content).decode(),
        "options": dict(options),
        "there": _told(there),
    }
    return json.dumps(told, default=_plain).encode()


def read_of(answer: dict[str, Any]) -> tuple[str, Read]:
    """Return what the process found, and as which format; raises Unreadable."""
    if "troubles" in answer:
        troubles = [Trouble(place, reason) for place, reason in answer["troubles"]]
        raise Unreadable(troubles, choices=answer["choices"], form=answer["form"])
    told = _whole(answer["read"])
    read = Read(
        _package(told["package"]),
        [Loss(**one) for one in told["losses"]],
        told["options"],
        title=told["title"],
        slug=told["slug"],
        description=told["description"],
        notes=tuple(told["notes"]),
        remember=told["remember"],
        choices=told["choices"],
    )
    return answer["format"], read


def read_as(
    names: list[str], content: bytes, options: Mapping[str, str], there: Package
) -> tuple[str, Read]:
    """Return what a file holds as the first of formats that can read it; raises Unreadable.

    One that finds nothing in it gives way to others. What is wrong is that of the format which
    leaves something to choose, else of the first.
    """
    refused: list[Unreadable] = []
    empty: list[tuple[str, Read]] = []
    for name in names:
        form = FORMATS[name]
        chosen = {key: value for key, value in options.items() if key in form.options}
        try:
            if form.read_beside:
                read = form.read_beside(content, chosen, there)
            elif form.read:
                read = form.read(content, chosen)
            else:
                continue
            if any(read.package.rows.values()):
                return name, read
            empty.append((name, read))
        except Unreadable as error:
            refused.append(error)
        except (MemoryError, RecursionError):
            refused.append(
                Unreadable([Trouble("file", "Reading it takes too much time or memory. Split it.")])
            )
        except Exception as error:
            # Whatever is met with in a damaged file is one thing to whoever brought it.
            print(f"{type(error).__module__}.{type(error).__name__}", file=sys.stderr)
            refused.append(Unreadable([Trouble("file", _DAMAGED)]))
    if empty:
        return empty[0]
    none = Unreadable([Trouble("file", "No format is chosen.")])
    raise next((one for one in refused if one.choices), refused[0] if refused else none)


def main() -> None:
    """Answer one file."""
    bound(memory=MEMORY, cpu_seconds=CPU_SECONDS)
    logging.disable()
    given = json.loads(sys.stdin.buffer.read())
    content = base64.b64decode(given.pop("content"))
    answer: dict[str, object]
    try:
        there = _package(_whole(given["there"]))
        name, read = read_as(sys.argv[1].split(","), content, given["options"], there)
        told = {
            "package": _told(read.package),
            "losses": [asdict(one) for one in read.losses],
            "options": dict(read.options),
            "title": read.title,
            "slug": read.slug,
            "description": read.description,
            "notes": list(read.notes),
            "remember": dict(read.remember),
            "choices": dict(read.choices),
        }
        answer = {"format": name, "read": told}
    except Unreadable as error:
        troubles = [[one.place, one.reason] for one in error.troubles]
        answer = {"troubles": troubles, "choices": dict(error.choices), "form": error.form}
    sys.stdout.buffer.write(json.dumps(answer, default=_plain).encode())


def _told(package: Package) -> dict[str, Any]:
    return {
        "rows": {
            table: [[row.given, row.otherwise] for row in rows]
            for table, rows in package.rows.items()
        },
        "texts": [[list(key), text] for key, text in package.texts.items()],
        "about": {name: getattr(package, name) for name in _ABOUT},
    }


def _package(told: dict[str, Any]) -> Package:
    package = Package(**told["about"])
    for table, rows in told["rows"].items():
        package.rows[table] = [Row(given, otherwise) for given, otherwise in rows]
    for (article, kind, language, version), text in told["texts"]:
        package.texts[article, kind, language, version] = text
    return package


def _plain(value: object) -> dict[str, str]:
    """Return a value that JSON does not know as one that it knows."""
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    raise TypeError(f"{type(value).__name__} cannot be in a row.")


def _whole(value: Any) -> Any:
    """Return values of JSON as they were; rows have more cells than one, and none is called so."""
    if isinstance(value, list):
        return [_whole(one) for one in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"date"} and isinstance(value["date"], str):
        return date.fromisoformat(value["date"])
    if value.keys() == {"decimal"}:
        return Decimal(value["decimal"])
    return {name: _whole(one) for name, one in value.items()}


if __name__ == "__main__":
    main()
