"""Where the next page begins: the place of the last row, signed, in letters for an address."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from astana.web.api.offered import Refused


def cursor_of(place: list[Any], *, asked: str) -> str:
    """Return the cursor of a place among the rows that were asked for."""
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
                    "“after” is no cursor of these rows: it goes with the filters that it was "
                    "given for. Leave it out to begin anew."
                )
            ]
        )
    return json.loads(written)


def _mark(written: str, asked: str) -> str:
    return salted_hmac("astana.api.cursor", f"{asked}\n{written}").hexdigest()[:16]
