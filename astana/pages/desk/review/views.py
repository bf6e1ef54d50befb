"""The review queue, and the decisions taken in it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from astana.actions.journal import Refused
from astana.actions.workflow import WrongStep, publish, reject
from astana.models import Dossier, Position
from astana.models.record import proposals_in
from astana.models.revised import StaleRecord
from astana.models.roles import Act
from astana.pages.desk.review.forms import DecisionForm, ReviewFilter
from astana.pages.desk.review.presenter import key_after, queue_of
from astana.pages.shared.desk_position import (
    desk_position,
    desk_positions,
    passages_seen,
    proposal_seen,
)
from astana.pages.shared.desk_tabs import desk_tabs
from astana.pages.shared.of_many import ManyForm, choice_of
from astana.web.frame import dossier_for, page

QUEUE = "review/index.html"
MANY = ("publish", "reject")


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show what waits for a decision, one position of it in full; decide on many alike."""
    found = dossier_for(request, dossier, act=Act.REVIEW)
    many = ManyForm(request.POST if request.method == "POST" else None, steps=MANY)
    if not many.is_valid():
        status = 422 if many.is_bound else 200
        return _queue(request, "review/index.html", found, many=many, status=status)
    many.take(request, Position.objects.at_desk_of(request.user, dossier=found))
    return redirect(request.get_full_path())


@require_POST
def decide(request: HttpRequest, dossier: str, position: str) -> HttpResponse:
    """Publish or reject a position; a refusal is told beside it, with what was typed."""
    found = dossier_for(request, dossier, act=Act.REVIEW)
    positions = Position.objects.at_desk_of(request.user, dossier=found)
    decided = get_object_or_404(
        positions.select_related("assignment", "coder", *Position.SHOWS, "stance__issue"),
        key=position,
    )
    decided.dossier = found
    rows = _filters(request, found)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _queue(request, QUEUE, found, decided=decided, form=form, status=422)
    try:
        following = key_after(rows.shown, decided)
        said = _decide(decided, form, request)
    except (WrongStep, Refused, StaleRecord, PermissionDenied) as refusal:
        form.add_error(None, str(refusal))
        status = 403 if isinstance(refusal, PermissionDenied) else 409
        return _queue(request, QUEUE, found, decided=decided, form=form, status=status)
    messages.success(request, said)
    if form.cleaned_data["then"] == "position":
        return redirect("coding:position", found.slug, decided.key)
    query = "&".join(filter(None, [rows.query, following and f"position={following}"]))
    return redirect(f"{reverse('review:index', args=[found.slug])}?{query}".rstrip("?"))


def _decide(position: Position, form: DecisionForm, request: HttpRequest) -> str:
    """Carry the decision out on what the reviewer has read; return what was done in words."""
    decision = form.cleaned_data
    if decision["passages"] and decision["passages"] != passages_seen(position):
        raise StaleRecord(position)
    position.revision = decision["revision"]
    if decision["decision"] == form.PUBLISH:
        seen = decision["accepts"].split()
        named = [one for _name, one in proposals_in(position) if proposal_seen(one) in seen]
        publish(position=position, by=request.user, accepting=list(dict.fromkeys(named)))
        return _("%(key)s is published.") % {"key": position.key}
    reject(position=position, by=request.user, reason=decision["reason"])
    return _("%(key)s is rejected; its coder sees why.") % {"key": position.key}


def _filters(request: HttpRequest, dossier: Dossier) -> ReviewFilter:
    waiting = Position.objects.waiting_for(request.user, dossier=dossier)
    return ReviewFilter(request, waiting, dossier=dossier)


def _queue(
    request: HttpRequest,
    template: str,
    dossier: Dossier,
    *,
    decided: Position | None = None,
    form: DecisionForm | None = None,
    many: ManyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the queue; after a refused decision with that position open, waiting or not."""
    filters = _filters(request, dossier)
    asked = decided.key if decided else request.GET.get("position", "")
    queue = queue_of(filters.shown, key=asked)
    shown = decided or queue["open"]
    for waiting in queue["shown"]:
        may_decide = dossier.own_publishing or waiting.coder_id != request.user.pk
        waiting.choice = choice_of(waiting) if may_decide else ""
    coded = None
    if shown:
        positions = desk_positions(Position.objects.at_desk_of(request.user, dossier=dossier))
        coded = desk_position(
            positions.get(pk=shown.pk), dossier=dossier, user=request.user, may_edit=True
        )
    context = {
        "dossier": dossier,
        "filters": filters,
        "problems": filters.problems,
        "queue": queue,
        "coded": coded,
        "asked": asked,
        "form": form,
        "many": many or ManyForm(steps=MANY),
        "has_choices": any(waiting.choice for waiting in queue["shown"]),
        "path": reverse("review:index", args=[dossier.slug]),
        "tabs": desk_tabs(dossier, user=request.user, here="review"),
    }
    return page(request, template, context, status=400 if filters.problems else status)
