"""PDF files: their words, with lines joined to paragraphs and running heads left out.

A PDF knows where letters stand, not what a paragraph is; the rules here are guesses from the
lengths of lines, for a person to look over.
"""

import re
import unicodedata
from collections import Counter
from io import BytesIO
from operator import methodcaller
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PdfReadError
from pypdf.generic import DictionaryObject

from astana.intake.language import language_of
from astana.intake.pdf_fonts import Letters
from astana.intake.pdf_lines import RIGHT_TO_LEFT, in_columns, is_turned, turned
from astana.intake.plain import checked, clean, line_of
from astana.intake.reading import MAX_CHARACTERS, Reading, Refused

MAX_PAGES = 500
# Columns are looked for on the first pages: looking takes as long as reading.
_LOOKED_AT = 10
# The share of letters that may be missing, and how deep pictures are looked for.
_MOST_UNKNOWN = 0.2
_MOST_PARTS = 50

# A line this much shorter than the long ones ends a paragraph where a sentence ends with it; one
# this much shorter without a sentence's end, before a capital letter, is a heading.
_LAST_LINE = 0.88
_HEADING = 0.7
_ENDS = re.compile(r"""[.!?…؟۔:]["')\]»”’“]*$""")
_HYPHENATED = re.compile(r"\w[-\u00ad\u2010]$")
# Letters drawn as one or in the form they have inside a word.
_DRAWN = re.compile("[\ufb00-\ufdfb\ufe70-\ufefc]+")
# A page number, in words where each number is a cross.
_PAGE_NUMBER = re.compile(r"[-–—(\[ ]*#( ?/ ?#)?[-–—)\] ]*")
_FILE_NAME = re.compile(r"\.[a-z]\w{1,4}$", re.I)


def read_pdf(data: bytes) -> Reading:
    """Return the words of a PDF, and what it says about itself."""
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused("encrypted")
    if len(reader.pages) > MAX_PAGES:
        raise Refused("too-many-pages", pages=MAX_PAGES)
    pages: list[list[str]] = []
    letters = Letters()
    characters = 0
    for page in reader.pages:
        words = page.extract_text(visitor_text=letters.visit)
        characters += len(words)
        if characters > MAX_CHARACTERS:
            raise Refused("too-many-characters", characters=MAX_CHARACTERS)
        pages.append(_lines(words))
    if not any(pages) and any(map(_has_pictures, reader.pages)):
        raise Refused("scan")
    if letters.unknown > letters.all * _MOST_UNKNOWN:
        raise Refused("unknown-letters")
    warnings = ["letters-unknown"] if letters.unknown else []
    is_from_the_right = _is_from_the_right("".join(map("".join, pages)))
    drawn = [_drawn(page) for page in reader.pages[: None if is_from_the_right else _LOOKED_AT]]
    if any(map(in_columns, drawn)):
        warnings.append("columns")
    if is_from_the_right:
        warnings.append("right-to-left-pdf")
        pages = _read_from_the_right(drawn, pages)
    kept = without_running_heads(pages)
    text = checked(clean(joined(kept)))
    if not all(pages):
        warnings.append("pages-without-words")
    if kept != pages:
        warnings.append("running-heads")
    said = _said(reader)
    origins = dict.fromkeys(said, "properties")
    return Reading(text, **said, origins=origins, warnings=tuple(warnings))


def _has_pictures(page: PageObject) -> bool:
    """Return whether a page draws a picture, itself or in a part of it."""
    waiting: list[Any] = [page]
    for _ in range(_MOST_PARTS):
        if not waiting:
            break
        # Looked up so, what is stored elsewhere in the file is found.
        resources = waiting.pop().get("/Resources", DictionaryObject()).get_object()
        objects = resources.get("/XObject", DictionaryObject()).get_object()
        for one in map(methodcaller("get_object"), objects.values()):
            if one.get("/Subtype") == "/Image":
                return True
            waiting.append(one)
    return False


def _drawn(page: PageObject) -> list[str]:
    """Return the lines of a page as they are drawn, with the distances between words."""
    try:
        words: str = page.extract_text(
            extraction_mode="layout",
            layout_mode_space_vertically=False,
            layout_mode_strip_rotated=False,
        )
    except (MemoryError, RecursionError):
        raise
    except Exception:
        # The words themselves were read; this is a second look at them.
        return []
    return words.split("\n")


