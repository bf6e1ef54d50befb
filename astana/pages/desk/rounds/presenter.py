"""What the coders of a round said, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from astana.comparison.lining_up import LinedUp
from astana.evidence.excerpt import Excerpt, excerpt_of
from astana.models import Dossier, Position
from astana.models.roles import Act, may
from astana.pages.shared.rounds import Round, lined_up, rounds_of


@dataclass(frozen=True)
class CodedSide:
    """What one coder made of a unit; `position` is None where the coder recorded nothing."""

    coder: str
    position: Position | None
    passages: tuple[Excerpt, ...]
    differs: frozenset[str]


@dataclass(frozen=True)
class UnitRow:
    """A unit side by side; `is_open` while there is something to decide."""

    number: int
    sides: tuple[CodedSide, ...]
    is_open: bool
    agrees: bool
    outcome: Position | None

    @property
    def keys(self) -> list[str]:
        """The keys of the codings that are to be decided on together."""
        return [
            side.position.key
            for side in self.sides
            if side.position and side.position.status == Position.Status.SUBMITTED
        ]


def round_of(dossier: Dossier, *, article: str, user: Any) -> Round:
    """Return the round on an article, for those who may look at it side by side.

    That is reviewers once all coders have finished, and coders who took part once it is settled.
    Raises PermissionDenied for other coders, Http404 where there is nothing to see yet.
    """
    reviews = may(user, Act.REVIEW, dossier)
    found = next(iter(rounds_of(dossier, user=user, article=article)), None)
    if not reviews and not (found and found.is_settled):
        raise PermissionDenied
    if not found or not found.is_finished:
        raise Http404
    return found


def unit_rows(each: Round, positions: Sequence[Position]) -> list[UnitRow]:
    """Return the units of a round as its page shows them."""
    by_pk = {position.pk: position for position in positions}
    return [_row(number, unit, by_pk) for number, unit in enumerate(lined_up(each, positions), 1)]


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


def _row(number: int, unit: LinedUp, by_pk: dict[int, Position]) -> UnitRow:
    said = {coding.coder: by_pk[coding.id] for coding in unit.codings}
    differing = frozenset(
        name
        for name in ("actor_id", "issue_id", "stance_id", "voice", "said", "attributed_by_id")
        if len({getattr(position, name) for position in said.values()}) > 1
    )
    sides = tuple(
        CodedSide(
            coder=coder,
            position=said.get(coder),
            passages=_excerpts(said[coder]) if coder in said else (),
            differs=differing,
        )
        for coder in sorted([*said, *unit.missing])
    )
    published = [one for one in said.values() if one.public]
    in_place = [one.settled_by for one in said.values() if one.settled_by]
    return UnitRow(
        number=number,
        sides=sides,
        is_open=any(one.status == Position.Status.SUBMITTED for one in said.values()),
        agrees=not differing and not unit.missing,
        outcome=next(iter([*published, *in_place]), None),
    )


def _excerpts(position: Position) -> tuple[Excerpt, ...]:
    return tuple(
        excerpt_of(
            one.rendition.text,
            start=one.start,
            end=one.end,
            paragraphs=one.rendition.paragraphs,
        )
        for one in position.evidence.all()
        if one.rendition.text and one.start is not None
    )
