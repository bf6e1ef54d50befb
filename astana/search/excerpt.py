"""Where terms are in the original text, and a piece of it around them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from astana.search.terms import Term
from astana.words.normalise import NUMBER, UNSPACED, UNSPACED_LETTER, normalise, other_forms

# Words are marked within so many code points of a text.
LOOKED_THROUGH = 20_000

_LONGEST_KEPT = 60
_CHUNK = re.compile(rf"{NUMBER.pattern}|{UNSPACED_LETTER}|[^\s{UNSPACED}]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the original text, and whether it is what was looked for."""

    text: str
    is_found: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a text in pieces; `start` is its first code point, `found` that of a term."""

    pieces: tuple[Piece, ...]
    start: int
    found: int
    is_cut_before: bool
    is_cut_after: bool


def _forms(chunk: str) -> tuple[tuple[str, ...], frozenset[str]]:
    # A chunk of an article's length is not kept: fifty thousand of them would fill the memory.
    return _kept(chunk) if len(chunk) <= _LONGEST_KEPT else _kept.__wrapped__(chunk)


@lru_cache(maxsize=50_000)
def _kept(chunk: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the words of a chunk, and its other forms: compounds written as one word."""
    words = tuple(normalise(chunk).split())
    others = " ".join(other_forms(chunk)).split()
    return words, frozenset(others) - set(words)


def places(text: str, terms: Iterable[Term]) -> list[tuple[int, int, Term]]:
    """Return where terms are in a text, in order: first and last code point, and the term."""
    words: list[tuple[str, int, int]] = []
    compounds: list[tuple[str, int, int]] = []
    for chunk in _CHUNK.finditer(text[:LOOKED_THROUGH]):
        forms, joined = _forms(chunk[0])
        start, end = _trimmed(chunk)
        words += [(form, start, end) for form in forms]
        compounds += [(form, start, end) for form in joined]
    found = []
    for term in terms:
        found += [
            (words[n][1], words[n + len(term.words) - 1][2], term) for n in _runs(words, term)
        ]
        singles = set(term.others)
        if len(term.words) == 1:
            singles |= set(term.words)
        found += [
            (start, end, term)
            for form, start, end in (*compounds, *(words if term.others else ()))
            if form in singles
            or (term.is_begun and any(form.startswith(single) for single in singles))
        ]
    return sorted(found, key=lambda place: (place[0], -place[1]))


def _trimmed(chunk: re.Match) -> tuple[int, int]:
    """Return where a chunk begins and ends without the punctuation around it."""
    start, end = chunk.span()
    text = chunk[0]
    first = next((n for n, letter in enumerate(text) if letter.isalnum()), 0)
    last = next((n for n, letter in enumerate(reversed(text)) if letter.isalnum()), 0)
    return start + first, end - last


def _runs(words: Sequence[tuple[str, int, int]], term: Term) -> Iterable[int]:
    """Yield where the words of a term stand next to each other."""
    size = len(term.words)
    *head, last = term.words
    for n in range(len(words) - size + 1):
        if _fits(words[n + size - 1][0], last, term.is_begun) and all(
            words[n + m][0] == word for m, word in enumerate(head)
        ):
            yield n


def _fits(word: str, wanted: str, is_begun: bool) -> bool:
    return word.startswith(wanted) if is_begun else word == wanted


def marked(text: str, terms: Iterable[Term]) -> tuple[Piece, ...]:
    """Return a whole text in pieces."""
    return _pieces(text, 0, len(text), places(text, terms))


def excerpt(text: str, terms: Sequence[Term], *, length: int = 240) -> Excerpt | None:
    """Return the part of a text that has most of the terms; None if it has none of them."""
    found = places(text, terms)
    if not found:
        return None
    best = max(
        range(len(found)),
        key=lambda n: (
            len({term for start, end, term in found[n:] if end <= found[n][0] + length * 2 // 3}),
            -n,
        ),
    )
    anchor = found[best][0]
    start = _word_start(text, max(0, anchor - length // 3))
    end = _word_end(text, min(len(text), start + length))
    return Excerpt(_pieces(text, start, end, found), start, anchor, start > 0, end < len(text))


def _word_start(text: str, place: int) -> int:
    """Return the nearest start of a word at or after a place, within a word's length."""
    if place == 0:
        return 0
    gap = re.compile(r"\s").search(text, place, place + 40)
    return gap.end() if gap else place


def _word_end(text: str, place: int) -> int:
    if place == len(text):
        return place
    gap = text.rfind(" ", max(0, place - 40), place)
    return gap if gap > 0 else place


def _pieces(
    text: str, start: int, end: int, found: Sequence[tuple[int, int, Term]]
) -> tuple[Piece, ...]:
    pieces, at = [], start
    for first, last, _ in found:
        first, last = max(first, at), min(last, end)
        if first >= last:
            continue
        pieces += [Piece(text[at:first], False), Piece(text[first:last], True)]
        at = last
    pieces.append(Piece(text[at:end], False))
    return tuple(piece for piece in pieces if piece.text)
