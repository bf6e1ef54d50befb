"""A brief for a meeting: where sides meet, where they might, and where they differ."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from astana.models.said_words import day_words
from astana.pages.brief.forms import BriefForm
from astana.pages.brief.presenter import brief_of
from astana.web.frame import form_of, page


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show what sides agree on, might agree on and oppose, with the passages it rests on."""
    form = form_of(BriefForm, request, dossier)
    is_valid = form.is_valid()
    if form.edited:
        return HttpResponseRedirect(form.edited)
    context = {"dossier": form.dossier, "form": form, "picker": form.picker}
    if not is_valid:
        return page(request, "brief/index.html", context, status=400)
    selection = form.selection()
    if selection.is_possible:
        context |= {
            "brief": brief_of(selection, user=request.user),
            "links": selection.links,
            "address": request.build_absolute_uri(request.path) + selection.everything(),
        }
    context |= {"selection": selection, "as_of_words": day_words(selection.as_of)}
    return page(request, "brief/index.html", context)
