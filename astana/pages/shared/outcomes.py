"""What became of a coder's codings: what was coded against what stands now, and why."""

from collections.abc import Sequence
from typing import Any

from astana.models import Dossier, Evidence, Position
from astana.models.differences import difference_of
from astana.models.positions.decided import as_coded, called_in, differing, finals_of
from astana.pages.shared.passages import passages_of

Status = Position.Status


def outcomes_of(
    mine: Sequence[Position], *, user: Any, dossier: Dossier | None = None
) -> list[dict[str, Any]]:
    """Return what became of a user's codings; as many queries for one as for many.

    They are of one dossier, or each has its own loaded. `final` is what stands in the place of
    one: itself, another position, or None where it is not decided on. `differences` lead from what
    was coded to that; `reason` is for the coder.
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
            {
                "mine": one,
                "final": final,
                "is_other": final is not None and final.pk != one.pk,
                "differences": [difference_of(name, before, final, known=known) for name in names],
                "passages": passages[one.pk],
                "reason": one.reason if one.status == Status.REJECTED else "",
            }
        )
    return found
