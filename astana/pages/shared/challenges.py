"""Readers' objections, as readers and as reviewers see them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from astana.models import Challenge, Dossier, Position


@dataclass(frozen=True)
class Challenged:
    """What readers are told of the objections to a position.

    Of those that wait for an answer only the number; of the others the words and the answer.
    """

    waiting: int
    answered: list[Challenge]

    @property
    def has_source_error(self) -> bool:
        """Whether a reviewer upheld that the source itself is in error."""
        return any(
            one.kind == Challenge.Kind.SOURCE_ERROR and one.status == Challenge.Status.UPHELD
            for one in self.answered
        )


def challenged(position: Position, *, user: Any) -> Challenged:
    """Return the objections to a published position; one query."""
    found = list(Challenge.objects.visible_to(user).filter(position=position))
    answered = [one for one in found if one.status != Challenge.Status.OPEN]
    for one in answered:
        one.position = position
    return Challenged(waiting=len(found) - len(answered), answered=answered)


def challenges_of(dossier: Dossier, *, is_answered: bool) -> QuerySet:
    """Return the objections of a dossier: the open ones oldest first, or those answered last."""
    found = Challenge.objects.filter(dossier=dossier).select_related(
        "position__actor", "position__issue", "position__stance", "answered_by", "reader"
    )
    if is_answered:
        return found.exclude(status=Challenge.Status.OPEN).order_by(
            F("answered_at").desc(nulls_last=True), "-pk"
        )
    return found.open().order_by("created_at", "pk")
