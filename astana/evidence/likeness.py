"""Words that are merely similar: never a match, but shown to a person beside what is lost."""

import re
from dataclasses import dataclass
from itertools import product

from rapidfuzz.distance import LCSseq
from rapidfuzz.fuzz import partial_ratio_alignment, ratio

from astana.evidence.places import is_torn

# A hint is looked for up to this length; the time it takes grows with length times text.
LONGEST_HINT = 1_000

# Unrelated English sentences of 30 code points reach about 65 of 100 somewhere in a long text.
LEAST_LIKENESS = 75

# So many words more or fewer at each end are tried, to find where what is similar begins and ends.
_WORDS = 4

# What a letter costs, and one more or fewer than there were: less than one found again is worth.
_LONGER, _OTHER_LENGTH = 0.2, 0.1

_LETTERS, _SIGNS = re.compile(r"\w+"), re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Hint:
    """The place most similar to the words of a lost passage, and how similar of 100."""

    start: int
    end: int
    likeness: float


def is_alike(words: str, others: str) -> bool:
    """Return whether words are similar enough to be shown to a person as what others became."""
    return ratio(words, others) >= LEAST_LIKENESS


def most_alike(words: str, text: str) -> Hint | None:
    """Return the most similar place in a text, if any is similar enough to show to a person.

    It is as long as the words, or begins and ends with words of the text if that is more alike.
    """
    if len(words) > min(LONGEST_HINT, len(text)):
        return None
    found = partial_ratio_alignment(words, text, score_cutoff=LEAST_LIKENESS)
    if found is None or found.dest_start == found.dest_end:
        return None
    first, last = found.dest_start, found.dest_end
    places = [
        (start, end)
        for start, end in product(
            _edges(text, first, around=len(words), cuts_signs=words[0].isalnum(), at_end=False),
            _edges(text, last, around=len(words), cuts_signs=words[-1].isalnum(), at_end=True),
        )
        if start < end and is_alike(words, text[start:end])
    ]
    is_torn_out = is_torn("", "", start=first, end=last, text=text, knows_sides=False)
    if not places or (len(words.split()) == 1 and not is_torn_out):
        # Scripts that part no words by spaces.
        places.append((first, last))
    start, end = max(places, key=lambda place: _worth(words, text[slice(*place)]))
    return Hint(start, end, round(ratio(words, text[start:end]), 1))


def _edges(text: str, at: int, *, around: int, cuts_signs: bool, at_end: bool) -> list[int]:
    """Return where words of a text begin or end, the nearest to a place first."""
    offset = max(0, at - around)
    found = (_LETTERS if cuts_signs else _SIGNS).finditer(text[offset : at + around])
    places = [offset + (word.end() if at_end else word.start()) for word in found]
    return sorted(places, key=lambda place: abs(place - at))[: 2 * _WORDS]


def _worth(words: str, others: str) -> float:
    """Return how much of words stands in others, less for what is there besides."""
    lengths = _LONGER * len(others) + _OTHER_LENGTH * abs(len(others) - len(words))
    return LCSseq.similarity(words, others) - lengths
