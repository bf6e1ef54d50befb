"""The compare table as a file: a row for each stance of a cell, and one for each silence."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from astana.comparison.said import UNKNOWN_START
from astana.exchange.position_rows import COLUMNS as COLUMNS_OF_POSITIONS
from astana.exchange.position_rows import position_rows
from astana.models import Position
from astana.pages.shared.matrix import Table, compare_sentence, compare_table, kind_words
from astana.pages.shared.selection import CompareForm, Selection
from astana.web.files import Rows, refused, refused_form, sent
from astana.web.frame import form_of

# What a row of the compare table says of the position, after key, actor and issue.
_OF_POSITION = COLUMNS_OF_POSITIONS[5:]
_AS_THEY_ARE = ("summary", "condition", "said", "latest", "voice", "note")
COLUMNS = (
    *("issue", "issue_title", "issue_kind", "actor", "actor_name", "as_of", "cell"),
    *("articles_read", "read_in_full", "looked_for"),
    *("position", "body", "body_name", *_OF_POSITION),
)


def compare_rows(
    selection: Selection,
    table: Table,
    *,
    user: Any,
    site: str,
    called: Callable[[int, Any], str] = kind_words,
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a comparison in the order of the page, as `COLUMNS` names their values.

    What a cell of so many voices is `called` is said in words, or in others for programs.

    A cell of two voices has a row for each; in one without a position all that is said of one is
    empty, but for the event that the cell is about. `body` is the actor whose position it is,
    which may be a part of the one that is compared.
    """
    cells = [cell for row in table.rows for cell in row.cells]
    keys = {voice.key for cell in cells for voice in cell.voices}
    shown = Position.objects.visible_to(user).of(selection.dossier).filter(key__in=keys)
    found = position_rows(shown, dossier=selection.dossier, user=user, site=site)
    positions = {row[0]: row for row in found}
    issues = {issue.slug: issue for issue in selection.issues}
    versions = {version.key_now: version for version in table.versions.values()}
    counted = {
        slug: selection.counts.coverage(as_of=selection.as_of, issue=issue.pk)
        for slug, issue in issues.items()
    }
    for cell in cells:
        _actor, slug, event = (*cell.name.split("."), None)[:3]
        issue, read = issues[slug], counted[slug]
        start = (
            issue.slug,
            issue.title,
            issue.kind,
            cell.actor,
            cell.actor_name,
            selection.as_of,
            called(len(cell.voices), selection),
            read.articles,
            read.in_full,
            read.looked_for,
        )
        if not cell.voices:
            nothing = (event if name == "event" else None for name in _OF_POSITION)
            yield (*start, None, None, None, *nothing)
        for voice in cell.voices:
            key, actor, actor_name, _issue, _title, *rest = positions[voice.key]
            if version := versions.get(key):
                actor, actor_name = version.actor.slug, version.actor.name
                rest = _then(version, rest)
            yield (*start, key, actor, actor_name, *rest)


def _then(version: Any, now: list[Any]) -> list[Any]:
    """Return what a row says of a position that has been edited since, in the words of then."""
    stance, value = version.stance, version.stance.value
    named = ("attributed_by", "speaker", "event", "document")
    then = {
        "stance": stance.slug,
        "stance_label": stance.label,
        "value": None if value is None else float(value),
        "earliest": None if version.earliest == UNKNOWN_START else version.earliest,
        "first_hand": bool(version.first_hand),
        **{name: one.slug if (one := getattr(version, name)) else None for name in named},
        **{name: getattr(version, name) for name in _AS_THEY_ARE},
    }
    return [then.get(name, one) for name, one in zip(_OF_POSITION, now, strict=True)]


@require_safe
def file(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Send a comparison, one row for each stance of a cell and one for each silence."""
    return answer_with(
        request, dossier, lambda _selection, _table, rows: sent(rows, suffix, request)
    )


def answer_with(
    request: HttpRequest,
    dossier: str,
    send: Callable[[Selection, Table, Rows], HttpResponseBase],
) -> HttpResponseBase:
    """Send a comparison in a way; 400 in plain words where it cannot be understood."""
    form = form_of(CompareForm, request, dossier)
    if not form.is_valid():
        return refused_form(form)
    if form.cleaned_data["blind"]:
        return refused([_("The file says who is who. Download it after the blind reading.")])
    selection = form.selection()
    table = compare_table(selection)
    about = compare_sentence(selection, table)
    site = request.build_absolute_uri("/")[:-1]
    rows = compare_rows(selection, table, user=request.user, site=site)
    return send(
        selection, table, Rows(form.dossier, f"compare-{selection.as_of}", about, COLUMNS, rows)
    )
