"""Files of a dossier that take a while to make: kept by each process, for the newest versions."""

import os
import tempfile
import threading
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import IO

from astana.models import Dossier

MOST_FILES = 20
MOST_BYTES = 200_000_000
# One is made at a time: each is a dossier in memory.
_making = threading.Lock()


def kept_file(dossier: Dossier, kind: str, make: Callable[[Path], None]) -> IO[bytes]:
    """Return a file of the version of a dossier, at its beginning; `make` writes it where needed.

    It is found again as long as the version is the newest that was asked for, in a folder that goes
    with the process. Whoever closes it still reads it after it was pushed out.
    """
    version = (dossier.pk, dossier.created_at, dossier.version)
    path = _folder(os.getpid()) / f"{sha256(repr(version).encode()).hexdigest()[:32]}.{kind}"
    with _making:
        if not path.exists():
            made = path.with_suffix(".new")
            made.unlink(missing_ok=True)
            make(made)
            made.replace(path)
        path.touch()
        file = path.open("rb")
        _push_out(path.parent)
    return file


def _push_out(folder: Path) -> None:
    """Delete what was not asked for the longest, until no more is left than may be kept."""
    found = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    size = 0
    for number, path in enumerate(found):
        size += path.stat().st_size
        if number >= MOST_FILES or size > MOST_BYTES:
            path.unlink()


@lru_cache
def _folder(process: int) -> Path:
    """Return the folder of a process, which is deleted when it ends."""
    folder = tempfile.TemporaryDirectory(prefix="astana-files-")
    _folders[process] = folder
    return Path(folder.name)


_folders: dict[int, tempfile.TemporaryDirectory] = {}
