"""The passages in a text, each where it stands in it, or that it does not."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from astana.evidence.anchor import hash_of
from astana.models import Anchor, Evidence, Health, Position, Rendition


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
    """Return the passages of a text in its order, evidence and further anchors alike.

    They are those that a user may see, or those of `positions`, whatever their status. Three
    queries: a position that rests on several passages is fetched once.
    """
    if positions is None:
        all_evidence = Evidence.objects.visible_to(user)
        all_anchors = Anchor.objects.visible_to(user)
    else:
        of_these = positions.order_by().values("pk")
        all_evidence = Evidence.objects.filter(position__in=of_these)
        all_anchors = Anchor.objects.filter(evidence__position__in=of_these)
    evidence = all_evidence.filter(rendition=rendition).order_by(
        "start", "end", "position__key", "number"
    )
    anchors = (
        all_anchors.filter(rendition=rendition)
        .select_related("evidence")
        .order_by("start", "end", "evidence__position__key", "evidence__number")
    )
    found = [*((one, one) for one in evidence), *((one, one.evidence) for one in anchors)]
    known = _positions({one.position_id for _anchor, one in found})
    return [
        _passage(anchor, one, known[one.position_id], rendition)
        for anchor, one in found
        # It may have been removed since the passages were asked for.
        if one.position_id in known
    ]


def _positions(pks: set[int]) -> dict[int, Position]:
    """Return positions with whom and what they name, and `is_disputed`; one query."""
    disputes = Evidence.objects.filter(position=OuterRef("pk"), role=Evidence.Role.DISPUTES)
    found = Position.objects.filter(pk__in=pks).order_by()
    found = found.select_related("actor", "issue", "stance", "attributed_by", "speaker")
    known = {one.pk: one for one in found.annotate(is_disputed=Exists(disputes.order_by()))}
    for one in known.values():
        # The database lets no position take a stance of another issue.
        one.stance.issue = one.issue
    return known


def _passage(
    anchor: Evidence | Anchor, evidence: Evidence, position: Position, rendition: Rendition
) -> Passage:
    """Return a passage as it stands; words that are not at their place are lost, not shown."""
    text = rendition.text
    health, start, end = Health(anchor.health), anchor.start, anchor.end
    if text and start is not None and end is not None:
        words = text[start:end]
        stands = words == anchor.exact if anchor.exact else hash_of(words) == anchor.sha256
        if not stands or end > len(text):
            health, start, end = Health.LOST, None, None
    return Passage(
        position=position,
        is_disputing=evidence.role == Evidence.Role.DISPUTES,
        is_disputed=position.is_disputed,
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
