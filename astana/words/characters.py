"""Characters that a text may hold and a file may not."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

# What XML 1.0 cannot hold, even escaped.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Ends of lines, control characters and halves of pairs, with the blanks around them.
_NOT_IN_A_LINE = re.compile("\\s*[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+\\s*")
# Control characters, what is no character, and what shows a name in another order than it is in.
_NOT_IN_A_NAME = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# Control characters have no names of their own but these, of those that are met.
_CONTROLS = {
    unicodedata.lookup(name): name
    for name in (
        "NULL",
        "BACKSPACE",
        "CHARACTER TABULATION",
        "LINE TABULATION",
        "FORM FEED",
        "ESCAPE",
        "DELETE",
        "NEXT LINE",
    )
}


def for_xml(text: str, *, instead: str = "") -> str:
    """Return a text with something instead of what XML cannot hold."""
    return _NOT_IN_XML.sub(instead, text)


def on_one_line(text: str) -> str:
    """Return a text on one line, without control characters."""
    return _NOT_IN_A_LINE.sub(" ", text).strip()


@dataclass(frozen=True, slots=True)
class Unfit:
    """A character that a name cannot hold: which one it is, from 1, and what it is called."""

    kind: Literal["line break", "direction", "control"]
    place: int
    code: str
    name: str


def unfit_in_name(text: str) -> Unfit | None:
    """Return the first character that a name cannot hold, or None where all are right.

    Joiners and non-joiners (U+200C, U+200D) stay: words of Persian and of other languages have
    them. So do marks of direction (U+200E, U+200F), which reorder nothing but what is beside them.
    """
    found = _NOT_IN_A_NAME.search(text)
    if not found:
        return None
    character = found[0]
    kind: Literal["line break", "direction", "control"] = "control"
    if character in "\r\n\u2028\u2029":
        kind = "line break"
    elif unicodedata.category(character) == "Cf":
        kind = "direction"
    # What has no name is called as the Unicode data files call it.
    unnamed = "<control>" if unicodedata.category(character) == "Cc" else "<not a character>"
    name = unicodedata.name(character, "") or _CONTROLS.get(character, unnamed)
    return Unfit(kind, found.start() + 1, f"U+{ord(character):04X}", name)
