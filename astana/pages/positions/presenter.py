"""The list of positions, and what readers are told of one that was taken from the site."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Value
from django.utils.translation import gettext_lazy

from astana.exchange.position_rows import COLUMNS, position_rows
from astana.models import Actor, Challenge, Dossier, Position
from astana.pages.positions.forms import PositionFilter
from astana.pages.shared.listing import Listing
from astana.pages.shared.positions import PositionTable

Status = Challenge.Status


@dataclass(frozen=True)
class Withdrawn:
    """That a position was here, until when, and the objections with their public answers.

    `actor` is whose position it was when it was published last, None where that is not known.
    """

    key: str
    day: datetime
    actor: Actor | None
    answered: list[Challenge]


def withdrawn(dossier: Dossier, *, key: str, user: Any) -> Withdrawn | None:
    """Return what is told of a withdrawn position of a dossier that the user may see.

    None for one that is published, never was, or was taken from the site without an objection
    that was upheld. What its coder makes of it since is not told.
    """
    upheld = Challenge.objects.filter(position=OuterRef("pk"), status=Status.UPHELD)
    found = Position.objects.of(dossier).filter(key=key, public=Value(False))
    gone = found.filter(Exists(upheld), published_at__isnull=False).first()
    if gone is None:
        return None
    last = gone.history.filter(status=Position.Status.PUBLISHED).first()
    after = gone.history.filter(history_id__gt=last.history_id).last() if last else None
    actors = Actor.objects.visible_to(user).of(dossier)
    return Withdrawn(
        key=gone.key,
        day=after.history_date if after else gone.reviewed_at or gone.published_at,
        actor=actors.filter(pk=last.actor_id).first() if last else None,
        answered=list(gone.challenges.exclude(status=Status.OPEN)),
    )


LIST = Listing(
    noun="positions",
    title=gettext_lazy("Positions"),
    model=Position,
    filters=PositionFilter,
    table=lambda filters: PositionTable(filters.shown, found=filters.found),
    columns=COLUMNS,
    rows=lambda filters, site: position_rows(
        filters.shown, dossier=filters.dossier, user=filters.request.user, site=site
    ),
)
