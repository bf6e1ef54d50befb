"""How the actors are named, by source."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from astana.pages.framing.forms import FramingForm
from astana.pages.framing.presenter import framing_ledger
from astana.web.frame import dossier_seen, page


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show the names of an actor in the passages of evidence, by source and by whose words."""
    found = dossier_seen(request, dossier)
    form = FramingForm(request.GET, dossier=found, user=request.user)
    context = {"dossier": found, "form": form}
    if not form.is_valid():
        return page(request, "framing/index.html", context, status=400)
    chosen = {"actor": form.cleaned_data["actor"], "source": form.cleaned_data["source"]}
    context |= chosen
    context |= {"actors": form.options("actor"), "sources": form.options("source")}
    context["ledger"] = framing_ledger(found, **chosen, user=request.user)
    return page(request, "framing/index.html", context)
