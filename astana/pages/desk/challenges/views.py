"""Readers' objections: written by anybody, answered by reviewers."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from astana.accounts import client_of
from astana.actions import challenges
from astana.actions.limits import is_within_limit
from astana.actions.workflow import WrongStep
from astana.models import Challenge, Position
from astana.models.positions.fetched import in_full
from astana.models.revised import StaleRecord
from astana.models.roles import Act
from astana.pages.desk.challenges.forms import AnswerForm, ChallengeForm
from astana.pages.shared.desk_position import desk_position, desk_positions
from astana.pages.shared.desk_tabs import desk_tabs
from astana.pages.shared.passages import passages_of
from astana.web.frame import dossier_for, dossier_seen, page
from astana.web.paging import page_of

# So many objections an hour come from one reader, whom nobody knows by name.
MOST_AN_HOUR = 10

# What is told of each in the list.
_SHOWN = ("position__actor", "position__issue", "position__stance", "answered_by", "reader")
_reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])


@_reads_and_writes
def new(request: HttpRequest, dossier: str, position: str) -> HttpResponse:
    """Ask a reader what is wrong with a position, and hand it to the reviewers."""
    found = dossier_seen(request, dossier)
    positions = Position.objects.visible_to(request.user).of(found)
    about = get_object_or_404(in_full(positions), key=position)
    about.dossier = found
    if not found.open_challenges and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    form = ChallengeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            _challenge(request, form, about)
            messages.success(request, _("Thank you. The reviewers will answer on this page."))
            return redirect(about)
        except WrongStep as refusal:
            form.add_error(None, str(refusal))
    context = {
        "dossier": found,
        "position": about,
        "passages": passages_of([about], dossier=found, user=request.user)[about.pk],
        "form": form,
    }
    # What is wrong with a field can be mended at once; too many objections are a matter of time.
    status = 429 if form.non_field_errors() else 422 if form.errors else 200
    return page(request, "challenges/new.html", context, status=status)


def _challenge(request: HttpRequest, form: ChallengeForm, position: Position) -> None:
    """Hand an objection to the reviewers; raises WrongStep where there are too many."""
    if not is_within_limit("challenge", client=client_of(request), most=MOST_AN_HOUR):
        raise WrongStep(
            _("You have written several objections within an hour. Come back in an hour.")
        )
    said = form.cleaned_data
    challenges.challenge(position=position, kind=said["kind"], text=said["text"], by=request.user)


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show the objections that wait for an answer, or those that were answered."""
    found = dossier_for(request, dossier, act=Act.REVIEW)
    is_answered = request.GET.get("show", "") == "answered"
    of_dossier = Challenge.objects.filter(dossier=found)
    rows = of_dossier.answered() if is_answered else of_dossier.waiting()
    shown, problems = page_of(rows.select_related(*_SHOWN), request)
    context = {
        "dossier": found,
        "shown": shown,
        "is_answered": is_answered,
        "problems": problems,
        "tabs": desk_tabs(found, user=request.user, here="challenges"),
    }
    return page(request, "challenges/index.html", context, status=400 if problems else 200)


@_reads_and_writes
def answer(request: HttpRequest, dossier: str, challenge: int) -> HttpResponse:
    """Show an objection beside the passages it is about, and answer it in public."""
    found = dossier_for(request, dossier, act=Act.REVIEW)
    known = Challenge.objects.filter(dossier=found).select_related("answered_by", "reader")
    about = get_object_or_404(known, pk=challenge)
    positions = desk_positions(Position.objects.at_desk_of(request.user, dossier=found))
    about.position = get_object_or_404(positions, pk=about.position_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            challenges.answer(
                challenge=about,
                status=said["status"],
                text=said["text"],
                by=request.user,
                withdraw=said["withdraw"],
            )
            told = _("The objection is answered.")
            if said["withdraw"]:
                told = _("The objection is answered, and the position is no longer on the site.")
            messages.success(request, told)
            return redirect("challenges:index", found.slug)
        except (WrongStep, StaleRecord, PermissionDenied) as refusal:
            form.add_error(None, str(refusal))
            about = get_object_or_404(known, pk=challenge)
            about.position = get_object_or_404(positions, pk=about.position_id)
    context = {
        "dossier": found,
        "challenge": about,
        "coded": desk_position(about.position, dossier=found, user=request.user, may_edit=True),
        "form": form,
    }
    return page(request, "challenges/answer.html", context, status=422 if form.errors else 200)
