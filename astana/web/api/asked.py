"""What an address of the API asks for beside the filters of a table, and where a page begins."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from astana.web.api.offered import ApiTable, Refused
from astana.web.api.parameters import COLUMNS, EXTRA, EXTRAS, MOST_SIZE, PAGING
from astana.web.named import likely

_OURS = tuple(one.name for one in (*PAGING, COLUMNS, EXTRA))


@dataclass(frozen=True)
class Asked:
    """Which rows of those that the filters leave, which of their columns, and what beside them.

    `size` is None where nothing is said; `filters` is the rest of the address, in one order.
    """

    size: int | None
    place: list[Any] | None
    names: tuple[str, ...]
    extras: tuple[str, ...]
    filters: str


def asked_of(request: HttpRequest, table: ApiTable, *, dossier: str) -> Asked:
    """Read an address; raises Refused, and also for parameters that nobody knows."""
    known = [*(one.name for one in table.parameters), *_OURS]
    words = _("“%(name)s” is not a parameter here. Parameters: %(known)s.")
    if unknown := [name for name in request.GET if name not in known]:
        raise Refused([words % {"name": name[:60], "known": ", ".join(known)} for name in unknown])
    pairs = sorted(
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if value and name not in _OURS
    )
    filters = repr((dossier, table.name, pairs))
    after = request.GET.get("after", "")
    return Asked(
        size=_size(request.GET.get("size", "")),
        place=place_of(after, asked=filters) if after else None,
        names=_some("columns", request, table.names) or table.names,
        extras=_some("extra", request, tuple(EXTRAS)),
        filters=filters,
    )


def _size(value: str) -> int | None:
    if not value:
        return None
    if value.isascii() and value.isdecimal() and len(value) < 5 and 1 <= int(value) <= MOST_SIZE:
        return int(value)
    words = _("“%(value)s” is not a size: write a number from 1 to %(most)s.")
    raise Refused([words % {"value": value[:20], "most": MOST_SIZE}])


def _some(name: str, request: HttpRequest, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of a parameter, each once; raises Refused for one that is not known."""
    values = ",".join(request.GET.getlist(name)).split(",")
    asked = tuple(dict.fromkeys(one for value in values if (one := value.strip())))
    words = _("“%(value)s” is unknown in “%(name)s”. Known values: %(known)s.")
    if unknown := [one for one in asked if one not in known]:
        value, like = unknown[0][:60], likely(unknown[0], known)
        raise Refused([words % {"value": value, "name": name, "known": like}])
    return asked


def cursor_of(place: list[Any], *, asked: str) -> str:
    """Return the place of the last row among those that were asked for, signed, for an address."""
    written = json.dumps(place, default=str)
    return urlsafe_b64encode(f"{_mark(written, asked)}{written}".encode()).decode().rstrip("=")


def place_of(cursor: str, *, asked: str) -> list[Any]:
    """Return the place that a cursor says; raises Refused for one of other rows, or of nobody."""
    try:
        read = urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)).decode()
    except ValueError:
        read = ""
    mark, written = read[:16], read[16:]
    if not constant_time_compare(mark, _mark(written, asked)):
        raise Refused(
            [
                _(
                    "“after” does not belong to these filters: use it only with those it was "
                    "given for, or leave it out to start again."
                )
            ]
        )
    return json.loads(written)


def _mark(written: str, asked: str) -> str:
    return salted_hmac("astana.api.cursor", f"{asked}\n{written}").hexdigest()[:16]
