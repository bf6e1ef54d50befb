"""Sources against each other."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from astana.models import Dossier
from astana.models.counts import counts_of
from astana.models.said_words import day_words
from astana.pages.frame import page
from astana.pages.sources.forms import SourcesForm
from astana.pages.sources.presenter import by_source, disputes


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show what each source reports of an actor on an issue, or where sources disagree."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    counts = counts_of(found)
    form = SourcesForm(request.GET, dossier=found, user=request.user, counts=counts)
    context = {"dossier": found, "form": form}
    if not form.is_valid():
        return page(request, "sources/index.html", context, status=400)
    chosen = form.cleaned_data
    actor, issue, as_of = chosen["actor"], chosen["issue"], chosen["as_of"]
    asked = {"dossier": found, "as_of": as_of, "user": request.user}
    context |= {"actor": actor, "issue": issue, "as_of": as_of, "day": day_words(as_of)}
    context |= {"actors": form.options("actor"), "issues": form.options("issue"), "counts": counts}
    if actor and issue:
        context["reports"] = by_source(actor, issue, **asked)
    else:
        context["found"] = disputes(counts=counts, actor=actor, issue=issue, **asked)
    return page(request, "sources/index.html", context)
