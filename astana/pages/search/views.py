"""The search over everything that one may see."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from astana.pages.search.forms import SearchForm
from astana.pages.search.presenter import results_of
from astana.web.frame import page
from astana.web.travel import state_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what is found in articles, actors, issues and positions."""
    carried = state_of(request).taken_to("search:index")
    form = SearchForm(request.GET, user=request.user, carried=carried)
    problems = form.problems
    results = results_of(form, user=request.user) if form.terms and not problems else None
    problems = problems or (results.problems if results else [])
    context = {"form": form, "results": results, "problems": problems, "dossier": form.scope}
    return page(request, "search/index.html", context, status=400 if problems else 200)
