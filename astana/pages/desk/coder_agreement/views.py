"""How far independent coders agree."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from astana.models.roles import Act
from astana.pages.desk.coder_agreement.forms import CoderAgreementForm
from astana.pages.desk.coder_agreement.presenter import (
    MEASURES,
    coder_agreement,
    finished_rounds,
)
from astana.pages.frame import dossier_for, page


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show the figures of the finished rounds, and the units behind the one that is opened."""
    found = dossier_for(request, dossier, act=Act.CODE)
    rounds = finished_rounds(found, user=request.user)
    coders = {one.coder.username for each in rounds for one in each.assignments}
    form = CoderAgreementForm(request.GET, dossier=found, coders=coders, measures=set(MEASURES))
    context = {"dossier": found, "form": form}
    if form.is_valid():
        context["figures"] = coder_agreement(rounds, **form.cleaned_data)
    status = 200 if form.is_valid() else 400
    return page(request, "coder_agreement/index.html", context, status=status)
