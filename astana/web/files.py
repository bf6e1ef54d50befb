"""What a page shows, as a file to download: CSV, JSON or a workbook."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django import forms
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    QueryDict,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from astana.exchange.export import csv_lines, json_lines, workbook
from astana.exchange.kept_files import in_turn, kept_file
from astana.exchange.snapshot import in_one_snapshot
from astana.models import Dossier
from astana.web.api.offered import LONGEST_LINK, TABLES
from astana.web.named import problems_of

TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


# A file of more rows takes too long to make for everybody who asks.
LARGE = 5_000


@dataclass(frozen=True)
class Rows:
    """What a file holds: `name` is that of the file, `about` says in words what it shows."""

    dossier: Dossier
    name: str
    about: str
    columns: Sequence[str]
    rows: Iterator[Sequence[Any]]
    # More than LARGE: such a file is made one at a time, and once for all who may share it.
    is_large: bool = False


def sent(rows: Rows, suffix: str, request: HttpRequest) -> HttpResponseBase:
    """Return the file: CSV and JSON while they are written, a workbook when it is.

    A large one that is the same for everybody who is nobody in particular is made once.
    """
    if suffix not in TYPES:
        raise Http404
    name = f"{rows.dossier.slug}-{rows.name}.{suffix}"
    if suffix == "xlsx":
        return _file(rows, suffix, request, name=name)
    if rows.is_large and hasattr(request, "kept_as"):
        response = _file(rows, suffix, request, name=name)
    else:
        response = streamed(_lines(rows, suffix), name=name, content_type=TYPES[suffix])
    if described := described_at(request, rows.dossier):
        response["Link"] = f'<{described}>; rel="describedby"'
    return response


def described_at(request: HttpRequest, dossier: Dossier) -> str:
    """Return where it says what the rows of a file are, under the same filters; or nothing."""
    table = TABLES.get(request.resolver_match.url_name)  # type: ignore[union-attr]
    if table is None:
        return ""
    known = {one.name for one in table.parameters}
    query = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        if name in known:
            query.setlist(name, values)
    names = {"dossier": dossier.slug, "rows": f"{table.name}.metadata.json"}
    address = request.build_absolute_uri(reverse("api:table", kwargs=names, query=query or None))
    return address if len(address) <= LONGEST_LINK else ""


def _file(rows: Rows, suffix: str, request: HttpRequest, *, name: str) -> HttpResponseBase:
    """Return a file that is sent when it is written."""
    if rows.is_large and (shared := getattr(request, "kept_as", None)):
        file = kept_file(rows.dossier, shared, suffix, _written_by(rows, suffix, request))
    else:
        with in_turn() if rows.is_large else nullcontext():
            file = _workbook(rows, request)
    return FileResponse(file, as_attachment=True, filename=name, content_type=TYPES[suffix])


def _workbook(rows: Rows, request: HttpRequest) -> IO[bytes]:
    return workbook(rows.columns, in_one_snapshot(rows.rows), about=notes_on(rows, request))


def _lines(rows: Rows, suffix: str) -> Iterator[str]:
    write = csv_lines if suffix == "csv" else json_lines
    return write(rows.columns, rows.rows)


def _written_by(rows: Rows, suffix: str, request: HttpRequest) -> Callable[[Path], None]:
    """Return what writes the file."""

    def write(path: Path) -> None:
        with path.open("wb") as file:
            if suffix == "xlsx":
                with _workbook(rows, request) as book:
                    shutil.copyfileobj(book, file)
            else:
                file.writelines(line.encode() for line in in_one_snapshot(_lines(rows, suffix)))

    return write


def streamed(lines: Iterable[Any], *, name: str, content_type: str) -> HttpResponseBase:
    """Return a file that is sent while it is written, as of the moment it begins."""
    response = StreamingHttpResponse(in_one_snapshot(lines), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def refused(problems: Iterable[str], *, status: int = 400) -> HttpResponse:
    """Say in words, as there is no page to say it on, what cannot be understood."""
    return HttpResponse(
        "\n".join(problems) + "\n", status=status, content_type="text/plain; charset=utf-8"
    )


def refused_form(form: forms.BaseForm) -> HttpResponse:
    """Say in words what a query string has that cannot be understood."""
    return refused(problems_of(form))


def notes_on(rows: Rows, request: HttpRequest) -> list[tuple[str, str]]:
    """Return what the last sheet of a workbook says about the others."""
    return [
        (_("Dossier"), rows.dossier.title),
        (_("What it is"), rows.about),
        (_("Address"), request.build_absolute_uri()),
        (_("Downloaded on"), timezone.now().isoformat(timespec="seconds")),
        (_("Licence"), rows.dossier.licence or _("none is given")),
        (
            _("How to read it"),
            _(
                "There is an apostrophe before each text that a spreadsheet could take for a "
                "formula, and before each that begins with an apostrophe: remove it to get the "
                "text. The items of a list in a cell are separated by a bar between blanks. An "
                "empty cell means that nothing was found or given; it never means neutral."
            ),
        ),
    ]
