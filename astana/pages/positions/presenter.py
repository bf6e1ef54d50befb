"""The list of positions, what one rests on, and what readers are told of one that is gone."""

from typing import Any

from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from astana.comparison.said import UNKNOWN_START
from astana.exchange.position_rows import COLUMNS, position_rows
from astana.models import Actor, Challenge, Dossier, Position
from astana.models.positions.fetched import marked
from astana.pages.positions.forms import PositionFilter
from astana.pages.shared.links import links_of
from astana.pages.shared.passages import passages_of
from astana.pages.shared.positions import PositionTable
from astana.web.listing import Listing

MOST_IN_TRAIL = 100
Status = Challenge.Status


def challenged(position: Position, *, user: Any) -> dict[str, Any]:
    """Return what readers are told of the objections to a published position; one query.

    Of those that wait for an answer only the number; of the others the words and the answer. A
    reviewer may have upheld that the source itself is in error: then it is marked so.
    """
    found = list(Challenge.objects.visible_to(user).filter(position=position))
    answered = [one for one in found if one.status != Status.OPEN]
    for one in answered:
        one.position = position
    return {"waiting": len(found) - len(answered), "answered": answered}


def withdrawn(dossier: Dossier, *, key: str, user: Any) -> dict[str, Any] | None:
    """Return what is told of a withdrawn position of a dossier that the user may see.

    None for one that is published or never was. What its coder makes of it since is not told:
    `actor` is whose position it was when it was published last, None where that is not known.
    `is_upheld` where a reviewer upheld an objection to it.
    """
    found = Position.objects.of(dossier).filter(key=key, public=Value(False))
    gone = found.filter(published_at__isnull=False).first()
    if gone is None:
        return None
    last = gone.history.filter(status=Position.Status.PUBLISHED).first()
    after = gone.history.filter(history_id__gt=last.history_id).last() if last else None
    actors = Actor.objects.visible_to(user).of(dossier)
    answered = list(gone.challenges.exclude(status=Status.OPEN))
    return {
        "key": gone.key,
        "day": after.history_date if after else gone.reviewed_at or gone.published_at,
        "actor": actors.filter(pk=last.actor_id).first() if last else None,
        "is_upheld": any(one.status == Status.UPHELD for one in answered),
        "answered": answered,
    }


LIST = Listing(
    noun="positions",
    title=_("Positions"),
    model=Position,
    filters=PositionFilter,
    table=lambda filters: PositionTable(
        filters.shown, dossier=filters.dossier, found=filters.found, groups=filters.groups
    ),
    columns=COLUMNS,
    order=PositionFilter.NEWEST_FIRST,
    rows=lambda shown, filters, site: position_rows(
        shown, dossier=filters.dossier, user=filters.request.user, site=site
    ),
)


def position_detail(position: Any, *, user: Any) -> dict[str, Any]:
    """Return what a user may read of a position from `in_full`; four queries.

    That is what it rests on and where it stands in time. `history` is oldest first; it has the
    newest and the position, where `is_cut`.
    """
    dossier = position.dossier
    readable = Position.objects.visible_to(user).of(dossier)
    passages = passages_of([position], dossier=dossier, user=user)[position.pk]
    newest = list(
        marked(readable.filter(actor=position.actor_id, issue=position.issue_id))
        .select_related("stance__issue", "attributed_by", "speaker")
        .newest_first()[: MOST_IN_TRAIL + 1]
    )
    is_cut, newest = len(newest) > MOST_IN_TRAIL, newest[:MOST_IN_TRAIL]
    if position not in newest:
        newest.append(position)
    return {
        "passages": passages,
        "hidden": position.passage_count - len(passages),
        "precision": _precision(position),
        "history": newest[::-1],
        "is_cut": is_cut,
        "links": links_of(position, among=readable),
    }


def _precision(position: Position) -> str:
    """Return what is not known of the day on which it was said, or nothing."""
    if position.earliest == position.latest:
        return ""
    if position.earliest == UNKNOWN_START:
        return _("at some time up to this day")
    return _("at some time within these days")
