"""What two versions of words share, and what was taken out and put in."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from rapidfuzz.distance import Indel

# Beyond this many words a text is not compared word by word.
MOST_WORDS = 2_000


class Run(NamedTuple):
    """A run of words or letters: the `same` in both versions, taken `out` or put `in`."""

    kind: str
    text: str


def word_differences(before: str, after: str) -> list[Run]:
    """Return a text word by word; nothing where it is long, or where no word stayed.

    Two texts without a word in common are easier to read one after the other.
    """
    old, new = (re.findall(r"\s+|\S+", text) for text in (before, after))
    if len(old) + len(new) > 2 * MOST_WORDS:
        return []
    runs = list(differences(old, new))
    return runs if any(run.kind == "same" and run.text.strip() for run in runs) else []


def differences(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """Yield `same`, `out` or `in` and the words, in order; old and new are words or letters.

    The time grows with the product of their lengths, 64 steps at once, whatever the words are.
    """
    for is_same, steps in groupby(Indel.opcodes(old, new), key=lambda step: step.tag == "equal"):
        taken: list[str] = []
        put: list[str] = []
        for step in steps:
            taken += old[step.src_start : step.src_end]
            put += new[step.dest_start : step.dest_end]
        if is_same:
            yield Run("same", "".join(taken))
            continue
        if taken:
            yield Run("out", "".join(taken))
        if put:
            yield Run("in", "".join(put))
