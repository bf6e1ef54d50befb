"""One position with its passages, and what the actor said on the issue before and after."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from astana.comparison.said import UNKNOWN_START
from astana.models import Position
from astana.pages.shared.passages import PassageView, passages_of

MOST_IN_TRAIL = 100


@dataclass(frozen=True)
class PositionDetail:
    """What a position rests on and where it stands in time; `history` is oldest first."""

    passages: list[PassageView]
    hidden: int
    precision: str
    history: list[Position]

    @property
    def is_disputed(self) -> bool:
        """Whether a passage says that this was not said."""
        return any(passage.is_disputing for passage in self.passages)


def position_detail(position: Any, *, user: Any) -> PositionDetail:
    """Return what a user may read of a position from `in_full`; two queries."""
    dossier = position.dossier
    passages = passages_of([position], dossier=dossier, user=user)[position.pk]
    newest = (
        Position.objects.visible_to(user)
        .of(dossier)
        .filter(actor=position.actor_id, issue=position.issue_id)
        .select_related("stance", "attributed_by")
        .newest_first()[:MOST_IN_TRAIL]
    )
    return PositionDetail(
        passages=passages,
        hidden=position.passage_count - len(passages),
        precision=_precision(position),
        history=list(newest)[::-1],
    )


def _precision(position: Position) -> str:
    """Return what is not known of the day on which it was said, or nothing."""
    if position.earliest == position.latest:
        return ""
    if position.earliest == UNKNOWN_START:
        return _("at some time up to this day")
    return _("at some time within these days")
