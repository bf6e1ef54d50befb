"""A brief as rows of a file: one for what each member holds, and one for each who is silent."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from astana.comparison.coverage import coverage
from astana.exchange.position_rows import COLUMNS as COLUMNS_OF_POSITIONS
from astana.exchange.position_rows import position_rows
from astana.models import Position
from astana.pages.brief.forms import BriefSelection
from astana.pages.brief.presenter import Brief

# What a row says of the position, after key, actor and issue.
_OF_POSITION = COLUMNS_OF_POSITIONS[5:]
COLUMNS = (
    "place",
    "finding",
    "issue",
    "issue_title",
    "issue_kind",
    "about_event",
    "side",
    "side_names",
    "divided",
    "actor",
    "actor_name",
    "as_of",
    "cell",
    "articles_read",
    "looked_for",
    "passages",
    "position",
    "body",
    "body_name",
    *_OF_POSITION,
)


def brief_rows(
    selection: BriefSelection, brief: Brief, *, user: Any, site: str
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a brief in the order of the page, as `COLUMNS` names their values.

    In a silence all that is said of a position is empty. `body` is the actor whose position it is,
    which may be a part of the member.
    """
    keys = {held.line.key for point in brief.points for held in point.helds}
    shown = Position.objects.visible_to(user).of(selection.dossier).filter(key__in=keys)
    rows = position_rows(shown, dossier=selection.dossier, user=user, site=site)
    positions = {row[0]: row for row in rows}
    silence = (None,) * (3 + len(_OF_POSITION))
    for place, point in enumerate(brief.points, start=1):
        issue, event = point.issue, point.name.partition(".")[2] or None
        read = coverage(selection.counts.read, as_of=selection.as_of, issue=issue.pk)
        about = (place, point.finding, issue.slug, issue.title, issue.kind, event)
        for stand in point.stands:
            side = (stand.number, stand.side, stand.is_divided)
            for held in stand.helds:
                key, actor, actor_name, _issue, _title, *rest = positions[held.line.key]
                member = (held.member.slug, held.member.name, selection.as_of, _("stated"))
                seen = (read.articles, read.looked_for, [note.number for note in held.notes])
                yield (*about, *side, *member, *seen, key, actor, actor_name, *rest)
            for actor in stand.silent:
                member = (actor.slug, actor.name, selection.as_of, _("no stated position"))
                yield (*about, *side, *member, read.articles, read.looked_for, [], *silence)
