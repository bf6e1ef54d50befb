"""The settings, as whoever runs Astana made them; a wrong one is refused by its name."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environ import Env

_YES, _NO = ("1", "true", "on", "yes", "y", "ok"), ("0", "false", "off", "no", "n")


class Environment(Env):
    """The environment, in which an empty setting is one that was not made."""

    def bool(self, var: str, *, default: bool) -> bool:
        """Return whether it is on; a slip of the pen is no “off”, as that would turn https off."""
        value = self.str(var, default="").strip().lower()
        if value not in ("", *_YES, *_NO):
            raise ImproperlyConfigured(f"{var} is “{value}”. Set it to 1 or 0.")
        return value in _YES if value else default

    def int(self, var: str, *, default: int, least: int = 0) -> int:
        """Return a whole number."""
        value = self.str(var, default="").strip()
        if value and not (value.isdecimal() and int(value) >= least):
            message = f"{var} is “{value}”. Set it to a whole number, {least} or more."
            raise ImproperlyConfigured(message)
        return int(value) if value else default

    def list(self, var: str, *, default: Sequence[str]) -> list[str]:
        """Return what stands between commas."""
        parts = self.str(var, default="").split(",")
        return [part.strip() for part in parts if part.strip()] or [*default]

    def address(
        self, var: str, parse: Callable[[str], Any], *, schemes: Sequence[str], default: str = ""
    ) -> Any:
        """Return what an address is read as; it may hold a password, so it is never repeated."""
        value = self.str(var, default="").strip() or default
        try:
            if not value or value.startswith(tuple(f"{scheme}://" for scheme in schemes)):
                return parse(value)
        except ValueError:
            pass  # Such as a port that is no number.
        starts = " or ".join(f"{scheme}://" for scheme in schemes)
        raise ImproperlyConfigured(
            f"{var} cannot be read. Set it to an address that begins with {starts}, and write each "
            "of @ : / ? # % in a password as %40 %3A %2F %3F %23 %25."
        )

    # The last, as it is what all above mean by the word.
    def str(self, var: str, *, default: str | None = None) -> str:
        """Return the words as they are; Env takes a `$` before them for the name of a setting."""
        value = self.ENVIRON.get(var, default)
        if value is None:
            raise ImproperlyConfigured(f"{var} is not set, and another setting needs it.")
        return value


def read_file(file: str | Path, *, has_to_exist: bool) -> None:
    """Read settings from a file; those in the environment win."""
    try:
        # Editors on Windows begin a file with a mark that is no part of the first name.
        with open(file, encoding="utf-8-sig") as opened:
            Env.read_env(opened)
    except (OSError, UnicodeDecodeError) as error:
        if isinstance(error, FileNotFoundError) and not has_to_exist:
            return
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ImproperlyConfigured(
            f"The settings in {os.fspath(file)} cannot be read: {why}."
        ) from error
