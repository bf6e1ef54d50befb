"""Where the dossier is blind: sources by issues."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from astana.models import Dossier, Issue, Source
from astana.models.counts import counts_of
from astana.models.said_words import day_words
from astana.pages.coverage.forms import CoverageForm
from astana.pages.coverage.presenter import blind_spots
from astana.pages.frame import page
from astana.pages.shared.paging import page_of


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show what each source reports on each issue, and what was looked for there."""
    found = get_object_or_404(Dossier.objects.visible_to(request.user), slug=dossier)
    issues = Issue.objects.visible_to(request.user).of(found)
    form = CoverageForm(request.GET, groups=issues.groups())
    context = {"dossier": found, "form": form}
    if not form.is_valid():
        return page(request, "coverage/index.html", context, status=400)
    group = form.cleaned_data["group"]
    as_of = form.cleaned_data["as_of"] or counts_of(found).last_day or timezone.localdate()
    sources = Source.objects.visible_to(request.user).of(found).order_by("name", "slug")
    shown, problems = page_of(sources, request)
    context |= {"group": group, "as_of": as_of, "as_of_words": day_words(as_of), "shown": shown}
    context["problems"] = problems
    chosen = list(issues.asking(group=group))
    context["blind"] = blind_spots(found, shown, issues=chosen, as_of=as_of)
    return page(request, "coverage/index.html", context, status=400 if problems else 200)
