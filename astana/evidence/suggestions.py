"""Passages that look like statements, for a person to decide on. All offsets count code points.

Rules, not a model: quotation marks, verbs of saying, and the names of known actors. In the news
article that they were tried on they find about two thirds of what is said, and name the speaker of
two thirds of that; a confidence says which rule it was. Nothing is coded by them.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from astana.evidence.names import Mention, mentions_in
from astana.evidence.paragraphs import paragraphs_of
from astana.evidence.quotations import quotations_in
from astana.evidence.sentences import sentences_of

# A quotation of fewer words is a term, or a remark on one.
_WORDS_OF_A_QUOTATION = 4

# Of each verb the forms that are seldom nouns.
_VERBS = """say said says told tells stated declared declares announced announces claimed argued
argues insisted insists stressed stresses emphasized emphasizes emphasised emphasises added adds
asserted asserts demanded warned warns rejected rejects denied denies confirmed confirms urged
urges vowed pledged accused accuses condemned condemns welcomed welcomes opposed opposes refused
refuses agreed agrees accepted accepts suggested suggests proposed proposes explained explains
reiterated reiterates acknowledged acknowledges maintained maintains noted complained complains
threatened threatens believes promised replied called voiced
""".split()  # noqa: SIM905 - a list of words is read as words
_PHRASES = [r"call(?:ed|s)\ (?:for|on)", r"point(?:ed|s)\ out", r"ma[dk]es?\ clear"]
# Whoever the sentence is about says what follows these, after a comma or another word than a noun.
_PARTICIPLES = """saying telling stating declaring announcing claiming arguing insisting stressing
adding asserting demanding warning rejecting denying confirming urging accusing""".split()  # noqa: SIM905

# Verbs of other languages whose speaker stands before them, and, as Arabic has it, after them.
_VERBS_ELSEWHERE = """заявил заявила заявили сказал сказала сказали подчеркнул подчеркнула
подчеркнули отметил отметила отметили сообщил сообщила сообщили добавил добавила считает
потребовал потребовала отверг отвергла
sagte sagten erklärte erklärten betonte betonten forderte forderten
dedi söyledi açıkladı belirtti vurguladı
گفت گفتند افزود""".split()  # noqa: SIM905
_VERBS_FIRST = """قال قالت قالوا وقال وقالت أعلن أعلنت وأعلن أكد أكدت وأكد وأكدت أضاف أضافت وأضاف
وأضافت صرح صرحت شدد شددت نفى نفت ونفى رفض رفضت""".split()  # noqa: SIM905

# "was declared", "has been repeatedly rejected", "so-called", "newly confirmed", "the agreed": who
# stands before these did not say anything.
_MASKED = (
    r"(?:is|are|was|were|be|been|being|gets?|got)\s+(?:not\s+|also\s+|\w+ly\s+)?\w+(?:ed|id|ld)"
    r"|so-called|(?:recently|newly|formerly|previously|widely|long)\s+\w+ed"
    r"|(?:the|a|an|his|her|its|their|this|any|no|to)\s+\w+(?:ed|ing)"
)
_CUE = re.compile(
    rf"""\b(?:
    (?P<masked>{_MASKED})
    |(?P<accord>[Aa]ccording\ to)
    |(?P<first>{"|".join(_VERBS_FIRST)})
    |(?P<elsewhere>{"|".join(_VERBS_ELSEWHERE)})
    |(?P<participle>{"|".join(_PARTICIPLES)})
    |(?P<verb>[Ss]aid|{"|".join(_PHRASES + _VERBS)})
    )\b""",
    re.VERBOSE,
)

# What stands before a participle whose subject is that of the sentence.
_DANGLES = re.compile(r"(?:^|,|\b(?:[Bb]y|[Ww]hile|[Aa]nd))\s*$")
# What parts a sentence into clauses with a subject of their own.
_CLAUSE = re.compile(r"[;:()—–]|,?\s(?:but|while|when|whereas|although|after|because|which)\s|[،؛]")
_PRONOUN = re.compile(r"\b(?:he|she|they|он|она|они)\b", re.IGNORECASE)
_OBJECT = re.compile(
    r"\b(?:to|with|by|from|of|against|on|in|about|for|between|over|toward|towards|into|at)"
    r"\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# How many verbs of one sentence are looked at: more are in no sentence that a person wrote.
_CUES = 20
# How far behind a verb its speaker may stand: "said the Russian foreign minister, Sergey Lavrov".
_INVERSION = 60


# What may stand between a quotation and the verb that introduces its speaker.
_QUOTING = " ,–—-\"'”“„‘’«»"

# An actor, or nobody, and how sure that is.
_Guess = tuple[str | None, float]
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A passage from `start` to `end`, exclusive, with a guess at who said it, and how we know.

    `voice` is `direct-quote` or `reported-speech`; `actor` a slug, or None where no guess is good
    enough. `confidence`, from 0 to 1, orders the rules by how often they are right.
    """

    start: int
    end: int
    actor: str | None
    voice: str
    confidence: float


