"""What a page shows, as a file to take away: the same filters, all rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    JsonResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from astana.exchange import web_annotation
from astana.exchange.dump import dump_published
from astana.exchange.export import MOST_ROWS, csv_lines, json_lines, workbook
from astana.exchange.files import zip_files
from astana.models import Actor, Article, Dossier, Event, Issue, Position
from astana.models.counts import counts_of
from astana.pages.actors.forms import ActorFilter
from astana.pages.agreement.export import PAIRS, about, pair_rows
from astana.pages.agreement.forms import AgreementForm
from astana.pages.agreement.network import Network
from astana.pages.articles.forms import ArticleFilter
from astana.pages.compare.export import COLUMNS as COMPARE
from astana.pages.compare.export import compare_rows
from astana.pages.events.forms import EventFilter
from astana.pages.exports.list_files import (
    ACTORS,
    ARTICLES,
    EVENTS,
    ISSUES,
    actor_rows,
    article_rows,
    event_rows,
    issue_rows,
)
from astana.pages.issues.forms import IssueFilter
from astana.pages.positions.forms import PositionFilter
from astana.pages.shared.filters import ListFilter
from astana.pages.shared.matrix import compare_sentence, compare_table
from astana.pages.shared.position import in_full
from astana.pages.shared.position_file import COLUMNS as POSITIONS
from astana.pages.shared.position_file import position_rows
from astana.pages.shared.selection import CompareForm

TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# A zip is made in memory, about a kilobyte for a position and its passages.
MOST_IN_ZIP = 50_000


@dataclass(frozen=True)
class Taken:
    """What is taken away: `name` names the file, `about` says in words what it holds."""

    dossier: Dossier
    name: str
    about: str
    columns: Sequence[str]
    rows: Iterator[Sequence[Any]]


@require_safe
def positions(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Send the positions that the filters leave, with what each rests on."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    visible = Position.objects.visible_to(request.user).of(found)
    filters = PositionFilter(request, visible, dossier=found)
    if problems := _problems(filters, suffix):
        return _refused(problems)
    site = request.build_absolute_uri("/")[:-1]
    rows = position_rows(filters.shown, dossier=found, user=request.user, site=site)
    return _sent(Taken(found, "positions", _("Positions"), POSITIONS, rows), suffix, request)


@require_safe
def actors(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Send the actors that the filters leave, with all their names."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    filters = ActorFilter(request, Actor.objects.visible_to(request.user).of(found), dossier=found)
    if problems := _problems(filters, suffix):
        return _refused(problems)
    rows = actor_rows(filters.shown)
    return _sent(Taken(found, "actors", _("Actors"), ACTORS, rows), suffix, request)


@require_safe
def issues(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Send the issues that the filters leave, with their stances."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    filters = IssueFilter(request, Issue.objects.visible_to(request.user).of(found), dossier=found)
    if problems := _problems(filters, suffix):
        return _refused(problems)
    rows = issue_rows(filters.shown)
    return _sent(Taken(found, "issues", _("Issues"), ISSUES, rows), suffix, request)


@require_safe
def articles(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Send the articles that the filters leave, without their words."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    visible = Article.objects.visible_to(request.user).of(found)
    filters = ArticleFilter(request, visible, dossier=found)
    if problems := _problems(filters, suffix):
        return _refused(problems)
    rows = article_rows(filters.shown)
    return _sent(Taken(found, "articles", _("Articles"), ARTICLES, rows), suffix, request)


@require_safe
def events(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Send the events that the filters leave, with who took part."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    filters = EventFilter(request, Event.objects.visible_to(request.user).of(found), dossier=found)
    if problems := _problems(filters, suffix):
        return _refused(problems)
    rows = event_rows(filters.shown)
    return _sent(Taken(found, "events", _("Events"), EVENTS, rows), suffix, request)


@require_safe
def compare(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Send a comparison, one row for each stance of a cell and one for each silence."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    form = CompareForm(request.GET, dossier=found, user=request.user)
    if not form.is_valid():
        return _refused([error for errors in form.errors.values() for error in errors])
    if form.cleaned_data["blind"]:
        return _refused([_("A file says who is who. Take one after the blind reading.")])
    selection = form.selection()
    table = compare_table(selection)
    about = compare_sentence(selection, table)
    site = request.build_absolute_uri("/")[:-1]
    rows = compare_rows(selection, table, user=request.user, site=site)
    name = f"compare-{selection.as_of}"
    return _sent(Taken(found, name, about, COMPARE, rows), suffix, request)


@require_safe
def dossier(request: HttpRequest, dossier: str) -> HttpResponseBase:
    """Send the whole dossier in its own format, without what is not published."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    if counts_of(found).positions > MOST_IN_ZIP:
        return _refused(
            [
                _(
                    "A zip is made of dossiers of at most %(most)s positions, and this one has "
                    "more. Take its tables as CSV or JSON, or ask whoever runs this site for it."
                )
                % {"most": f"{MOST_IN_ZIP:,}"}
            ]
        )
    file = zip_files(dump_published(found.slug), folder=found.slug)
    return FileResponse(file, as_attachment=True, filename=f"{found.slug}.zip")


