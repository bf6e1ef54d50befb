"""The sentences of a paragraph, in many languages, by rules. All offsets count code points."""

import re
from bisect import bisect_right
from collections.abc import Sequence

# What ends a sentence, with the marks that close what it stands in, before white space. In Chinese
# and Japanese no space follows.
_END = re.compile(
    r"""(?<![.!?…؟۔‽])(?P<mark>[.!?…؟۔‽]++)(?P<close>[\]"'”’“‘»›)}]*)(?=\s|$)|[。！？]+[」』”’）]*"""
)
# What may stand before the first letter of a sentence.
_OPENING = re.compile(r"""[\s"'“”„‘’‚«»‹›(\[{¿¡—–\-]*""")
_WORD_BEFORE = re.compile(r"[\w.’'-]+$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+-?[^\W\d_]|[^\W\d_]|Ch|Th|Ph|Yu|Дж")
_WORD = re.compile(r"\w+")

# A name follows these; no sentence ends with them.
_TITLES = frozenset(
    """mr mrs ms mx dr prof rev hon st mt gen col lt maj capt cmdr sgt adm brig gov sen rep amb pres
    messrs mme mlle vs cf eg ie viz e.g i.e ca
    hr fr frl dipl ing z.b d.h u.a bzw bspw vgl
    г-н г-жа гн гжа ген им ул см т.е т.к акад проф
    д.р""".split()  # noqa: SIM905 - a list of words is read as words
)
# Shortened words after which a number stands, or else the sentence has ended.
_NUMBERED = frozenset(
    """no nos nr vol fig art para par sec ch p pp jan feb mar apr jun jul aug sep sept oct nov dec
    abs kap s ст стр п пп гл рис янв февр апр авг сент окт нояб дек""".split()  # noqa: SIM905
)
# Shortened words inside a sentence or at its end: a new one begins only with a word that does not
# follow them otherwise.
_EITHER = frozenset(
    """inc ltd co corp bros jr sr dept est approx etc a.m p.m
    г гг в вв р руб тыс млн млрд""".split()  # noqa: SIM905
)
_STARTERS = frozenset(
    """the a an this that these those there it its he she they we i you his her their our in on at
    for from by with but and so yet however if when while after before as since what who why how
    both some most many no not all
    в на но и а он она они оно это эти этот мы вы по при как если когда также однако что
    der die das ein eine er sie es wir im am aber und doch""".split()  # noqa: SIM905
)
_MONTHS = frozenset(
    """januar jänner februar märz april mai juni juli august september oktober november
    dezember""".split()  # noqa: SIM905
)


def sentences_of(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the start and end of each sentence of a paragraph, `end` exclusive, in order.

    The paragraph is `text` from `start` to `end`, and the offsets are those of `text`. White space
    between sentences belongs to none of them; everything else belongs to one. These are guesses by
    rules, for marking what a person then looks at.
    """
    end = len(text) if end is None else end
    sentences = []
    first = _skip_space(text, start, end)
    for mark in _END.finditer(text, start, end):
        if _is_end(text, first, mark, end):
            sentences.append((first, mark.end()))
            first = _skip_space(text, mark.end(), end)
    last = first + len(text[first:end].rstrip())
    if first < last:
        sentences.append((first, last))
    return sentences


def neighbours(
    text: str, paragraphs: Sequence[Sequence[int]], start: int, end: int
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Return the sentences that stand before and after a passage, None at the text's edges."""
    first = max(0, bisect_right(paragraphs, start, key=lambda pair: pair[0]) - 2)
    last = bisect_right(paragraphs, end, key=lambda pair: pair[0]) + 1
    near = [one for pair in paragraphs[first:last] for one in sentences_of(text, pair[0], pair[1])]
    before = next((one for one in reversed(near) if one[0] < start), None)
    after = next((one for one in near if one[1] > end), None)
    return before, after


def _skip_space(text: str, at: int, end: int) -> int:
    """Return where the next character stands that is no white space."""
    return end - len(text[at:end].lstrip())


def _is_end(text: str, first: int, mark: re.Match[str], end: int) -> bool:
    """Return whether a sentence that begins at `first` ends with this mark."""
    opening = _OPENING.match(text, mark.end(), end)
    at = opening.end() if opening else mark.end()
    if at >= end or mark["mark"] is None:
        return True
    if text[at].islower():
        return False
    if mark["mark"] != "." or mark["close"]:
        return True
    before = _WORD_BEFORE.search(text, max(first, mark.start() - 40), mark.start())
    if before is None:
        return True
    after = _WORD.match(text, at)
    return not _is_shortened(before[0], after[0] if after else "", is_first=before.start() == first)


def _is_shortened(word: str, following: str, *, is_first: bool) -> bool:
    """Return whether the full stop after a word is that of an abbreviation or a number."""
    folded = word.casefold().strip("'’-")
    if folded.isdigit():
        # A list's number, or a German date.
        return (is_first and len(folded) < 3) or following.casefold() in _MONTHS
    if folded in _TITLES:
        return True
    if folded in _NUMBERED and following.isdigit():
        return True
    if folded in _EITHER or (_INITIALS.fullmatch(word) and not word[0].islower()):
        return following.casefold() not in _STARTERS
    return False
