"""Passages of a text: make, check and re-find them. All offsets count Unicode code points.

A passage remembers its words, its place and the words around it (the selectors of the W3C Web
Annotation Data Model), or only its place and the hash of its words (stand-off annotation). Words
are compared as they are, and then in another setting (`setting`): another letter or case is another
wording. What is merely similar is never a match; it is given as a hint beside `lost`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256

from astana.evidence.hashes import BUDGET, words_by_hash
from astana.evidence.likeness import Hint, most_alike
from astana.evidence.neighbours import Neighbours, landmarks, longest_chain, moved_together
from astana.evidence.places import (
    CONTEXT,
    MANY_PLACES,
    echoes_of,
    is_torn,
    keeps_its_paragraph,
    places_in,
    plain_places_in,
    sides_that_fit,
)
from astana.evidence.setting import Plain, plainly, same_words, settings_of


class Health(StrEnum):
    """Whether the words of a passage are still where they were found."""

    INTACT = "intact"
    RESET = "reset"  # Intact in another setting.
    MOVED = "moved"
    AMBIGUOUS = "ambiguous"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Passage:
    """What is known of a passage; made from a text by `passage_of`, or from stored fields.

    `end` is exclusive. `exact` may be empty if `sha256`, the hash of the words in UTF-8, and the
    place are known. Without a place (`start` and `end` None) it is known by its wording only.
    An empty `prefix` and `suffix` mean that the words around are unknown. `occurrences` is how
    often the words stood in the text that the passage was made in, `echoes` how often the words
    around it stood elsewhere there, and `text_sha256` the hash of that text, where these are known.
    """

    start: int | None
    end: int | None
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    sha256: str = ""
    occurrences: int | None = None
    text_sha256: str = ""
    echoes: int | None = None

    @property
    def knows_sides(self) -> bool:
        """Whether it is known what stood before and after."""
        return bool(self.prefix or self.suffix) or self.occurrences is not None

    def __post_init__(self) -> None:
        if self.exact and not self.exact.strip():
            raise ValueError("A passage of white space cannot be found again. Choose words.")
        if not self.exact and not self.sha256:
            raise ValueError("A passage needs its words, or their hash.")
        if self.exact and self.sha256 and hash_of(self.exact) != self.sha256:
            raise ValueError("The words of the passage and their hash disagree.")
        if self.start is None or self.end is None:
            if self.start is not None or self.end is not None or not self.exact:
                raise ValueError("A passage needs a start and an end, or its words and neither.")
        elif not 0 <= self.start < self.end:
            raise ValueError(f"A passage cannot reach from {self.start} to {self.end}.")
        elif self.exact and len(self.exact) != self.end - self.start:
            raise ValueError(
                f"The passage has {len(self.exact)} code points, but reaches from {self.start} to "
                f"{self.end}. Count Unicode code points, not UTF-16 units or bytes."
            )


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a passage in a text.

    `start` and `end` are its place there, None where it is ambiguous or lost. `candidates` is the
    number of places where the words stand, at most `MANY_PLACES`, and `words` are those of a
    passage known by its hash, once found. `is_complete` is False when a text was too long to look
    everywhere for words known by their hash only.
    """

    health: Health
    start: int | None
    end: int | None
    candidates: int
    hint: Hint | None = None
    is_complete: bool = True
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A finding before its neighbours are asked; `waits` for them if nothing else speaks for it."""

    finding: Finding
    waits: bool = False


def hash_of(words: str) -> str:
    """Return the SHA-256 of words in UTF-8; raises ValueError for lone surrogates."""
    try:
        return sha256(words.encode()).hexdigest()
    except UnicodeEncodeError as error:
        raise ValueError(
            f"The text has half a character (a lone surrogate) at code point {error.start}."
        ) from error


def passage_of(text: str, start: int, end: int) -> Passage:
    """Return the passage of a text between two offsets, with the words around it."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start} to {end} is no passage of a text of {len(text)} code points.")
    exact = text[start:end]
    prefix, suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Passage(
        start=start,
        end=end,
        exact=exact,
        prefix=prefix,
        suffix=suffix,
        sha256=hash_of(exact),
        occurrences=len(places_in(exact, text)),
        text_sha256=hash_of(text),
        echoes=echoes_of((prefix.strip(), suffix.strip()), text),
    )


def stands(passage: Passage, text: str) -> bool:
    """Return whether the very words of a passage stand at its very place in a text."""
    if passage.start is None or passage.end is None or passage.end > len(text):
        return False
    words = text[passage.start : passage.end]
    if passage.exact:
        return words == passage.exact
    return bool(words.strip()) and hash_of(words) == passage.sha256


