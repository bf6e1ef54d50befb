"""A brief for a meeting: where sides meet, where they might, and where they differ."""

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from astana.models.said_words import day_words
from astana.pages.brief.document import brief_document
from astana.pages.brief.export import COLUMNS, brief_rows
from astana.pages.brief.forms import BriefForm
from astana.pages.brief.picker import issue_facet, links_of, picker_of
from astana.pages.brief.presenter import brief_of
from astana.web.files import Rows, refused, refused_form, sent
from astana.web.frame import dossier_seen, page

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _form(request: HttpRequest, dossier: str) -> BriefForm:
    found = dossier_seen(request, dossier)
    return BriefForm(request.GET, dossier=found, user=request.user)


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show what sides agree on, might agree on and oppose, with the passages it rests on."""
    form = _form(request, dossier)
    is_valid = form.is_valid()
    if form.edited:
        return HttpResponseRedirect(form.edited)
    context = {
        "dossier": form.dossier,
        "form": form,
        "picker": picker_of(form, user=request.user),
    }
    if not is_valid:
        return page(request, "brief/index.html", context, status=400)
    selection = form.selection()
    if selection.is_possible:
        context |= {
            "brief": brief_of(selection, user=request.user),
            "links": links_of(selection),
            "address": request.build_absolute_uri(request.path) + selection.everything(),
        }
    context |= {
        "selection": selection,
        "facet": issue_facet(selection),
        "as_of_words": day_words(selection.as_of),
    }
    return page(request, "brief/index.html", context)


@require_safe
def file(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Send a brief as a Word document, or as rows: one for what each member of a side holds."""
    form = _form(request, dossier)
    if not form.is_valid():
        return refused_form(form)
    selection = form.selection()
    if not selection.is_possible:
        return refused([_("A brief takes two sides.")])
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
