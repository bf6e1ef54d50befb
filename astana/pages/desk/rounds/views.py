"""Rounds of independent coding: the list, and one side by side for its curator."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from astana.actions import settle
from astana.actions.workflow import WrongStep
from astana.models import Dossier
from astana.models.revised import StaleRecord
from astana.models.roles import Act
from astana.pages.desk.rounds.forms import DecisionForm, ThirdForm
from astana.pages.desk.rounds.presenter import round_of, unit_rows, unit_with
from astana.pages.frame import dossier_for, page
from astana.pages.shared.paging import page_of
from astana.pages.shared.rounds import Round, codings_of, rounds_of


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """List the rounds that the user may know of."""
    found = dossier_for(request, dossier, act=Act.CODE)
    shown, problems = page_of(rounds_of(found, user=request.user), request)
    context = {"dossier": found, "shown": shown, "problems": problems}
    return page(request, "rounds/index.html", context, status=400 if problems else 200)


@require_safe
def detail(request: HttpRequest, dossier: str, article: str) -> HttpResponse:
    """Show what the coders of an article said, unit by unit."""
    found = dossier_for(request, dossier, act=Act.CODE)
    each = round_of(found, article=article, user=request.user)
    return page(request, "rounds/detail.html", _side_by_side(found, each))


@require_POST
def decide(request: HttpRequest, dossier: str, article: str) -> HttpResponse:
    """Accept, merge or reject the codings of a unit."""
    found = dossier_for(request, dossier, act=Act.REVIEW)
    each = round_of(found, article=article, user=request.user)
    positions = codings_of([each]).get(each.article.pk, [])
    form = DecisionForm(request.POST, positions=positions)
    if not form.is_valid():
        return _refuse(request, found, each, _messages(form))
    decided = form.cleaned_data
    try:
        if decided["decision"] == form.REJECT:
            settle.reject(codings=decided["codings"], by=request.user, reason=decided["reason"])
        else:
            act = settle.accept if decided["decision"] == form.ACCEPT else settle.merge
            act(coding=decided["coding"], others=decided["others"], by=request.user)
    except (WrongStep, PermissionDenied, StaleRecord) as refusal:
        return _refuse(request, found, each, [str(refusal)])
    return redirect("rounds:detail", found.slug, each.article.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, dossier: str, article: str, position: str) -> HttpResponse:
    """Ask a curator for a position of the curator's own in place of a unit's codings."""
    found = dossier_for(request, dossier, act=Act.REVIEW)
    each = round_of(found, article=article, user=request.user)
    rows = unit_rows(each, codings_of([each]).get(each.article.pk, []))
    unit, coding, others = unit_with(rows, key=position)
    form = ThirdForm(request.POST or None, coding=coding, dossier=found, user=request.user)
    context = {"dossier": found, "round": each, "unit": unit, "coding": coding, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            settle.write(coding=coding, others=others, by=request.user, values=form.values)
            return redirect("rounds:detail", found.slug, each.article.slug)
        except (WrongStep, PermissionDenied, StaleRecord, ValidationError) as refusal:
            form.add_error(None, getattr(refusal, "messages", [str(refusal)]))
    return page(request, "rounds/write.html", context, status=422 if form.errors else 200)


@require_POST
def close(request: HttpRequest, dossier: str, article: str) -> HttpResponse:
    """Settle the round: the coders may see what became of their codings."""
    found = dossier_for(request, dossier, act=Act.REVIEW)
    each = round_of(found, article=article, user=request.user)
    try:
        settle.settle(article=each.article, by=request.user)
    except WrongStep as refusal:
        return _refuse(request, found, each, [str(refusal)])
    return redirect("rounds:detail", found.slug, each.article.slug)


def _side_by_side(dossier: Dossier, each: Round) -> dict[str, Any]:
    positions = codings_of([each]).get(each.article.pk, [])
    return {"dossier": dossier, "round": each, "units": unit_rows(each, positions)}


def _refuse(
    request: HttpRequest, dossier: Dossier, each: Round, problems: list[str]
) -> HttpResponse:
    context = _side_by_side(dossier, each) | {"problems": problems}
    return page(request, "rounds/detail.html", context, status=422)


def _messages(form: DecisionForm) -> list[str]:
    return [str(message) for messages in form.errors.values() for message in messages]
