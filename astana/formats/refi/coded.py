"""Who holds what by the codes of passages: those of one passage, or of two that overlap."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from astana.formats.package import Losses, Trouble, Unreadable
from astana.formats.refi.codebook import Codebook, Named
from astana.formats.refi.project import Selection, Source

# A passage, and its place in code points.
Placed = tuple[Selection, int, int]
_MOST_PAIRS = 2_000_000
# Positions of one passage.
_MOST_HELD = 200


@dataclass(frozen=True, slots=True)
class Held:
    """That an actor has a stance on an issue, by which codes."""

    actor: Named
    issue: Named
    stance: Named
    codes: tuple[str, ...] = field(compare=False)

    @property
    def summary(self) -> str:
        """A neutral sentence of it."""
        return f"{self.actor.name} on “{self.issue.name}”: {self.stance.name}."


@dataclass(frozen=True, slots=True)
class Coded:
    """What a passage says, under which voice, and whether it disputes that."""

    selection: Selection
    start: int
    end: int
    held: tuple[Held, ...]
    voice: str
    is_disputing: bool

    def ordered(self, told: Mapping[str, str]) -> list[Held]:
        """Return what it says, first what it said when we wrote it."""
        first = told.get("actor", ""), told.get("stance", "")
        return sorted(
            self.held,
            key=lambda one: (one.actor.slug, f"{one.issue.slug}/{one.stance.slug}") != first,
        )


class _Beside:
    """The passages of one text that have a code of some kind, to be looked up by place."""

    def __init__(self, source: Source, placed: Iterable[Placed], known: Iterable[str]) -> None:
        self._source = source
        self._known = set(known)
        self._placed = sorted(
            (start, end, codes)
            for selection, start, end in placed
            if (codes := [one.code for one in selection.codings if one.code in self._known])
        )
        self._starts = [start for start, _end, _codes in self._placed]
        # How far the passages up to there reach.
        self._reach: list[int] = []
        for _start, end, _codes in self._placed:
            self._reach.append(max(end, self._reach[-1] if self._reach else 0))
        self._left = _MOST_PAIRS

    def codes(self, selection: Selection, start: int, end: int) -> list[str]:
        """Return the codes of a passage, or of those that share half of the shorter with it."""
        if own := [one.code for one in selection.codings if one.code in self._known]:
            return list(dict.fromkeys(own))
        found: list[str] = []
        at = bisect_left(self._starts, end) - 1
        while at >= 0 and self._reach[at] > start:
            first, last, codes = self._placed[at]
            shared = min(end, last) - max(start, first)
            if shared > 0 and 2 * shared >= min(end - start, last - first):
                found += codes
            at -= 1
            self._left -= 1
            if self._left < 0:
                reason = "Too many of its passages overlap. Split the source."
                raise Unreadable([Trouble(self._source.place, reason)])
        return list(dict.fromkeys(reversed(found)))


def coded_in(
    source: Source,
    placed: Sequence[Placed],
    codebook: Codebook,
    names: Mapping[str, str],
    only: Named | None,
    losses: Losses,
) -> Iterator[Coded]:
    """Return what the passages of a source say; the rest goes to the losses."""
    actors = _Beside(source, placed, codebook.actors)
    voices = _Beside(source, placed, codebook.voices)
    sides = _Beside(source, placed, codebook.sides)
    for selection, start, end in placed:
        codes = list(dict.fromkeys(one.code for one in selection.codings))
        label = f"{source.name}, {selection.name or selection.place}"[:100]
        if not codes:
            if selection.text:
                losses.lose("memos of passages without a code", label)
            else:
                losses.lose("passages without a code", label)
            continue
        about = list(_about(codes, codebook, sides.codes(selection, start, end), label, losses))
        for code in codes:
            if not codebook.knows(code):
                losses.lose("codings with codes other than actors, issues and stances", names[code])
        if not about:
            continue
        found = {one: codebook.actors[one] for one in actors.codes(selection, start, end)}
        if not found and only:
            found = {"": only}
        if not found:
            losses.lose("passages without an actor", label)
            continue
        if len(about) * len(found) > _MOST_HELD:
            reason = f"It stands for {len(about) * len(found):,} positions. Remove some codes."
            raise Unreadable([Trouble(selection.place, reason)])
        held = dict.fromkeys(
            Held(actor, issue, stance, (*of_stance, of_actor))
            for issue, stance, of_stance in about
            for of_actor, actor in found.items()
        )
        voice = next((codebook.voices[one] for one in voices.codes(selection, start, end)), "")
        is_disputing = bool(codebook.disputing.intersection(codes))
        yield Coded(selection, start, end, tuple(held), voice, is_disputing)


def _about(
    codes: Sequence[str], codebook: Codebook, sides: Sequence[str], label: str, losses: Losses
) -> Iterator[tuple[Named, Named, tuple[str, ...]]]:
    """Return the issues that codes name, each with a stance, and the codes that say so."""
    answered = set()
    for code in codes:
        if code in codebook.stances:
            issue, stance = codebook.stances[code]
            answered.add(issue.slug)
            yield issue, stance, (code,)
    for code in codes:
        if code not in codebook.issues or codebook.issues[code].slug in answered:
            continue
        issue = codebook.issues[code]
        if sides:
            for side in sides:
                stance = codebook.by_slug[issue.slug, codebook.sides[side]]
                yield issue, stance, (code, side)
        elif codebook.has_stances(issue):
            losses.lose("passages with an issue but no stance", label)
        else:
            yield issue, codebook.mentioned(issue), (code,)
