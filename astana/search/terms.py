"""What a reader typed, as terms. There are no operators: every sign is safe."""

import re
from dataclasses import dataclass

from astana.words.normalise import normalise

_QUOTES = '"“”„«»'
_PART = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]|([^\s{_QUOTES}]+)")

# Words that say nothing alone: asking for them too would hide what a reader looks for.
_EMPTY = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
)


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand next to each other, in the form of `normalise`.

    `is_begun`: the last word may go on. `joined` is the same written as one word, or empty.
    """

    words: tuple[str, ...]
    is_begun: bool = False
    joined: str = ""

    def __str__(self) -> str:
        return " ".join(self.words)


def terms_of(text: str) -> tuple[Term, ...]:
    """Return the terms of a text: all of them have to be found.

    Words in quotation marks are one phrase, and so are the parts of `cease-fire`. The last word may
    be unfinished, unless a space or a quotation mark ends it.
    """
    terms: dict[tuple[str, ...], Term] = {}
    empty: dict[tuple[str, ...], Term] = {}
    for part in _PART.finditer(text):
        phrase, word = part.groups()
        words = tuple(normalise(word or phrase or "").split())
        if not words:
            continue
        is_begun = word is not None and part.end() == len(text) and len(words[-1]) > 1
        joined = "".join(words) if word and len(words) > 1 else ""
        kept = empty if word and len(words) == 1 and words[0] in _EMPTY else terms
        kept[words] = Term(words, is_begun, joined)
    return tuple((terms or empty).values())
