"""The passages in a text, each where it stands in it, or that it does not."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from astana.evidence.anchor import hash_of
from astana.models import Anchor, Evidence, Health, Position, Rendition

_OF_POSITION = ("actor", "issue", "stance__issue", "attributed_by", "speaker")


@dataclass(frozen=True)
class Passage:
    """Where the words behind a position stand in the text, or that they do not."""

    position: Position
    is_disputing: bool
    is_disputed: bool
    health: Health
    start: int | None
    end: int | None
    words: str

    @property
    def is_placed(self) -> bool:
        """Whether the words can be highlighted."""
        return self.start is not None


def passages_in(
    rendition: Rendition, *, user: Any, positions: QuerySet | None = None
) -> list[Passage]:
    """Return the passages of a text in its order, evidence and further anchors alike; two queries.

    They are those that a user may see, or those of `positions`, whatever their status.
    """
    disputes = Evidence.objects.filter(role=Evidence.Role.DISPUTES)
    if positions is None:
        all_evidence = Evidence.objects.visible_to(user)
        all_anchors = Anchor.objects.visible_to(user)
    else:
        of_these = positions.order_by().values("pk")
        all_evidence = Evidence.objects.filter(position__in=of_these)
        all_anchors = Anchor.objects.filter(evidence__position__in=of_these)
    evidence = (
        all_evidence.filter(rendition=rendition)
        .select_related(*(f"position__{name}" for name in _OF_POSITION))
        .annotate(is_disputed=Exists(disputes.filter(position=OuterRef("position"))))
        .order_by("start", "end", "position__key", "number")
    )
    anchors = (
        all_anchors.filter(rendition=rendition)
        .select_related(*(f"evidence__position__{name}" for name in _OF_POSITION))
        .annotate(is_disputed=Exists(disputes.filter(position=OuterRef("evidence__position"))))
        .order_by("start", "end", "evidence__position__key", "evidence__number")
    )
    return [
        *(_passage(one, one, rendition) for one in evidence),
        *(_passage(one, one.evidence, rendition) for one in anchors),
    ]


def _passage(anchor: Evidence | Anchor, evidence: Evidence, rendition: Rendition) -> Passage:
    """Return a passage as it stands; words that are not at their place are lost, not shown."""
    text = rendition.text
    health, start, end = Health(anchor.health), anchor.start, anchor.end
    if text and start is not None and end is not None:
        words = text[start:end]
        stands = words == anchor.exact if anchor.exact else hash_of(words) == anchor.sha256
        if not stands or end > len(text):
            health, start, end = Health.LOST, None, None
    position = evidence.position
    position.is_disputed = anchor.is_disputed
    return Passage(
        position=position,
        is_disputing=evidence.role == Evidence.Role.DISPUTES,
        is_disputed=anchor.is_disputed,
        health=health,
        start=start,
        end=end,
        words=_words(anchor, rendition),
    )


def _words(anchor: Evidence | Anchor, rendition: Rendition) -> str:
    """Return the words that were looked for, where showing them tells nothing of another text.

    The words of a further anchor may come from a text for members only. They are shown where they
    stand in this text, or where this text too is for members only.
    """
    is_of_this_text = isinstance(anchor, Evidence) or anchor.exact in rendition.text
    is_for_members = rendition.rights == Rendition.Rights.MEMBERS
    return anchor.exact if is_of_this_text or is_for_members else ""