def suggestions_in(text: str, *, names: Iterable[tuple[str, str]] = ()) -> list[Suggestion]:
    """Return the passages that look like statements, in order; they do not overlap.

    `names` are pairs of an actor's slug and a name it goes by. A name of two actors is of none.
    """
    mentions = mentions_in(text, names)
    starts = [mention.start for mention in mentions]
    found: list[Suggestion] = []
    last: str | None = None
    for first, end in paragraphs_of(text):
        quotations = [
            (start, stop)
            for start, stop in quotations_in(text, first, end)
            if len(text[start:stop].split()) >= _WORDS_OF_A_QUOTATION
        ]
        for (start, stop), quoted in _statements(sentences_of(text, first, end), quotations):
            words = _without(text, start, stop, quoted)
            inside = [
                Mention(mention.start - start, mention.end - start, mention.actor)
                for mention in mentions[bisect_left(starts, start) : bisect_left(starts, stop)]
                # A name that is quoted is a blank by now.
                if not words[mention.start - start].isspace()
            ]
            speaker = _speaker(words, inside, last)
            found += _suggested((start, stop), quoted, speaker)
            if speaker and speaker[0]:
                last = speaker[0]
            elif inside:
                last = _subject(words, inside, 0, len(words), last)[0]
    return found


def _without(text: str, start: int, end: int, spans: list[_Span]) -> str:
    """Return the words from start to end with blanks where the spans are, none shorter for it."""
    words = []
    for first, last in spans:
        words += [text[start:first], " " * (last - first)]
        start = last
    return "".join([*words, text[start:end]])


def _statements(sentences: list[_Span], quotations: list[_Span]) -> list[tuple[_Span, list[_Span]]]:
    """Return sentences with the quotations in them, as one where a quotation spans several."""
    statements: list[tuple[_Span, list[_Span]]] = []
    at = 0
    for start, end in sentences:
        goes_on = statements and statements[-1][1] and statements[-1][1][-1][1] >= start
        (opened, _), quoted = statements.pop() if goes_on else ((start, end), [])
        while at < len(quotations) and quotations[at][0] < end:
            quoted.append(quotations[at])
            at += 1
        statements.append(((opened, end), quoted))
    return statements


def _suggested(
    sentence: _Span,
    quoted: list[_Span],
    speaker: _Guess | None,
) -> list[Suggestion]:
    """Return the suggestions of a statement: its quotations, or what it reports as a whole."""
    if quoted:
        actor, sure = speaker or (None, 0.0)
        return [Suggestion(*span, actor, "direct-quote", 0.5 + 0.45 * sure) for span in quoted]
    if speaker is None:
        return []
    actor, sure = speaker
    return [Suggestion(*sentence, actor, "reported-speech", 0.2 + 0.5 * sure)]


def _speaker(words: str, inside: list[Mention], last: str | None) -> _Guess | None:
    """Return who says something in a sentence; None if nobody does.

    `inside` are the names in it with their places in `words`, and `last` is who was last seen.
    """
    found: _Guess | None = None
    for cue in islice(_CUE.finditer(words), _CUES):
        if cue["masked"]:
            continue
        clause = max((part.end() for part in _CLAUSE.finditer(words, 0, cue.start())), default=0)
        after = [name for name in inside if cue.end() <= name.start < cue.end() + _INVERSION]
        if cue["accord"] or cue["first"]:
            guess = (after[0].actor, 0.9) if after else (None, 0.2)
        elif cue["participle"] and not _DANGLES.search(words, 0, cue.start()):
            guess = None, 0.2
        elif cue["participle"]:
            guess = _subject(words, inside, clause, cue.start(), last, nearest=False)
        else:
            guess = _subject(words, inside, clause, cue.start(), last)
            # "said Hill", and in other languages "yesterday said Hill".
            inverted = cue["elsewhere"] or not words[clause : cue.start()].strip(_QUOTING)
            if guess[0] is None and after and inverted:
                guess = after[0].actor, 0.8
        if found is None or guess[1] > found[1]:
            found = guess
        if found[0]:
            break
    return found


def _subject(
    words: str,
    inside: list[Mention],
    start: int,
    end: int,
    last: str | None,
    *,
    nearest: bool = True,
) -> _Guess:
    """Return the actor that does what a verb at `end` says, in the clause from `start`."""
    names = [name for name in inside if start <= name.start and name.end <= end]
    subjects = [
        name for name in names if not _OBJECT.search(words, max(0, name.start - 20), name.start)
    ]
    if subjects:
        name = subjects[-1 if nearest else 0]
        owns = words.startswith(("'s", "’s"), name.end)
        return name.actor, 0.6 if owns else 1.0
    if _PRONOUN.search(words, start, end) or words[:1].islower():
        return last, 0.5 if last else 0.1
    if names:
        return names[-1].actor, 0.3
    return None, 0.2
