"""Annotations of a CAS as the rows of a dossier."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from astana.formats.cas.project import Document, beside_documents, documents_in
from astana.formats.cas.structures import Cas, Structure, read_cas
from astana.formats.cas.writing import LAYER, key_of_file
from astana.formats.choices import choices_of
from astana.formats.coded import Codings
from astana.formats.names import SLUG
from astana.formats.offsets import Units
from astana.formats.package import Package, Read, TextKey, Unreadable
from astana.formats.placing import Words
from astana.formats.regions import OPTIONS as REGIONS
from astana.formats.regions import Marked, Marking, Region, about_in

OPTIONS = REGIONS
CURATOR = "CURATION_USER"
# Tokens, sentences and the like, which programs make.
_MADE = ("uima.", "de.tudarmstadt.")
# Features that say in words what an annotation is of, instead of the words that it marks.
_NAMES = ("name", "value", "identifier", "label")
_OF_POSITIONS = ("actor", "issue", "stance", "voice", "said", "condition")


def read(content: bytes, options: Mapping[str, str], there: Package) -> Read:
    """Return the rows of a dossier that annotated documents make; raises Unreadable."""
    choices = choices_of(options, prefix="cas", roles="", coder="")
    reading = _Reading(Codings(there, choices))
    for kind, example in beside_documents(content):
        reading.codings.losses.lose(kind, example)
    for document in documents_in(content):
        try:
            reading.document(document, read_cas(document.content, document.place))
        except Unreadable as error:
            for one in error.troubles:
                reading.codings.troubles.add(one.place, one.reason)
    reading.codings.finish()
    losses = reading.codings.losses.listed()
    return Read(reading.codings.package, losses, choices.named, notes=tuple(reading.codings.notes))


class _Reading:
    def __init__(self, codings: Codings) -> None:
        self.codings = codings
        self.marking = Marking(codings)
        self._rows: dict[str, dict[str, Any]] = {}
        self._passages: set[tuple[str, str]] = set()

    def document(self, document: Document, cas: Cas) -> None:
        """Add what one coder annotated in one document."""
        units = Units(cas.text)
        # A file alone has no name: its text tells it from others.
        name = document.name or sha256(cas.text.encode("utf-8", "replace")).hexdigest()[:12]
        own = key_of_file(document.name)
        is_ours = own is not None and own[0] in self.codings.known.published
        regions: list[Region] = []
        joined: list[tuple[str, str]] = []
        if document.coder == CURATOR:
            self.codings.losses.lose("marks of the curator's decisions", document.place)
        parts = {
            other for one in cas.structures.values() for ids in one.others.values() for other in ids
        }
        for one in cas.structures.values():
            if one.begin is None or one.end is None:
                # Slots have no place either, but are of an annotation.
                if not one.type.startswith(_MADE) and one.one not in parts:
                    layer = one.type.rpartition(".")[2]
                    self.codings.losses.lose("annotations of whole documents", layer)
                continue
            if one.type.startswith(_MADE):
                layer = one.type.rpartition(".")[2]
                self.codings.losses.lose("layers of tokens, sentences and the like", layer)
                continue
            ends = [one.others.get(name, [""])[0] for name in ("Governor", "Dependent")]
            if all(ends):
                joined.append((ends[0], ends[1]))
                layer = one.type.rpartition(".")[2]
                self.codings.losses.lose("names of relations", layer)
                continue
            if is_ours and own and one.type == LAYER and SLUG.fullmatch(one.texts.get("key", "")):
                self._own(document, own, cas, one)
            else:
                regions.append(self._region(document, cas, one, units))
        if not regions:
            return
        if is_ours and own:
            article = own[0]
        else:
            columns = {"title": document.name} | dict(document.columns)
            losses = self.codings.losses
            about = about_in(columns, losses, document.place, known=("document",))
            article = self.codings.article(document.place, name, about, cas.text)
        names = (self.codings.choices.named["prefix"], name, document.coder)
        coder = document.coder
        settles = coder == CURATOR
        marked = Marked(document.place, article, names, regions, joined, coder, settles)
        self.marking.add(marked)

    def _region(self, document: Document, cas: Cas, one: Structure, units: Units) -> Region:
        place = f"{document.place}, annotation {one.one}"
        words = Words(place, start=one.begin, end=one.end, in_units=True)
        layer = one.type.rpartition(".")[2]
        named = next((one.texts[name] for name in _NAMES if one.texts.get(name)), "")
        covered = named or _covered(cas, one, units)
        values = {
            name: [value] for name, value in one.texts.items() if name not in (*_NAMES, "sofa")
        }
        for name, others in one.others.items():
            found = [cas.structures[other] for other in _ends(cas, others)]
            texts = [_covered(cas, other, units) for other in found if other.begin is not None]
            if texts and name != "sofa":
                values[name] = texts
        labels = [layer] if self.marking.is_role(layer) else []
        known = {name: found for name, found in values.items() if self.marking.is_role(name)}
        for name in values.keys() - known.keys():
            self.codings.losses.lose("unknown features", f"{layer}, {name}")
        return Region(one.one, words, covered, labels, known)

    def _own(self, document: Document, own: TextKey, cas: Cas, one: Structure) -> None:
        """Add a passage that was written here, to the position that has its key."""
        key, number = one.texts["key"], one.texts.get("number", "1")
        place = f"{document.place}, annotation {one.one}"
        words = Words(
            place,
            start=one.begin,
            end=one.end,
            in_units=True,
            role=one.texts.get("role") or "supports",
        )
        known = self.codings.known.texts.get(own[0], [])
        text = next((one for one in known if (one.key, one.text) == (own, cas.text)), None)
        if text is None:
            text = self.codings.add_text(own, cas.text)
        at = text.at(words)
        if at is None or not number.isdecimal() or (key, number) in self._passages:
            reason = f"Passage {number} of {key} occurs twice, or lies outside the text."
            self.codings.troubles.add(place, f"{reason} Delete it.")
            return
        self._passages.add((key, number))
        told = {name: one.texts[name] for name in _OF_POSITIONS if one.texts.get(name)}
        if key not in self._rows:
            self._rows[key] = told
            self.codings.package.add("positions", {"key": key} | told)
        elif self._rows[key] != told:
            self.codings.losses.lose(
                "passages that contradict an earlier passage of their position", place
            )
        row = {"position": key, "number": int(number)} | text.row(at, words, "")
        self.codings.package.add("evidence", row)


def _covered(cas: Cas, one: Structure, units: Units) -> str:
    start, end = units.points(one.begin or 0), units.points(one.end or 0)
    return cas.text[start:end].strip() if start is not None and end is not None else ""


def _ends(cas: Cas, others: list[str]) -> list[str]:
    """Return the annotations that structures lead to: themselves, listed, or by a link."""
    found: list[str] = []
    for other in others:
        one = cas.structures.get(other)
        if one is None or one.begin is not None:
            found += [other] if one else []
            continue
        # An array has elements, a link a target; neither leads back.
        inner = [*one.others.get("ELEMENTS", ()), *one.others.get("target", ())]
        for name in inner:
            link = cas.structures.get(name)
            if link and link.begin is not None:
                found.append(name)
            elif link:
                found += [end for end in link.others.get("target", ()) if end in cas.structures]
    return found