def _is_from_the_right(text: str) -> bool:
    return len(RIGHT_TO_LEFT.findall(text)) * 5 > len(text)


def _read_from_the_right(drawn: list[list[str]], pages: list[list[str]]) -> list[list[str]]:
    """Return the lines of pages in a script from the right as they are read, out of drawn ones.

    Where that is in doubt, or letters are missing, they stay as they are.
    """
    is_drawn_from_the_left = is_turned("\n".join(map("\n".join, drawn)))
    if is_drawn_from_the_left is None:
        return pages
    read = turned if is_drawn_from_the_left else str
    lines = [_lines("\n".join(map(read, page))) for page in drawn]
    return lines if _letters_of(lines) >= 0.9 * _letters_of(pages) else pages


def _letters_of(pages: list[list[str]]) -> int:
    return sum(letter.isalnum() for lines in pages for line in lines for letter in line)


def _said(reader: PdfReader) -> dict[str, str]:
    """Return what the file says of title, author and language. Its dates are its own."""
    said = {}
    try:
        if about := reader.metadata:
            said = {"title": line_of(about.title), "author": line_of(about.author)}
    except (PdfReadError, AttributeError, TypeError):
        pass
    if _FILE_NAME.search(said.get("title", "")):
        del said["title"]
    language = reader.root_object.get("/Lang")
    said["language"] = language_of(language) if isinstance(language, str) else ""
    return {name: value for name, value in said.items() if value}


def _lines(words: str) -> list[str]:
    """Return the lines of a page, an empty one for each gap, without any at either end."""
    # A soft hyphen is seen where a line ends with it.
    words = words.replace("\u00ad\n", "\u2010\n")
    words = _DRAWN.sub(lambda drawn: unicodedata.normalize("NFKC", drawn[0]), words)
    return re.sub(r"[^\S\n]+", " ", clean(words)).split("\n") if words.strip() else []


def without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Return the pages without their numbers and what stands at the same edge of most pages."""
    seen = Counter(key for lines in pages for key in _edges(lines).values())

    def runs(key: tuple[int, str]) -> bool:
        return bool(_PAGE_NUMBER.fullmatch(key[1])) or (
            seen[key] > 1 and seen[key] > len(pages) / 2
        )

    kept = []
    for lines in pages:
        dropped = {at for at, key in _edges(lines).items() if runs(key)}
        rest = "\n".join(line for at, line in enumerate(lines) if at not in dropped).strip("\n")
        kept.append(rest.split("\n") if rest else [])
    return kept


def _edges(lines: list[str]) -> dict[int, tuple[int, str]]:
    """Return the place of each first and last line, with what is the same on other pages.

    That is which line from the top or the foot it is, and its words without the numbers in them.
    """
    full = [at for at, line in enumerate(lines) if line]
    edges = {}
    for edge in (0, 1, -2, -1):
        if edge in range(-len(full), len(full)):
            edges[full[edge]] = (edge, re.sub(r"\d+", "#", lines[full[edge]]).casefold())
    return edges


def joined(pages: list[list[str]]) -> str:
    """Return the lines of all pages joined to paragraphs, across the breaks of pages too."""
    lines = [line for page in pages for line in page]
    lengths = sorted(len(line) for line in lines if line)
    full = lengths[len(lengths) * 9 // 10] if lengths else 0
    known = set(re.findall(r"\w+-\w+", " ".join(lines).casefold()))
    text = []
    for line, following in zip(lines, [*lines, ""][1:], strict=True):
        if not line or not following or _is_last(line, following, full):
            text += [line, "\n\n"]
        elif _HYPHENATED.search(line[-2:]) and following[0].islower():
            text.append(line if _is_a_compound(line, following, known) else line[:-1])
        else:
            text += [line, " "]
    return "".join(text)


def _is_a_compound(line: str, following: str, known: set[str]) -> bool:
    """Return whether the word broken between two lines stands with its hyphen somewhere else."""
    first, second = re.split(r"\W", line[:-1])[-1], re.split(r"\W", following)[0]
    return f"{first}-{second}".casefold() in known


def _is_last(line: str, following: str, full: int) -> bool:
    """Return whether a paragraph ends with this line, judged by its length and by the next."""
    if following[0].islower():
        return False
    if _ENDS.search(line):
        return len(line) < _LAST_LINE * full
    # What is written from the right has no capital letters.
    begins = following[0].isupper() or bool(RIGHT_TO_LEFT.match(following))
    return len(line) < _HEADING * full and begins
