"""The kinds of file that are read, by their names and by their contents."""

import re
from pathlib import PurePath

import puremagic

from astana.intake.reading import Refused

EXTENSIONS = {
    ".txt": "text",
    ".text": "text",
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".odt": "odt",
    ".rtf": "rtf",
}

_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
# A text has one of these by a slip, and every format of bytes soon has many.
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SLIPS = 1_000
# Without a step back: a comment ends where it first can.
_PAGE = re.compile(
    rb"\s*+(?:<\?xml[^>]*+>\s*+|(?><!--.*?-->)\s*+)*+<(?:!doctype\s++html|html)\b", re.I | re.S
)
# What programs put before the first bytes of a file by mistake, and readers pass over.
_BEFORE = b"\xef\xbb\xbf \t\r\n"
# The pasted source of a part of a page.
_PART = re.compile(r"\s*<(article|body|div|main|section|h1|p)\b[^<>]*>.*</\1>\s*$", re.I | re.S)
# The first part of an OpenDocument, which is not compressed, says what it is.
_ODT = re.compile(rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.text(?!-)", re.S)
_TAG = re.compile(rb"<[a-z][^<>]*>", re.I)


def kind_by_name(name: str) -> str:
    """Return `text`, `html`, `pdf`, `docx`, `odt` or `rtf`; raises Refused for another name.

    The name is used for nothing else: no file is opened or made by it.
    """
    kind = EXTENSIONS.get(PurePath(name).suffix.lower())
    if kind is None:
        raise Refused("file-name")
    return kind


def check_contents(kind: str, data: bytes) -> None:
    """Raise Refused unless the bytes are of the kind that the name said."""
    found = _kind_by_contents(data)
    if found == kind or (kind == "html" and found == "text" and _TAG.search(data)):
        return
    raise Refused("wrong-kind", kind=kind)


def _kind_by_contents(data: bytes) -> str | None:
    """Return the kind that the first and last bytes tell, or None for one that is not read."""
    head = data[:4096]
    if _ODT.match(head):
        return "odt"
    if head.lstrip(_BEFORE).startswith((b"PK\x03\x04", b"%PDF-")):
        return _kind_by_signature(data)
    if head.startswith(_BYTE_ORDER_MARKS):
        head = head.replace(b"\x00", b"")[2:]
        head = head.removeprefix(b"\xbf")
    elif _is_no_text(data):
        return _kind_by_signature(data)
    if _PAGE.match(head):
        return "html"
    return "rtf" if head.lstrip(_BEFORE).startswith(b"{\\rtf") else "text"


def _is_no_text(data: bytes) -> bool:
    return len(_NO_TEXT.findall(data)) > 1 + len(data) // _SLIPS


def _kind_by_signature(data: bytes) -> str | None:
    """Return the kind that a signature tells, or None. Text has none, and may look like one."""
    try:
        guesses = {guess.extension for guess in puremagic.magic_string(data.lstrip(_BEFORE))}
    except (puremagic.PureError, ValueError):
        return None
    return next((kind for kind in ("pdf", "docx") if f".{kind}" in guesses), None)


def looks_like_a_page(text: str) -> bool:
    """Return whether pasted words are the source of a web page."""
    return bool(_PAGE.match(text[:4096].encode()) or _PART.match(text))