def find(passage: Passage, text: str) -> Finding:
    """Return what became of one passage in a text."""
    return find_all([passage], text)[0]


def find_all(
    passages: Sequence[Passage], text: str, *, earlier: Iterable[str] = ()
) -> list[Finding]:
    """Return what became of each passage in a text, in the same order.

    *Intact*: the very words stand at the very place, and nothing speaks against it. *Moved*: they
    stand in one other place, and words around them fit. *Reset*, intact in another setting: they
    stand once in the text, with other white space, quotation marks, hyphens or normal form, and
    words around them fit. *Ambiguous*: they stand in several places, or in one that may be a
    look-alike. *Lost*: they stand nowhere.

    Words that stand in several places count as found only if they stood there as often in the
    text the passage was made in, and one place alone has the same words before and after.

    What was found beyond its neighbours in the same text is ambiguous. So is what is known without
    the words around it, unless it has moved as far as its neighbours. `earlier` are the texts that
    the passages were made in, where these are known: then all of their words are neighbours.
    """
    return _Search(passages, text).findings(earlier)


def places_of(words: str, text: str) -> list[tuple[int, int]]:
    """Return where words are in a text, and if nowhere, where they do in another setting."""
    if places := places_in(words, text):
        return [(at, at + len(words)) for at in places]
    plain = plainly(text)
    return [plain.place(*place) for place in plain_places_in(words, plain)]


