"""What a reader typed, as terms. There are no operators: every sign is safe."""

import re
from dataclasses import dataclass

from astana.words.misspelt import one_letter_off
from astana.words.normalise import NUMBER, UNSEEN_JOINT, normalise, other_forms

_QUOTES = '"“”„«»'
_PART = re.compile(
    rf"[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]"
    rf"|(?P<number>{NUMBER.pattern}(?![^\s{_QUOTES}]))"
    rf"|(?P<word>[^\s{_QUOTES}]+)"
)

_SHORTEST_BEGINNING = 4

# Words that say nothing alone, and those of questions: asking for them too would hide what a reader
# looks for. `not` is none of them, as it turns what is said around; nor is `us`, the country.
_EMPTY_WORDS = """
a about am an and any anybody anyone are as at be been being but by can could did do does for from
had has have he her his how i if in into is it its me my of on or our said say says shall she should
so than that the their them then there these they think thinks this those to want wanted wants was
we were what when where which who whom whose why will with would you your
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


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

    @property
    def misspelt(self) -> "Term":
        """The term as it may have been meant: one letter of a word, or of a compound, is wrong."""
        singles = self.others if len(self.words) > 1 else (*self.words, *self.others)
        meant = {other for single in singles for other in one_letter_off(single)}
        return Term(self.words, self.is_begun and not meant, (*self.others, *sorted(meant)))

    @property
    def beginning(self) -> "Term":
        """The term by the beginning of its last word, as other endings of it have it too."""
        *first, last = self.words
        kept = max(_SHORTEST_BEGINNING, len(last) * 2 // 3)
        return Term((*first, last[:kept]), is_begun=True)


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
