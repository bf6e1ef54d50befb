"""XML from outside: read without entities, within bounds, whatever its namespace is called."""

import re
import uuid
from collections.abc import Iterator
from typing import Any

import lxml.etree

from astana.formats.package import Trouble, Troubles, Unreadable

MOST_BYTES = 50_000_000
_VERSION = "1.0"
_DECLARED = re.compile(r"\s*<\?xml\s[^>]*?\?>")
_ENCODING = re.compile(r"""encoding\s*=\s*["']([^"']*)""")
# What stands before the root, but for a document type.
_PROLOG = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_GUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# All GUIDs that we write are made of this one and of what they stand for.
_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:astana:refi-qda")


def root_of(content: bytes, *, place: str, is_a: str, namespace: str) -> Any:
    """Return the root of XML, which has to be of that name; raises Unreadable.

    `place` is the file it is in.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable([Trouble(place, f"It is larger than {MOST_BYTES:,} bytes. Split it.")])
    text = _decoded(content, place)
    if text.startswith("<!DOCTYPE", _PROLOG.match(text).end()):  # type: ignore[union-attr]
        reason = "It declares a document type, which these files never need. Remove <!DOCTYPE …>."
        raise Unreadable([Trouble(place, reason)])
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = lxml.etree.fromstring(text.encode(), parser)
    except (lxml.etree.XMLSyntaxError, UnicodeEncodeError) as error:
        line = getattr(error, "lineno", None) or 1
        said = re.sub(r",? line \d+, column \d+.*", "", str(error).splitlines()[0])
        reason = f"This is not XML: {said}. Export the file again."
        raise Unreadable([Trouble(f"{place}, line {line}", reason)]) from error
    name = lxml.etree.QName(root)
    stated = re.fullmatch(r"urn:QDA-XML:(?:project|codebook):(.+)", name.namespace or "")
    if name.localname != is_a:
        reason = f"It holds <{name.localname[:40]}> and not <{is_a}>: it is a file of another kind."
        raise Unreadable([Trouble(place, reason)])
    if name.namespace and (stated is None or name.namespace != f"{namespace}:{_VERSION}"):
        version = f"version {stated[1][:20]}" if stated else f"“{name.namespace[:60]}”"
        reason = f"It is of {version}; version {_VERSION} can be read. Export it as that."
        raise Unreadable([Trouble(place, reason)])
    return root


def _decoded(content: bytes, place: str) -> str:
    """Return XML as text, without its declaration."""
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable([Trouble(place, "This is not UTF-8. Save it as UTF-8.")]) from error
    if declared := _DECLARED.match(text):
        encoding = _ENCODING.search(declared[0])
        if encoding and not re.match("utf-?(8|16)$", encoding[1], re.IGNORECASE):
            reason = f"It is written in {encoding[1][:20]}. Save it as UTF-8."
            raise Unreadable([Trouble(place, reason)])
        # Lines are counted with the one that it stands on.
        text = "\n" * declared[0].count("\n") + text[declared.end() :]
    return text


def children(element: Any, *names: str) -> Iterator[Any]:
    """Return the elements within one that have these names, in whatever namespace."""
    yield from element.iterchildren(*(f"{{*}}{name}" for name in names))


def within(element: Any, path: str) -> Iterator[Any]:
    """Return the elements at the end of a path of names."""
    yield from element.iterfind("/".join(f"{{*}}{name}" for name in path.split("/")))


def text_in(element: Any, name: str) -> str:
    """Return the text of the element of that name within one, or nothing."""
    found = next(children(element, name), None)
    return "" if found is None else "".join(found.itertext())


def place_of(element: Any, file: str = "") -> str:
    """Return where an element stands in its file, for messages."""
    name = lxml.etree.QName(element).localname
    label = f" “{element.get('name')[:40]}”" if element.get("name") else ""
    return f"{file + ', ' if file else ''}line {element.sourceline}, {name}{label}"


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
            said = f"“{guid[:40]}” is no GUID" if guid else "It has no GUID"
            self._troubles.add(place, f"{said}. Export the file again.")
        elif guid in self._lines:
            reason = f"Its GUID {guid} is also that of line {self._lines[guid]}. Change one."
            self._troubles.add(place, reason)
        self._lines.setdefault(guid, element.sourceline)
        return guid


def guid_for(*parts: object) -> str:
    """Return the GUID of what we write: the same in each export."""
    return str(uuid.uuid5(_OURS, "/".join(map(str, parts)))).upper()
