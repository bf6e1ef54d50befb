"""The files of a package: read from a folder or a zip, written as a folder."""

import json
import lzma
import shutil
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import IO

from astana.exchange.problems import BrokenPackage, Problem

DESCRIPTOR = "datapackage.json"

# A package holds words, not pictures: a hundred times the demonstration dossier fits.
MOST_BYTES = 200_000_000
MOST_FILES = 20_000

# What the zipfile module raises for damaged or foreign zips.
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)


def read_files(path: Path) -> dict[str, bytes]:
    """Return the files of a package by name: the descriptor, the tables and the texts.

    Other files of a folder or zip are passed over. Raises BrokenPackage where there is no package,
    or where it is too large or tries to reach outside itself.
    """
    if path.is_dir():
        return _read_folder(path)
    if path.is_file() and zipfile.is_zipfile(path):
        return _read_zip(path)
    if path.is_file() and _begins_as_zip(path):
        raise _broken(path.name, "This zip is cut short or damaged. Copy or download it again.")
    if path.exists():
        raise _broken(path.name, "This is neither a folder nor a zip. Name the package's folder.")
    raise _broken(str(path), "There is no such folder or zip. Check the path.")


def write_files(path: Path, files: Mapping[str, bytes]) -> None:
    """Write a package as a folder, all of it or nothing; an older package there is replaced.

    Raises BrokenPackage where something else than a package would be overwritten, or where a name
    leads out of the folder.
    """
    path = path.resolve()
    for name in files:
        if not _belongs(name) or ".." in name:
            message = "No file can have this name. Correct the article's or the text's language."
            raise _broken(name, message)
    if path.exists():
        _refuse_to_overwrite(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    old = new.with_name(f"{new.name}-old")
    try:
        new.chmod(0o755)
        for name, content in files.items():
            target = new / name
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(content)
        if path.exists():
            path.rename(old)
        new.rename(path)
    except BaseException:
        if old.exists() and not path.exists():
            old.rename(path)
        shutil.rmtree(new, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)


def zip_files(files: Mapping[str, bytes], *, folder: str) -> IO[bytes]:
    """Return a zip of a package, with all of it in a folder; the same files give the same zip.

    It is a temporary file at its beginning; whoever closes it deletes it.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it, when it has been sent.
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            member = zipfile.ZipInfo(f"{folder}/{name}")
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, content)
    file.seek(0)
    return file


def _refuse_to_overwrite(path: Path) -> None:
    """Raise BrokenPackage unless a path is an empty folder, or holds a package and nothing else."""
    if not path.is_dir():
        raise _broken(str(path), "This is a file. Name a new folder.")
    if not any(path.iterdir()):
        return
    try:
        is_package = "astana" in json.loads((path / DESCRIPTOR).read_bytes())
    except (OSError, ValueError, TypeError):
        is_package = False
    if not is_package:
        message = (
            "The folder contains something other than a dossier. Name a new or an empty folder."
        )
        raise _broken(str(path), message)
    names = (item.relative_to(path).as_posix() for item in path.rglob("*") if not item.is_dir())
    if strangers := sorted(name for name in names if not _belongs(name)):
        message = f"The folder also holds {', '.join(strangers[:5])}. Move that elsewhere first."
        raise _broken(str(path), message)


def _broken(file: str, message: str) -> BrokenPackage:
    return BrokenPackage([Problem(file, message)])


def _belongs(name: str) -> bool:
    """Return whether a name is one of those that a package's files can have."""
    parts = PurePosixPath(name).parts
    if parts[-1].startswith("."):
        # What other systems keep beside a file, such as ._sources.csv.
        return False
    if len(parts) == 1:
        return name == DESCRIPTOR or name.endswith(".csv")
    return len(parts) == 2 and parts[0] == "texts" and name.endswith(".txt")


def _read_folder(folder: Path) -> dict[str, bytes]:
    root = folder.resolve()
    descriptors = [*root.glob(DESCRIPTOR), *root.glob(f"*/{DESCRIPTOR}")]
    root /= _root_of([item.relative_to(root).as_posix() for item in descriptors])
    found = [*root.glob("*.csv"), *root.glob("texts/*.txt"), root / DESCRIPTOR]
    found = [item for item in found if not item.name.startswith(".")]
    if len(found) > MOST_FILES:
        raise _broken(folder.name, f"There are more than {MOST_FILES} files. Split the dossier.")
    files: dict[str, bytes] = {}
    left = MOST_BYTES
    for item in sorted(found):
        name = item.relative_to(root).as_posix()
        if not item.exists():
            continue
        if not item.resolve().is_relative_to(root) or not item.is_file():
            raise _broken(name, "It is not a file of this folder. Put the file itself there.")
        with item.open("rb") as handle:
            files[name] = handle.read(left + 1)
        left -= len(files[name])
        if left < 0:
            raise _broken(name, f"The package is larger than {MOST_BYTES} bytes. Split it.")
    return files


def _root_of(descriptors: list[str]) -> str:
    """Return the folder that the package is in, by the names of the descriptors that there are.

    A package may stand under its own name, and hold older ones; the outermost counts. Raises
    BrokenPackage where there are two.
    """
    if not descriptors:
        return ""
    names = sorted(descriptors, key=lambda name: name.count("/"))
    if len(names) > 1 and names[0].count("/") == names[1].count("/"):
        message = f"There is another one, {names[1]}. Name the folder or zip of one dossier."
        raise _broken(names[0], message)
    return names[0].removesuffix(DESCRIPTOR)


def _begins_as_zip(path: Path) -> bool:
    """Whether a file has the beginning of a zip; what a zip holds is listed at its end."""
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except OSError:
        return False


def _read_zip(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            return _read_members(archive)
    except _UNREADABLE as error:
        raise _broken(path.name, f"The zip cannot be read: {error}. Make a new one.") from error


def _read_members(archive: zipfile.ZipFile) -> dict[str, bytes]:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MOST_FILES:
        raise _broken("zip", f"There are more than {MOST_FILES} files. Split the dossier.")
    if sum(member.file_size for member in members) > MOST_BYTES:
        raise _broken("zip", f"The package is larger than {MOST_BYTES} bytes. Split it.")
    for member in members:
        # Older programs for Windows write names so.
        member.filename = member.filename.replace("\\", "/")
        parts = PurePosixPath(member.filename).parts
        if member.filename.startswith("/") or ".." in parts or ":" in member.filename:
            message = "The name leads out of the package. Make a new zip."
            raise _broken(member.filename[:200], message)
        if stat.S_ISLNK(member.external_attr >> 16):
            raise _broken(member.filename[:200], "It is a link. Put the file itself there.")
        if member.flag_bits & 1:
            raise _broken(member.filename[:200], "It is encrypted. Make a zip without a password.")
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        raise _broken("zip", "It contains a file twice. Make a new zip.")

    root = _root_of([name for name in names if PurePosixPath(name).name == DESCRIPTOR])
    files: dict[str, bytes] = {}
    left = MOST_BYTES
    for member in members:
        name = member.filename.removeprefix(root)
        if not member.filename.startswith(root) or not _belongs(name):
            continue
        # The size that the zip states may be a lie: read no more than is left.
        with archive.open(member) as handle:
            files[name] = handle.read(left + 1)
        left -= len(files[name])
        if left < 0:
            raise _broken(name, f"The package is larger than {MOST_BYTES} bytes. Split it.")
    return files
