"""A coder's codings against what stands now."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from astana.models.positions.decided import decided_on
from astana.models.roles import Act
from astana.pages.shared.desk_tabs import desk_tabs
from astana.pages.shared.outcomes import outcomes_of
from astana.web.frame import dossier_for, page
from astana.web.paging import page_of


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show the user's own codings that were decided on, each against what stands now."""
    found = dossier_for(request, dossier, act=Act.CODE)
    shown, problems = page_of(decided_on(found, user=request.user), request)
    context = {
        "dossier": found,
        "shown": shown,
        "problems": problems,
        "outcomes": outcomes_of(list(shown), dossier=found, user=request.user),
        "tabs": desk_tabs(found, user=request.user, here="outcomes"),
    }
    return page(request, "outcomes/index.html", context, status=400 if problems else 200)
