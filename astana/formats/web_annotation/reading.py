"""Web Annotations as the rows of a dossier: our own as they were, others by their tags."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from astana.formats.choices import CODED, choices_of
from astana.formats.coded import About, Coding, Codings
from astana.formats.json_files import read_json
from astana.formats.known import address_of
from astana.formats.names import SLUG
from astana.formats.package import Package, Read, Trouble, Unreadable
from astana.formats.placing import Words
from astana.formats.selectors import listed, text_of, words_of
from astana.formats.tags import OF_ARTICLES, values_of
from astana.formats.web_annotation.shape import ANNO, IF, ROLES

OPTIONS = CODED
# Errors of what has not the form of an annotation.
_SHAPELESS = (TypeError, AttributeError, KeyError, IndexError, ValueError)
_NUMBERS = ("order", "version", "characters", "number", "paragraph")
# Of passages; those of events are days.
_PLACES = ("start", "end")
_OURS = re.compile("/(actors|issues|articles|positions)/([-a-zA-Z0-9_]+)/?(?:$|[?#])")


def read(content: bytes, options: Mapping[str, str], there: Package) -> Read:
    """Return the rows of a dossier that annotations make; raises Unreadable."""
    choices = choices_of(options, prefix="annotation")
    told = read_json(content, "file")
    tables, items = _tables(told), list(_items(told))
    try:
        codings = Codings(_together(there, tables), choices)
    except _SHAPELESS as error:
        reason = "A row has no short name or no day in it. Export the file again."
        raise Unreadable([Trouble("tables", reason)]) from error
    for table, rows in tables.items():
        for row in rows:
            codings.package.add(table, row)
    reading = _Reading(codings)
    seen: dict[str, str] = {}
    for place, item in items:
        try:
            one = text_of(item.get("id"))
            first = seen.setdefault(one, place) if one else place
            if first != place:
                codings.troubles.add(place, f"{first} has the same id. Keep one of them.")
            elif "record" in item and "canonical" in item:
                reading.own(place, item)
            else:
                reading.foreign(place, item)
        except _SHAPELESS:
            codings.troubles.add(
                place, "It does not have the form of a Web Annotation. Export it again."
            )
    codings.finish()
    title = text_of(told.get("label")) if isinstance(told, dict) and tables else ""
    losses = codings.losses.listed()
    return Read(codings.package, losses, choices.named, title=title, notes=tuple(codings.notes))


def _tables(told: Any) -> dict[str, list[dict[str, Any]]]:
    """Return the tables that stand beside the annotations in a file that was written here."""
    tables = told.get("tables", {}) if isinstance(told, dict) else {}
    try:
        return {name: [_cells(row) for row in rows] for name, rows in tables.items()}
    except _SHAPELESS as error:
        reason = "They are not lists of rows. Export the file again."
        raise Unreadable([Trouble("tables", reason)]) from error


def _together(there: Package, tables: Mapping[str, list[dict[str, Any]]]) -> Package:
    """Return what a dossier has together with what stands in a file."""
    both = Package({name: [*rows] for name, rows in there.rows.items()}, dict(there.texts))
    known = {
        (name, row.get("slug")) for name, rows in there.rows.items() for row in there.cells(name)
    }
    for table, rows in tables.items():
        for row in rows:
            if "slug" in row and _name(table, row) in known:
                continue
            told = {"url": "", "order": 0} | row
            if table == "articles":
                told["published"] = date.fromisoformat(row["published"])
            both.add(table, told)
    return both


def _name(table: str, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return table, row.get("issue"), row.get("slug")


def _cells(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cells of a row; raises ValueError where they are not what cells can be."""
    for name, value in row.items():
        if name == "paragraphs":
            is_right = all(type(edge) is int for pair in value for edge in pair)
        elif name in _NUMBERS:
            is_right = value is None or type(value) is int
        else:
            is_right = isinstance(value, (str, bool)) or (name in _PLACES and type(value) is int)
        if not is_right:
            raise ValueError(f"{name} cannot be {value!r}")
    return dict(row)


