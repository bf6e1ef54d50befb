"""What a reader typed, as terms. There are no operators: every sign is safe."""

import re
from dataclasses import dataclass

from astana.words.normalise import NUMBER, UNSEEN_JOINT, normalise, other_forms

_QUOTES = '"“”„«»'
_PART = re.compile(
    rf"[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]"
    rf"|(?P<number>{NUMBER.pattern}(?![^\s{_QUOTES}]))"
    rf"|(?P<word>[^\s{_QUOTES}]+)"
)

# Words that say nothing alone: asking for them too would hide what a reader looks for.
_EMPTY = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
)


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand next to each other, in the form of `normalise`.

    `is_begun`: the last word may go on. `others` are the same written as one word in other ways.
    """

    words: tuple[str, ...]
    is_begun: bool = False
    others: tuple[str, ...] = ()

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
        phrase, word = part["phrase"], part["number"] or part["word"]
        words = tuple(normalise(UNSEEN_JOINT.sub(" ", word or phrase or "")).split())
        if not words:
            continue
        is_begun = word is not None and part.end() == len(text) and len(words[-1]) > 1
        forms = (form for form in other_forms(word or "") if " " not in form)
        others = tuple(dict.fromkeys(form for form in forms if form not in words))
        kept = empty if word and len(words) == 1 and words[0] in _EMPTY else terms
        kept[words] = Term(words, is_begun, others)
    return tuple((terms or empty).values())
