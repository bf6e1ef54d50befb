"""OpenDocument texts: their words, out of the one part that holds them."""

from html import escape
from zipfile import ZipFile

import lxml.etree

from astana.intake.archives import opened
from astana.intake.html import words_of
from astana.intake.language import language_of
from astana.intake.plain import checked, line_of
from astana.intake.reading import Reading, Refused

_CONTENT, _STYLES, _ABOUT = "content.xml", "styles.xml", "meta.xml"
_MANIFEST = "META-INF/manifest.xml"
_READ = {_CONTENT, _STYLES, _ABOUT, _MANIFEST}
_SAID = {"title": "title", "author": "initial-creator", "language": "language"}

# Elements of the format, by their names without namespaces, as those of pages.
_TAGS = {
    "p": "p",
    "h": "h1",
    "table": "table",
    "table-row": "tr",
    "table-cell": "td",
    "covered-table-cell": "td",
    "text-box": "div",
}
# What was deleted, comments, and what is shown nowhere.
_UNSEEN = {
    *("tracked-changes", "annotation", "annotation-end", "hidden-text", "hidden-paragraph"),
    *("note-citation", "bibliography-mark-source", "ruby-text", "forms", "sequence-decls"),
}


def read_odt(data: bytes) -> Reading:
    """Return the words of an OpenDocument text, and what its properties say."""
    with opened(data, is_read=_READ.__contains__) as archive:
        parts = set(archive.namelist())
        if _CONTENT not in parts:
            raise Refused("wrong-kind", kind="odt")
        if _MANIFEST in parts and b"encryption-data" in archive.read(_MANIFEST):
            raise Refused("encrypted")
        content = _tree(archive, _CONTENT)
        said = _said(_tree(archive, _ABOUT)) if _ABOUT in parts else {}
        styles = [content, *([_tree(archive, _STYLES)] if _STYLES in parts else [])]
    body = content.find(".//{*}body/{*}text")
    if body is None:
        raise Refused("wrong-kind", kind="odt")
    writer = _Writer(styles)
    words = words_of(writer.html(body) + "".join(writer.notes))
    return Reading(checked(words), warnings=(), **said, origins=dict.fromkeys(said, "properties"))


def _tree(archive: ZipFile, part: str) -> lxml.etree._Element:
    return lxml.etree.fromstring(
        archive.read(part), lxml.etree.XMLParser(resolve_entities=False, remove_comments=True)
    )


def _said(about: lxml.etree._Element) -> dict[str, str]:
    """Return what the file says of title, author and language. Its dates are its own."""
    said = {field: line_of(about.findtext(f".//{{*}}{name}")) for field, name in _SAID.items()}
    said["language"] = language_of(said["language"])
    return {field: value for field, value in said.items() if value}


class _Writer:
    """Writes elements as those of a page, and notes, which stand in the line, behind it."""

    def __init__(self, styles: list[lxml.etree._Element]) -> None:
        self.notes: list[str] = []
        self.hidden: set[str] = set()
        self.raised: set[str] = set()
        for style in (style for tree in styles for style in tree.iter("{*}style")):
            look = _attributes(style.find("{*}text-properties"))
            name = _attributes(style).get("name", "")
            if look.get("display") == "none":
                self.hidden.add(name)
            if look.get("text-position", "").startswith(("super", "3", "4", "5")):
                self.raised.add(name)

    def html(self, element: lxml.etree._Element) -> str:
        """Return the markup of what is in an element."""
        written = [escape(element.text or "")]
        for child in element:
            written += [self._child(child), escape(child.tail or "")]
        return "".join(written)

    def _child(self, element: lxml.etree._Element) -> str:
        name = lxml.etree.QName(element).localname
        about = _attributes(element)
        if name in _UNSEEN or about.get("style-name") in self.hidden:
            return ""
        if name in ("s", "tab"):
            return " "
        if name == "line-break":
            return "<br>"
        if name == "note":
            return self._note(element)
        tag = _TAGS.get(name)
        if about.get("style-name") in self.raised:
            tag = "sup"
        return f"<{tag}>{self.html(element)}</{tag}>" if tag else self.html(element)

    def _note(self, note: lxml.etree._Element) -> str:
        """Keep the words of a note for the end, and return its number as a sign."""
        number = f"[{escape(note.findtext('{*}note-citation') or '')}]"
        place = len(self.notes)
        self.notes.append("")
        words = "".join(map(self.html, note.iterfind("{*}note-body/{*}p")))
        self.notes[place] = f"<p>{number} {words}</p>"
        return number


def _attributes(element: lxml.etree._Element | None) -> dict[str, str]:
    """Return the attributes by their names without namespaces."""
    if element is None:
        return {}
    return {str(lxml.etree.QName(name).localname): value for name, value in element.items()}
