"""The first page."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from astana.models import Dossier
from astana.pages.shared.matrix import compare_sentence, compare_table
from astana.pages.shared.selection import CompareForm
from astana.web.frame import page
from astana.web.paging import page_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what Astana is, and the dossiers that the reader may see.

    The first page of them has a small live comparison too.
    """
    dossiers = Dossier.objects.visible_to(request.user)
    shown, problems = page_of(dossiers.order_by("title", "pk"), request)
    context: dict[str, object] = {"dossiers": shown, "problems": problems}
    example = dossiers.sample() if shown.number == 1 else None
    if example:
        context["example"] = example
        form = CompareForm(QueryDict(), dossier=example, user=request.user, actors=4, issues=3)
        if form.is_valid():
            table = compare_table(form.selection())
            context |= {"table": table, "sentence": compare_sentence(form.selection(), table)}
    return page(request, "home/index.html", context, status=400 if problems else 200)
