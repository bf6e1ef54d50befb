"""Plain text: take out what is no character, and set its paragraphs apart."""

import re
from collections.abc import Iterable

from astana.intake.encodings import decode
from astana.intake.reading import MAX_CHARACTERS, Reading, Refused

_NONCHARACTERS = [plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF)]
# Control characters but for the line end and the tab; halves of pairs, which no database takes; and
# what makes words read in another order than they are stored. The two marks that right-to-left
# text needs stay, and the joiners inside words.
_NO_CHARACTER = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069"
    # Code points that Unicode says will never be characters.
    "\ufdd0-\ufdef" + "".join(map(chr, _NONCHARACTERS)) + "]"
)
# Where a word may be broken, which no reader sees.
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_LONGEST_LINE = 300
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028]")
_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_SENTENCE_ENDS = re.compile(r"""[.!?:;…。؟۔][")'\]»”’“]*$""")


def read_plain(data: bytes) -> Reading:
    """Return what a file of plain text says."""
    text, warnings = decode(data)
    return from_words(text, warnings=warnings)


def from_words(text: str, *, warnings: Iterable[str] = ()) -> Reading:
    """Return the reading of words that came as one text, such as pasted ones."""
    text = clean(text)
    warnings = tuple(warnings)
    if _has_a_paragraph_on_each_line(text):
        text = text.replace("\n", "\n\n")
        warnings += ("paragraphs-guessed",)
    return Reading(checked(text), warnings=warnings)


def characters(text: str) -> str:
    """Return text with line feeds only, without what is no character."""
    return _NO_CHARACTER.sub("", _LINE_ENDS.sub("\n", text))


def clean(text: str) -> str:
    """Return the characters that are seen, with one blank line between paragraphs."""
    text = _UNSEEN.sub("", characters(text.replace("\u2029", "\n\n")))
    text = _BLANK_LINES.sub("\n\n", text)
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def line_of(words: str | None) -> str:
    """Return what a file says about itself as one line, cut where it is longer than a title is."""
    return " ".join(clean(words or "").split())[:_LONGEST_LINE].strip()


def checked(text: str) -> str:
    """Return the text; raises Refused if it has no words or too many."""
    if not any(letter.isalnum() for letter in text):
        raise Refused("empty")
    if len(text) > MAX_CHARACTERS:
        raise Refused("too-many-characters", characters=MAX_CHARACTERS)
    return text


def _has_a_paragraph_on_each_line(text: str) -> bool:
    """Return whether lines are paragraphs, as in what word processors copy, and not wrapped."""
    lines = text.split("\n")
    if len(lines) < 2 or "" in lines:
        return False
    return 2 * sum(bool(_SENTENCE_ENDS.search(line)) for line in lines) > len(lines)