def _items(told: Any, name: str = "annotation") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the annotations of a collection, of a page, of a list, or one alone."""
    if isinstance(told, list):
        for number, one in enumerate(told, 1):
            yield from _items(one, f"annotation {number}")
        return
    if not isinstance(told, dict):
        raise Unreadable([Trouble(name, "It is not a JSON object. Begin it with {.")])
    kinds = listed(told.get("type"))
    if "AnnotationCollection" in kinds:
        first = told.get("first")
        if not isinstance(first, dict):
            reason = (
                "The annotations are on pages elsewhere. Save these pages, and load them instead."
            )
            raise Unreadable([Trouble("first", reason)])
        yield from _items(first, name)
    elif "AnnotationPage" in kinds:
        if not isinstance(told.get("items"), list):
            raise Unreadable([Trouble("items", "There is no list of annotations. Add it.")])
        yield from _items(told["items"])
    elif "Annotation" in kinds:
        yield name, told
    else:
        known = f"of the type Annotation, AnnotationPage or AnnotationCollection ({ANNO})"
        raise Unreadable([Trouble(name, f"It is not {known}. Export it as one of these.")])


class _Reading:
    def __init__(self, codings: Codings) -> None:
        self._codings = codings

    def own(self, place: str, item: dict[str, Any]) -> None:
        """Add a position that was written here, as it was, or as it was changed since."""
        row = {"key": _slug(item["canonical"], "positions")}
        row |= {"summary": "", "condition": "", "note": ""} | _words(item)
        for body in item["body"]:
            if isinstance(body.get("source"), str):
                is_actor = body["purpose"] == "identifying"
                kind = "actor" if is_actor else "issue"
                row[kind] = _slug(body["source"], f"{kind}s")
        row |= item["record"]
        self._codings.package.add("positions", _cells(row))
        for target in item["target"]:
            if isinstance(target, dict):
                self._codings.package.add("evidence", _evidence(row["key"], target))

    def foreign(self, place: str, item: dict[str, Any]) -> None:
        """Add a position by the tags and words of an annotation, or count why there is none."""
        codings = self._codings
        tags, values = [], {}
        if made := item.get("created") or item.get("modified"):
            codings.losses.lose("times of annotation", str(made)[:40])
        for body in listed(item.get("body")):
            if not isinstance(body, dict):
                continue
            purpose, value = body.get("purpose"), text_of(body.get("value"))
            source = body.get("source")
            if purpose == "tagging":
                tags.append(value)
            elif isinstance(source, str) and purpose == "identifying":
                values["actor"] = [_slug(source, "actors")]
            elif isinstance(source, str) and purpose == "classifying":
                values["issue"] = [_slug(source, "issues")]
            elif purpose == "classifying":
                values["stance"] = [value.rpartition(": ")[2]]
        tagged, guesses = values_of(tags, codings.known)
        codings.notes += [f"{place}: {guess}" for guess in guesses]
        for tag in tagged.pop("", ()):
            codings.losses.lose("unknown tags", tag[:60])
        values |= tagged
        if not {"actor", "issue", "stance"} <= values.keys():
            codings.losses.lose("annotations without an actor, issue or stance", place)
            return
        passages, url = self._passages(place, item)
        if not passages:
            codings.losses.lose("annotations that mark no words of a text", place)
            return
        about = {name: values[name][0] for name in OF_ARTICLES if name in values}
        key = sha256(address_of(url).encode()).hexdigest()[:12]
        known = _OURS.search(url)
        article = known[2] if known and known[2] in codings.known.published else ""
        article = article or codings.article(place, key, About(url=url, **about))
        name = text_of(item.get("id")) or repr(passages)
        words = _words(item)
        canonical = _OURS.search(text_of(item.get("canonical")))
        is_ours = canonical is not None and canonical[1] == "positions"
        codings.add(
            Coding(
                place=place,
                key=canonical[2] if canonical and is_ours else self._key(name),
                article=article,
                values=values | {"condition": [words.get("condition", "")]},
                passages=passages,
                summary=words.get("summary", ""),
                note=words.get("note", ""),
                coder="" if is_ours else _creator(item),
                foreign_id=f"annotation:{name}" if item.get("id") and not is_ours else "",
            )
        )

    def _key(self, name: str) -> str:
        prefix = self._codings.choices.named["prefix"]
        return f"{prefix}-{sha256(name.encode()).hexdigest()[:16]}"

    def _passages(self, place: str, item: dict[str, Any]) -> tuple[list[Words], str]:
        """Return the words of all targets in the first one's page, and its address."""
        passages, address = [], ""
        for target in listed(item.get("target")):
            if not isinstance(target, dict):
                continue
            source = target.get("source")
            url = text_of(source.get("id") if isinstance(source, dict) else source)
            role = next((name for name in ROLES if name in target), "supports")
            words, others = words_of(place, target.get("selector"), role)
            if words is None:
                what = ", ".join(others) or "no words"
                self._codings.losses.lose("targets of other kinds", f"{place}: {what}")
            elif address and address_of(url) != address_of(address):
                self._codings.losses.lose("targets on a second page", place)
            else:
                address = address or url
                passages.append(words)
        return passages, address


def _words(item: Mapping[str, Any]) -> dict[str, str]:
    """Return what the textual bodies say: summary, condition and note."""
    found: dict[str, str] = {}
    for body in listed(item.get("body")):
        if isinstance(body, str) or body.get("type") != "TextualBody":
            continue
        purpose, value = body.get("purpose"), text_of(body.get("value"))
        if purpose == "describing" and "summary" not in found:
            found["summary"] = value
        elif purpose == "commenting" and value.startswith(IF) and "condition" not in found:
            found["condition"] = value.removeprefix(IF)
        elif purpose in (None, "commenting", "describing"):
            found["note"] = f"{found['note']}\n{value}" if "note" in found else value
    return found


def _evidence(position: str, target: Mapping[str, Any]) -> dict[str, Any]:
    source = target["source"]
    row: dict[str, Any] = {"position": position, "exact": "", "prefix": "", "suffix": ""}
    row |= {"sha256": "", "health": ""}
    row["role"] = next(name for name in ROLES if name in target)
    row |= {"article": _slug(source["id"], "articles"), "language": text_of(source["language"])}
    for selector in listed(target.get("selector")):
        if selector["type"] == "FragmentSelector":
            row["paragraph"] = int(selector["value"].removeprefix("p"))
        else:
            row |= {name: value for name, value in selector.items() if name != "type"}
    row |= target["record"]
    return {"start": None, "end": None, "number": row["number"]} | _cells(row)


def _slug(address: str, kind: str) -> str:
    found = _OURS.search(text_of(address))
    if not found or found[1] != kind or not SLUG.fullmatch(found[2]):
        raise ValueError(f"{address} is not the address of {kind}")
    return found[2]


def _creator(item: Mapping[str, Any]) -> str:
    for one in listed(item.get("creator")):
        if isinstance(one, str):
            return one
        return text_of(one.get("nickname") or one.get("name") or one.get("id"))
    return ""
