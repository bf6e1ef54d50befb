"""Names out of texts, for blind reading: names and texts in, texts with labels out.

A name is found as whole words and at the beginning of derived ones (Russia in Russian), whatever
its case, accents, apostrophes and hyphens. The longest name wins. What is cut out is cut at code
points of the original text. Rather too much is hidden than too little: a word that happens to begin
like a name goes too, and short names (up to three letters) only as whole words.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from astana.words.normalise import (
    APOSTROPHES,
    UNSPACED,
    as_one_letter,
    as_two_letters,
    normalise,
)

# What stands for a name that belongs to several, or to none in particular.
SOMEBODY = "[…]"

# A name of so many letters is also hidden where a word only begins with it.
_DERIVED_FROM = 4

_SINGLE = re.compile(f"[{UNSPACED}]")
# Here particles are written to the front of a word, so that a name also stands inside of it.
_PREFIXED = re.compile(r"[\u0590-\u08ff]")
_ARTICLE = "ال"
_VOWELS = frozenset("aeiouyаеёиоуыэюяйьіїє")
_SMALL_WORDS = frozenset({"of", "the", "and", "for", "in", "on"})
_BRACKETS = re.compile(r"[()\[\]]")


@dataclass(frozen=True, slots=True)
class Hidden:
    """A name that must not be read, and the label that stands for it.

    Of a person each part of the name is hidden as well: most texts give the family name alone. An
    abbreviation is hidden only where it is written in capitals, as `us` and `un` are also words.
    """

    name: str
    label: str = SOMEBODY
    is_person: bool = False
    is_abbreviation: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Where a name is in a text, in code points, `end` exclusive."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class _Word:
    """A word in the form that is compared; `is_glued` to the one before without a space."""

    form: str
    start: int
    end: int
    is_glued: bool


@dataclass(frozen=True, slots=True)
class _Pattern:
    """The words of a name; one `in_capitals` (an abbreviation of it) is found only so written."""

    words: tuple[str, ...]
    in_capitals: bool = False


@dataclass(frozen=True)
class Mask:
    """Names to be hidden, by the first letters of their first word."""

    labels: dict[_Pattern, str]
    beginnings: dict[str, tuple[_Pattern, ...]]
    insides: tuple[_Pattern, ...]

    def apply(self, text: str) -> str:
        """Return the text with a label in the place of each name."""
        return self.pieces(text)[0]

    def pieces(self, *parts: str) -> tuple[str, ...]:
        """Return the parts of one text masked: a name across two parts is hidden in both."""
        text = "".join(parts)
        if not text:
            return parts
        spans = self.spans(text)
        found, start = [], 0
        for part in parts:
            end = start + len(part)
            out, at = [], start
            for span in spans:
                if span.end <= at or span.start >= end:
                    continue
                out.append(text[at : max(at, span.start)])
                if span.start >= start:
                    out.append(span.label)
                at = min(span.end, end)
            found.append("".join([*out, text[at:end]]))
            start = end
        return tuple(found)

    def spans(self, text: str) -> list[Span]:
        """Return where names are in a text, in order."""
        words = _words(text)
        spans, at = [], 0
        while at < len(words):
            best: tuple[int, int, _Pattern] | None = None
            for pattern in self._candidates(words, at):
                end = _match(words, at, pattern, text)
                if end:
                    size = sum(map(len, pattern.words))
                    best = max(best or (0, 0, pattern), (end, size, pattern), key=lambda m: m[:2])
            if best is None:
                at += 1
                continue
            end, _size, pattern = best
            spans.append(Span(words[at].start, words[end - 1].end, self.labels[pattern]))
            at = end
        return spans

    def _candidates(self, words: Sequence[_Word], at: int) -> Iterable[_Pattern]:
        form = words[at].form
        if len(form) == 1 and at + 1 < len(words) and words[at + 1].is_glued:
            yield from self.beginnings.get((form + words[at + 1].form)[:2], ())
        else:
            yield from self.beginnings.get(form[:2], ())
        if len(form) > 1 or (at + 1 < len(words) and words[at + 1].is_glued):
            yield from self.beginnings.get(form[:1], ())
        if _PREFIXED.match(form):
            yield from self.insides


def mask_of(hidden: Iterable[Hidden]) -> Mask:
    """Return the mask of names; one that stands for several labels hides them as somebody."""
    labels: dict[_Pattern, str] = {}
    for one in hidden:
        for pattern in _patterns(one):
            known = labels.setdefault(pattern, one.label)
            if known != one.label:
                labels[pattern] = SOMEBODY
    beginnings, insides = defaultdict(list), []
    for pattern in labels:
        first = pattern.words[0]
        if _PREFIXED.match(first):
            insides.append(pattern)
        else:
            beginnings[first[:2]].append(pattern)
    return Mask(labels, {key: tuple(found) for key, found in beginnings.items()}, tuple(insides))


def _patterns(hidden: Hidden) -> Iterable[_Pattern]:
    """Yield the ways in which a name is written."""
    if hidden.is_abbreviation:
        forms = tuple(word.form for word in _words(hidden.name))
        yield from [_Pattern(forms, in_capitals=True)] if forms else []
        return
    names = {hidden.name, as_two_letters(hidden.name), as_one_letter(hidden.name)}
    for variant in names | {part for name in names for part in _BRACKETS.split(name)}:
        words = _words(variant)
        forms = tuple(word.form for word in words)
        if not forms:
            continue
        # What stands in brackets may be an everyday word (US), unlike the name itself.
        is_short = variant not in names and sum(map(len, forms)) < _DERIVED_FROM
        yield _Pattern(forms, is_short)
        if forms[0] == "the" and len(forms) > 1:
            yield _Pattern(forms[1:])
        if any(word.is_glued for word in words):
            yield _Pattern(_joined(words))
        if len(forms) > 1 and not _SINGLE.search(variant):
            yield _Pattern(("".join(forms),))
        if "of" in forms[1:-1] and not hidden.is_person:
            of = forms.index("of", 1)
            yield _Pattern((*forms[of + 1 :], *forms[:of]))
        yield from map(_Pattern, _stems(forms))
        if hidden.is_person:
            yield from _parts(words)
        else:
            yield from _initials(variant)


def _joined(words: Sequence[_Word]) -> tuple[str, ...]:
    """Return the forms with what is glued made one: ja'afari is also jaafari."""
    forms: list[str] = []
    for word in words:
        if word.is_glued and forms and not _SINGLE.match(word.form):
            forms[-1] += word.form
        else:
            forms.append(word.form)
    return tuple(forms)


