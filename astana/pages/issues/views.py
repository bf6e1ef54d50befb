"""Pages of issues."""

from typing import Any

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from astana.actions.codebook import write_issue
from astana.exchange.picture import laid
from astana.models import Dossier, Issue
from astana.models.revised import StaleRecord
from astana.models.roles import Act
from astana.models.said_words import as_of_words, recorded_words
from astana.pages.issues.forms import CodebookForm, IssueForm, stance_forms
from astana.pages.issues.picture import ACTORS, compared
from astana.pages.issues.presenter import LIST
from astana.pages.issues.spectrum import shown
from astana.pages.shared.timeline import brief_timeline
from astana.web.embedded import code_of, embeddable, embedded, not_understood
from astana.web.files import refused, refused_form
from astana.web.frame import dossier_for, dossier_seen, page
from astana.web.pictured import pictured


@require_safe
def index(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show the questions of a dossier, and how far apart the answers lie."""
    return LIST.page(request, "issues/index.html", dossier)


@require_safe
def file(request: HttpRequest, dossier: str, suffix: str) -> HttpResponseBase:
    """Send the issues that the filters leave, with their stances."""
    return LIST.file(request, dossier, suffix)


@require_safe
def detail(request: HttpRequest, dossier: str, issue: str) -> HttpResponse:
    """Show one issue as a spectrum: its stances in order, the actors under them."""
    found = dossier_seen(request, dossier)
    question, form = _asked(request, found, issue)
    context = {"dossier": found, "issue": question, "form": form}
    if not form.is_valid():
        return page(request, "issues/detail.html", context, status=400)
    context |= shown(question, form, user=request.user)
    read = context["spectrum"].newest
    context["timeline"] = brief_timeline(read, by="issue", subject=question, dossier=found)
    title = question.title
    context["code"] = code_of(request, found, title=title, asked=form.everything)
    context["picture"] = form.everything()
    return page(request, "issues/detail.html", context)


@embeddable
def embed(request: HttpRequest, dossier: str, issue: str) -> HttpResponse:
    """Show who stands where on an issue to those who read it in a page of others."""
    found = dossier_seen(request, dossier)
    question, form = _asked(request, found, issue)
    context = {"dossier": found, "issue": question, "form": form}
    if not form.is_valid():
        return not_understood(request, context)
    context |= shown(question, form, user=request.user)
    moment = form.cleaned_data["recorded_as_of"]
    under = [as_of_words(form.day), *([recorded_words(moment)] if moment else [])]
    return embedded(
        request,
        "issues/_embed.html",
        context,
        title=question.title,
        asked=form.everything(),
        under=under,
    )


@embeddable
def picture(request: HttpRequest, dossier: str, issue: str, suffix: str) -> HttpResponse:
    """Send the same as a picture, for print or where no frame is taken."""
    question, form = _asked(request, dossier_seen(request, dossier), issue)
    if not form.is_valid():
        return refused_form(form)
    spectrum = shown(question, form, user=request.user)["spectrum"]
    if spectrum.spoken > ACTORS:
        words = _("A picture has room for %(actors)s actors. Use the table instead.")
        return refused([words % {"actors": ACTORS}])
    asked = {name: form.cleaned_data[name] for name in ("recorded_as_of", "first_hand")}
    drawn = laid(compared(question, spectrum, **asked, request=request))
    return pictured(drawn, suffix, title=spectrum.sentence, request=request)


def _asked(request: HttpRequest, dossier: Dossier, issue: str) -> tuple[Issue, IssueForm]:
    """Return the issue that is asked for, and how; 404 where the dossier has none such."""
    visible = Issue.objects.visible_to(request.user).of(dossier)
    visible = visible.select_related("dossier", "event__dossier").with_ends()
    question = get_object_or_404(visible.with_stances(), slug=issue)
    return question, IssueForm(request.GET, dossier=dossier)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, dossier: str) -> HttpResponse:
    """Ask for a new issue and its stances."""
    found = dossier_for(request, dossier, act=Act.REVIEW)
    context = {"dossier": found}
    if saved := _write(request, Issue(dossier=found), context):
        return redirect(saved)
    status = 422 if request.method == "POST" else 200
    return page(request, "issues/new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, dossier: str, issue: str) -> HttpResponse:
    """Ask for changes of an issue, its codebook entry and its stances."""
    found = dossier_for(request, dossier, act=Act.REVIEW)
    question = get_object_or_404(Issue.objects.at_desk_of(request.user, dossier=found), slug=issue)
    context = {"dossier": found, "title": question.title, "url": _place_of(question)}
    context["remove"] = reverse("setup:remove", args=[found.slug, "issues", question.slug])
    if saved := _write(request, question, context):
        return redirect(_place_of(saved))
    status = 422 if request.method == "POST" else 200
    return page(request, "issues/edit.html", context, status=status)


def _place_of(issue: Issue) -> str:
    """Return the page of an issue, or the list of the set-up where readers do not see it."""
    if issue.public:
        return issue.get_absolute_url()
    return reverse("setup:records", args=[issue.dossier.slug, "issues"])


def _write(request: HttpRequest, issue: Issue, context: dict[str, Any]) -> Issue | None:
    """Save what was sent if it can be, and return the issue; else put the forms in the context."""
    data = request.POST if request.method == "POST" else None
    form = context["form"] = CodebookForm(data, instance=issue)
    if data is not None:
        # The answers are read on the scale that is sent with them.
        issue.scale = data.get("scale", issue.scale)
    rows = context["rows"] = stance_forms(data, issue=issue, user=request.user)
    if data is None or not rows.is_valid():
        return None
    # The scale has to fit the answers that are sent with it, whatever they are now.
    issue.values_to_be = rows.values()
    if not form.is_valid():
        return None
    gone = [row.instance for row in rows.deleted_forms] if rows.can_delete else []
    try:
        saved = write_issue(issue=issue, stances=rows.in_order(), gone=gone, by=request.user)
    except StaleRecord as stale:
        forms = {id(one.instance): one for one in [form, *rows.forms]}
        forms[id(stale.record)].refuse()
    except ProtectedError:
        form.add_error(
            None, _("Some positions take a stance that you want to delete. Move them first.")
        )
    else:
        # Translators: `name` is what was saved.
        messages.success(request, _("Saved: %(name)s.") % {"name": saved})
        return saved
    return None
