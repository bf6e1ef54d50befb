"""Which articles are assigned to which coders."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from astana.actions import assign
from astana.actions.workflow import WrongStep
from astana.models import Article, Assignment
from astana.models.roles import Act
from astana.pages.desk.assignments.forms import ArticlesForm, AssignForm, coders_of
from astana.pages.desk.assignments.presenter import coders_with_progress, with_assignments
from astana.pages.shared.desk_tabs import desk_tabs
from astana.web.frame import back_to, dossier_for, page, refusal_told
from astana.web.named import problems_of
from astana.web.paging import page_of


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show who codes what, and assign articles to coders."""
    found = dossier_for(request, dossier, act=Act.REVIEW)
    form = AssignForm(request.POST if request.method == "POST" else None, dossier=found)
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data
        try:
            made = assign.assign(
                dossier=found,
                articles=list(chosen["article"]),
                coders=list(chosen["coder"]),
                is_independent=chosen["is_independent"],
                by=request.user,
            )
            messages.success(request, _made(len(made)))
            return redirect(request.get_full_path())
        except (WrongStep, PermissionDenied) as refusal:
            form.add_error(None, str(refusal))
    asked = ArticlesForm(request.GET)
    articles = asked.shown(Article.objects.visible_to(request.user).of(found))
    shown, problems = page_of(with_assignments(articles, user=request.user), request, shrinks=True)
    problems = [*problems_of(asked), *problems]
    context = {
        "dossier": found,
        "form": form,
        "asked": asked,
        "shown": shown,
        "coders": coders_with_progress(coders_of(found), found),
        "problems": problems,
        "tabs": desk_tabs(found, user=request.user, here="assignments"),
    }
    status = 400 if problems else 422 if form.errors else 200
    return page(request, "assignments/index.html", context, status=status)


@require_POST
def finish(request: HttpRequest, dossier: str, assignment: int) -> HttpResponse:
    """Say that one is done with an article."""
    found = dossier_for(request, dossier, act=Act.CODE)
    known = Assignment.objects.visible_to(request.user, dossier=found)
    done = get_object_or_404(known, pk=assignment)
    with refusal_told(request, WrongStep):
        assign.finish(assignment=done, by=request.user)
        messages.success(request, _("The article is marked as coded."))
        if drafts := assign.drafts_under(done):
            messages.warning(request, _left(drafts))
    return back_to(request, "coding:index", found.slug)


@require_POST
def reopen(request: HttpRequest, dossier: str, assignment: int) -> HttpResponse:
    """Go on with an article that was finished."""
    found = dossier_for(request, dossier, act=Act.CODE)
    known = Assignment.objects.visible_to(request.user, dossier=found)
    opened = get_object_or_404(known, pk=assignment)
    with refusal_told(request, WrongStep):
        assign.reopen(assignment=opened, by=request.user)
        messages.success(request, _("The assignment is open again."))
    return back_to(request, "coding:index", found.slug)


@require_POST
def remove(request: HttpRequest, dossier: str, assignment: int) -> HttpResponse:
    """Take an assignment back on which nothing has been done."""
    found = dossier_for(request, dossier, act=Act.REVIEW)
    known = Assignment.objects.visible_to(request.user, dossier=found)
    gone = get_object_or_404(known, pk=assignment)
    with refusal_told(request, WrongStep):
        assign.remove(assignment=gone, by=request.user)
        messages.success(request, _("The assignment is removed."))
    return back_to(request, "assignments:index", found.slug)


def _left(number: int) -> str:
    return ngettext(
        "%(number)s position is still a draft and does not count. To submit it, choose "
        "“Continue coding”.",
        "%(number)s positions are still drafts and do not count. To submit them, choose "
        "“Continue coding”.",
        number,
    ) % {"number": number}


def _made(number: int) -> str:
    if not number:
        return _("All of these are already assigned.")
    return ngettext(
        "%(number)s assignment is made.", "%(number)s assignments are made.", number
    ) % {"number": number}
