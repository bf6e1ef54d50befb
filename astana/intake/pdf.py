"""PDF files: their words, with lines joined to paragraphs and running heads left out.

A PDF knows where letters stand, not what a paragraph is; the rules here are guesses from the
lengths of lines, for a person to look over.
"""

import re
import unicodedata
from collections import Counter
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PdfReadError

from astana.intake.language import language_of
from astana.intake.plain import checked, clean, line_of
from astana.intake.reading import MAX_CHARACTERS, Reading, Refused

MAX_PAGES = 500

# A line this much shorter than the long ones ends a paragraph where a sentence ends with it; one
# this much shorter without a sentence's end, before a capital letter, is a heading.
_LAST_LINE = 0.88
_HEADING = 0.7
_ENDS = re.compile(r"""[.!?…؟۔:]["')\]»”’“]*$""")
_HYPHENATED = re.compile(r"\w[-\u00ad\u2010]$")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
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
    characters = 0
    for page in reader.pages:
        words = page.extract_text()
        characters += len(words)
        if characters > MAX_CHARACTERS:
            raise Refused("too-many-characters", characters=MAX_CHARACTERS)
        pages.append(_lines(words))
    kept = without_running_heads(pages)
    text = checked(clean(joined(kept)))
    warnings = []
    if not all(pages):
        warnings.append("pages-without-words")
    if kept != pages:
        warnings.append("running-heads")
    if len(_RIGHT_TO_LEFT.findall(text)) * 5 > len(text):
        warnings.append("right-to-left-pdf")
    said = _said(reader)
    origins = dict.fromkeys(said, "properties")
    return Reading(text, **said, origins=origins, warnings=tuple(warnings))


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
    return len(line) < _HEADING * full and following[0].isupper()
