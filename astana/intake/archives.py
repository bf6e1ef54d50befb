"""Documents that are archives: opened only where they do not unpack to too much."""

from collections.abc import Callable
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from astana.intake.reading import Refused

MAX_ENTRIES = 2_000
MAX_UNPACKED = 5_000_000
MAX_RATIO = 100


def opened(data: bytes, *, is_read: Callable[[str], bool], most: int = MAX_UNPACKED) -> ZipFile:
    """Return an archive whose parts that are read are of a size that a document's are.

    They unpack to no more than `most` bytes.

    Raises Refused for one with a password, or with more in it.
    """
    try:
        archive = ZipFile(BytesIO(data))
    except BadZipFile:
        raise Refused("unreadable") from None
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise Refused("too-much-inside")
    unpacked = 0
    for entry in entries:
        if entry.flag_bits & 1:
            raise Refused("encrypted")
        if not is_read(entry.filename):
            continue
        unpacked += entry.file_size
        if unpacked > most or entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise Refused("too-much-inside")
    return archive
