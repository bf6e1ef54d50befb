"""Classes: a blind reading that pupils join with a code, and what they guessed as a picture."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from astana.actions import classes
from astana.models import Class
from astana.models.reading_class import LASTS, MOST_PUPILS, plain_code
from astana.pages.classes.forms import GuessesForm
from astana.pages.classes.joining import (
    PUPIL,
    Found,
    found_by,
    keep_token,
    set_of,
    token_of_browser,
)
from astana.pages.classes.presenter import results
from astana.pages.shared.blind import blind_table, candidates_of
from astana.web.frame import page

_reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def join(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a class, and lead there."""
    typed = request.GET.get("code", "").strip()
    found = found_by(request, typed) if typed else Found()
    if found.group:
        return redirect("classes:reading", found.group.code)
    context = {"typed": typed[:40], "problem": found.problem}
    return page(request, "classes/join.html", context, status=found.status)


@_reads_and_writes
def reading(request: HttpRequest, code: str) -> HttpResponse:
    """Show a blind reading to a pupil, and take the guesses."""
    found = found_by(request, code)
    if not found.group or not found.blind:
        context = {"typed": code[:40], "problem": found.problem}
        return page(request, "classes/reading.html", context, status=found.status)
    token, problem = token_of_browser(request, found.group), ""
    pupil = found.group.pupils.filter(token=token).first()
    candidates = candidates_of(found.blind, user=PUPIL)
    form = GuessesForm(
        request.POST if request.method == "POST" else None,
        letters=found.blind.letters,
        candidates=candidates,
        sent=pupil.guesses if pupil else {},
    )
    if form.is_bound and form.is_valid():
        try:
            classes.send_guesses(group=found.group, token=token, guesses=form.guesses)
            return keep_token(redirect(request.path), token, found.group)
        except classes.Refused as refusal:
            problem = str(refusal)
    table = blind_table(found.blind, user=PUPIL)
    context = {
        "group": found.group,
        "blind": found.blind,
        "table": table,
        "form": form,
        "is_sent": bool(pupil),
        "problem": problem,
    }
    is_refused = bool(problem or form.errors)
    response = page(request, "classes/reading.html", context, status=422 if is_refused else 200)
    return keep_token(response, token, found.group)


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """List the classes that the user has open."""
    return page(request, "classes/index.html", {"classes": list(_mine(request))})


@_reads_and_writes
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Say what a class is, and open one for the blind reading that the address names."""
    token = request.GET.get("set", "")
    context: dict[str, Any] = {"hours": LASTS.seconds // 3600, "most": MOST_PUPILS}
    if not token:
        return page(
            request, "classes/new.html", context, status=422 if request.method == "POST" else 200
        )
    blind = set_of(token, user=request.user)
    if blind is None:
        problem = _(
            "This blind reading is incomplete or no longer exists. Begin again from a comparison."
        )
        return page(request, "classes/new.html", context | {"problem": problem}, status=400)
    context |= {"blind": blind, "dossier": blind.selection.dossier}
    if request.method == "POST":
        try:
            dossier = blind.selection.dossier
            return redirect(classes.open_class(dossier=dossier, blind=token, by=request.user))
        except classes.Refused as refusal:
            context["problem"] = str(refusal)
    is_refused = "problem" in context
    return page(request, "classes/new.html", context, status=422 if is_refused else 200)


@require_safe
@login_required
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show a teacher the code of a class, and how many of it guessed whom."""
    group = _mine(request).filter(code=plain_code(code)).first()
    if group is None:
        return _gone(request)
    blind = set_of(group.blind, user=PUPIL)
    with_names = request.GET.get("names") == "1"
    sent = list(group.pupils.values_list("guesses", flat=True))
    context = {
        "group": group,
        "blind": blind,
        "most": MOST_PUPILS,
        "number": len(sent),
        "with_names": with_names,
        "join": request.build_absolute_uri(reverse("classes:join")),
    }
    if blind:
        candidates = candidates_of(blind, user=PUPIL)
        context["letters"] = results(blind, sent, candidates=candidates, with_names=with_names)
    return page(request, "classes/detail.html", context)


@_reads_and_writes
@login_required
def end(request: HttpRequest, code: str) -> HttpResponse:
    """Ask whether a class is to end, and delete it with what was guessed."""
    group = _mine(request).filter(code=plain_code(code)).first()
    if group is None:
        return _gone(request)
    if request.method == "POST":
        classes.end_class(group=group, by=request.user)
        messages.success(request, _("The class has ended, and its guesses are deleted."))
        return redirect("classes:index")
    return page(request, "classes/end.html", {"group": group})


def _mine(request: HttpRequest) -> QuerySet:
    return Class.objects.open().of_user(request.user).select_related("dossier")


def _gone(request: HttpRequest) -> HttpResponse:
    """Say that a class is not there, as to whoever opens one that has ended, with those that are.

    A class of somebody else is told of in the same way: its code is not known here.
    """
    context = {"classes": list(_mine(request)), "is_gone": True}
    return page(request, "classes/index.html", context, status=404)
