"""The first page."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from astana.forms.compare import CompareForm
from astana.models import Dossier
from astana.pages import page
from astana.tables.matrix import compare_sentence, compare_table


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what Astana is, a small live comparison, and the dossiers that the reader may see."""
    dossiers = list(Dossier.objects.visible_to(request.user)[:100])
    context: dict[str, object] = {"dossiers": dossiers}
    if dossiers:
        # The oldest public one, so that a dossier opened later never takes its place.
        example = min(dossiers, key=lambda one: (one.visibility != one.Visibility.PUBLIC, one.pk))
        context["example"] = example
        form = CompareForm(QueryDict(), dossier=example, user=request.user, actors=4, issues=3)
        if form.is_valid():
            table = compare_table(form.selection())
            context |= {"table": table, "sentence": compare_sentence(form.selection(), table)}
    return page(request, "home/index.html", context)
