"""Files that strangers send, read as a format that is chosen or guessed, within bounds."""

import sys
from collections.abc import Mapping

from astana.formats.package import Package, Read, Trouble, Unreadable
from astana.formats.registry import FORMATS
from astana.formats.worker import SECONDS, read_as, read_of, request_of
from astana.intake.files import answer_of
from astana.intake.reading import Refused

_REFUSED = "Reading it takes too much time or memory. Split it."
_BUSY = "Other files are being read. Try again in a minute."


def names_for(file: str) -> list[str]:
    """Return the formats that a file of this name may have, the likelier ones first."""
    ending = file.rpartition(".")[2].lower()
    readable = [one for one in FORMATS.values() if one.read or one.read_beside]
    return [one.name for one in readable if not one.endings or ending in one.endings]


def read_within_bounds(
    names: list[str], content: bytes, options: Mapping[str, str], there: Package
) -> tuple[str, Read]:
    """Return what a file holds as the first of formats that can read it; raises Unreadable."""
    refused: Unreadable | None = None
    empty: tuple[str, Read] | None = None
    # Formats that look after themselves cannot start a process from within one that is bounded.
    runs: list[list[str]] = []
    for name in names:
        is_bounded = FORMATS[name].is_bounded
        if runs and FORMATS[runs[-1][0]].is_bounded == is_bounded:
            runs[-1].append(name)
        else:
            runs.append([name])
    for some in runs:
        try:
            if FORMATS[some[0]].is_bounded:
                found = read_as(some, content, options, there)
            else:
                found = read_of(_answer(some, content, options, there))
            if any(found[1].package.rows.values()):
                return found
            empty = empty or found
        except Unreadable as error:
            refused = error if error.choices else refused or error
    if empty:
        return empty
    raise refused or Unreadable([Trouble("file", "No known format has files with this ending.")])


def _answer(
    names: list[str], content: bytes, options: Mapping[str, str], there: Package
) -> dict[str, object]:
    command = [sys.executable, "-m", "astana.formats.worker", ",".join(names)]
    try:
        return answer_of(command, request_of(content, options, there), seconds=SECONDS)
    except Refused as refusal:
        reason = _BUSY if refusal.code == "busy" else _REFUSED
        raise Unreadable([Trouble("file", reason)]) from refusal
