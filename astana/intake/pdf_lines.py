"""The lines of a page of a PDF: whether they are set in columns, and which way they are drawn.

A PDF knows where letters stand. Lines that keep their distances show columns; lines of a script
that is written from the right may be drawn from the left, and then stand in the file turned round.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")

# Words on both sides of a gap that so many lines of a page have at the same place.
_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_LEAST_LINES = 5
_LEAST_WORDS = 8

# How words of Arabic and Hebrew begin and end, and small words of Persian; and these turned round.
_FORWARD = re.compile(r"\bال\w|\w[ةىםןץףך]\b|\b(?:که|است|این|می|را)\b")
_TURNED = re.compile(r"\wلا\b|\b[ةىםןץףך]\w|\b(?:هک|تسا|نیا|یم|ار)\b")

_LATIN = "A-Za-z\u00c0-\u024f\u0370-\u052f"
_FROM_THE_LEFT = re.compile(rf"[{_LATIN}\d](?:[{_LATIN}\d\s.,:;/%&'’()+-]*[{_LATIN}\d])?")
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def in_columns(lines: Iterable[str]) -> bool:
    """Return whether lines that keep their distances have words side by side."""
    edges: Counter[tuple[str, int]] = Counter()
    for line in lines:
        for gap in _GAP.finditer(line):
            before, after = line[: gap.start()].strip(), line[gap.end() :].strip()
            if min(len(before), len(after)) < _LEAST_WORDS:
                continue
            # Columns begin at one place or, from the right, end at one; give or take a letter.
            edges.update(("start", gap.end() + by) for by in (-1, 0, 1))
            edges.update(("end", gap.start() + by) for by in (-1, 0, 1))
    return any(number >= _LEAST_LINES for number in edges.values())


def is_turned(text: str) -> bool | None:
    """Return whether lines from the right stand turned round; None where no word shows it."""
    # Drawn forms say in their names where in a word they stand: "... LETTER BEH INITIAL FORM".
    forms = Counter(unicodedata.name(word[0], "").split(" ")[-2:][0] for word in text.split())
    text = unicodedata.normalize("NFKC", text)
    forward = len(_FORWARD.findall(text)) + forms["INITIAL"]
    backward = len(_TURNED.findall(text)) + forms["FINAL"]
    return None if forward == backward else backward > forward


def turned(line: str) -> str:
    """Return a line as it is read, out of the letters as they are drawn from left to right."""
    return _FROM_THE_LEFT.sub(_turned_back, line[::-1].translate(_MIRRORED))


def _turned_back(run: re.Match[str]) -> str:
    """Return words that are read from the left, or numbers, which follow each other otherwise."""
    if re.search(f"[{_LATIN}]", run[0]):
        return run[0][::-1].translate(_MIRRORED)
    return _NUMBER.sub(lambda number: number[0][::-1], run[0])
