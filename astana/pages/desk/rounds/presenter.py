"""What the coders of a round said, side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import count, product
from string import ascii_uppercase
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from astana.comparison.lining_up import LinedUp
from astana.evidence.excerpt import Excerpt, excerpt_of
from astana.models import Dossier, Position
from astana.models.roles import Act, may
from astana.models.rounds import Round, lined_up, rounds_of
from astana.web.frame import NotNow

# What has to be the same for codings to agree: all that a position says, but its wording.
COMPARED = tuple(name for name in Position.SAYS if name not in ("summary", "said", "note"))


@dataclass(frozen=True)
class CodedSide:
    """What one coder made of a unit; `position` is None where the coder recorded nothing.

    `coder` is empty where the curator does not want to know; `letter` then tells sides apart.
    """

    coder: str
    letter: str
    position: Position | None
    passages: tuple[Excerpt, ...]
    differs: frozenset[str]


@dataclass(frozen=True)
class UnitRow:
    """A unit side by side; `is_open` while there is something to decide."""

    number: int
    sides: tuple[CodedSide, ...]
    is_open: bool
    differs: bool
    outcome: Position | None

    @property
    def codings(self) -> list[Position]:
        """What was recorded; the first is what a folded unit is named by while none is public."""
        return [side.position for side in self.sides if side.position]

    @property
    def first(self) -> Position:
        """The first coding."""
        return self.codings[0]

    @property
    def agrees(self) -> bool:
        """Whether all coders recorded the same; who recorded nothing has not differed."""
        return not self.differs and len(self.codings) == len(self.sides)

    @property
    def open_codings(self) -> list[Position]:
        """The codings that are to be decided on together."""
        return [
            position for position in self.codings if position.status == Position.Status.SUBMITTED
        ]

    @property
    def keys(self) -> list[str]:
        """The keys of the codings that are to be decided on together."""
        return [position.key for position in self.open_codings]

    def alike_for(self, user: Any, dossier: Dossier) -> list[Position]:
        """Return the codings with the one first that a user may accept unread; else none.

        Only what all coders recorded alike is accepted so, and nobody accepts an own coding where
        the dossier wants a second person.
        """
        found = self.open_codings
        if not self.agrees or len(found) < len(self.sides) or len(found) == 1:
            return []
        first = [one for one in found if dossier.own_publishing or one.coder_id != user.pk]
        return [first[0], *(one for one in found if one is not first[0])] if first else []


def settling(
    units: Sequence[UnitRow], *, dossier: Dossier, user: Any, asked: int | None = None
) -> dict[str, Any]:
    """Return the units of a round by what is left to do: accept together, decide on, nothing.

    `current` is the open difference that is shown, from `asked` on, number `place` of them.
    """
    alike = [unit for unit in units if unit.is_open and unit.alike_for(user, dossier)]
    differing = [unit for unit in units if unit.is_open and unit not in alike]
    later = [unit for unit in differing if unit.number >= (asked or 0)]
    current = next(iter([*later, *differing]), None)
    place = differing.index(current) + 1 if current else 0
    return {
        "number": len(units),
        "alike": alike,
        "alike_keys": [key for unit in alike for key in unit.keys],
        "differing": differing,
        "decided": [unit for unit in units if not unit.is_open],
        "current": current,
        "place": place,
        "previous": differing[place - 2] if place > 1 else None,
        "next": differing[place] if place < len(differing) else None,
    }


def round_of(dossier: Dossier, *, article: str, user: Any) -> Round:
    """Return the round on an article, for those who may look at it side by side.

    That is reviewers once all coders have finished, and coders who took part once it is settled.
    Raises PermissionDenied for other coders, Http404 where there is nothing to see yet.
    """
    reviews = may(user, Act.REVIEW, dossier)
    found = next(iter(rounds_of(dossier, user=user, article=article)), None)
    if not reviews and not found:
        raise PermissionDenied
    if not reviews and not found.is_settled:
        told = _("The codings of this article are not settled yet. You get a notice when they are.")
        raise NotNow(told)
    if not found or not found.is_finished:
        raise Http404
    return found


def unit_rows(each: Round, positions: Sequence[Position], *, hides: bool = False) -> list[UnitRow]:
    """Return the units of a round as its page shows them; `hides` leaves out who coded what."""
    by_pk = {position.pk: position for position in positions}
    units = enumerate(lined_up(each, positions), 1)
    return [_row(number, unit, by_pk, hides=hides) for number, unit in units]


def unit_with(rows: Sequence[UnitRow], *, key: str) -> tuple[UnitRow, Position, list[Position]]:
    """Return the undecided unit that a coding is in, the coding, and the unit's other ones.

    Raises Http404 where no unit that is to be decided has it.
    """
    for row in rows:
        if key in row.keys:
            held = {side.position.key: side.position for side in row.sides if side.position}
            coding = held[key]
            return row, coding, [held[one] for one in row.keys if one != key]
    raise Http404


def _row(number: int, unit: LinedUp, by_pk: dict[int, Position], *, hides: bool) -> UnitRow:
    said = {coding.coder: by_pk[coding.id] for coding in unit.codings}
    differing = _differing(list(said.values()))
    coders = sorted([*said, *unit.missing])
    if hides:
        # Who stands first in one unit need not stand first in the next.
        coders.sort(key=lambda coder: sha256(f"{number}/{coder}/{min(by_pk)}".encode()).digest())
    sides = tuple(
        CodedSide(
            coder="" if hides else coder,
            letter=letter,
            position=said.get(coder),
            passages=_excerpts(said[coder]) if coder in said else (),
            differs=differing,
        )
        for letter, coder in zip(_letters(), coders, strict=False)
    )
    published = [one for one in said.values() if one.public]
    in_place = [one.settled_by for one in said.values() if one.settled_by]
    return UnitRow(
        number=number,
        sides=sides,
        is_open=any(one.status == Position.Status.SUBMITTED for one in said.values()),
        differs=bool(differing),
        outcome=next(iter([*published, *in_place]), None),
    )


def _differing(said: Sequence[Position]) -> frozenset[str]:
    """Return the names of what codings differ in; the same days are the same date."""
    found = {
        name
        for name in COMPARED
        if len({getattr(one, one._meta.get_field(name).attname) for one in said}) > 1
    }
    if len({(one.earliest, one.latest) for one in said}) > 1:
        found.add("said")
    return frozenset(found)


def _letters() -> Iterator[str]:
    """Yield A, B, ... Z, AA, AB and so on."""
    for length in count(1):
        yield from map("".join, product(ascii_uppercase, repeat=length))


def _excerpts(position: Position) -> tuple[Excerpt, ...]:
    return tuple(
        excerpt_of(
            one.rendition.text, start=one.start, end=one.end, paragraphs=one.rendition.paragraphs
        )
        for one in position.evidence.all()
        if one.rendition.text and one.start is not None
    )
