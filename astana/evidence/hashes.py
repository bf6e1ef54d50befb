"""Learn the words of passages that are known by their place and hash only."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256

# How much may be hashed in one call, in code points: about a second, and enough to look everywhere
# for 67 lost passages in an article of 15,000 code points. Beyond it, only the windows near the
# old place of each passage are looked at.
BUDGET = 300_000_000

# What a call of the hash function costs besides its input, in code points.
_CALL = 256

# How many of the shifts found last are tried before a text is searched.
_SHIFTS = 50


def words_by_hash(
    passages: Iterable[tuple[int, int, str]], text: str, *, budget: int = BUDGET
) -> tuple[dict[str, str], bool]:
    """Return the words found in a text, by their hash, and whether all of the text was searched.

    `passages` are start, end and SHA-256 of the words in UTF-8. Windows of the length of a passage
    are tried at its old place, then at the shifts by which others had moved, then everywhere, or,
    where that would exceed `budget`, at the same distance to both sides of each old place. To have
    found words once is to know them; whether they stand elsewhere too is for the caller to see.
    """
    found: dict[str, str] = {}
    missing = sorted(
        (start, end, digest)
        for start, end, digest in set(passages)
        if not _try(digest, start, end - start, text, found)
    )
    wanted = defaultdict(set)
    for start, end, digest in missing:
        wanted[end - start].add(digest)
    is_complete, reach = _reach(missing, text, budget)
    shifts: list[int] = []
    for start, end, digest in missing:
        length = end - start
        if digest not in wanted[length] or digest in found:
            continue
        if any(_try(digest, start + shift, length, text, found) for shift in shifts[-_SHIFTS:]):
            continue
        last = len(text) - length
        if is_complete:
            places = range(last + 1)
        else:
            places = range(max(0, start - reach), min(last, start + reach) + 1)
        hits = _scan(wanted[length], length, places, text, found)
        if digest in hits:
            shifts.append(hits[digest] - start)
        if is_complete:
            # All of the text has been searched for this length.
            wanted[length].clear()
    return found, is_complete


def _reach(missing: Sequence[tuple[int, int, str]], text: str, budget: int) -> tuple[bool, int]:
    """Return whether the budget covers all of the text, and else how far around each passage."""
    lengths = {end - start for start, end, _digest in missing}
    everywhere = sum(max(0, len(text) - length + 1) * (length + _CALL) for length in lengths)
    per_step = sum(2 * (end - start + _CALL) for start, end, _digest in missing)
    return everywhere <= budget, budget // max(1, per_step)


def _try(digest: str, start: int, length: int, text: str, found: dict[str, str]) -> bool:
    """Note and return whether the window at a place has the hash."""
    words = text[max(0, start) : start + length]
    if sha256(words.encode()).hexdigest() != digest or words.isspace():
        return False
    found[digest] = words
    return True


def _scan(
    wanted: set[str], length: int, places: Iterable[int], text: str, found: dict[str, str]
) -> dict[str, int]:
    """Note the words of the windows that have a wanted hash, and return where each stands first."""
    hits: dict[str, int] = {}
    for at in places:
        words = text[at : at + length]
        digest = sha256(words.encode()).hexdigest()
        if digest in wanted and digest not in hits and not words.isspace():
            found[digest] = words
            hits[digest] = at
            if len(hits) == len(wanted):
                break
    return hits
