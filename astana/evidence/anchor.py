"""Passages of a text: make, check and re-find them. All offsets count Unicode code points.

A passage remembers its words, its place and the words around it (the selectors of the W3C Web
Annotation Data Model), or only its place and the hash of its words (stand-off annotation). Words
are compared as they are: another case, another Unicode normal form or another line end is another
wording. What is merely similar is never a match; it is given as a hint beside `lost`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from rapidfuzz.fuzz import partial_ratio_alignment

from astana.evidence.hashes import words_by_hash

# How many code points before and after a passage are remembered.
CONTEXT = 32

# A wording that stands in this many places is ambiguous without looking further.
MANY_PLACES = 1_000

# A hint is looked for up to this length; the time it takes grows with length times text.
LONGEST_HINT = 1_000

# Unrelated English sentences of 30 code points reach about 65 of 100 somewhere in a long text.
LEAST_LIKENESS = 75


class Health(StrEnum):
    """Whether the words of a passage still stand where they were found."""

    INTACT = "intact"
    MOVED = "moved"
    AMBIGUOUS = "ambiguous"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Passage:
    """What is known of a passage; made from a text by `passage_of`, or from stored fields.

    `end` is exclusive. `exact` may be empty if `sha256`, the hash of the words in UTF-8, and the
    place are known. Without a place (`start` and `end` None) it is known by its wording only.
    An empty `prefix` and `suffix` mean that the words around are unknown. `occurrences` is how
    often the words stood in the text that the passage was made in, and `text_sha256` the hash of
    that text, where these are known.
    """

    start: int | None
    end: int | None
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    sha256: str = ""
    occurrences: int | None = None
    text_sha256: str = ""

    def __post_init__(self) -> None:
        if self.exact and not self.exact.strip():
            raise ValueError("A passage of white space cannot be found again. Choose words.")
        if not self.exact and not self.sha256:
            raise ValueError("A passage needs its words, or their hash.")
        if self.exact and self.sha256 and hash_of(self.exact) != self.sha256:
            raise ValueError("The words of the passage and their hash disagree.")
        if self.start is None or self.end is None:
            if self.start is not None or self.end is not None or not self.exact:
                raise ValueError("A passage needs a start and an end, or its words and neither.")
        elif not 0 <= self.start < self.end:
            raise ValueError(f"A passage cannot reach from {self.start} to {self.end}.")
        elif self.exact and len(self.exact) != self.end - self.start:
            raise ValueError(
                f"The passage has {len(self.exact)} code points, but reaches from {self.start} to "
                f"{self.end}. Count Unicode code points, not UTF-16 units or bytes."
            )


@dataclass(frozen=True, slots=True)
class Hint:
    """The place most similar to the words of a lost passage, and how similar of 100."""

    start: int
    end: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a passage in a text.

    `start` and `end` are its place there, None unless the health is intact or moved. `candidates`
    is the number of places where the very words stand, at most `MANY_PLACES`. `is_complete` is
    False when a text was too long to look everywhere for words known by their hash only.
    """

    health: Health
    start: int | None
    end: int | None
    candidates: int
    hint: Hint | None = None
    is_complete: bool = True


def hash_of(words: str) -> str:
    """Return the SHA-256 of words in UTF-8; raises ValueError for lone surrogates."""
    try:
        return sha256(words.encode()).hexdigest()
    except UnicodeEncodeError as error:
        raise ValueError(
            f"The text has half a character (a lone surrogate) at code point {error.start}."
        ) from error


