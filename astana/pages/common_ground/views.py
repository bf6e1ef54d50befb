"""Where the parties meet, where they do not, and which facts they dispute."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from astana.models.said_words import day_words
from astana.pages.common_ground.forms import CommonGroundForm
from astana.pages.common_ground.presenter import (
    METHOD,
    METHODS,
    NONE,
    common_ground,
    in_order,
    issues_on_a_page,
)
from astana.web.addresses import given_of, query_of
from astana.web.frame import form_of, page
from astana.web.paging import page_of


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show the issues by how widely one side is accepted, contested, or disputed as a fact."""
    form = form_of(CommonGroundForm, request, dossier)
    context = {"dossier": form.dossier, "form": form}
    if not form.is_valid():
        return page(request, "common_ground/index.html", context, status=400)
    chosen = form.cleaned_data
    as_of, actors = chosen["as_of"], len(chosen["actors"])
    asked = query_of(
        given_of(form, without=("as_of", "first_hand")),
        as_of=as_of.isoformat(),
        first_hand="1" if chosen["first_hand"] else None,
    )
    order = in_order(form, user=request.user)
    shown, problems = page_of(order, request, most=issues_on_a_page(actors))
    context |= {
        "show": chosen["show"],
        "group": chosen["group"],
        "as_of": as_of,
        "as_of_words": day_words(as_of),
        "none": NONE[chosen["show"]],
        "method": [METHOD, METHODS[chosen["show"]]],
        "address": request.build_absolute_uri(request.path) + asked,
        "shown": shown,
        "problems": problems,
        "actors": actors,
        "ground": common_ground(form, list(shown), user=request.user),
    }
    return page(request, "common_ground/index.html", context, status=400 if problems else 200)
