"""Rounds of independent coding: the list, and one side by side for its curator."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from astana.actions import settle
from astana.actions.workflow import WrongStep
from astana.models import Dossier
from astana.models.revised import StaleRecord
from astana.models.roles import Act
from astana.models.rounds import Round, codings_of, rounds_of
from astana.pages.desk.rounds.forms import DecisionForm, ShownForm, ThirdForm
from astana.pages.desk.rounds.presenter import round_of, settling, unit_rows, unit_with
from astana.web.frame import dossier_for, page
from astana.web.named import problems_of
from astana.web.paging import page_of


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """List the rounds that the user may know of."""
    found = dossier_for(request, dossier, act=Act.CODE)
    shown, problems = page_of(rounds_of(found, user=request.user), request)
    context = {"dossier": found, "shown": shown, "problems": problems}
    return page(request, "rounds/index.html", context, status=400 if problems else 200)


@require_safe
def detail(request: HttpRequest, dossier: str, article: str) -> HttpResponse:
    """Show what is left to settle: what is alike at once, then one difference after the other."""
    found = dossier_for(request, dossier, act=Act.CODE)
    each = round_of(found, article=article, user=request.user)
    form = ShownForm(request.GET)
    problems = problems_of(form)
    context = _side_by_side(request, found, each, form) | {"problems": problems}
    return page(request, "rounds/detail.html", context, status=400 if problems else 200)


@require_POST
def accept(request: HttpRequest, dossier: str, article: str) -> HttpResponse:
    """Accept all that the coders recorded alike, if it is what the curator has seen."""
    found = dossier_for(request, dossier, act=Act.REVIEW)
    each = round_of(found, article=article, user=request.user)
    units = unit_rows(each, codings_of([each]).get(each.article.pk, []))
    shown = settling(units, dossier=found, user=request.user)
    if set(shown["alike_keys"]) != set(request.POST.get("codings", "").split()):
        return _refuse(
            request,
            found,
            each,
            [_("The codings have changed in the meantime. Look again.")],
        )
    alike = [unit.alike_for(request.user, found) for unit in shown["alike"]]
    told = ngettext("%(n)s unit is published.", "%(n)s units are published.", len(alike))
    return _do(request, found, each, settle.accept_alike, told % {"n": len(alike)}, units=alike)


@require_POST
def decide(request: HttpRequest, dossier: str, article: str) -> HttpResponse:
    """Accept, merge or reject the codings of a unit."""
    found = dossier_for(request, dossier, act=Act.REVIEW)
    each = round_of(found, article=article, user=request.user)
    positions = codings_of([each]).get(each.article.pk, [])
    form = DecisionForm(request.POST, positions=positions)
    if not form.is_valid():
        return _refuse(request, found, each, problems_of(form))
    decided = form.cleaned_data
    if decided["decision"] == form.REJECT:
        action, names = settle.reject, ("codings", "reason")
        told = _("All codings of the unit are rejected.")
    else:
        action = settle.accept if decided["decision"] == form.ACCEPT else settle.merge
        names = ("coding", "others", "reason")
        told = _("%(key)s is published.")
    return _do(request, found, each, action, told, **{name: decided[name] for name in names})


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, dossier: str, article: str, position: str) -> HttpResponse:
    """Ask a curator for a position of the curator's own in place of a unit's codings."""
    found = dossier_for(request, dossier, act=Act.REVIEW)
    each = round_of(found, article=article, user=request.user)
    shown = ShownForm(request.GET)
    rows = unit_rows(each, codings_of([each]).get(each.article.pk, []), hides=shown.hides)
    unit, coding, others = unit_with(rows, key=position)
    is_saving = request.POST.get("do") != "stances"
    posted = request.POST if request.method == "POST" else None
    form = ThirdForm(posted, coding=coding, dossier=found, user=request.user, is_saving=is_saving)
    if posted is not None and form.is_valid():
        try:
            written = settle.write(
                coding=coding,
                others=others,
                by=request.user,
                values=form.values,
                reason=form.cleaned_data["reason"],
            )
            messages.success(request, _("%(key)s is published.") % {"key": written.key})
            return _to_the_round(request, found, each)
        except (WrongStep, PermissionDenied, StaleRecord, ValidationError) as refusal:
            form.add_error(None, getattr(refusal, "messages", [str(refusal)]))
    context = {"dossier": found, "round": each, "unit": unit, "coding": coding, "form": form}
    context["back"] = _query(shown, shown.asked)
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
    messages.success(
        request,
        _("The round is settled. Its coders are told, and see what became of their codings."),
    )
    return redirect("rounds:detail", found.slug, each.article.slug)


def _side_by_side(
    request: HttpRequest, dossier: Dossier, each: Round, form: ShownForm
) -> dict[str, Any]:
    positions = codings_of([each]).get(each.article.pk, [])
    units = unit_rows(each, positions, hides=form.hides)
    shown = settling(units, dossier=dossier, user=request.user, asked=form.asked)
    # Where a decision leads: to what comes after the shown unit.
    current = shown["current"]
    query = _query(form, current.number if current else None)
    context = {"dossier": dossier, "round": each, "units": units}
    return context | {"shown": shown, "form": form, "query": query}


def _do(
    request: HttpRequest,
    dossier: Dossier,
    each: Round,
    action: Callable[..., Any],
    told: str,
    **given: Any,
) -> HttpResponse:
    """Carry a decision out and lead on to what comes after it, or tell why it was refused."""
    try:
        done = action(**given, by=request.user)
    except (WrongStep, PermissionDenied, StaleRecord) as refusal:
        return _refuse(request, dossier, each, [str(refusal)])
    messages.success(request, told % {"key": getattr(done, "key", "")})
    return _to_the_round(request, dossier, each)


def _to_the_round(request: HttpRequest, dossier: Dossier, each: Round) -> HttpResponse:
    """Lead back to the round, to what comes after the unit that was decided on."""
    form = ShownForm(request.GET)
    address = reverse("rounds:detail", args=[dossier.slug, each.article.slug])
    return redirect(f"{address}{_query(form, form.asked)}")


def _query(form: ShownForm, unit: int | None) -> str:
    """Return what a round is shown by, as the end of an address."""
    asked = {"unit": unit, "coders": form.HIDDEN if form.hides else None}
    return "?" + urlencode({name: value for name, value in asked.items() if value})


def _refuse(
    request: HttpRequest, dossier: Dossier, each: Round, problems: list[str]
) -> HttpResponse:
    form = ShownForm(request.GET)
    context = _side_by_side(request, dossier, each, form) | {"problems": problems}
    return page(request, "rounds/detail.html", context, status=422)
