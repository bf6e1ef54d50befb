"""Start commands as the units of `deploy/systemd` do: unprivileged, on a read-only tree."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOBODY = 65534
# Prints the user, and whether the tree is writable.
_PROBE = (
    "import os, pathlib, sys; file = pathlib.Path(sys.argv[1], 'written-by-a-drill')\n"
    "try: file.touch(); file.unlink(); is_so = 'written'\n"
    "except OSError as error: is_so = error.strerror.lower()\n"
    "print(f'user {os.getuid()}, a file in the tree: {is_so}')"
)


class AsAUnit:
    """The prefix of a command and what it does: the strictest that this machine allows."""

    def __init__(self, folder: Path) -> None:
        is_root = os.getuid() == 0
        self.user = NOBODY if is_root else None
        drop = f"setpriv --reuid={NOBODY} --regid={NOBODY} --clear-groups --inh-caps=-all"
        without = shlex.split(f"{drop} --bounding-set=-all --no-new-privs --") if is_root else []
        script = "\n".join(["set -e", *_mounts(folder, hiding=is_root)])
        script += f'\nexec {shlex.join(without)} "$@"'
        own = [] if is_root else ["--user", "--map-current-user"]
        for self.before in (["unshare", *own, "--mount", "sh", "-c", script, "-"], without):
            self.is_so = self._asked()
            if self.is_so:
                break
        # Without root, the tree may stay writable if this machine does not allow mounts.
        is_kept = not is_root or not self.is_so.endswith("written")
        self.is_right = bool(self.is_so) and not self.is_so.startswith("user 0,") and is_kept

    def _asked(self) -> str:
        command = [*self.before, sys.executable, "-c", _PROBE, str(ROOT)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
        except FileNotFoundError:
            return ""
        return "" if done.returncode else done.stdout.strip()


def _mounts(folder: Path, *, hiding: bool) -> list[str]:
    """Return the commands that make the tree and Python read-only, and hide other homes."""
    needed = [ROOT, Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve()]
    aside, closed, back = [], {}, []
    for number, one in enumerate(needed):
        (seen := folder / f"seen-{number}").mkdir()
        aside.append(f"mount --bind {_named(one)} {_named(seen)}")
        # Only the outermost ones: those within are mounted again.
        shut = [up for up in one.parents if hiding and not up.stat().st_mode & 0o001][-1:]
        closed |= {f"mount -t tmpfs -o mode=755 none {_named(up)}": None for up in shut}
        back += [f"mkdir -p {_named(one)}", f"mount --bind {_named(seen)} {_named(one)}"]
        back.append(f"mount -o remount,bind,ro {_named(one)}")
    return [*aside, *closed, *back]


def _named(path: Path) -> str:
    return shlex.quote(str(path))
