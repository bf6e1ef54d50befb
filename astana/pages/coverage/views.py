"""Where the dossier is blind: sources by issues or parties."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from astana.models import Source
from astana.models.said_words import day_words
from astana.pages.coverage.forms import AllSourcesForm
from astana.pages.coverage.presenter import blind_spots
from astana.web.frame import form_of, page
from astana.web.paging import page_of


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show what each source reports on each issue or party, and what was looked for there."""
    form = form_of(AllSourcesForm, request, dossier)
    context = {"dossier": form.dossier, "form": form}
    if not form.is_valid():
        return page(request, "coverage/index.html", context, status=400)
    sources = Source.objects.visible_to(request.user).of(form.dossier).order_by("name", "slug")
    shown, problems = page_of(sources, request)
    context |= form.cleaned_data | {"shown": shown, "problems": problems}
    context["as_of_words"] = day_words(form.cleaned_data["as_of"])
    context["blind"] = blind_spots(shown, form=form, user=request.user)
    return page(request, "coverage/index.html", context, status=400 if problems else 200)
