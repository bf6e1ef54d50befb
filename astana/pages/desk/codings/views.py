"""Codings: the text of an article with the panel of a passage, and one position to be changed."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import retarget

from astana.actions.code import add_passage, change_position, code_positions, remove_passage
from astana.actions.unfinished import let_go
from astana.actions.workflow import WrongStep, has_finished, is_finished_by, may_edit
from astana.models import Article, Position, User
from astana.models.revised import StaleRecord
from astana.models.roles import Act
from astana.pages.desk.codings.editing import EditDesk
from astana.pages.desk.codings.presenter import CodingDesk
from astana.pages.desk.codings.unfinished import Coded, answer_of_keeping, answer_to_ended
from astana.web.frame import dossier_of, page, refusal_told

_reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])

# What the buttons of the forms say; another one only asks for the form again.
_SAVING = ("save", "again", "submit", "add")


@_reads_and_writes
def article(request: HttpRequest, dossier: str, article: str) -> HttpResponse:
    """Show a text to be coded, and record what is said of a passage."""
    find = partial(_article, dossier, article)
    if ended := answer_to_ended(request, find):
        return ended
    read = find(request.user)
    if request.POST.get("do") == "keep":
        return answer_of_keeping(request, read)
    is_saving = request.POST.get("do") in _SAVING
    given = request.POST if request.method == "POST" else request.GET
    desk = CodingDesk(given, article=read, user=request.user, is_saving=is_saving)
    if is_saving and (done := _record(request, desk)):
        return done
    if request.POST.get("do") == "discard" and desk.rendition:
        return _let_go(request, desk)
    context = {"dossier": read.dossier, "article": read, "desk": desk}
    answer = page(
        request, "codings/article.html", context, fragment=desk.fragment, status=desk.status
    )
    # What is refused stays at its passage: the text beside it is not drawn again.
    return retarget(answer, "#panel") if request.method == "POST" and desk.panel else answer


@_reads_and_writes
def edit(request: HttpRequest, dossier: str, position: str) -> HttpResponse:
    """Show a position to those who may change it, and change it."""
    find = partial(_position, dossier, position)
    if ended := answer_to_ended(request, find):
        return ended
    edited = find(request.user)
    if request.POST.get("do") == "keep":
        return answer_of_keeping(request, edited)
    is_saving = request.POST.get("do") in _SAVING
    given = request.POST if request.method == "POST" else request.GET
    desk = EditDesk(given, position=edited, user=request.user, is_saving=is_saving)
    if not is_saving and is_finished_by(request.user, edited):
        desk.refusals.append(has_finished())
    if is_saving and desk.form.is_valid() and (done := _change(request, desk)):
        return done
    if request.POST.get("do") == "discard":
        _let_go_of(request, edited)
        return redirect("codings:edit", dossier, edited.key)
    context = {"dossier": edited.dossier, "position": edited, "desk": desk}
    return page(request, "codings/edit.html", context, status=desk.status)


@require_POST
def remove(request: HttpRequest, dossier: str, position: str) -> HttpResponse:
    """Take a passage from a position."""
    edited = _position(dossier, position, request.user)
    numbers = {str(one.number): one for one in edited.evidence.all()}
    with refusal_told(request, WrongStep, StaleRecord):
        if evidence := numbers.get(request.POST.get("number", "")):
            evidence.position = edited
            remove_passage(evidence=evidence, by=request.user)
            messages.success(request, _("The passage is removed. Its history is kept."))
        else:
            messages.error(request, _("The passage is no longer there."))
    return redirect("codings:edit", dossier, edited.key)


@require_POST
def suggestions(request: HttpRequest, dossier: str, article: str) -> HttpResponse:
    """Turn the suggestions on or off, for this coder."""
    read = _article(dossier, article, request.user)
    request.user.wants_suggestions = request.POST.get("wants") == "1"
    request.user.save(update_fields=["wants_suggestions"])
    return redirect("codings:article", dossier, read.slug)


def _article(slug: str, article: str, user: User) -> Article:
    dossier = dossier_of(user, slug, act=Act.CODE)
    articles = Article.objects.visible_to(user).of(dossier).select_related("source")
    found = get_object_or_404(articles, slug=article)
    found.dossier = dossier
    return found


def _position(slug: str, key: str, user: User) -> Position:
    """Return a position that the user may change; 403 for one that the user may only see.

    What the user has finished is not refused here but by the action, which says why.
    """
    dossier = dossier_of(user, slug, act=Act.CODE)
    seen = Position.objects.at_desk_of(user, dossier=dossier)
    found = get_object_or_404(seen.select_related(*Position.SHOWS, "assignment", "coder"), key=key)
    found.dossier = dossier
    if not may_edit(user, found) and not is_finished_by(user, found):
        raise PermissionDenied
    return found


def _record(request: HttpRequest, desk: CodingDesk) -> HttpResponse | None:
    """Record what was sent; None if it cannot be, and then the desk says why."""
    panel = desk.panel
    if panel is None or panel.passage is None:
        return None
    do = request.POST["do"]
    desk.rendition.article = desk.article
    where = {"rendition": desk.rendition, "passage": panel.passage, "by": request.user}
    try:
        if do == "add":
            known = {one.key: one for one in panel.others}
            position = known.get(request.POST.get("position", ""))
            if position is None:
                desk.refusals.append(_("Choose one of your own positions."))
                return None
            position.dossier = desk.dossier
            add_passage(position=position, **where)
            key, told = position.key, _("The passage was added to %(key)s.")
        elif panel.form.is_valid():
            is_submitted = do == "submit"
            codings = panel.form.codings()
            coded = code_positions(codings=codings, is_submitted=is_submitted, **where)
            key = ", ".join(position.key for position in coded)
            told = _told(is_submitted=is_submitted, number=len(coded))
        else:
            return None
    except (ValidationError, WrongStep) as refusal:
        desk.refusals += getattr(refusal, "messages", [str(refusal)])
        return None
    messages.success(request, told % {"key": key})
    return _let_go(request, desk)


def _let_go(request: HttpRequest, desk: CodingDesk) -> HttpResponse:
    """Let go of what was typed for a passage, and lead back to its paragraph, or to it again."""
    _let_go_of(request, desk.article)
    address = reverse("codings:article", args=[desk.dossier.slug, desk.article.slug])
    paragraph = desk.panel and desk.panel.paragraph
    place = f"?rendition={desk.rendition.pk}" + (f"#p{paragraph}" if paragraph else "")
    if request.POST["do"] == "again":
        passage = desk.panel.passage
        place = desk.query(passage.start, passage.end, again="1") + "#panel"
    return redirect(address + place)


def _let_go_of(request: HttpRequest, coded: Coded) -> None:
    """Let go of what the form that was sent holds, and say so where that is what was asked."""
    form, begun = (request.POST.get(name, "") for name in ("form", "begun"))
    if form:
        let_go(dossier=coded.dossier, form=form, begun_from=begun, by=request.user)
    if request.POST["do"] == "discard":
        messages.success(request, _("What you typed is discarded."))


def _told(*, is_submitted: bool, number: int) -> str:
    """Return the words that say what was saved, with a place for the keys."""
    if is_submitted:
        # Translators: `key` is the name of a position, such as p161, or several of them.
        return ngettext("%(key)s is submitted.", "%(key)s are submitted.", number)
    # Translators: `key` is the name of a position, such as p161, or several of them.
    return ngettext("%(key)s is saved as a draft.", "%(key)s are saved as drafts.", number)


def _change(request: HttpRequest, desk: EditDesk) -> HttpResponse | None:
    """Change the position; None if it cannot be, and then the form says why."""
    position = desk.position
    is_submitted = request.POST["do"] == "submit"
    try:
        change_position(
            position=position, coding=desk.form.coding(), by=request.user, is_submitted=is_submitted
        )
    except StaleRecord:
        desk.form.refuse()
        return None
    except ValidationError as refusal:
        desk.refuse(refusal)
        return None
    except WrongStep as refusal:
        desk.refusals.append(str(refusal))
        return None
    told = _told(is_submitted=True, number=1) if is_submitted else _("%(key)s is saved.")
    messages.success(request, told % {"key": position.key})
    _let_go_of(request, position)
    if position.status == Position.Status.PUBLISHED:
        return redirect(position)
    return redirect("codings:edit", desk.dossier.slug, position.key)
