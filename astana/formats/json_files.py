"""JSON that a stranger sent, read within bounds and with the place of what is wrong."""

import json
from typing import Any

from astana.formats.package import Trouble, Unreadable

# As many objects and lists as fit into memory once they are read.
MOST_PARTS = 1_000_000


def read_json(content: bytes, place: str, *, line: int = 0) -> Any:
    """Return what a file of JSON says, or that line of it; `place` is what messages call it."""
    text = _text(content, place)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"{place}, line {line or error.lineno}"
        raise Unreadable([Trouble(where, f"This is not JSON: {error.msg}.")]) from error
    except (RecursionError, ValueError) as error:
        reason = "It is nested too deeply, or a number in it is too long."
        where = f"{place}, line {line}" if line else place
        raise Unreadable([Trouble(where, reason)]) from error


def read_lines(content: bytes, place: str) -> list[tuple[int, Any]]:
    """Return what each line of a file of JSON lines says, with its number; blank ones left out."""
    lines = _text(content, place).split("\n")
    return [
        (number, read_json(line.encode(), place, line=number))
        for number, line in enumerate(lines, 1)
        if line.strip()
    ]


def _text(content: bytes, place: str) -> str:
    parts = content.count(b"{") + content.count(b"[")
    if parts > MOST_PARTS:
        reason = f"It has more than {MOST_PARTS:,} objects and lists. Split the file."
        raise Unreadable([Trouble(place, reason)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        reason = "This is not UTF-8. Save it as UTF-8."
        raise Unreadable([Trouble(f"{place}, line {line}", reason)]) from error
