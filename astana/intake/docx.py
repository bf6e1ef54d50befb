"""Word documents: their words, once the archive is known not to unpack to too much."""

from io import BytesIO
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

import mammoth

from astana.intake.html import words_of
from astana.intake.language import language_of
from astana.intake.plain import checked, line_of
from astana.intake.reading import Reading, Refused

MAX_ENTRIES = 2_000
MAX_UNPACKED = 5_000_000
MAX_RATIO = 100

# What is in a document beside its words, and is never unpacked.
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tif", ".tiff", ".svg")

_PROPERTIES = "docProps/core.xml"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_SAID = {"title": "title", "author": "creator", "language": "language"}
# What mammoth puts after a note, as a link back to the words it belongs to.
_BACK = " ↑"


def read_docx(data: bytes) -> Reading:
    """Return the words of a Word document, and what its properties say."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            _check(archive)
            said = _properties(archive)
    except BadZipFile:
        raise Refused("unreadable") from None
    html = mammoth.convert_to_html(
        BytesIO(data), convert_image=lambda _picture: [], external_file_access=False
    ).value
    text = "\n\n".join(block.removesuffix(_BACK) for block in words_of(html).split("\n\n"))
    return Reading(checked(text), warnings=(), **said, origins=dict.fromkeys(said, "properties"))


def _check(archive: ZipFile) -> None:
    """Raise Refused for an archive that is no Word document or holds more than one would."""
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise Refused("too-much-inside")
    unpacked = 0
    for entry in entries:
        if entry.flag_bits & 1:
            raise Refused("encrypted")
        if entry.filename.lower().endswith(_PICTURES):
            continue
        unpacked += entry.file_size
        if unpacked > MAX_UNPACKED or entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise Refused("too-much-inside")
    if "word/document.xml" not in archive.namelist():
        raise Refused("wrong-kind", kind="docx")


def _properties(archive: ZipFile) -> dict[str, str]:
    """Return what the file says of title, author and language. Its dates are its own."""
    if _PROPERTIES not in archive.namelist():
        return {}
    root = ElementTree.fromstring(archive.read(_PROPERTIES))
    said = {name: line_of(root.findtext(_DUBLIN_CORE + key)) for name, key in _SAID.items()}
    said["language"] = language_of(said["language"])
    return {name: value for name, value in said.items() if value}
