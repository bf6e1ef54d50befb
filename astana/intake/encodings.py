"""The characters of bytes, as browsers decode them, and how far that is a guess."""

import codecs

import webencodings

from astana.intake.reading import Refused

# UTF-32 first: its mark begins with that of UTF-16.
_MARKED = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    codecs.BOM_UTF8: "utf-8-sig",
}

# What stands where bytes are no character. Of a text, at most one in so many characters may be.
_REPLACEMENT = "\ufffd"
_READABLE = 10


def decode(data: bytes, *, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """Return the characters of bytes, and warnings.

    A byte order mark is believed first, then the label that is `declared` (in the meaning of the
    WHATWG Encoding Standard: `iso-8859-1` is Windows-1252), unless the bytes are plainly UTF-8.
    What declares nothing and is not UTF-8 is read as Western European, with a warning. Each byte
    that is no character becomes U+FFFD, with a warning; raises Refused where these are many.
    """
    for mark, encoding in _MARKED.items():
        if data.startswith(mark):
            return _characters(data, encoding)
    declared = _meant(declared)
    if declared == "replacement":
        raise Refused("encoding")
    if declared and declared != "utf-8":
        if not data.isascii() and _is_utf8(data, declared):
            return data.decode(), ("encoding-contradicted",)
        return _characters(data, declared)
    unicode = data.decode(errors="replace")
    read = [letter for letter in unicode if letter > "\x7f"]
    if 2 * read.count(_REPLACEMENT) <= len(read):
        return _characters(data, "utf-8")
    text, warnings = _characters(data, "cp1252")
    return text, ("encoding-guessed", *warnings)


def _meant(label: str) -> str:
    """Return the codec that browsers use for a label; empty where they know none."""
    encoding = webencodings.lookup(label)
    if encoding is None:
        return ""
    if encoding.name.startswith("utf-16"):
        # The declaration could be read byte by byte, so the bytes are no UTF-16.
        return "utf-8"
    if encoding.name == "x-user-defined":
        return "cp1252"
    # The larger set, of which the other is a part.
    return "gb18030" if encoding.name == "gbk" else str(encoding.codec_info.name)


def _is_utf8(data: bytes, declared: str) -> bool:
    """Return whether bytes are UTF-8 and not what they declare.

    Words in a set of single bytes are hardly ever valid UTF-8. Few words in one of double bytes may
    be, so that there the declaration has to fail.
    """
    try:
        data.decode()
    except UnicodeError:
        return False
    read = data.decode(declared, errors="replace")
    return len(read) == len(data) or _REPLACEMENT in read


def _characters(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = data.decode(encoding, errors="replace")
    replaced = text.count(_REPLACEMENT)
    if replaced * _READABLE > len(text):
        raise Refused("encoding")
    return text, warnings_of(text)


def warnings_of(text: str) -> tuple[str, ...]:
    """Return the warning that some bytes were no character, where U+FFFD says so."""
    return ("characters-replaced",) if _REPLACEMENT in text else ()
