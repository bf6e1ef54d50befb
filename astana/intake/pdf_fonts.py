"""Whether the fonts of a PDF say which letters they draw; where not, its words are garbage."""

import re
from typing import Any

from pypdf.generic import DictionaryObject

# Names of glyphs that name no letter, only a number in the font.
_NUMBERED = re.compile(r"/(?:g|G|c|C|cid|glyph|index|a|x|f|F|H|char)\d+|/[A-Z]\d\d")


class Letters:
    """Counts the letters of a PDF, and those of fonts that do not say which they are."""

    def __init__(self) -> None:
        self.all = 0
        self.unknown = 0
        # With the font itself, so that no other one gets its number.
        self._known: dict[int, tuple[Any, bool]] = {}

    def visit(self, text: str, _cm: Any, _tm: Any, font: Any, _size: Any) -> None:
        """Count a piece of text, as pypdf tells of it with its font."""
        number = sum(letter > " " for letter in text)
        self.all += number
        if not isinstance(font, DictionaryObject):
            return
        if id(font) not in self._known:
            self._known[id(font)] = font, says_its_letters(font)
        if not self._known[id(font)][1]:
            self.unknown += number


def says_its_letters(font: DictionaryObject) -> bool:
    """Return whether a font maps its codes to Unicode or to names of letters."""
    if "/ToUnicode" in font:
        return True
    encoding: Any = font.get("/Encoding")
    encoding = encoding and encoding.get_object()
    if font.get("/Subtype") == "/Type0":
        # A set of characters by name says its letters; the numbers of the glyphs do not.
        return not str(encoding).startswith("/Identity")
    if not isinstance(encoding, DictionaryObject) or "/Differences" not in encoding:
        return True
    differences: Any = encoding["/Differences"]
    names = [str(name) for name in differences if isinstance(name, str)]
    return 2 * sum(bool(_NUMBERED.fullmatch(name)) for name in names) <= len(names)
