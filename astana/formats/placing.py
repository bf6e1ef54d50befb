"""Where the words that somebody marked stand in the texts of an article; the words win."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from astana.evidence.anchor import Finding, Health, Passage, find_all, hash_of
from astana.evidence.paragraphs import paragraph_at, paragraphs_of
from astana.evidence.places import CONTEXT, places_in, sides_that_fit
from astana.formats.offsets import Units
from astana.formats.package import TextKey

EXCERPT = "excerpt"
_BOTH = 2
_UNPLACED = (Health.AMBIGUOUS, Health.LOST)


@dataclass(frozen=True, slots=True)
class Words:
    """What is known of a marked passage: its words, its place, or both.

    `place` is where the file says so. Places are in code points, or in UTF-16 units. `number` is
    that among the passages of the position, and `within` the text of the place, where these are
    known.
    """

    place: str
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    role: str = "supports"
    in_units: bool = False
    number: int = 0
    within: TextKey | None = None


class Text:
    """A text of an article, in which passages are placed."""

    def __init__(
        self, key: TextKey, text: str, paragraphs: Sequence[Sequence[int]] | None = None
    ) -> None:
        self.key = key
        self.text = text
        self._paragraphs = paragraphs or None
        self._units: Units | None = None

    def at(self, words: Words) -> tuple[int, int] | None:
        """Return the place that is given, if the words stand there; white space is cut off."""
        if words.within not in (None, self.key):
            return None
        start, end = words.start, words.end
        if words.in_units and start is not None and end is not None:
            self._units = self._units or Units(self.text)
            start, end = self._units.points(start), self._units.points(end)
        if start is None or end is None or not 0 <= start < end <= len(self.text):
            return None
        found = self.text[start:end]
        if not found.strip() or words.exact not in ("", found):
            return None
        start += len(found) - len(found.lstrip())
        return start, start + len(found.strip())

    def beside(self, words: Words) -> tuple[int, int] | None:
        """Return the one of several places of the words that has around it what stood there."""
        exact = words.exact.strip()
        if not exact or not words.prefix.strip() or not words.suffix.strip():
            return None
        sides = words.prefix, words.suffix
        fitting = [
            (at, at + len(exact))
            for at in places_in(exact, self.text)
            if sides_that_fit(*sides, start=at, end=at + len(exact), text=self.text) == _BOTH
        ]
        return fitting[0] if len(fitting) == 1 else None

    def row(self, place: tuple[int, int] | None, words: Words, health: str) -> dict[str, Any]:
        """Return the cells of evidence, at a place or with why there is none."""
        names = dict(zip(("article", "kind", "language", "version"), self.key, strict=True))
        told: dict[str, Any] = {"exact": words.exact.strip(), "health": health}
        told |= {"prefix": words.prefix[-CONTEXT:], "suffix": words.suffix[:CONTEXT]}
        told |= {"start": None, "end": None, "paragraph": None}
        if place:
            start, end = place
            if self._paragraphs is None:
                self._paragraphs = paragraphs_of(self.text)
            told = {
                "start": start,
                "end": end,
                "paragraph": paragraph_at(self._paragraphs, start),
                "exact": self.text[start:end],
                "prefix": self.text[max(0, start - CONTEXT) : start],
                "suffix": self.text[end : end + CONTEXT],
                "health": "",
            }
            before, _exact, after = _block(words)
            is_beside = told["prefix"].endswith(before) and told["suffix"].startswith(after)
            if self.key[1] == EXCERPT and is_beside:
                # Beside it stands what is elsewhere in the article.
                told |= {"prefix": before, "suffix": after}
        return names | told | {"role": words.role, "sha256": ""}


def placed_in(texts: Sequence[Text], passages: Sequence[Words]) -> list[dict[str, Any] | None]:
    """Return the cells of evidence of each passage, in the first text in which it stands once.

    None stands for what is in none of them, where the article has no full text here.
    """
    found: list[dict[str, Any] | None] = [None] * len(passages)
    for text in texts:
        for number, words in enumerate(passages):
            if found[number] is None and (place := text.at(words)):
                found[number] = text.row(place, words, "")
    doubts: dict[int, tuple[Text, Finding]] = {}
    for text in texts:
        for number, words in enumerate(passages):
            if found[number] is None and (place := text.beside(words)):
                found[number] = text.row(place, words, "")
        open_ = [
            number
            for number, words in enumerate(passages)
            if found[number] is None and words.exact.strip()
        ]
        sought = [_passage(passages[number]) for number in open_]
        for number, finding in zip(open_, find_all(sought, text.text), strict=True):
            if finding.health not in _UNPLACED and finding.start is not None:
                place = finding.start, finding.end or finding.start
                found[number] = text.row(place, passages[number], "")
            elif text.key[1] == "full" or finding.health is Health.AMBIGUOUS:
                doubts.setdefault(number, (text, finding))
    for number, (text, finding) in doubts.items():
        if found[number] is None:
            found[number] = text.row(None, passages[number], str(finding.health))
    return found


def _passage(words: Words) -> Passage:
    exact = words.exact.strip()
    return Passage(None, None, exact=exact, prefix=words.prefix, suffix=words.suffix)


def excerpt_of(key: TextKey, passages: Iterable[Words]) -> tuple[str, list[dict[str, Any]]]:
    """Return the marked words of an article as a text, and the cells of evidence in it."""
    blocks: list[str] = []
    at, starts = 0, {}
    passages = list(passages)
    for block in map(_block, passages):
        if block not in starts:
            starts[block] = at + len(block[0])
            blocks.append("".join(block))
            at += len(blocks[-1]) + 2
    text = Text(key, "\n\n".join(blocks))
    rows = []
    for words in passages:
        start = starts[_block(words)]
        rows.append(text.row((start, start + len(words.exact.strip())), words, ""))
    return text.text, rows


def _block(words: Words) -> tuple[str, str, str]:
    """Return what stands before marked words, the words, and what stands after them."""
    exact = words.exact.strip()
    lead, rest = words.exact.split(exact, 1) if exact else ("", "")
    before = (words.prefix + lead)[-CONTEXT:].lstrip()
    return before, exact, (rest + words.suffix)[:CONTEXT].rstrip()


def rendition_of(key: TextKey, text: str) -> dict[str, Any]:
    """Return the cells of a text that is here."""
    names = dict(zip(("article", "kind", "language", "version"), key, strict=True))
    return names | {"sha256": hash_of(text), "characters": len(text), "paragraphs": []}
