"""A brief as rows of a file: one for what each member holds, and one for each who is silent."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from astana.exchange.position_rows import COLUMNS as COLUMNS_OF_POSITIONS
from astana.exchange.position_rows import position_rows
from astana.models import Position
from astana.pages.brief.forms import BriefSelection
from astana.pages.brief.presenter import Brief
from astana.pages.shared.matrix import kind_words

# What a row says of the position, after key, actor and issue.
_OF_POSITION = COLUMNS_OF_POSITIONS[5:]
COLUMNS = (
    "place",
    "finding",
    "issue",
    "issue_title",
    "issue_kind",
    "side",
    "side_names",
    "divided",
    "actor",
    "actor_name",
    "as_of",
    "cell",
    "articles_read",
    "read_in_full",
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

    A member with two voices has a row for each; in a silence all that is said of a position is
    empty, but for the event that the issue is asked of. `body` is the actor whose position it is,
    which may be a part of the member.
    """
    keys = {held.line.key for point in brief.points for held in point.helds}
    shown = Position.objects.visible_to(user).of(selection.dossier).filter(key__in=keys)
    rows = position_rows(shown, dossier=selection.dossier, user=user, site=site)
    positions = {row[0]: row for row in rows}
    for place, point in enumerate(brief.points, start=1):
        issue, event = point.issue, point.name.partition(".")[2] or None
        found = selection.counts.coverage(as_of=selection.as_of, issue=issue.pk)
        read = (found.articles, found.in_full, found.looked_for)
        about = (place, point.finding, issue.slug, issue.title, issue.kind)
        nothing = [event if name == "event" else None for name in _OF_POSITION]
        for stand in point.stands:
            side = (stand.number, stand.side, stand.is_divided)
            voices = Counter(held.member.slug for held in stand.helds)
            for held in stand.helds:
                key, actor, actor_name, _issue, _title, *rest = positions[held.line.key]
                member = _member(held.member, selection, voices[held.member.slug])
                notes = [note.number for note in held.notes]
                yield (*about, *side, *member, *read, notes, key, actor, actor_name, *rest)
            for one in stand.silent:
                member = _member(one, selection, 0)
                yield (*about, *side, *member, *read, [], None, None, None, *nothing)


def _member(actor: Any, selection: BriefSelection, voices: int) -> tuple[Any, ...]:
    return actor.slug, actor.name, selection.as_of, kind_words(voices)
