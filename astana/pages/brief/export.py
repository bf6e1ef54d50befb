"""A brief as a document, and as rows: one for what each member holds, one for each silent one."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from astana.exchange.position_rows import COLUMNS as COLUMNS_OF_POSITIONS
from astana.exchange.position_rows import position_rows
from astana.models import Position
from astana.pages.brief.document import brief_document
from astana.pages.brief.forms import BriefForm, BriefSelection
from astana.pages.brief.presenter import Brief, brief_of
from astana.pages.shared.matrix import kind_words
from astana.web.files import Rows, refused, refused_form, sent
from astana.web.frame import form_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What a row says of the position, after key, actor and issue.
_OF_POSITION = COLUMNS_OF_POSITIONS[5:]
COLUMNS = (
    *("place", "finding", "issue", "issue_title", "issue_kind", "side", "side_names", "divided"),
    *("actor", "actor_name", "as_of", "cell"),
    *("articles_read", "read_in_full", "looked_for"),
    *("passages", "position", "body", "body_name", *_OF_POSITION),
)


@require_safe
def file(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Send a brief as a Word document, or as rows: one for what each member of a side holds."""
    form = form_of(BriefForm, request, dossier)
    if not form.is_valid():
        return refused_form(form)
    selection = form.selection()
    if not selection.is_possible:
        return refused([_("A brief needs two sides.")])
    brief = brief_of(selection, user=request.user)
    if suffix == "docx":
        address = reverse("brief:index", args=[dossier]) + selection.everything()
        document = brief_document(selection, brief, address=request.build_absolute_uri(address))
        name = f"{dossier}-brief-{selection.as_of}.docx"
        return FileResponse(document, as_attachment=True, filename=name, content_type=DOCX)
    site = request.build_absolute_uri("/")[:-1]
    rows = brief_rows(selection, brief, user=request.user, site=site)
    name = f"brief-{selection.as_of}"
    return sent(Rows(form.dossier, name, brief.sentence, COLUMNS, rows), suffix, request)


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
    return actor.slug, actor.name, selection.as_of, kind_words(voices, selection)