def _parts(words: Sequence[_Word]) -> Iterable[_Pattern]:
    """Yield the parts of a person's name that are long enough, with what is glued to them."""
    for start, word in enumerate(words):
        part = word.form
        for after in (*words[start + 1 :], None):
            if len(part) >= _DERIVED_FROM:
                yield _Pattern((part,))
            if after is None or not after.is_glued:
                break
            part += after.form


def _stems(forms: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    """Yield what inflections keep: turk of turkey, kazakh of kazakhstan, russ of russland.

    Of several words each keeps what it has before its last vowels: die vereinigten staaten.
    """
    stems = tuple(map(_without_last_vowels, forms))
    if stems != forms:
        yield stems
    if len(forms) > 1:
        return
    for ending in ("stan", "land", "en"):
        stem = forms[0].removesuffix(ending)
        if stem != forms[0] and len(stem) >= _DERIVED_FROM:
            yield (stem,)


def _without_last_vowels(form: str) -> str:
    while len(form) > _DERIVED_FROM and form[-1] in _VOWELS and not _PREFIXED.match(form):
        form = form[:-1]
    return form


def _initials(name: str) -> Iterable[_Pattern]:
    """Yield the abbreviation that the capitals of a name of several words make."""
    words = [word for word in re.findall(r"\w+", name) if word.casefold() not in _SMALL_WORDS]
    letters = "".join(word[0] for word in words)
    if 2 <= len(letters) <= 6 and letters.isupper():
        yield _Pattern((_form(letters),), in_capitals=True)


def _match(words: Sequence[_Word], at: int, pattern: _Pattern, text: str) -> int:
    """Return the number of the word after a name that begins at a word, or 0."""
    end = at
    for number, wanted in enumerate(pattern.words):
        end = _match_word(words, end, wanted, is_alone=len(pattern.words) == 1, is_first=not number)
        if not end:
            return 0
    if pattern.in_capitals and not text[words[at].start : words[end - 1].end].isupper():
        return 0
    return end


def _match_word(
    words: Sequence[_Word], at: int, wanted: str, *, is_alone: bool, is_first: bool
) -> int:
    """Return the number of the word after one that is, or begins with, the wanted; or 0."""
    if at >= len(words):
        return 0
    if is_first and _PREFIXED.match(wanted):
        core = wanted.removeprefix(_ARTICLE) if len(wanted) > 4 else wanted
        if (len(core) >= _DERIVED_FROM or not is_alone) and core in words[at].form:
            return at + 1
    form, end = words[at].form, at + 1
    while len(form) < len(wanted) and end < len(words) and words[end].is_glued:
        form += words[end].form
        end += 1
    if form == wanted or (len(wanted) >= _DERIVED_FROM and form.startswith(wanted)):
        return end
    return 0


@lru_cache(maxsize=50_000)
def _form(text: str) -> str:
    """Return the letters of a text in the form that is compared, without marks and apostrophes."""
    return "".join(letter for letter in normalise(text) if letter.isalnum())


def _words(text: str) -> tuple[_Word, ...]:
    """Return the words of a text.

    A hyphen, a full stop or an apostrophe inside glues two words; a digit is glued to letters. An
    English genitive is no word.
    """
    words: list[_Word] = []
    start, kind, gap = -1, "", True
    letters: list[str] = []

    def close(end: int) -> None:
        nonlocal start, kind, gap
        form = "".join(letters)
        if form:
            words.append(_Word(form, start, end, is_glued=bool(words) and not gap))
            gap = False
        letters.clear()
        start, kind = -1, ""

    for at, letter in enumerate(text):
        now = _kind(letter)
        if now == "mark":
            continue
        if now == "gap" or (now == "glue" and not (start >= 0 or words)):
            close(at)
            gap = True
        elif now == "glue" or _is_genitive(text, at):
            close(at)
        else:
            if now != kind or now == "single":
                close(at)
            if start < 0:
                start, kind = at, now
            letters.append(_form(letter))
    close(len(text))
    return tuple(words)


@lru_cache(maxsize=50_000)
def _kind(letter: str) -> str:
    """Return what a code point is in a word: a letter, a digit, a mark, glue or a gap."""
    if letter in APOSTROPHES or letter in "-‐‑.·":
        return "glue"
    category = unicodedata.category(letter)
    if category[0] == "M" or category == "Cf" or (letter.isalpha() and not _form(letter)):
        return "mark"
    if not _form(letter) or not (letter.isalnum() or len(_form(letter)) == 1):
        return "gap"
    if _SINGLE.match(letter):
        return "single"
    return "digit" if category[0] == "N" else "letter"


def _is_genitive(text: str, at: int) -> bool:
    """Whether a letter is the s of Syria's."""
    return (
        text[at] in "sS"
        and at > 1
        and text[at - 1] in APOSTROPHES
        and text[at - 2].isalnum()
        and not text[at + 1 : at + 2].isalnum()
    )
