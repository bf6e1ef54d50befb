"""CSL-JSON: lists of references, as Zotero and other managers of references write them."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from astana.formats.articles.days import day_in
from astana.formats.articles.entry import Entry
from astana.formats.json_files import read_json
from astana.formats.package import Trouble, Troubles, Unreadable

_KINDS = {"article-newspaper": "newspaper", "article-magazine": "magazine"}
_USED = {"title", "author", "container-title", "publisher", "issued", "URL", "language", "type"}


def entries_in(content: bytes) -> Iterator[Entry]:
    """Yield the entries of a file; raises Unreadable with the items that are wrong."""
    troubles = Troubles()
    for number, item in enumerate(_items(content), 1):
        if isinstance(item, dict):
            yield _entry(f"item {number}", item)
        else:
            troubles.add(f"item {number}", "It is not a JSON object. Begin it with {.")
    troubles.refuse()


def _items(content: bytes) -> list[Any]:
    items = read_json(content, "items")
    if isinstance(items, dict):
        items = items.get("items")
    if not isinstance(items, list):
        raise Unreadable([Trouble("beginning", "It is not a list of items. Begin it with [.")])
    return items


def _entry(place: str, item: Mapping[str, Any]) -> Entry:
    dated, published = _date(item.get("issued"))
    return Entry(
        place=place,
        title=_text(item.get("title")),
        byline="; ".join(filter(None, map(_name, _list(item.get("author"))))),
        source=_text(item.get("container-title")) or _text(item.get("publisher")),
        source_kind=_KINDS.get(_text(item.get("type")), "other"),
        published=published,
        dated=dated,
        url=_text(item.get("URL")),
        language=_text(item.get("language")),
        further={name: _text(value) for name, value in item.items() if value and name not in _USED},
    )


def _date(issued: Any) -> tuple[str, str]:
    """Return the words of a date, and the day if it is one."""
    if not isinstance(issued, dict):
        return _text(issued), day_in(_text(issued))
    first = next(iter(_list(issued.get("date-parts"))), None)
    if isinstance(first, list) and first:
        words = "-".join(_text(part).zfill(2) for part in first[:3])
        return words, day_in(words)
    words = _text(issued.get("raw")) or _text(issued.get("literal"))
    return words, day_in(words)


def _name(author: Any) -> str:
    if not isinstance(author, dict):
        return _text(author)
    names = [_text(author.get(part)) for part in ("family", "given")]
    return _text(author.get("literal")) or ", ".join(filter(None, names))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    """Return a value of JSON as text; what holds further values, as it was written."""
    if isinstance(value, str):
        return value.strip()
    return "" if value is None else json.dumps(value, ensure_ascii=False)
