"""Rounds of independent coding: who has finished, and what the coders said side by side."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from astana.comparison.lining_up import Coding, LinedUp, line_up
from astana.evidence.excerpt import Excerpt, excerpt_of
from astana.models import Article, Assignment, Dossier, Evidence, Position
from astana.models.roles import Act, may

# Passages of different texts never meet: each text of an article gets a stretch of its own.
_ROOM = 10_000_000


@dataclass(frozen=True)
class Round:
    """The independent assignments of one article."""

    article: Article
    assignments: tuple[Assignment, ...]

    @property
    def is_finished(self) -> bool:
        """Whether all coders have finished."""
        return all(one.finished_at for one in self.assignments)

    @property
    def is_settled(self) -> bool:
        """Whether a curator has settled the round."""
        return all(one.settled_at for one in self.assignments)

    @property
    def finished(self) -> int:
        """How many coders have finished."""
        return sum(one.finished_at is not None for one in self.assignments)


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


def rounds_of(dossier: Dossier, *, user: Any, article: str = "") -> list[Round]:
    """Return the rounds that a user may know of, unsettled ones first; one query.

    Coders know of those they take part in. With `article` it is the round on that one.
    """
    found = (
        Assignment.objects.visible_to(user, dossier=dossier)
        .filter(is_independent=True)
        .select_related("article__source", "coder", "settled_by")
        .order_by("-created_at", "-pk")
    )
    if not may(user, Act.REVIEW, dossier):
        found = Assignment.objects.filter(
            dossier=dossier, is_independent=True, article__in=found.values("article")
        ).select_related("article__source", "coder", "settled_by")
    if article:
        found = found.filter(article__slug=article)
    grouped: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in found:
        grouped[assignment.article_id].append(assignment)
    rounds = [
        Round(held[0].article, tuple(sorted(held, key=lambda one: one.coder.username)))
        for held in grouped.values()
    ]
    return sorted(rounds, key=lambda one: one.is_settled)


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


def codings_of(rounds: Iterable[Round]) -> dict[int, list[Position]]:
    """Return the codings of each round by its article, with passages; two queries for all.

    Drafts are not among them: a coder who has finished has submitted what counts. Nor is what a
    curator wrote in place of codings.
    """
    coder_of = {one.pk: one.coder_id for each in rounds for one in each.assignments}
    found = (
        Position.objects.filter(assignment__in=coder_of)
        .exclude(status=Position.Status.DRAFT)
        .select_related(
            "actor",
            "issue",
            "stance",
            "coder",
            "attributed_by",
            "assignment__article",
            "settled_by",
        )
        .prefetch_related("evidence__rendition")
        .order_by("pk")
    )
    by_article: dict[int, list[Position]] = defaultdict(list)
    for position in found:
        if position.coder_id == coder_of[position.assignment_id]:
            by_article[position.assignment.article_id].append(position)
    return by_article


def coding_of(position: Position, *, article: str) -> Coding:
    """Return a position as the core compares it; its passages in texts of their own."""
    value = position.stance.value
    return Coding(
        id=position.pk,
        coder=position.coder.username,
        article=article,
        spans=tuple(_place(one) for one in position.evidence.all() if one.start is not None),
        actor=position.actor.slug,
        issue=position.issue.slug,
        stance=position.stance.slug,
        value=None if value is None else float(value),
    )


def lined_up(each: Round, positions: Sequence[Position]) -> tuple[LinedUp, ...]:
    """Return the units of a round."""
    coders = [one.coder.username for one in each.assignments]
    slug = each.article.slug
    return line_up([coding_of(one, article=slug) for one in positions], coders=coders)


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


def _place(passage: Evidence) -> tuple[int, int]:
    shift = passage.rendition_id * _ROOM
    return (passage.start + shift, passage.end + shift)
