"""Rounds of independent coding: who takes part, who has finished, and the units they coded."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from astana.comparison.lining_up import Coding, LinedUp, line_up
from astana.comparison.unitising import Continuum
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


def rounds_of(dossier: Dossier, *, user: Any, article: str = "") -> list[Round]:
    """Return the rounds that a user may know of, unsettled ones first; one query.

    Coders know of those they take part in. With `article` it is the round on that one.
    """
    found = (
        Assignment.objects.visible_to(user, dossier=dossier)
        .filter(is_independent=True)
        .select_related("article__source", "coder", "pseudonym", "settled_by")
        .order_by("-created_at", "-pk")
    )
    if not may(user, Act.REVIEW, dossier):
        found = Assignment.objects.filter(
            dossier=dossier, is_independent=True, article__in=found.values("article")
        ).select_related("article__source", "coder", "pseudonym", "settled_by")
    if article:
        found = found.filter(article__slug=article)
    grouped: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in found:
        grouped[assignment.article_id].append(assignment)
    rounds = [
        Round(held[0].article, tuple(sorted(held, key=lambda one: one.coded_by)))
        for held in grouped.values()
    ]
    return sorted(rounds, key=lambda one: one.is_settled)


def finished_rounds(dossier: Dossier, *, user: Any) -> list[Round]:
    """Return the rounds whose figures a user may see: reviewers finished, coders settled ones."""
    reviews = may(user, Act.REVIEW, dossier)
    return [
        each
        for each in rounds_of(dossier, user=user)
        if each.is_settled or (reviews and each.is_finished)
    ]


def codings_of(rounds: Iterable[Round]) -> dict[int, list[Position]]:
    """Return the codings of each round by its article, with passages; two queries for all.

    Drafts are not among them: a coder who has finished has submitted what counts. Nor is what a
    curator wrote in place of codings.
    """
    coder_of = {one.pk: one.coded_by for each in rounds for one in each.assignments}
    found = (
        Position.objects.filter(assignment__in=coder_of)
        .exclude(status=Position.Status.DRAFT)
        .select_related(
            "actor",
            "issue",
            "stance__issue",
            "coder",
            "pseudonym",
            "attributed_by",
            "speaker",
            "event",
            "document",
            "assignment__article",
            "settled_by",
        )
        .prefetch_related("evidence__rendition")
        .order_by("pk")
    )
    by_article: dict[int, list[Position]] = defaultdict(list)
    for position in found:
        if position.coded_by == coder_of[position.assignment_id]:
            by_article[position.assignment.article_id].append(position)
    return by_article


def coding_of(position: Position, *, article: str) -> Coding:
    """Return a position as the core compares it; its passages in texts of their own."""
    value = position.stance.value
    return Coding(
        id=position.pk,
        coder=position.coded_by,
        article=article,
        spans=tuple(_place(one) for one in position.evidence.all() if one.start is not None),
        actor=position.actor.slug,
        issue=position.issue.slug,
        stance=position.stance.slug,
        value=None if value is None else float(value),
        voice=position.voice,
        # The same days are the same date, in whatever way they are written.
        said=f"{position.earliest}/{position.latest}",
        speaker=position.speaker.slug if position.speaker else "",
    )


def lined_up(
    each: Round, positions: Sequence[Position], *, coders: Collection[str] = ()
) -> tuple[LinedUp, ...]:
    """Return the units of a round, or of some of its coders as if these alone had coded."""
    names = [one.coded_by for one in each.assignments]
    wanted = [name for name in names if not coders or name in coders]
    slug = each.article.slug
    codings = [coding_of(one, article=slug) for one in positions if one.coded_by in wanted]
    return line_up(codings, coders=wanted)


def units_of(
    rounds: Sequence[Round],
    found: dict[int, list[Position]],
    *,
    coders: Collection[str] = (),
    issue: str = "",
) -> list[LinedUp]:
    """Return the units of rounds; of a pair of coders as if no third had coded."""
    return [
        unit
        for each in rounds
        for unit in lined_up(each, found.get(each.article.pk, []), coders=coders)
        if not issue or any(coding.issue == issue for coding in unit.codings)
    ]


def marked_in(
    rounds: Sequence[Round], found: dict[int, list[Position]], *, coders: Collection[str] = ()
) -> tuple[list[Coding], list[Continuum]]:
    """Return what coders marked, each passage as a coding, and the texts in which anybody did."""
    codings = []
    continua: dict[str, Continuum] = {}
    for each in rounds:
        names = [one.coded_by for one in each.assignments]
        wanted = tuple(name for name in names if not coders or name in coders)
        for position in found.get(each.article.pk, []):
            for passage in position.evidence.all():
                if passage.start is None or position.coded_by not in wanted:
                    continue
                text = f"{each.article.slug}/{passage.rendition_id}"
                continua[text] = Continuum(text, passage.rendition.characters, wanted)
                coding = coding_of(position, article=text)
                codings.append(replace(coding, spans=((passage.start, passage.end),)))
    return codings, list(continua.values())


def _place(passage: Evidence) -> tuple[int, int]:
    shift = passage.rendition_id * _ROOM
    return (passage.start + shift, passage.end + shift)
