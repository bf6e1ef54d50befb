"""Rich Text: its words."""

import re

from striprtf.striprtf import rtf_to_text

from astana.intake.encodings import warnings_of
from astana.intake.plain import checked, clean
from astana.intake.reading import Reading

# A line that ends inside a paragraph, and the sign of Unicode that says so.
_LINE = re.compile(r"\\line(?![a-z])")
# What is hidden or deleted stands in a group of its own.
_UNSEEN = re.compile(r"\{[^{}]*\\(?:v|deleted)(?![a-z0-9])[^{}]*\}")
_NOTE = re.compile(r"\\footnote(?![a-z])")
_LINE_SEPARATOR = r"\\u8232?"


def read_rtf(data: bytes) -> Reading:
    """Return the words of a Rich Text file."""
    # The format is ASCII and says in it what is not.
    code = _UNSEEN.sub("", data.decode("cp1252", errors="replace"))
    code = _LINE.sub(_LINE_SEPARATOR, code)
    words: str = rtf_to_text(code, errors="replace")  # type: ignore[no-untyped-call]
    # Characters beyond 16 bits come as two halves.
    words = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = clean("\n\n".join(map(_without_bars, words.split("\n"))))
    warnings = warnings_of(text)
    if _NOTE.search(code):
        warnings += ("notes-missing",)
    return Reading(checked(text), warnings=warnings)


def _without_bars(line: str) -> str:
    """Return a row of a table with bars between its cells, and any other line as it is."""
    return line.rstrip("|").replace("|", " | ") if line.endswith("|") else line
