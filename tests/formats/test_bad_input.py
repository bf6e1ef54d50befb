"""What is no file of a kind is refused by each of them at once, with its place and a reason."""

import io
import json
import time
import zipfile
from functools import cache

import pytest

from astana.formats.articles.listing import MOST_BYTES
from astana.formats.articles.worker import entries_in
from astana.formats.package import Package, Unreadable
from astana.formats.registry import FORMATS
from astana.intake.reading import Refused

READ = [name for name, form in FORMATS.items() if form.read or form.read_beside]
# Each would unpack to gigabytes.
LAUGHS = (
    "<!DOCTYPE x ["
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    + "]><x>&l11;</x>"
)


def _zip(**files: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


@cache
def _bad() -> dict[str, bytes]:
    """Return what is wrong, by its name; not made by processes that only collect this test."""
    whole = _zip(**{f"{number}.json": b"[]" for number in range(3)})
    return {
        "empty": b"",
        "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
        "null bytes": bytes(4_000),
        "a truncated zip": whole[: len(whole) // 2],
        "paths that climb": _zip(**{"../../etc/passwd.json": b"[]", "a/../../b.qde": b"<x/>"}),
        "a zip bomb": _zip(**{"project.qde": bytes(90_000_000), "a.json": bytes(90_000_000)}),
        "a truncated list": b'[{"id": "a", "text": "',
        "brackets without end": b"[" * 500_000,
        "a truncated database": b"SQLite format 3\0" + bytes(2_000),
        "truncated XML": b'<?xml version="1.0" encoding="utf-8"?><Project><Users><User',
        "a billion laughs": LAUGHS.encode(),
        "a billion laughs in a zip": _zip(
            **{"project.qde": LAUGHS.encode(), "word/document.xml": LAUGHS.encode()}
        ),
        "10 million rows": b"1;2\n" * 10_000_000,
        "a future version": json.dumps({"version": "99.0", "format": 99}).encode(),
    }


def _found(name: str, content: bytes) -> object:
    """Return what is found in a file."""
    form = FORMATS[name]
    if form.is_bounded and len(content) <= MOST_BYTES:
        # Within this process, as one of its own for each would take a second.
        return entries_in(name.removesuffix("-json"), content)
    read = form.read_beside(content, {}, Package()) if form.read_beside else form.read(content, {})
    return [row for rows in read.package.rows.values() for row in rows]


@pytest.mark.parametrize("name", READ)
def test_what_is_no_file_of_a_kind_is_refused_with_place_and_reason(name):
    wrong = []
    for what, content in _bad().items():
        since = time.process_time()
        try:
            if _found(name, content):
                wrong.append((what, "it was read"))
        except Refused:
            # The list of articles says that in words (test_import_articles).
            pass
        except Unreadable as error:
            if not all(one.place and one.reason.endswith(".") for one in error.troubles):
                wrong.append((what, error.troubles[:1]))
        if (took := time.process_time() - since) > 10:
            wrong.append((what, f"{took:.1f} s"))
    assert not wrong