@require_safe
def annotation(request: HttpRequest, dossier: str, position: str) -> HttpResponse:
    """Send a position as a W3C Web Annotation."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    positions = Position.objects.visible_to(request.user).of(found)
    shown = get_object_or_404(in_full(positions), key=position)
    shown.dossier = found
    site = request.build_absolute_uri("/")[:-1]
    return JsonResponse(
        web_annotation.annotation(shown, user=request.user, site=site),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        content_type=web_annotation.ANNOTATION,
    )


@require_safe
def agreement(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Send the agreement of a selection, one row for each pair that shares enough issues."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    form = AgreementForm(request.GET, dossier=found, user=request.user)
    if not form.is_valid():
        return _refused([error for errors in form.errors.values() for error in errors])
    network = Network(form.selection(), user=request.user)
    name = f"agreement-{network.selection.last_day}"
    return _sent(Taken(found, name, about(network), PAIRS, pair_rows(network)), suffix, request)


def _problems(filters: ListFilter, suffix: str) -> list[str]:
    """Return what cannot be understood, or that a workbook cannot hold the rows."""
    if suffix != "xlsx" or filters.problems:
        return filters.problems
    if filters.shown.order_by()[: MOST_ROWS + 1].count() <= MOST_ROWS:
        return []
    return [
        _(
            "A workbook holds %(most)s rows, and there are more. Narrow the list with its "
            "filters, or take CSV or JSON: these hold any number."
        )
        % {"most": f"{MOST_ROWS:,}"}
    ]


def _sent(taken: Taken, suffix: str, request: HttpRequest) -> HttpResponseBase:
    """Return the file: CSV and JSON while they are written, a workbook when it is."""
    if suffix not in TYPES:
        raise Http404
    name = f"{taken.dossier.slug}-{taken.name}.{suffix}"
    if suffix == "xlsx":
        book = workbook(taken.columns, taken.rows, about=_notes(taken, request))
        return FileResponse(book, as_attachment=True, filename=name, content_type=TYPES[suffix])
    write = csv_lines if suffix == "csv" else json_lines
    response = StreamingHttpResponse(write(taken.columns, taken.rows), content_type=TYPES[suffix])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _notes(taken: Taken, request: HttpRequest) -> list[tuple[str, str]]:
    """Return what the second sheet of a workbook says about the first."""
    return [
        (_("Dossier"), taken.dossier.title),
        (_("What it is"), taken.about),
        (_("Address"), request.build_absolute_uri()),
        (_("Taken on"), timezone.now().isoformat(timespec="seconds")),
        (_("Licence"), taken.dossier.licence or _("none is given")),
        (
            _("How to read it"),
            _(
                "An apostrophe stands before each text that a spreadsheet could take for a "
                "formula, and before each that begins with an apostrophe: take it away to get the "
                "text. Lists in a cell are separated by a bar between blanks. An empty cell means "
                "that nothing was found or given; it never means neutral."
            ),
        ),
    ]


def _refused(problems: list[str]) -> HttpResponse:
    """Say in words, as there is no page to say it on, what cannot be understood."""
    return HttpResponse(
        "\n".join(problems) + "\n", status=400, content_type="text/plain; charset=utf-8"
    )
