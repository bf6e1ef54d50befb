"""The setting of words: white space, quotation marks, hyphens and Unicode normal form.

Two texts that differ in their setting alone have the same words. Here a text is set plainly, so
that such texts become equal, and each of its code points leads back to its place in the text.
Nothing that makes another word is touched: no letter, no mark above one, no dash, no punctuation.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import product
from typing import Literal
from unicodedata import combining, normalize

_SOFT_HYPHEN = "\xad"

# The curly marks that keyboards write straight, and the hyphens that look like the plain one.
_STRAIGHT = str.maketrans("‘’‚‛“”„‟", "''''\"\"\"\"")
_HYPHENS = str.maketrans("\u2010\u2011", "--")

# What may change: white space other than one space, soft hyphens, and letters beyond ASCII with
# what stands before them, as a mark belongs to the letter before it.
_SPECIAL = re.compile(r"[\s\xad]{2,}|[^\S ]|\xad|[^\s\xad]?[^\x00-\x7f\s\xad]+")

# More marks than these on one letter are left alone, as in the Stream-Safe Text Format of UAX 15:
# to put any number of them in order takes time with the square of their number.
_MOST_MARKS = 30

_OPENS = re.compile(r"(?<![^\s(\[\u2013\u2014-])[\"']")
_CURLY_OPEN = {'"': "“", "'": "‘"}
_CURLY_CLOSE = str.maketrans("\"'", "”’")

Form = Literal["NFC", "NFD"]


class Quotes(Enum):
    """How quotation marks and apostrophes are set."""

    AS_THEY_ARE = 0
    STRAIGHT = 1
    CURLY = 2


@dataclass(frozen=True, slots=True)
class Plain:
    """A text set plainly; `starts` and `ends` say where each code point comes from."""

    words: str
    starts: "array[int]"
    ends: "array[int]"

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where words of the plain text stand in the text as it is."""
        return self.starts[start], self.ends[end - 1]

    def at(self, start: int) -> int:
        """Return where a place of the text as it is stands in the plain text."""
        return bisect_left(self.starts, start)

    def cuts(self, start: int, end: int) -> bool:
        """Return whether words of the plain text begin or end inside a letter of the text."""
        before = start > 0 and self.starts[start] == self.starts[start - 1]
        after = end < len(self.words) and (
            self.starts[end] == self.starts[end - 1] or combining(self.words[end]) > 0
        )
        return before or after


def plainly(
    text: str,
    *,
    form: Form = "NFD",
    quotes: Quotes = Quotes.STRAIGHT,
    keeps_paragraphs: bool = False,
) -> Plain:
    """Return a text with one space for each run of white space and without soft hyphens.

    Letters are in the normal form, hyphens and quotation marks as they are asked for. A blank line
    stays one where paragraphs are kept. Takes time in proportion to the length of the text.
    """
    source = _quoted(text.translate(_HYPHENS), quotes)
    words: list[str] = []
    starts, ends = array("L"), array("L")

    def add(piece: str, start: int, end: int) -> None:
        words.append(piece)
        # Marks that are put in order are as many as before, but each in another place.
        if piece == source[start:end]:
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            starts.extend([start] * len(piece))
            ends.extend([end] * len(piece))

    done = 0
    for found in _SPECIAL.finditer(source):
        start, end, piece = found.start(), found.end(), found[0]
        add(source[done:start], done, start)
        done = end
        if piece[0].isspace() or piece[0] == _SOFT_HYPHEN:
            blank = piece.replace(_SOFT_HYPHEN, "")
            is_break = keeps_paragraphs and blank.count("\n") > 1
            add(("\n\n" if is_break else " ") if blank else "", start, end)
        else:
            for first, last, letter in _letters(piece):
                add(
                    normalize(form, letter) if last - first <= _MOST_MARKS else letter,
                    start + first,
                    start + last,
                )
    add(source[done:], done, len(source))
    return Plain("".join(words), starts, ends)


def same_words(words: str) -> str:
    """Return words set plainly, to be compared with others."""
    return plainly(words).words


def settings_of(text: str) -> Iterator[Plain]:
    """Return a text in the settings that texts usually have, each once, but for its own.

    Paragraphs are parted by a blank line, and lines are not wrapped.
    """
    seen = {text}
    forms: tuple[Form, ...] = ("NFC", "NFD")
    for form, quotes in product(forms, Quotes):
        plain = plainly(text, form=form, quotes=quotes, keeps_paragraphs=True)
        if plain.words not in seen:
            seen.add(plain.words)
            yield plain


def _quoted(text: str, quotes: Quotes) -> str:
    """Return a text of the same length with its quotation marks set in one way."""
    if quotes is Quotes.AS_THEY_ARE:
        return text
    text = text.translate(_STRAIGHT)
    if quotes is Quotes.STRAIGHT:
        return text
    return _OPENS.sub(lambda mark: _CURLY_OPEN[mark[0]], text).translate(_CURLY_CLOSE)


def _letters(piece: str) -> Iterator[tuple[int, int, str]]:
    """Return each letter with the marks upon it, and where it begins and ends."""
    first = 0
    for at in range(1, len(piece) + 1):
        if at == len(piece) or not combining(piece[at]):
            yield first, at, piece[first:at]
            first = at
