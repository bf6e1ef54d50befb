"""Folders of files that travel as a zip, opened within bounds."""

import io
import lzma
import zipfile
import zlib
from typing import Any

from astana.formats.json_files import read_json
from astana.formats.package import Trouble, Unreadable

MOST_FILES = 20_000
MOST_BYTES = 100_000_000
# Words shrink to a tenth or so; what shrinks to less than this is made to fill a memory.
MOST_RATIO = 200
_SMALL = 1_000_000
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError),
    *(NotImplementedError, OSError, ValueError),
)


class Folder:
    """The files of a zip by name; raises Unreadable for what is damaged, or too large inside.

    What is not read is not unpacked either.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except _UNREADABLE as error:
            reason = "This is neither a folder nor a zip that can be read. Copy it again."
            raise Unreadable([Trouble("beginning", reason)]) from error
        members = [one for one in self._archive.infolist() if not one.is_dir()]
        if len(members) > MOST_FILES:
            raise Unreadable([Trouble("zip", f"There are more than {MOST_FILES:,} files in it.")])
        self._members: dict[str, zipfile.ZipInfo] = {}
        for one in members:
            name = one.filename.replace("\\", "/")
            if name in self._members:
                raise Unreadable([Trouble(name[:80], "It occurs twice. Keep one of them.")])
            if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
                reason = "Its path leads out of the zip. Make a new zip."
                raise Unreadable([Trouble(name[:80], reason)])
            self._members[name] = one
        # How much may still be unpacked, shared with the zips within.
        self._room = [MOST_BYTES]
        self._within: dict[str, Folder] = {}

    @property
    def names(self) -> list[str]:
        """The names of the files in order."""
        return sorted(self._members)

    def within(self, name: str) -> "Folder":
        """Return a zip that is a file of this one; both together hold no more than one may."""
        if name not in self._within:
            self._within[name] = Folder(self.read(name))
        inner = self._within[name]
        inner._room = self._room
        return inner

    def read(self, name: str) -> bytes:
        """Return the content of a file that is there."""
        stated = self._members[name]
        if stated.file_size > max(_SMALL, MOST_RATIO * stated.compress_size):
            reason = f"It unpacks to more than {MOST_RATIO} times its size. Make a new zip."
            raise Unreadable([Trouble(name, reason)])
        try:
            # The size that a zip states may be a lie: no more is read than is left.
            with self._archive.open(stated) as file:
                content = file.read(self._room[0] + 1)
        except (*_UNREADABLE, RuntimeError) as error:
            reason = f"It cannot be unpacked: {error}. Make a new zip without a password."
            raise Unreadable([Trouble(name, reason)]) from error
        self._room[0] -= len(content)
        if self._room[0] < 0:
            reason = f"With it, more than {MOST_BYTES:,} bytes are unpacked. Split the zip."
            raise Unreadable([Trouble(name, reason)])
        return content

    def json(self, name: str) -> Any:
        """Return what a file of JSON says."""
        return read_json(self.read(name), name)
