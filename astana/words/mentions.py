"""Which names are used in a text: whole words, the longest name first, as names are compared."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from astana.words.normalise import (
    APOSTROPHES,
    UNSPACED,
    UNSPACED_LETTER,
    as_two_letters,
    normalise,
)

# Letters and digits, with the signs inside a word that `normalise` leaves out or joins: combining
# marks, joiners, tatweel and apostrophes. Where a script has no spaces each letter is a word.
_MARKS = (
    "\u00ad\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u0900-\u0903\u093a-\u094f\u200b-\u200d\u2060"
)
_LETTER = rf"[^\W_{UNSPACED}]"
_WORD = re.compile(rf"{UNSPACED_LETTER}|{_LETTER}(?:{_LETTER}|[{_MARKS}]|[{APOSTROPHES}](?=\w))*")


_LONGEST_KEPT = 60

# The forms of a word, and its offsets.
_Word = tuple[tuple[str, ...], int, int]


@dataclass(frozen=True, slots=True)
class Used:
    """A name as it is used in a text, with the offsets of the words there, `end` exclusive.

    `names` are all those that are the same in the form in which names are compared.
    """

    names: tuple[str, ...]
    start: int
    end: int


class Names:
    """Names made ready to be looked for in many texts."""

    def __init__(self, names: Iterable[str]) -> None:
        spelled: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for name in sorted(set(names)):
            for spelling in {name, as_two_letters(name)}:
                if words := tuple(forms[0] for forms, _start, _end in _words(spelling)):
                    spelled[words].append(name)
        # By the first word: the names that begin with it, the longest first.
        self._by_word: dict[str, list[tuple[tuple[str, ...], list[str]]]] = defaultdict(list)
        for words in sorted(spelled, key=len, reverse=True):
            self._by_word[words[0]].append((words, spelled[words]))

    def used_in(self, text: str) -> list[Used]:
        """Return the names used in a text in their order, none within another.

        Case, accents and a genitive do not count, but a name in capitals alone (US, HNC) is only
        found in capitals, as `us` is a word of its own.
        """
        words = _words(text)
        used, at = [], 0
        while at < len(words):
            names, length = self._names_at(words, at, text)
            if length:
                used.append(Used(names, words[at][1], words[at + length - 1][2]))
            at += length or 1
        return used

    def _names_at(self, words: list[_Word], at: int, text: str) -> tuple[tuple[str, ...], int]:
        begun = [known for form in words[at][0] for known in self._by_word.get(form, ())]
        for wanted, spellings in sorted(begun, key=lambda known: -len(known[0])):
            here = words[at : at + len(wanted)]
            if len(here) < len(wanted) or not all(
                form in forms for form, (forms, _start, _end) in zip(wanted, here, strict=True)
            ):
                continue
            is_capital = _is_capital(text[here[0][1] : here[-1][2]])
            names = tuple(name for name in spellings if is_capital or not name.isupper())
            if names:
                return names, len(wanted)
        return (), 0


def _is_capital(words: str) -> bool:
    return re.sub(r"['’]s\Z", "", words).isupper()


def _words(text: str) -> list[_Word]:
    return [
        (forms, word.start(), word.end())
        for word in _WORD.finditer(text)
        if (forms := _forms(word[0]))
    ]


def _forms(word: str) -> tuple[str, ...]:
    # A word of an article's length is not kept: fifty thousand of them would fill the memory.
    return _kept(word) if len(word) <= _LONGEST_KEPT else _kept.__wrapped__(word)


@lru_cache(maxsize=50_000)
def _kept(word: str) -> tuple[str, ...]:
    """Return how a word is compared, and how else: with its umlauts as two letters."""
    form = normalise(word)
    return tuple(dict.fromkeys([form, normalise(as_two_letters(word))])) if form else ()
