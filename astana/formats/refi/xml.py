"""XML from outside: read without entities, within bounds, whatever its namespace is called."""

import codecs
import io
import re
import uuid
from collections.abc import Iterator
from typing import Any

import lxml.etree

from astana.formats.marked import gettext_noop
from astana.formats.package import Losses, Trouble, Troubles, Unreadable

MOST_BYTES = 100_000_000
_PART = 1_000_000
# NVivo for Mac writes a colon. Drafts before the first version say the same.
_VERSIONS = re.compile(r"[01][.:]\d{1,2}")
_DECLARED = re.compile(rb"\s*<\?xml\s[^>]*?\?>")
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([^"']*)""")
# What stands before the root, but for a document type.
_PROLOG = re.compile(rb"(?:\s|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_GUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# All GUIDs that we write are made of this one and of what they stand for.
_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:astana:refi-qda")
# Attributes that nothing here is made of, and what they are.
_BESIDE = (
    (("color",), gettext_noop("colours")),
    (("creationDateTime", "modifiedDateTime"), gettext_noop("times of creation and change")),
    (("richTextPath",), gettext_noop("rich text (its words are kept)")),
)


def parts_of(content: bytes, *, place: str, is_a: str, namespace: str) -> Iterator[Any]:
    """Yield the root of XML with nothing in it, and what is two levels deep, before what holds it.

    The root has to be of that name; `place` is the file it is in. A part is emptied when the next
    one is asked for, so that a large file takes little memory. Raises Unreadable.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable([Trouble(place, f"It is larger than {MOST_BYTES:,} bytes. Split it.")])
    file = io.BytesIO(_plain(content, place))
    reading = lxml.etree.iterparse(
        file, events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=False
    )
    path: list[Any] = []
    try:
        for event, element in reading:
            if event == "start":
                if not path:
                    _check_root(element, place, is_a, namespace)
                    yield element
                path.append(element)
                continue
            path.pop()
            if 1 <= len(path) <= 2:
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del path[-1][0]
    except lxml.etree.XMLSyntaxError as error:
        said = re.sub(r",? line \d+, column \d+.*", "", str(error).splitlines()[0])
        reason = f"This is not XML: {said}. Export the file again."
        raise Unreadable([Trouble(f"{place}, line {error.lineno or 1}", reason)]) from error


def _check_root(root: Any, place: str, is_a: str, namespace: str) -> None:
    name = lxml.etree.QName(root)
    stated = re.fullmatch(r"urn:QDA-XML:(?:project|codebook):(.+)", name.namespace or "")
    if name.localname != is_a:
        reason = (
            f"It contains <{name.localname[:40]}> and not <{is_a}>: it is a file of another kind."
        )
        raise Unreadable([Trouble(place, reason)])
    is_known = stated and _VERSIONS.fullmatch(stated[1]) and name.namespace.startswith(namespace)
    if name.namespace and not is_known:
        version = f"version {stated[1][:20]}" if stated else f"“{name.namespace[:60]}”"
        reason = f"It is {version}; only version 1 can be read. Export it in that version."
        raise Unreadable([Trouble(place, reason)])


def _plain(content: bytes, place: str) -> bytes:
    """Return XML in UTF-8 without its declaration; one that declares entities is refused."""
    try:
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            content = content.decode("utf-16").encode()
        declared = _DECLARED.match(content)
        said = _ENCODING.search(declared[0]) if declared else None
        if said and not re.match(b"utf-?(8|16)$", said[1], re.IGNORECASE):
            encoding = said[1][:20].decode(errors="replace")
            raise Unreadable([Trouble(place, f"It is written in {encoding}. Save it as UTF-8.")])
        # In parts, as one sign beyond U+FFFF makes a whole text four times as large.
        decoder = codecs.getincrementaldecoder("utf-8")()
        for start in range(0, len(content), _PART):
            decoder.decode(content[start : start + _PART])
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise Unreadable([Trouble(place, "This is not UTF-8. Save it as UTF-8.")]) from error
    content = content.removeprefix(b"\xef\xbb\xbf")
    if declared := _DECLARED.match(content):
        # Lines are counted with the one that it stands on.
        content = b"\n" * declared[0].count(b"\n") + content[declared.end() :]
    if content.startswith(b"<!DOCTYPE", _PROLOG.match(content).end()):  # type: ignore[union-attr]
        reason = "It declares a document type, which these files never need. Remove <!DOCTYPE …>."
        raise Unreadable([Trouble(place, reason)])
    return content


def children(element: Any, *names: str) -> Iterator[Any]:
    """Return the elements within one that have these names, in whatever namespace."""
    yield from element.iterchildren(*(f"{{*}}{name}" for name in names))


def name_of_tag(element: Any) -> str:
    """Return what an element is, in whatever namespace."""
    return str(lxml.etree.QName(element).localname)


def text_in(element: Any, name: str) -> str:
    """Return the text of the element of that name within one, or nothing."""
    found = next(children(element, name), None)
    return "" if found is None else "".join(found.itertext())


def place_of(element: Any, file: str = "") -> str:
    """Return where an element stands in its file, for messages."""
    name = name_of_tag(element)
    label = f" “{element.get('name')[:40]}”" if element.get("name") else ""
    return f"{file + ', ' if file else ''}line {element.sourceline}, {name}{label}"


def lose_looks_and_moments(element: Any, losses: Losses) -> None:
    """Count what an element and all within it say of looks, and of when something was done."""
    # Of the root itself alone: what is in it comes by its parts.
    is_root = element.getparent() is None
    for one in [element] if is_root else element.iter(lxml.etree.Element):
        for names, kind in _BESIDE:
            if any(one.get(name) for name in names):
                losses.lose(kind, one.get("name") or "")


def plain_guid(text: str | None) -> str:
    """Return a GUID as it is compared."""
    return (text or "").strip().strip("{}").lower()


class Guids:
    """The GUIDs of a file, each of which stands for one thing alone."""

    def __init__(self, troubles: Troubles, file: str = "") -> None:
        """`file` is where all of them are."""
        self._troubles = troubles
        self._file = file
        self._lines: dict[str, int] = {}

    def of(self, element: Any) -> str:
        """Return the GUID of an element; notes it where it is none, or is there twice."""
        guid = plain_guid(element.get("guid"))
        place = place_of(element, self._file)
        if not _GUID.fullmatch(guid):
            said = f"“{guid[:40]}” is not a GUID" if guid else "It has no GUID"
            self._troubles.add(place, f"{said}. Export the file again.")
        elif guid in self._lines:
            reason = f"Its GUID {guid} is also that of line {self._lines[guid]}. Change one."
            self._troubles.add(place, reason)
        self._lines.setdefault(guid, element.sourceline)
        return guid


def guid_for(*parts: object) -> str:
    """Return the GUID of what we write: the same in each export."""
    return str(uuid.uuid5(_OURS, "/".join(map(str, parts)))).upper()


# Who codes where nobody else is known.
ASTANA = guid_for("user", "astana")
