"""What coders proposed while they coded, and the decisions on it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from astana.actions.journal import Refused
from astana.actions.proposals import accept, merge
from astana.models import Dossier
from astana.models.in_passing import InPassing
from astana.models.revised import StaleRecord
from astana.models.roles import Act
from astana.pages.desk.proposals.forms import MERGE, RENAME, DecisionForm
from astana.pages.desk.proposals.presenter import MODELS, queue_of
from astana.pages.shared.desk_tabs import desk_tabs
from astana.web.frame import dossier_for, page


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """List what waits for a decision."""
    found = dossier_for(request, dossier, act=Act.REVIEW)
    return page(request, "proposals/index.html", _context(request, found))


@require_POST
def decide(request: HttpRequest, dossier: str, noun: str, proposal: int) -> HttpResponse:
    """Accept, rename or merge a proposal; a refusal is told beside it, with what was typed."""
    found = dossier_for(request, dossier, act=Act.REVIEW)
    if noun not in MODELS:
        raise Http404
    seen = MODELS[noun].objects.at_desk_of(request.user, dossier=found)
    decided = get_object_or_404(seen, pk=proposal)
    form = DecisionForm(request.POST, proposal=decided, user=request.user)
    if form.is_valid():
        try:
            messages.success(request, _decide(decided, form, request))
        except (Refused, StaleRecord) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("proposals:index", found.slug)
    # Where somebody was quicker, there is no card left to say it in.
    decided.proposed = seen.proposed().filter(pk=decided.pk).exists()
    context = _context(request, found) | {"form": form}
    return page(request, "proposals/index.html", context, status=422)


def _decide(proposal: InPassing, form: DecisionForm, request: HttpRequest) -> str:
    """Carry the decision out; return what was done in words."""
    given, name = form.cleaned_data, str(proposal)
    proposal.revision = given["revision"]
    if given["do"] == MERGE:
        merge(proposal=proposal, into=given["into"], by=request.user)
        told = _("“%(name)s” is now “%(into)s”. This can be undone under “Merges and splits”.")
        return told % {"name": name, "into": given["into"]}
    renamed = given["name"] if given["do"] == RENAME else ""
    accepted = accept(proposal=proposal, by=request.user, name=renamed)
    return _("“%(name)s” is accepted.") % {"name": accepted}


def _context(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    return {
        "dossier": dossier,
        "queue": queue_of(dossier, user=request.user),
        "tabs": desk_tabs(dossier, user=request.user, here="proposals"),
    }
