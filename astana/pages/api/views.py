"""What programs read: what there is, its description, and the rows of a table."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from astana.models import Dossier
from astana.models.counts import counts_of
from astana.pages.api.presenter import SUFFIXES, answer, summary, tables
from astana.web.api.answers import for_programs, problem, written
from astana.web.api.offered import TABLES
from astana.web.api.openapi import ABOUT, VERSION
from astana.web.api.openapi import openapi as description
from astana.web.frame import dossier_seen

_AT_ONCE = 500


@for_programs
def index(request: HttpRequest) -> HttpResponseBase:
    """Say what there is."""
    body = {
        "ok": True,
        "name": "Astana",
        "version": VERSION,
        "about": ABOUT,
        "dossiers": request.build_absolute_uri(reverse("api:dossiers")),
        "openapi": request.build_absolute_uri(reverse("api:openapi")),
        "documentation": request.build_absolute_uri(reverse("method:api")),
    }
    return written(body)


@for_programs
def openapi(request: HttpRequest) -> HttpResponseBase:
    """Send the description of the API in OpenAPI."""
    return written(description(_site(request)))


@for_programs
def dossiers(request: HttpRequest) -> HttpResponseBase:
    """Send the public dossiers, whoever asks."""
    public = Dossier.objects.visible_to(AnonymousUser()).order_by("pk").iterator(_AT_ONCE)
    site = _site(request)
    return written({"ok": True, "dossiers": [summary(one, site=site) for one in public]})


@for_programs
def dossier(request: HttpRequest, dossier: str) -> HttpResponseBase:
    """Send what a dossier is, and its tables with their addresses."""
    found = dossier_seen(request, dossier)
    site, counts = _site(request), counts_of(found)
    about = summary(found, site=site) | {
        "positions": counts.positions,
        "first_day": counts.first_day,
        "last_day": counts.last_day,
    }
    return written({"ok": True, "dossier": about, "tables": tables(found, site=site)})


@for_programs
def table(request: HttpRequest, dossier: str, rows: str) -> HttpResponseBase:
    """Send rows of a table as JSON, CSV or NDJSON, or what its columns mean."""
    name, dot, suffix = rows.partition(".")
    found = dossier_seen(request, dossier)
    if name not in TABLES:
        raise Http404
    if dot and dot + suffix not in (".json", *SUFFIXES):
        words = _("A table has no form “.%(name)s”. It comes as: .json, %(known)s.")
        return problem(404, words % {"name": suffix, "known": ", ".join(SUFFIXES)})
    return answer(request, TABLES[name], found, dot + suffix)


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")[:-1]
