"""The desk of a coder, and a position in whatever state."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from astana.actions.workflow import WrongStep, delete_draft, may_edit, submit, take_back
from astana.models import Position
from astana.models.past import number_of
from astana.models.revised import StaleRecord
from astana.models.roles import Act
from astana.pages.desk.coding.forms import PILES, DeleteForm, DeskForm, StepForm
from astana.pages.desk.coding.presenter import assignments_on, own_positions, piles_of, positions_on
from astana.pages.shared.desk_position import desk_position, desk_positions
from astana.pages.shared.desk_tabs import desk_tabs
from astana.pages.shared.notices import notice_row, notices_of
from astana.pages.shared.of_many import ManyForm
from astana.web.frame import back_to, dossier_for, page, refusal_told
from astana.web.named import problems_of
from astana.web.paging import page_of

MOST_NOTICES = 3
MANY = ("submit", "take-back")


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show what the user is to code and has coded; hand in, or take back, many at once."""
    found = dossier_for(request, dossier, act=Act.CODE)
    many = ManyForm(request.POST if request.method == "POST" else None, steps=MANY)
    if many.is_bound and many.is_valid():
        many.take(request, own_positions(found, user=request.user))
        return redirect(request.get_full_path())
    form = DeskForm(request.GET)
    form.is_valid()
    user, pile = request.user, form.shown
    rows = assignments_on if pile == PILES[0] else positions_on
    options = {} if pile == PILES[0] else {"shown": pile}
    shown, problems = page_of(rows(found, user=user, **options), request, shrinks=True)
    problems = [*problems_of(form), *problems]
    unread = notices_of(user, dossier=found).unread()[:MOST_NOTICES]
    context = {
        "dossier": found,
        "pile": pile,
        "piles": piles_of(found, user=user),
        "shown": shown,
        "notices": [notice_row(notice) for notice in unread],
        "problems": problems,
        "many": many,
        "tabs": desk_tabs(found, user=user, here="coding"),
    }
    status = 400 if problems else 422 if many.errors else 200
    return page(request, "coding/index.html", context, status=status)


@require_safe
def position(request: HttpRequest, dossier: str, position: str) -> HttpResponse:
    """Show a position in whatever state, with its passages, its reason and its comments."""
    found = dossier_for(request, dossier, act=Act.CODE)
    positions = desk_positions(Position.objects.at_desk_of(request.user, dossier=found))
    shown = get_object_or_404(positions, key=position)
    is_mine = may_edit(request.user, shown)
    coded = desk_position(shown, dossier=found, user=request.user, may_edit=is_mine)
    return page(request, "coding/position.html", {"dossier": found, "coded": coded})


@require_POST
def step(request: HttpRequest, dossier: str, position: str) -> HttpResponse:
    """Submit a draft, or take a submitted or rejected position back."""
    found = dossier_for(request, dossier, act=Act.CODE)
    positions = Position.objects.at_desk_of(request.user, dossier=found)
    taken = get_object_or_404(positions.select_related("assignment"), key=position)
    form = StepForm(request.POST)
    if form.is_valid():
        taken.revision = form.cleaned_data["revision"]
        with refusal_told(request, WrongStep, PermissionDenied, StaleRecord):
            _take(taken, form.cleaned_data["step"], request)
    else:
        messages.error(request, _("A position cannot take this step."))
    return back_to(request, "coding:position", found.slug, taken.key)


@require_POST
def delete(request: HttpRequest, dossier: str, position: str) -> HttpResponse:
    """Delete an own draft."""
    found = dossier_for(request, dossier, act=Act.CODE)
    positions = Position.objects.at_desk_of(request.user, dossier=found)
    gone = get_object_or_404(positions.select_related("assignment"), key=position)
    form = DeleteForm(request.POST)
    gone.revision = form.cleaned_data["revision"] if form.is_valid() else 0
    past = reverse("history:detail", args=[found.slug, "position", number_of(gone)])
    with refusal_told(request, WrongStep, PermissionDenied, StaleRecord):
        delete_draft(position=gone, by=request.user)
        told = _('{key} is deleted. It can be restored from <a href="{past}">its history</a>.')
        messages.success(request, format_html(told, key=gone.key, past=past))
        return redirect(f"{reverse('coding:index', args=[found.slug])}?show=draft")
    return redirect("coding:position", found.slug, gone.key)


def _take(position: Position, step: str, request: HttpRequest) -> None:
    if step == StepForm.SUBMIT:
        submit(position=position, by=request.user)
        # Translators: `key` is the name of a position, such as p161, or several of them.
        words = ngettext("%(key)s is submitted.", "%(key)s are submitted.", 1)
        messages.success(request, words % {"key": position.key})
    else:
        take_back(position=position, by=request.user)
        messages.success(request, _("%(key)s is a draft again.") % {"key": position.key})
