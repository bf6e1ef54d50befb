"""How far independent coders agree."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from astana.models import Issue
from astana.models.roles import Act
from astana.models.rounds import finished_rounds
from astana.pages.desk.coder_agreement.confusion import (
    COLUMNS,
    Pairs,
    confusion_rows,
    confusion_view,
)
from astana.pages.desk.coder_agreement.forms import CoderAgreementForm, ConfusionForm
from astana.pages.desk.coder_agreement.presenter import MEASURES, coder_agreement
from astana.web.files import Rows, refused_form, sent
from astana.web.frame import dossier_for, page


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show the figures of the finished rounds, and the units behind the one that is opened."""
    found = dossier_for(request, dossier, act=Act.CODE)
    rounds = finished_rounds(found, user=request.user)
    coders = {one.coded_by for each in rounds for one in each.assignments}
    known = {"issues": Issue.objects.at_desk_of(request.user, dossier=found), "coders": coders}
    form = CoderAgreementForm(request.GET, measures=set(MEASURES), **known)
    context = {"dossier": found, "form": form}
    if form.is_valid():
        context["figures"] = coder_agreement(rounds, **form.cleaned_data)
    status = 200 if form.is_valid() else 400
    return page(request, "coder_agreement/index.html", context, status=status)


@require_safe
def confusion(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show which stances coders take for each other, and which issue to discuss next."""
    found = dossier_for(request, dossier, act=Act.CODE)
    pairs = Pairs(finished_rounds(found, user=request.user), dossier=found, user=request.user)
    form = ConfusionForm(request.GET, choices=pairs.choices)
    context = {"dossier": found, "form": form}
    if form.is_valid():
        context["seen"] = confusion_view(pairs, kept=form.kept, cell=form.cleaned_data["cell"])
    status = 200 if form.is_valid() else 400
    return page(request, "coder_agreement/confusion.html", context, status=status)


@require_safe
def file(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Return the same as a file: a row for each two stances of an issue that met."""
    found = dossier_for(request, dossier, act=Act.CODE)
    pairs = Pairs(finished_rounds(found, user=request.user), dossier=found, user=request.user)
    form = ConfusionForm(request.GET, choices=pairs.choices)
    if not form.is_valid():
        return refused_form(form)
    rows = confusion_rows(pairs, kept=form.kept)
    about = _("Which stances coders chose for the same statement, issues to discuss first")
    return sent(Rows(found, "confusion", about, COLUMNS, rows), suffix, request)
