"""Sources: each by itself, and against each other."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from astana.models import Source
from astana.models.said_words import day_words
from astana.pages.sources.forms import SourceForm, SourcesForm
from astana.pages.sources.presenter import by_source, disputes
from astana.pages.sources.reach import listed, reach_of
from astana.web.frame import dossier_seen, page


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show what each source reports of an actor on an issue, or where sources disagree."""
    found = dossier_seen(request, dossier)
    form = SourcesForm(request.GET, dossier=found, user=request.user)
    context = {"dossier": found, "form": form, "counts": form.counts}
    if not form.is_valid():
        return page(request, "sources/index.html", context, status=400)
    chosen = form.cleaned_data
    actor, issue, as_of = chosen["actor"], chosen["issue"], chosen["as_of"]
    asked = {"counts": form.counts, "dossier": found, "as_of": as_of, "user": request.user}
    context |= {"actor": actor, "issue": issue, "as_of": as_of, "day": day_words(as_of)}
    context |= {"actors": form.options("actor"), "issues": form.options("issue")}
    if actor and issue:
        context["reports"] = by_source(actor, issue, **asked)
    else:
        context["found"] = disputes(actor=actor, issue=issue, **asked)
    return page(request, "sources/index.html", context)


@require_safe
def detail(request: HttpRequest, dossier: str, source: str) -> HttpResponse:
    """Show what a source reports, what it alone reports, and what only others do."""
    found = dossier_seen(request, dossier)
    shown = get_object_or_404(Source.objects.visible_to(request.user).of(found), slug=source)
    form = SourceForm(request.GET, dossier=found, user=request.user)
    context = {"dossier": found, "source": shown, "form": form}
    if not form.is_valid():
        return page(request, "sources/detail.html", context, status=400)
    reach = reach_of(shown, dossier=found, form=form, user=request.user)
    reports = listed(shown, alone=reach["alone_places"], dossier=found, form=form, request=request)
    day = day_words(form.cleaned_data["as_of"])
    context |= form.cleaned_data | {"reports": reports, "reach": reach, "day": day}
    status = 400 if reports["problems"] else 200
    return page(request, "sources/detail.html", context, status=status)
