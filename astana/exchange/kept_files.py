"""Files that take a while to make: made one at a time, and kept for all processes of a machine."""

import contextlib
import fcntl
import os
import re
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection

from astana.models import Dossier
from astana.release import release

MOST_FILES = 20
MOST_BYTES = 200_000_000
# What nobody asked for so long is deleted, as soon as another one is made.
_KEPT_SECONDS = 86_400
# So long does one wait for its turn: who waits keeps a worker from showing pages.
_PATIENCE, _PAUSE = 1.0, 0.05
# The dossier and the version that a file is of, in its name.
_OF = re.compile(r"([0-9]+)\.[^.]+\.([0-9]+)\.")


class OtherIsMadeError(Exception):
    """Another file is being made, or this one is: ask again later."""


def kept_file(dossier: Dossier, name: object, kind: str, make: Callable[[Path], None]) -> IO[bytes]:
    """Return the file of this name at its beginning; `make` writes it unless it is there.

    It is of this version of the dossier, and goes with it. The name has to say all that the file
    depends on, beside that and the code. Whoever closes the file still reads it after it was
    deleted. Raises OtherIsMadeError where its turn does not come soon.
    """
    digest = sha256(repr((release(), name)).encode()).hexdigest()[:32]
    path = _folder() / f"{dossier.pk}.{dossier.slug}.{dossier.version}.{digest}.{kind}"
    if file := _opened(path):
        return file
    with in_turn():
        # Somebody else may have made it meanwhile.
        if file := _opened(path):
            return file
        made = path.with_suffix(".new")
        try:
            make(made)
            made.replace(path)
        finally:
            made.unlink(missing_ok=True)
        file = path.open("rb")
        _push_out(path.parent)
    return file


@contextlib.contextmanager
def in_turn() -> Iterator[None]:
    """Let only one process of this machine be inside at a time.

    It ends with its process, however that ends. Raises OtherIsMadeError.
    """
    end = time.monotonic() + _PATIENCE
    with (_folder() / "turn").open("ab") as turn:
        while True:
            try:
                fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise OtherIsMadeError from None
                time.sleep(_PAUSE)
        yield


def forget_files_of(slug: str) -> None:
    """Delete the files on this machine of a dossier that was just written to; asks no database."""
    for one in _folder().glob(f"*.{slug}.*"):
        if one.suffix != ".new":
            one.unlink(missing_ok=True)


def forget_superseded() -> None:
    """Delete the files on this machine of versions that are not the newest of their dossier.

    These may hold what was withdrawn since, or is for members alone now.
    """
    folder = _folder()
    found = [(_OF.match(one.name), one) for one in folder.iterdir() if one.suffix != ".new"]
    of = {one: (int(known[1]), int(known[2])) for known, one in found if known}
    if not of:
        return
    dossiers = Dossier.objects.filter(pk__in={pk for pk, _version in of.values()})
    newest = set(dossiers.values_list("pk", "version"))
    for one in (one for one, version in of.items() if version not in newest):
        one.unlink(missing_ok=True)


def _opened(path: Path) -> IO[bytes] | None:
    """Return a file that is there, as one that was asked for just now."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    with contextlib.suppress(FileNotFoundError):
        os.utime(path)
    return file


def _push_out(folder: Path) -> None:
    """Delete what was not asked for the longest, until no more is left than may be kept."""
    found = [(path.stat(), path) for path in folder.iterdir() if path.name != "turn"]
    size, oldest = 0, time.time() - _KEPT_SECONDS
    newest_first = sorted(found, key=lambda one: one[0].st_mtime_ns, reverse=True)
    for number, (about, path) in enumerate(newest_first):
        size += about.st_size
        if number >= MOST_FILES or size > MOST_BYTES or about.st_mtime < oldest:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    """Return the folder of this site among what is temporary, which nobody else can read."""
    site = repr((settings.SECRET_KEY, os.getuid(), str(connection.settings_dict["NAME"])))
    name = f"astana-files-{sha256(site.encode()).hexdigest()[:16]}"
    folder = Path(tempfile.gettempdir()) / name
    folder.mkdir(mode=0o700, exist_ok=True)
    about = folder.lstat()
    is_ours = stat.S_ISDIR(about.st_mode) and about.st_uid == os.getuid()
    if not is_ours or stat.S_IMODE(about.st_mode) & 0o077:
        raise PermissionError(f"{folder} exists and others can write to it: remove it.")
    return folder
