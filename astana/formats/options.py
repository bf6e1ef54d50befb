"""How a file is read, as whoever reads it chooses."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from astana.formats.package import Trouble, Unreadable

# What is chosen for most kinds of files, and what it may be.
FITTING = {
    "language": re.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})?"),
    "prefix": re.compile("[-a-zA-Z0-9_]{1,20}"),
}
VOICES = ("direct-quote", "reported-speech", "document", "act", "characterised")
# What is said of an attributed position alone.
OF_ATTRIBUTED = ("attributed_by", "authority")
VALUES = {
    "voice": VOICES,
    "said": ("before", "on"),
    "independent": ("no", "yes"),
    "rights": ("members", "public"),
}


def check_options(options: Mapping[str, str], known: Mapping[str, str]) -> None:
    """Raise Unreadable for an option that is unknown, or that is not as all options of its name."""
    for name in options:
        if name not in known:
            near = get_close_matches(name, known, n=1) or known
            raise wrong_option(name, f"It is unknown. Choose one of: {', '.join(near)}.")
    for name, values in VALUES.items():
        if options.get(name, values[0]) not in values:
            raise wrong_option(name, f"Choose one of: {', '.join(values)}.")
    for name, fitting in FITTING.items():
        if name in options and not fitting.fullmatch(options[name]):
            reason = f"“{options[name][:40]}” is not possible. Use a few letters from a to z."
            raise wrong_option(name, reason)


def wrong_option(option: str, reason: str) -> Unreadable:
    """Return the error for what was chosen wrongly."""
    return Unreadable([Trouble(f"option {option}", reason)])
