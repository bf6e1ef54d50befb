"""The language of a text: as its file says it, or as its words show it."""

import re
from dataclasses import replace

from astana.intake.reading import Reading

try:
    import pycld2
except ImportError:  # Nobody has built it for Python 3.14 yet.
    pycld2 = None

_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*", re.ASCII)
# The language of a text is that of most of its beginning; to question what a file says, of nearly
# all of it.
_FIRST = 20_000
_MOST = 51
_NEARLY_ALL = 80
# Codes that were given up.
_NOW = {"iw": "he", "jw": "jv", "in": "id"}


def language_of(code: str) -> str:
    """Return a code of a language as standards write it; empty for what is none."""
    language, *further = code.strip().split("-" if "-" in code else "_")
    language = language.lower()
    code = "-".join([_NOW.get(language, language), *further])
    return code if _CODE.fullmatch(code) else ""


def language_in(text: str, *, share: int = _MOST) -> str:
    """Return the code of the language that this share of the words is plainly in, in percent.

    Empty where that is in doubt, and where nothing is here that could tell.
    """
    if pycld2 is None:
        return ""
    try:
        is_reliable, _size, found = pycld2.detect(text[:_FIRST].encode())
    except (pycld2.error, UnicodeError):
        return ""
    _name, code, found_share, _score = found[0]
    return language_of(code) if is_reliable and found_share >= share else ""


def with_language(reading: Reading) -> Reading:
    """Return a reading with the language of its words where its file says none.

    Where it says another one, there is a warning.
    """
    found = language_in(reading.text, share=_NEARLY_ALL if reading.language else _MOST)
    if not found:
        return reading
    if not reading.language:
        origins = reading.origins | {"language": "words"}
        return replace(reading, language=found, origins=origins)
    if reading.language.partition("-")[0] != found.partition("-")[0]:
        return replace(reading, warnings=(*reading.warnings, "other-language"))
    return reading
