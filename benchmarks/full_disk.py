"""Fill the disk of an SQLite database; print the messages, the losses, and whether it recovers.

`python -m benchmarks.full_disk DATABASE`: on a disk of its own in memory, if Linux allows
mounting one. `benchmarks.faults` calls it. Exits with 1 if a check fails.
"""

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.faults import Drill, code, set_up_at

MEGABYTES = 24
SAVES = 20


def main() -> None:
    """Mount the disk in a namespace of its own, and fill it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("database", help="of benchmarks.faults, to begin with", type=Path)
    parser.add_argument("--disk", help="where it is mounted", type=Path)
    arguments = parser.parse_args()
    if arguments.disk:
        shutil.copy(arguments.database, arguments.disk / "db.sqlite3")
        sys.exit(FullDisk(arguments.disk).break_it())
    with TemporaryDirectory(prefix="astana-disk-") as folder:
        mount = f"mount -t tmpfs -o size={MEGABYTES}m none {shlex.quote(folder)}"
        own = [sys.executable, "-m", "benchmarks.full_disk", "--disk", folder, arguments.database]
        user = [] if os.getuid() == 0 else ["--user", "--map-root-user"]
        command = ["unshare", *user, "--mount", "sh", "-c"]
        if subprocess.run([*command, mount], check=False, capture_output=True).returncode:
            # For example in a container without the right to mount.
            print("     full disk: left out, as nothing can be mounted here")
            return
        sys.exit(subprocess.call([*command, f"{mount} && {shlex.join(map(str, own))}"]))


class FullDisk(Drill):
    """A disk that gets full, and has room again."""

    def __init__(self, disk: Path) -> None:
        self.disk, self.ballast = disk, disk / "ballast"
        self.there: set[str] = set()

    def break_it(self) -> int:
        """Save and back up on the full disk, and again when there is room."""
        set_up_at(f"sqlite:///{self.disk / 'db.sqlite3'}")
        before = self._save("before")
        self._fill()
        said = self._save("full", until_refused=True)
        are_told = set(said) - {"saved"} == {"The server has no disk space left."}
        self.say(
            "full disk, saves", _counted(said), is_right=before == {"saved": SAVES} and are_told
        )
        backup = self._backup("full")
        left = [path.name for path in self.disk.glob("backup-full*")]
        self.say("full disk, a backup", f"{backup}; left behind: {len(left)}",
                 is_right=bool(re.search("is full|No space", backup)) and not left)  # fmt: skip
        self._look("full disk, read")
        self.ballast.unlink()
        said = self._save("room")
        self.say("room again, saves", _counted(said), is_right=said == {"saved": SAVES})
        backup = self._backup("room")
        self.say("room again, a backup", backup, is_right=" rows in " in backup)
        self._look("room again, read")
        return self.faults

    def _fill(self) -> None:
        with self.ballast.open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12):
                with suppress(OSError):
                    while file.write(bytes(size)):
                        pass

    def _save(self, name: str, *, until_refused: bool = False) -> Counter[str]:
        """Save this many times, after the first refusal if one is expected; return the answers."""
        from django.db import DatabaseError

        from astana.models.unwritten import why_unwritten

        said: Counter[str] = Counter()
        while sum(said.values()) - said["saved"] * until_refused < SAVES:
            summary = f"{name}-{sum(said.values())}"
            try:
                code(0, summary)
            except DatabaseError as error:
                said[why_unwritten(error) or repr(error)] += 1
            else:
                said["saved"] += 1
                self.there.add(summary)
        return said

    def _backup(self, name: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", "backup", str(self.disk / f"backup-{name}")],
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        return (done.stdout + done.stderr).strip().replace(str(self.disk), "")

    def _look(self, what: str) -> None:
        from django.db import connection

        from astana.models import Position

        found = set(Position.objects.values_list("summary", flat=True))
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            is_whole = cursor.fetchall() == [("ok",)]
        lost, more = len(self.there - found), len(found - self.there)
        figure = (
            f"{lost} lost, {more} that were refused, the file is {'' if is_whole else 'not '}whole"
        )
        self.say(what, figure, is_right=is_whole and not lost and not more)


def _counted(said: Counter[str]) -> str:
    return ", ".join(f"{number} times “{what}”" for what, number in said.items())


if __name__ == "__main__":
    main()
