"""A whole dossier in one file: its package as a zip, or as a database."""

import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from astana.exchange.citation import apa
from astana.exchange.cited import cite_dossier
from astana.exchange.dump import MOST_IN_ZIP, OtherVersion, dump_published
from astana.exchange.files import zip_files
from astana.exchange.kept_files import kept_file
from astana.exchange.sqlite_file import write_sqlite
from astana.models import Dossier
from astana.models.counts import counts_of
from astana.web.files import refused

_TYPES = {"zip": "application/zip", "sqlite": "application/vnd.sqlite3"}


def has_whole_file(dossier: Dossier) -> bool:
    """Return whether a dossier is small enough to be in one file."""
    return counts_of(dossier).positions <= MOST_IN_ZIP


def whole_file(
    dossier: Dossier, kind: str, request: HttpRequest, *, name: str = ""
) -> HttpResponseBase:
    """Return a dossier without what is not published; 400 in words for one that is too large.

    Raises OtherVersion where somebody writes to it meanwhile.
    """
    if not has_whole_file(dossier):
        return refused(
            [
                _(
                    "A zip is made only of dossiers with at most %(most)s positions, and this "
                    "one has more. Download its tables as CSV or JSON, or ask the people who run "
                    "this site for it."
                )
                % {"most": f"{MOST_IN_ZIP:,}"}
            ]
        )
    make = _zip(dossier) if kind == "zip" else _sqlite(dossier, request)
    return FileResponse(
        kept_file(dossier, dossier.created_at, kind, make),
        as_attachment=True,
        filename=f"{name or dossier.slug}.{kind}",
        content_type=_TYPES[kind],
    )


def newest_file(dossier: Dossier, kind: str, request: HttpRequest) -> HttpResponseBase:
    """Return the same of the version that is the newest by the time it is made."""
    while True:
        try:
            return whole_file(dossier, kind, request)
        except OtherVersion:
            dossier.refresh_from_db()


def _zip(dossier: Dossier) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with zip_files(_files(dossier), folder=dossier.slug) as packed, path.open("wb") as file:
            shutil.copyfileobj(packed, file)

    return make


def _sqlite(dossier: Dossier, request: HttpRequest) -> Callable[[Path], None]:
    site = settings.SITE_URL or request.build_absolute_uri("/")[:-1]
    citation = apa(cite_dossier(dossier, site=site, today=timezone.localdate()))
    about = [
        ("title", dossier.title),
        ("description", dossier.description),
        ("licence", dossier.licence),
        ("version", str(dossier.version)),
        ("citation", citation),
    ]
    return lambda path: write_sqlite(path, _files(dossier), about)


def _files(dossier: Dossier) -> dict[str, bytes]:
    return dump_published(dossier.slug, version=dossier.version)
