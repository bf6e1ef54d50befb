"""A zip that is damaged within is said to be, whatever packed it."""

import io
import zipfile

import pytest

from astana.formats.folders import Folder
from astana.formats.package import Unreadable

PACKED = (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


@pytest.mark.parametrize("packed", PACKED)
def test_what_cannot_be_unpacked_is_named(packed):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", packed) as archive:
        archive.writestr("articles.csv", "slug,title\n" * 200)
    damaged = bytearray(whole.getvalue())
    start = damaged.index(b"articles.csv") + len("articles.csv") + 12
    damaged[start : start + 6] = b"\xff" * 6
    with pytest.raises(Unreadable, match=r"articles\.csv"):
        Folder(bytes(damaged)).read("articles.csv")
