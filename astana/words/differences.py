"""What two versions of words share, and what was taken out and put in."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rapidfuzz.distance import Indel


def differences(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield `same`, `out` or `in` and the words, in order; old and new are words or letters.

    The time grows with the product of their lengths, 64 steps at once, whatever the words are.
    """
    for is_same, steps in groupby(Indel.opcodes(old, new), key=lambda step: step.tag == "equal"):
        taken, put = [], []
        for step in steps:
            taken += old[step.src_start : step.src_end]
            put += new[step.dest_start : step.dest_end]
        if is_same:
            yield "same", "".join(taken)
            continue
        if taken:
            yield "out", "".join(taken)
        if put:
            yield "in", "".join(put)
