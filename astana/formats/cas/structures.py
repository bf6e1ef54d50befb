"""The text of a CAS, and what was annotated in it.

Sources: UIMA CAS JSON 0.4, and XMI as UIMA writes it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from astana.formats.json_files import read_json
from astana.formats.package import Trouble, Unreadable

SOFA = "uima.cas.Sofa"
_XMI = "{http://www.omg.org/XMI}id"


@dataclass(frozen=True, slots=True)
class Structure:
    """One annotation, or what one is joined by; it has no place then.

    `texts` are the features that are texts, `others` the structures that features name.
    """

    one: str
    type: str
    begin: int | None
    end: int | None
    texts: Mapping[str, str]
    others: Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Cas:
    """A text, and the structures of its annotations by their ids."""

    text: str
    structures: Mapping[str, Structure]


def read_cas(content: bytes, place: str) -> Cas:
    """Return what a file of JSON or XMI holds; raises Unreadable."""
    start = content[:4_000].removeprefix(b"\xef\xbb\xbf").lstrip()
    listed = list(_of_xmi(content, place) if start[:1] == b"<" else _of_json(content, place))
    sofas = [told for _one, kind, told in listed if kind == SOFA and "sofaString" in told]
    if len(sofas) != 1 or not isinstance(text := sofas[0]["sofaString"], str):
        reason = f"One text is expected in it, {len(sofas)} are there. Export it again."
        raise Unreadable([Trouble(place, reason)])
    structures: dict[str, Structure] = {}
    for one, kind, told in listed:
        if one in structures:
            raise Unreadable([Trouble(f"{place}, id {one}", "It occurs twice. Keep one of them.")])
        structures[one] = _structure(place, one, kind, told)
    return Cas(text, structures)


def _structure(place: str, one: str, kind: str, told: Mapping[str, Any]) -> Structure:
    texts: dict[str, str] = {}
    others: dict[str, list[str]] = {}
    for name, value in told.items():
        if name == "%ELEMENTS" or name.startswith("@"):
            listed = value if isinstance(value, list) else [value]
            others[name.lstrip("@%")] = [str(other) for other in listed]
        elif isinstance(value, str):
            texts[name] = value
    edges = [told.get(name) for name in ("begin", "end")]
    if any(edge is not None and type(edge) is not int for edge in edges):
        reason = f"“{edges[0]}” to “{edges[1]}” is not a place in the text. Export it again."
        raise Unreadable([Trouble(f"{place}, id {one}", reason)])
    return Structure(one, kind, edges[0], edges[1], texts, others)


def _of_json(content: bytes, place: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    told = read_json(content, place)
    listed = told.get("%FEATURE_STRUCTURES") if isinstance(told, dict) else None
    if isinstance(listed, dict):
        listed = [{"%ID": one, **value} for one, value in listed.items() if isinstance(value, dict)]
    if not isinstance(listed, list):
        reason = (
            "This is not UIMA CAS JSON: it has no %FEATURE_STRUCTURES. Export it in that format."
        )
        raise Unreadable([Trouble(place, reason)])
    for number, one in enumerate(listed, 1):
        if not isinstance(one, dict) or "%ID" not in one or not isinstance(one.get("%TYPE"), str):
            reason = "It has no %ID or %TYPE. Export the file again."
            raise Unreadable([Trouble(f"{place}, structure {number}", reason)])
        told = {name: value for name, value in one.items() if name not in ("%ID", "%TYPE")}
        yield str(one["%ID"]), one["%TYPE"], told


def _of_xmi(content: bytes, place: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        reason = "It declares entities, which no CAS needs. Export it again."
        raise Unreadable([Trouble(place, reason)])
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        where = f"{place}, line {error.lineno}"
        raise Unreadable([Trouble(where, f"This is not XML: {error.msg}.")]) from error
    known = {element.get(_XMI) for element in root}
    for element in root:
        one = element.get(_XMI)
        if one is None:
            continue
        name = etree.QName(element)
        package = (name.namespace or "").removeprefix("http:///").removesuffix(".ecore")
        kind = f"{package.replace('/', '.')}.{name.localname}"
        told: dict[str, Any] = {}
        for feature, value in element.attrib.items():
            if feature in ("begin", "end"):
                told[feature] = int(value) if value.isdecimal() else value
            elif feature != _XMI and kind != SOFA and _are_ids(value, known):
                # What is a number may be a text too: which, the types of layers would say.
                told |= {f"@{feature}": value.split(), feature: value}
            elif feature != _XMI:
                told[feature] = value
        yield one, kind, told


def _are_ids(value: str, known: set[str | None]) -> bool:
    return bool(value) and all(one in known and one != "0" for one in value.split())