class _Search:
    """The search for the passages of one article in one text."""

    def __init__(self, passages: Sequence[Passage], text: str) -> None:
        self.passages = passages
        self.text = text
        self.sha256 = hash_of(text)
        self._plain: Plain | None = None
        self._settings: list[Plain] | None = None

    @property
    def plain(self) -> Plain:
        """The text set plainly."""
        if self._plain is None:
            self._plain = plainly(self.text)
        return self._plain

    @property
    def settings(self) -> list[Plain]:
        """The text in other settings."""
        if self._settings is None:
            self._settings = list(settings_of(self.text))
        return self._settings

    def findings(self, earlier: Iterable[str]) -> list[Finding]:
        """Return what became of each passage."""
        known, is_complete = words_by_hash(
            [
                (passage.start, passage.end, passage.sha256)
                for passage in self.passages
                if not passage.exact and passage.start is not None and passage.end is not None
            ],
            self.text,
        )
        drafts = []
        for passage in self.passages:
            if passage.text_sha256 == self.sha256 and stands(passage, self.text):
                count = passage.occurrences or 1
                drafts.append(_Draft(Finding(Health.INTACT, passage.start, passage.end, count)))
            elif words := passage.exact or known.get(passage.sha256, ""):
                drafts.append(self._judge(passage, words))
            else:
                lost = Finding(Health.LOST, None, None, 0, is_complete=is_complete)
                drafts.append(_Draft(lost))
        self._look_in_other_settings(drafts)
        texts = {hash_of(one): one for one in earlier if one != self.text}
        for digest in sorted({passage.text_sha256 for passage in self.passages}):
            self._ask_neighbours(drafts, digest, texts.get(digest, ""))
        return [draft.finding for draft in drafts]

    def _judge(self, passage: Passage, words: str) -> _Draft:
        """Return the health of a passage whose words are known."""
        text = self.text
        places = places_in(words, text)
        if not places:
            return self._judge_setting(passage, words)
        place = places[0]
        if len(places) == 1:
            is_sure = self._is_sure(passage, place, place + len(words))
        else:
            stands_as_often = len(places) == passage.occurrences and len(places) < MANY_PLACES
            fits = [
                at
                for at in (places if stands_as_often else ())
                if self._sides(passage, at, at + len(words)) == 2
            ]
            is_sure = len(fits) == 1
            place = fits[0] if is_sure else place
        health = Health.INTACT if place == passage.start else Health.MOVED
        found = Finding(health, place, place + len(words), len(places), words=words)
        if is_sure and health is Health.MOVED:
            is_sure = len(plain_places_in(words, self.plain)) <= len(places) and not (
                self._is_echoed(passage)
            )
        return self._draft(passage, found, is_sure=is_sure)

    def _judge_setting(self, passage: Passage, words: str) -> _Draft:
        """Return the health of a passage whose words are in no place as they are."""
        places = plain_places_in(words, self.plain)
        if not places:
            return _Draft(Finding(Health.LOST, None, None, 0, most_alike(words, self.text)))
        start, end = self.plain.place(*places[0])
        found = Finding(Health.RESET, start, end, len(places), words=words)
        is_sure = len(places) == 1 and self._is_sure(passage, start, end)
        return self._draft(passage, found, is_sure=is_sure and not self._is_echoed(passage))

    def _draft(self, passage: Passage, found: Finding, *, is_sure: bool) -> _Draft:
        if not is_sure:
            return _Draft(_doubt(found))
        is_bare = passage.start is not None and not passage.knows_sides
        is_elsewhere = found.health is not Health.INTACT and passage.text_sha256 != self.sha256
        return _Draft(found, waits=is_bare and is_elsewhere)

    def _is_sure(self, passage: Passage, start: int, end: int) -> bool:
        """Return whether the one place where words stand has what stood around them."""
        sides = self._sides(passage, start, end)
        if passage.occurrences is not None and passage.occurrences > 1:
            return sides == 2
        has_context = bool(passage.prefix or passage.suffix)
        stood_alone_there = passage.occurrences == 1 and start == passage.start
        fits = stood_alone_there or not has_context or sides > 0
        return fits and not is_torn(
            passage.prefix,
            passage.suffix,
            start=start,
            end=end,
            text=self.text,
            knows_sides=passage.knows_sides,
        )

    def _sides(self, passage: Passage, start: int, end: int) -> int:
        return sides_that_fit(passage.prefix, passage.suffix, start=start, end=end, text=self.text)

    def _is_echoed(self, passage: Passage) -> bool:
        """Return whether the words around a passage stand elsewhere too, more often than before.

        Then the passage was changed where it stood, and what was found is a quotation of it.
        """
        sides = (same_words(passage.prefix).strip(), same_words(passage.suffix).strip())
        return echoes_of(sides, self.plain.words) > (passage.echoes or 0)

    def _look_in_other_settings(self, drafts: list[_Draft]) -> None:
        """Look for words known by their hash in the settings in which they may have stood."""
        missing = {
            number: passage
            for number, (passage, draft) in enumerate(zip(self.passages, drafts, strict=True))
            if draft.finding.health is Health.LOST and not passage.exact
        }
        for setting in self.settings if missing else ():
            sought = [(one.start or 0, one.end or 0, one.sha256) for one in missing.values()]
            known, _is_complete = words_by_hash(sought, setting.words, budget=BUDGET // 20)
            for number, passage in list(missing.items()):
                words = known.get(passage.sha256, "")
                places = [
                    (at, at + len(words))
                    for at in (places_in(words, setting.words) if words else ())
                    if not setting.cuts(at, at + len(words))
                ]
                if not places:
                    continue
                start, end = setting.place(*places[0])
                words = self.text[start:end]
                found = Finding(Health.RESET, start, end, len(places), words=words)
                is_single = len(plain_places_in(words, self.plain)) == 1
                drafts[number] = self._draft(passage, found, is_sure=is_single)
                del missing[number]

    def _ask_neighbours(self, drafts: list[_Draft], digest: str, before: str) -> None:
        """Settle the passages of one text by the order in which they were found."""
        old = {
            number: passage.start
            for number, passage in enumerate(self.passages)
            if passage.text_sha256 == digest
            and passage.start is not None
            and drafts[number].finding.start is not None
        }
        found = {number: drafts[number].finding for number in old}
        sure = {number: (start, found[number].start or 0) for number, start in old.items()}
        waiting = {number: sure.pop(number) for number in old if drafts[number].waits}
        marks = landmarks(plainly(before), self.plain) if before and sure else []
        chain, around = Neighbours(longest_chain(marks)), Neighbours(marks)
        for number, point in list(sure.items()):
            is_beyond = not chain.are_in_order_with(point) or (
                not around.are_in_order_with(point)
                and not keeps_its_paragraph(before, point[0], self.text, point[1])
            )
            if is_beyond and found[number].health is not Health.INTACT:
                drafts[number] = _Draft(_doubt(found[number]))
                del sure[number]
        around = Neighbours(sure.values())
        for number, point in list(sure.items()):
            is_beyond = not around.are_in_order_with(point)
            if is_beyond and found[number].health is not Health.INTACT:
                drafts[number] = _Draft(_doubt(found[number]))
                del sure[number]
        known = Neighbours(sure.values())
        settings = self.settings if waiting else ()
        together = moved_together(waiting, known, self.text, settings)
        for number in waiting.keys() - together:
            drafts[number] = _Draft(_doubt(found[number]))


def _doubt(finding: Finding) -> Finding:
    """Return that words were found, but nobody can say whether they are the passage."""
    return replace(finding, health=Health.AMBIGUOUS, start=None, end=None)
