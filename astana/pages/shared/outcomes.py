"""What became of a coder's codings: what was coded against what stands now, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from astana.models import Dossier, Evidence, Position
from astana.models.differences import Difference, difference_of
from astana.models.positions.decided import as_coded, called_in, differing, finals_of
from astana.pages.shared.passages import PassageView, passages_of

Status = Position.Status


@dataclass(frozen=True)
class Outcome:
    """A coding and what stands in its place: itself, another position, or None.

    `differences` lead from what was coded to what stands; `reason` is for the coder.
    """

    mine: Position
    final: Position | None
    differences: Sequence[Difference]
    passages: Sequence[PassageView]
    reason: str

    @property
    def is_other(self) -> bool:
        """Whether another position stands in its place."""
        return self.final is not None and self.final.pk != self.mine.pk


def outcomes_of(
    mine: Sequence[Position], *, user: Any, dossier: Dossier | None = None
) -> list[Outcome]:
    """Return what became of a user's codings; as many queries for one as for many.

    They are of one dossier, or each has its own loaded. What is not decided on has no final.
    """
    if not mine:
        return []
    finals = finals_of(mine, dossier=dossier, user=user)
    coded = as_coded(mine)
    known = called_in([*coded.values(), *mine, *finals.values()])
    evidence = Evidence.objects.at_desk_of(user, dossier=dossier)
    passages = passages_of(list(mine), dossier=dossier, user=user, evidence=evidence)
    found = []
    for one in mine:
        final = one if one.status == Status.PUBLISHED else finals.get(one.settled_by_id)
        before = coded.get(one.pk, one)
        names = differing(before, final) if final else []
        found.append(
            Outcome(
                mine=one,
                final=final,
                differences=[difference_of(name, before, final, known=known) for name in names],
                passages=passages[one.pk],
                reason=one.reason if one.status == Status.REJECTED else "",
            )
        )
    return found
