"""Make a backup of all there is, and put one back; each is checked by counts and hashes."""

import hashlib
import json
import os
import shutil
import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from astana.exchange.backups import postgresql, sqlite
from astana.exchange.backups.content import Content
from astana.models import Dossier, User

MANIFEST = "manifest.json"
# When the last backup was made, in the shared cache.
LAST = "last-backup"
_FORMAT = 1
_DATABASES = {"sqlite": sqlite, "postgresql": postgresql}
_UNFINISHED = ".unfinished"
_DAY = 24 * 60 * 60
_NAME = "astana-%Y%m%dT%H%M%SZ"


class Refused(Exception):
    """What cannot be backed up or put back; the text is for people."""


class NotDeleted(Exception):
    """A backup is made, and older ones that should go are there; the text is for people."""


# What a backup and a restore may meet: files, tools and databases say it in their own way.
FAILURES = (Refused, OSError, DatabaseError, sqlite3.Error)


def why(error: BaseException) -> str:
    """Return what went wrong, and what to do where the database says so."""
    if not isinstance(error, DatabaseError | sqlite3.Error):
        return str(error)
    return (
        f"The database says: {str(error).strip()}. Look whether it runs, whether DATABASE_URL "
        "names it and whether its disk has room. Then try again."
    )


def make(path: Path) -> dict[str, Any]:
    """Write a backup into a new folder, and return its manifest. Nobody waits for it."""
    if path.exists():
        raise Refused(f"{path} exists already. Name a folder that does not exist yet.")
    unfinished = path.with_name(f"{path.name}{_UNFINISHED}")
    shutil.rmtree(unfinished, ignore_errors=True)
    # Nobody else is to read it: it holds all texts, and hashes of passwords.
    unfinished.mkdir(mode=0o700, parents=True)
    try:
        database = _DATABASES[connection.vendor]
        content = database.write(unfinished)
        manifest = {
            "format": _FORMAT,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "database": connection.vendor,
            "file": database.FILE,
            "sha256": _hash(unfinished / database.FILE),
            "migrations": sorted(MigrationRecorder(connection).applied_migrations()),
            "tables": content,
        }
        (unfinished / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n")
        for file in (*unfinished.iterdir(), unfinished):
            _to_disk(file)
        unfinished.rename(path)
        _to_disk(path.parent)
    except BaseException:
        # What fails every night, as on a full disk, must not fill it up.
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    cache.set(LAST, time.time(), None)
    return manifest


def make_in(folder: Path, *, keep: int) -> tuple[Path, dict[str, Any]]:
    """Make a backup named by the time, and of those like it keep the newest ones only."""
    path = folder / datetime.now(UTC).strftime(_NAME)
    for left in folder.glob(f"astana-*T*Z{_UNFINISHED}"):
        # One that was killed; none takes so long.
        if time.time() - left.stat().st_mtime > _DAY:
            shutil.rmtree(left, ignore_errors=True)
    manifest = make(path)
    # Where the clock was set back, those named by later times are the older ones all the same.
    made = sorted(folder.glob("astana-*T*Z"), key=lambda one: (one.name <= path.name, one.name))
    there: list[str] = []
    for old in made[:-keep]:
        try:
            shutil.rmtree(old)
        except OSError as error:
            there.append(f"{old} ({error.strerror})")
    if there:
        raise NotDeleted(
            f"{path} is made. These older ones cannot be deleted: {', '.join(there)}. Give them to "
            "the account that makes backups, or delete them yourself."
        )
    return path, manifest


def put_back(path: Path, *, replace: bool) -> dict[str, Any]:
    """Put a backup in the place of what is in the database, and return its manifest.

    Raises Refused before anything is changed where the backup is not whole, is of another kind of
    database or of a newer Astana, and where there is something to lose and not `replace`.
    """
    manifest = _manifest(path)
    if not replace and not _is_empty():
        raise Refused("The database is not empty. With --replace, everything in it is discarded.")

    def refuse(found: Content) -> None:
        _refuse_unlike(manifest, found)

    _DATABASES[connection.vendor].put_back(path, list(manifest["tables"]), refuse)
    call_command("migrate", verbosity=0)
    # What caches hold of versions that came after the backup is never taken for what comes now.
    Dossier.objects.leap()
    return manifest


def check(path: Path) -> dict[str, Any]:
    """Return the manifest of a backup that is whole and can be put back here, or raise Refused."""
    manifest = _manifest(path)
    if connection.vendor == "sqlite":
        _refuse_unlike(manifest, sqlite.content(path / sqlite.FILE, list(manifest["tables"])))
    return manifest


def _manifest(path: Path) -> dict[str, Any]:
    """Return what a backup says of itself, if its file is the one that was written."""
    try:
        manifest = json.loads((path / MANIFEST).read_text())
    except (OSError, ValueError) as error:
        raise Refused(
            f"{path} is not a backup: its {MANIFEST} is missing or cannot be read. Name the folder "
            "of one backup."
        ) from error
    if not isinstance(manifest, dict) or "format" not in manifest:
        raise Refused(f"{path} is not a backup: its {MANIFEST} is not that of a backup.")
    if manifest["format"] != _FORMAT or manifest["database"] != connection.vendor:
        raise Refused(
            f"This backup is of {manifest['database']}, format {manifest['format']}; "
            f"the database here is {connection.vendor}, format {_FORMAT}. Put it back into a "
            "database of its kind; dump_dossier and load_dossier take a dossier to another."
        )
    # Those of an older Astana may be gone by now, or be one with others.
    migrations = MigrationLoader(None).disk_migrations
    newest = dict(sorted(migrations))
    known = {tuple(name) for migration in migrations.values() for name in migration.replaces}
    if newer := [
        name
        for app, name in manifest["migrations"]
        if name > newest.get(app, "") and (app, name) not in known
    ]:
        raise Refused(f"This backup was made by a newer Astana, which knows: {', '.join(newer)}.")
    file = path / manifest["file"]
    if not file.exists() or _hash(file) != manifest["sha256"]:
        raise Refused(f"{file} has changed since the backup was made.")
    return manifest


def _refuse_unlike(manifest: dict[str, Any], found: Content) -> None:
    said = manifest["tables"]
    if wrong := ", ".join(name for name in said if found.get(name) != said[name]):
        raise Refused(
            f"These tables differ from the manifest: {wrong}. Nothing was changed. Take "
            "another backup."
        )


def _is_empty() -> bool:
    if Dossier._meta.db_table not in connection.introspection.table_names():
        return True
    return not Dossier.objects.exists() and not User.objects.exists()


def _hash(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
