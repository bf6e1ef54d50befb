"""Plain text: decode it, take out what is no character, and set its paragraphs apart."""

import codecs
import re
from collections.abc import Iterable

from astana.intake.reading import MAX_CHARACTERS, Reading, Refused

# UTF-32 first: its mark begins with that of UTF-16.
_MARKED = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    codecs.BOM_UTF8: "utf-8-sig",
}

# Control characters but for the line end and the tab; halves of pairs, which no database takes; and
# what makes words read in another order than they are stored. The two marks that right-to-left
# text needs stay.
_NO_CHARACTER = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\u202a-\u202e\u2066-\u2069]"
)
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


def decode(data: bytes, *, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """Return the characters of bytes, and warnings.

    A byte order mark is believed first, then the `declared` encoding if there is one, then UTF-8;
    what is none of them is read as Western European (Windows-1252), with a warning.
    """
    for mark, encoding in _MARKED.items():
        if data.startswith(mark):
            return _decoded(data, encoding), ()
    for encoding in filter(None, (declared, "utf-8")):
        try:
            return data.decode(encoding), ()
        except (LookupError, UnicodeError):
            continue
    return _decoded(data, "cp1252"), ("encoding-guessed",)


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError:
        raise Refused("encoding") from None


def clean(text: str) -> str:
    """Return text with line feeds only, one blank line between paragraphs, and no control codes."""
    text = _NO_CHARACTER.sub("", _LINE_ENDS.sub("\n", text.replace("\u2029", "\n\n")))
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
