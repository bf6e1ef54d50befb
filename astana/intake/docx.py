"""Word documents: their words, once the archive is known not to unpack to too much."""

import re
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import lxml.etree
import mammoth

from astana.intake.archives import opened
from astana.intake.html import words_of
from astana.intake.language import language_of
from astana.intake.plain import checked, line_of
from astana.intake.reading import Reading, Refused

# What is in a document beside its words, and is never unpacked.
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tif", ".tiff", ".svg")

# Fonts, what was put in whole, and data of other programs.
_BESIDE = re.compile("word/(media|fonts|embeddings|theme)/|customXml/|docProps/thumbnail", re.I)
_TEXT = re.compile(r"(document|footnotes|endnotes)\w*\.xml$", re.I)
# A page may end inside a sentence, and a word with it.
_BREAKS = "br[type='page'] => br\nbr[type='column'] => br"

_PROPERTIES = "docProps/core.xml"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_SAID = {"title": "title", "author": "creator", "language": "language"}
# What mammoth puts after a note, as a link back to the words it belongs to.
_BACK = " ↑"


def read_docx(data: bytes) -> Reading:
    """Return the words of a Word document, and what its properties say."""
    with opened(data, is_read=_is_read) as archive:
        main = _main_part(archive)
        if main not in archive.namelist() or b"wordprocessingml" not in archive.read(main)[:8_000]:
            raise Refused("wrong-kind", kind="docx")
        said = _properties(archive)
        shown = _shown(archive)
    html = mammoth.convert_to_html(
        shown,
        style_map=_BREAKS,
        convert_image=lambda _picture: [],
        external_file_access=False,
    ).value
    text = "\n\n".join(block.removesuffix(_BACK) for block in words_of(html).split("\n\n"))
    return Reading(checked(text), warnings=(), **said, origins=dict.fromkeys(said, "properties"))


def _is_read(name: str) -> bool:
    return not name.lower().endswith(_PICTURES) and not _BESIDE.match(name)


def _main_part(archive: ZipFile) -> str:
    """Return the name of the part with the words, which need not be the usual one."""
    if "_rels/.rels" in archive.namelist():
        for relation in ElementTree.fromstring(archive.read("_rels/.rels")):
            if relation.get("Type", "").endswith("/officeDocument"):
                return relation.get("Target", "").lstrip("/")
    return "word/document.xml"


def _shown(archive: ZipFile) -> BytesIO:
    """Return the document without what Word does not show: hidden words, and parts beside them."""
    parts = {
        name: archive.read(name)
        for name in archive.namelist()
        if _is_read(name) and name.endswith((".xml", ".rels"))
    }
    hidden = {
        style.get(style.nsmap[style.prefix].join("{}") + "styleId")
        for name, part in parts.items()
        if name.endswith("styles.xml") and b"vanish" in part
        for style in _tree(part).iter("{*}style")
        if _vanishes(style)
    }
    shown = BytesIO()
    with ZipFile(shown, "w") as copy:
        for name, part in parts.items():
            copy.writestr(name, _without_hidden(part, hidden) if _TEXT.search(name) else part)
    shown.seek(0)
    return shown


def _without_hidden(part: bytes, hidden: set[str | None]) -> bytes:
    """Return a part of words without the hidden ones; where a line ends it says so in one way."""
    tree = _tree(part)
    for run in [*tree.iter("{*}r")]:
        styles = {style.values()[0] for style in run.iterfind("{*}rPr/{*}rStyle")}
        styles |= {style.values()[0] for style in run.iterfind("../{*}pPr/{*}pStyle")}
        if _vanishes(run) or styles & hidden:
            run.getparent().remove(run)
    for end in tree.iter("{*}cr"):
        end.tag = end.tag[:-2] + "br"
    return bytes(lxml.etree.tostring(tree))


def _vanishes(element: lxml.etree._Element) -> bool:
    """Return whether a run or a style is hidden, which it may also say it is not."""
    return any(
        not {"0", "false", "off"} & set(mark.values())
        for mark in element.iterfind("{*}rPr/{*}vanish")
    )


def _tree(part: bytes) -> lxml.etree._Element:
    return lxml.etree.fromstring(part, lxml.etree.XMLParser(resolve_entities=False))


def _properties(archive: ZipFile) -> dict[str, str]:
    """Return what the file says of title, author and language. Its dates are its own."""
    if _PROPERTIES not in archive.namelist():
        return {}
    root = ElementTree.fromstring(archive.read(_PROPERTIES))
    said = {name: line_of(root.findtext(_DUBLIN_CORE + key)) for name, key in _SAID.items()}
    said["language"] = language_of(said["language"])
    return {name: value for name, value in said.items() if value}