def passage_of(text: str, start: int, end: int) -> Passage:
    """Return the passage of a text between two offsets, with the words around it."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start} to {end} is no passage of a text of {len(text)} code points.")
    exact = text[start:end]
    return Passage(
        start=start,
        end=end,
        exact=exact,
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        sha256=hash_of(exact),
        occurrences=len(_places(exact, text)),
        text_sha256=hash_of(text),
    )


def stands(passage: Passage, text: str) -> bool:
    """Return whether the very words of a passage stand at its very place in a text."""
    if passage.start is None or passage.end is None or passage.end > len(text):
        return False
    words = text[passage.start : passage.end]
    if passage.exact:
        return words == passage.exact
    return bool(words.strip()) and hash_of(words) == passage.sha256


def find(passage: Passage, text: str) -> Finding:
    """Return what became of one passage in a text."""
    return find_all([passage], text)[0]


def find_all(passages: Sequence[Passage], text: str) -> list[Finding]:
    """Return what became of each passage in a text, in the same order.

    *Intact*: the very words stand at the very place, and nothing speaks against it. *Moved*: they
    stand in one other place, and words around them fit. *Ambiguous*: they stand in several places,
    or in one that may be a look-alike. *Lost*: they stand nowhere.

    Words that stand in several places count as found only if they stood there as often in the
    text the passage was made in, and one place alone has the same words before and after.
    """
    text_sha256 = hash_of(text)
    known, is_complete = words_by_hash(
        [
            (passage.start, passage.end, passage.sha256)
            for passage in passages
            if not passage.exact and passage.start is not None and passage.end is not None
        ],
        text,
    )
    findings = []
    for passage in passages:
        if passage.text_sha256 == text_sha256 and stands(passage, text):
            count = passage.occurrences or 1
            findings.append(Finding(Health.INTACT, passage.start, passage.end, count))
        elif words := passage.exact or known.get(passage.sha256, ""):
            findings.append(_judge(passage, words, text))
        else:
            findings.append(Finding(Health.LOST, None, None, 0, is_complete=is_complete))
    return findings


def _judge(passage: Passage, words: str, text: str) -> Finding:
    """Return the health of a passage whose words are known."""
    places = _places(words, text)
    if not places:
        return Finding(Health.LOST, None, None, 0, _hint(words, text))
    sides = [_sides_that_fit(passage, at, at + len(words), text) for at in places]
    if len(places) == 1:
        place = places[0]
        if passage.occurrences is not None and passage.occurrences > 1:
            is_sure = sides[0] == 2
        else:
            stood_alone_there = passage.occurrences == 1 and place == passage.start
            has_context = bool(passage.prefix or passage.suffix)
            is_sure = stood_alone_there or not has_context or sides[0] > 0
    else:
        place = places[sides.index(2)] if 2 in sides else places[0]
        stands_as_often = len(places) == passage.occurrences and len(places) < MANY_PLACES
        is_sure = stands_as_often and sides.count(2) == 1
    if not is_sure:
        return Finding(Health.AMBIGUOUS, None, None, len(places))
    health = Health.INTACT if place == passage.start else Health.MOVED
    return Finding(health, place, place + len(words), len(places))


def _places(words: str, text: str) -> list[int]:
    """Return where words stand in a text, overlapping places too, up to `MANY_PLACES`."""
    places: list[int] = []
    at = text.find(words)
    while at >= 0 and len(places) < MANY_PLACES:
        places.append(at)
        at = text.find(words, at + 1)
    return places


def _sides_that_fit(passage: Passage, start: int, end: int, text: str) -> int:
    """Return on how many sides, 0 to 2, a place has the words around it that the passage had.

    Runs of white space count as one space, so that another line break changes nothing. A side
    without words (the passage began or ended its text) fits at the same edge of the text only.
    """
    reach = 4 * CONTEXT
    before = _one_space(text[max(0, start - reach) : start])
    after = _one_space(text[end : end + reach])
    prefix = _one_space(passage.prefix).lstrip()
    suffix = _one_space(passage.suffix).rstrip()
    fits_before = before.endswith(prefix) if prefix else start <= reach and not before.strip()
    fits_after = (
        after.startswith(suffix) if suffix else len(text) - end <= reach and not after.strip()
    )
    return int(fits_before) + int(fits_after)


def _one_space(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def _hint(words: str, text: str) -> Hint | None:
    """Return the most similar place in a text, if any is similar enough to show to a person."""
    if len(words) > min(LONGEST_HINT, len(text)):
        return None
    found = partial_ratio_alignment(words, text, score_cutoff=LEAST_LIKENESS)
    if found is None or found.dest_start == found.dest_end:
        return None
    return Hint(found.dest_start, found.dest_end, round(found.score, 1))
