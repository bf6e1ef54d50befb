"""What is typed for a passage and not saved: kept, filled in again, and not lost with a session."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_htmx.http import reswap, retarget

from astana.actions.unfinished import Typed, keep, name_of, typed_in
from astana.actions.workflow import WrongStep
from astana.models import Article, Rendition, Unfinished, User
from astana.models.roles import Act, may
from astana.models.texts import texts_of
from astana.models.unfinished import LONGEST_FORM
from astana.pages.desk.codings.passage import PassageForm

# What a panel sends beside what a person typed in it.
_NOT_TYPED = {"csrfmiddlewaretoken", "do", "ticket", "form", "begun", "rendition"}
_NOT_TYPED |= {"start", "end", "exact", "prefix", "suffix", "cut"}
_TICKET = "astana.codings.ticket"
_TICKET_LASTS = 30 * 24 * 3600


def ticket_for(user: User, article: Article) -> str:
    """Return what a panel carries to say whose it is, after the session of that person has ended.

    It is good for nothing but to keep what this person types about this article.
    """
    return signing.dumps([user.pk, article.pk], salt=_TICKET)


def _holder(ticket: str) -> tuple[User | None, int]:
    """Return whose panel of which article a ticket is; nobody's if it is forged or too old."""
    try:
        user, article = signing.loads(ticket, salt=_TICKET, max_age=_TICKET_LASTS)
    except signing.BadSignature:
        return None, 0
    return User.objects.filter(pk=user, is_active=True).first(), article


@dataclass(frozen=True)
class Filled:
    """A form of the panel: its own name, and what it was filled in from, if anything."""

    name: str
    begun: str = ""
    unfinished: Unfinished | None = None

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, by the names of the fields; where nothing was typed is nothing."""
        return {name: values[-1] for name, values in self.lists.items() if values}

    @property
    def lists(self) -> Typed:
        """What was typed, with all values of fields that have several."""
        return typed_in(self.unfinished) if self.unfinished else {}


@dataclass(frozen=True)
class Begun:
    """A passage for which something was typed and not saved."""

    unfinished: Unfinished
    rendition: Rendition

    @property
    def words(self) -> str:
        """The first words of the passage."""
        return self.rendition.text[self.unfinished.start : self.unfinished.end][:80]

    @property
    def query(self) -> str:
        """The query string that opens it again."""
        one = self.unfinished
        place = {"rendition": one.rendition_id, "start": one.start, "end": one.end}
        return "?" + urlencode(place | {"unfinished": one.form})


def begun_in(
    own: list[Unfinished], *, texts: Iterable[Rendition], besides: Filled | None
) -> list[Begun]:
    """Return what a coder has not finished in some texts, besides what a form holds."""
    inside = {besides.name, besides.begun.partition(".")[0]} if besides else set()
    known = {text.pk: text for text in texts}
    return [
        Begun(one, known[one.rendition_id])
        for one in own
        if one.form not in inside and one.rendition_id in known
    ]


def filled(given: Any, *, own: list[Unfinished], place: tuple[int, int, int]) -> Filled:
    """Return how the panel of a passage begins; `own` is all that the coder has not finished.

    What goes on in the same form keeps its name. `place` is the passage: the key of its text, its
    start and its end.
    """
    if re.fullmatch(rf"[\w-]{{1,{LONGEST_FORM}}}", given.get("form", "")):
        return Filled(given["form"], begun=given.get("begun", ""))
    here = [one for one in own if (one.rendition_id, one.start, one.end) == place]
    named = [one for one in here if one.form == given.get("unfinished")]
    name, found = secrets.token_urlsafe(12), next(iter([*named, *here]), None)
    if found is None or given.get("fresh"):
        return Filled(name)
    return Filled(name, begun=name_of(found), unfinished=found)


def keep_typed(given: QueryDict, *, article: Article, user: User) -> Unfinished:
    """Keep what the panel of a passage holds; raises WrongStep where that cannot be."""
    rendition = texts_of(article, user=user).named(given.get("rendition", ""))
    is_readable = rendition and not rendition.is_known_by_hash_only
    passage_form = PassageForm(given, rendition=rendition) if is_readable else None
    if not passage_form or not passage_form.is_valid() or passage_form.passage is None:
        raise WrongStep(_("The passage is not in the text any more. Choose it again."))
    rendition.article = article
    typed = {name: values for name, values in given.lists() if name not in _NOT_TYPED}
    return keep(
        rendition=rendition,
        passage=passage_form.passage,
        form=given.get("form", ""),
        begun_from=given.get("begun", ""),
        typed=typed,
        by=user,
    )


def answer_of_keeping(request: HttpRequest, article: Article) -> HttpResponse:
    """Keep what was sent, and say so beside the panel, or why not."""
    told, status = "", HTTPStatus.OK
    try:
        keep_typed(request.POST, article=article, user=request.user)
    except WrongStep as refusal:
        told, status = str(refusal), HTTPStatus.UNPROCESSABLE_ENTITY
    if not request.htmx:
        # A browser that leaves the page does not look at the answer.
        return HttpResponse(status=HTTPStatus.NO_CONTENT if not told else status)
    context = {"is_kept": True, "refusal": told}
    return render(request, "codings/_kept.html", context, status=status)


def answer_to_ended(request: HttpRequest, *, dossier: str, article: str) -> HttpResponse | None:
    """Ask whoever's session has ended to sign in, and keep what was sent; None for all others.

    A panel says whose it is by its ticket, which nobody can forge: without one this answers
    nobody, so that it tells nobody what there is.
    """
    holder, pk = _holder(request.POST.get("ticket", ""))
    if holder is None or holder.pk == request.user.pk:
        return None
    known = Article.objects.visible_to(holder).select_related("dossier", "source")
    read = known.filter(pk=pk, slug=article, dossier__slug=dossier).first()
    if read is None or not may(holder, Act.CODE, read.dossier):
        return None
    told = ""
    try:
        keep_typed(request.POST, article=read, user=holder)
    except (WrongStep, PermissionDenied) as refusal:
        told = str(refusal)
    place = {name: request.POST.get(name, "") for name in ("rendition", "start", "end")}
    back = f"{request.path}?{urlencode(place)}"
    if not request.htmx:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': back + '#panel'})}")
    context = {"back": back, "refusal": told, "holder": holder}
    status = HTTPStatus.UNAUTHORIZED
    answer = render(request, "codings/_signing_in.html", context, status=status)
    return reswap(retarget(answer, "#signing-in"), "outerHTML settle:0ms")
