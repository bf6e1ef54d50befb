"""What a form begins with: the last position, or what was typed and not saved, which is kept."""

import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_htmx.http import reswap, retarget

from astana.actions.unfinished import Typed, keep, name_of, typed_in
from astana.actions.workflow import WrongStep
from astana.models import Actor, Article, Position, Rendition, Unfinished, User
from astana.models.actors_at_desk import name_to_fill_in
from astana.models.texts import texts_of
from astana.models.unfinished import LONGEST_FORM
from astana.pages.desk.codings.passage import PassageForm

# What is coded: passages of an article, or a position that is changed.
Coded = Article | Position

# What a form sends beside what a person typed in it.
_NOT_TYPED = {"csrfmiddlewaretoken", "do", "ticket", "form", "begun", "rendition"}
_NOT_TYPED |= {"start", "end", "exact", "prefix", "suffix", "cut"}
_TICKET = "astana.codings.ticket"
_TICKET_LASTS = 30 * 24 * 3600


def start_of(position: Position, *, user: User) -> dict[str, Any]:
    """Return what a position has in common with the next one of a run."""

    def named(actor: Actor | None) -> str:
        return name_to_fill_in(actor, dossier=position.dossier, user=user)

    return {
        "actor": named(position.actor),
        "voice": position.voice,
        "attributed_by": named(position.attributed_by),
        "speaker": named(position.speaker),
        "carried": f"{position.actor.slug} {position.speaker.slug}" if position.speaker else "",
        "said": position.said,
        "event": position.event.slug if position.event else "",
        "document": position.document.slug if position.document else "",
    }


def start_again(position: Position, *, user: User) -> dict[str, Any]:
    """Return what a position has in common with another one on its passage: all but the actor."""
    same = {"issue": position.issue.slug, "stance": position.stance.slug}
    condition = {"condition": position.condition, "certainty": position.certainty}
    others = {"actor": "", "speaker": "", "carried": "", "held": position.held}
    return start_of(position, user=user) | same | condition | others


def _ticket_for(user: User, coded: Coded) -> str:
    """Return what a form carries to say whose it is, after the session of that person has ended.

    It is good for nothing but to keep what this person types about this article or position.
    """
    return signing.dumps([user.pk, *_named(coded)], salt=_TICKET)


def _named(coded: Coded) -> list[Any]:
    return [coded._meta.model_name, coded.pk]


def _holder(ticket: str) -> tuple[User | None, list[Any]]:
    """Return whose form about what a ticket is; nobody's if it is forged or too old."""
    try:
        user, *named = signing.loads(ticket, salt=_TICKET, max_age=_TICKET_LASTS)
    except signing.BadSignature:
        return None, []
    return User.objects.filter(pk=user, is_active=True).first(), named


@dataclass(frozen=True)
class Filled:
    """A form: its own name, whose it is, and what it was filled in from, if anything."""

    name: str
    ticket: str
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
    """A passage, or a change of a position, for which something was typed and not saved."""

    unfinished: Unfinished
    rendition: Rendition | None = None

    @property
    def words(self) -> str:
        """The first words of the passage; of a change the summary that was typed."""
        if self.rendition:
            return self.rendition.text[self.unfinished.start : self.unfinished.end][:80]
        return "".join(typed_in(self.unfinished).get("summary", []))[:80] or "–"

    @property
    def query(self) -> str:
        """The query string that opens it again."""
        one = self.unfinished
        place = {"rendition": one.rendition_id, "start": one.start, "end": one.end}
        return "?" + urlencode((place if self.rendition else {}) | {"unfinished": one.form})


def begun_in(
    own: list[Unfinished], *, texts: Iterable[Rendition] = (), besides: Filled | None
) -> list[Begun]:
    """Return what a coder has not finished in some texts, besides what a form holds."""
    inside = {besides.name, besides.begun.partition(".")[0]} if besides else set()
    known = {text.pk: text for text in texts} | {None: None}
    return [
        Begun(one, known[one.rendition_id])
        for one in own
        if one.form not in inside and one.rendition_id in known
    ]


def filled(given: Any, *, here: Sequence[Unfinished], coded: Coded, user: User) -> Filled:
    """Return how a form begins; `here` is what its coder has not finished at just this place.

    What goes on in the same form keeps its name.
    """
    ticket = _ticket_for(user, coded)
    if re.fullmatch(rf"[\w-]{{1,{LONGEST_FORM}}}", given.get("form", "")):
        return Filled(given["form"], ticket, begun=given.get("begun", ""))
    named = [one for one in here if one.form == given.get("unfinished")]
    name, found = secrets.token_urlsafe(12), next(iter([*named, *here]), None)
    if found is None or given.get("fresh"):
        return Filled(name, ticket)
    return Filled(name, ticket, begun=name_of(found), unfinished=found)


def keep_typed(given: QueryDict, *, coded: Coded, user: User) -> Unfinished:
    """Keep what a form holds; raises WrongStep where that cannot be."""
    place = {"of": coded} if isinstance(coded, Position) else _place(given, coded, user=user)
    typed = {name: values for name, values in given.lists() if name not in _NOT_TYPED}
    form, begun = given.get("form", ""), given.get("begun", "")
    return keep(form=form, begun_from=begun, typed=typed, by=user, **place)


def _place(given: QueryDict, article: Article, *, user: User) -> dict[str, Any]:
    """Return the text and the passage that a panel is for."""
    rendition = texts_of(article, user=user).named(given.get("rendition", ""))
    is_readable = rendition and not rendition.is_known_by_hash_only
    passage_form = PassageForm(given, rendition=rendition) if is_readable else None
    if not passage_form or not passage_form.is_valid() or passage_form.passage is None:
        raise WrongStep(_("The passage is no longer in the text. Choose it again."))
    rendition.article = article
    return {"of": rendition, "passage": passage_form.passage}


def answer_of_keeping(request: HttpRequest, coded: Coded) -> HttpResponse:
    """Keep what was sent, and say so beside the form, or why not."""
    told, status = "", HTTPStatus.OK
    try:
        keep_typed(request.POST, coded=coded, user=request.user)
    except WrongStep as refusal:
        told, status = str(refusal), HTTPStatus.UNPROCESSABLE_ENTITY
    if not request.htmx:
        # A browser that leaves the page does not look at the answer.
        return HttpResponse(status=HTTPStatus.NO_CONTENT if not told else status)
    context = {"is_kept": True, "refusal": told}
    return render(request, "codings/_keeper.html#kept", context, status=status)


def answer_to_ended(request: HttpRequest, find: Callable[[User], Coded]) -> HttpResponse | None:
    """Ask whoever's session has ended to sign in, and keep what was sent; None for all others.

    A form says whose it is by its ticket, which nobody can forge: without one this answers
    nobody, so that it tells nobody what there is. `find` returns what the page is about to who may
    code it, and refuses all others.
    """
    holder, named = _holder(request.POST.get("ticket", ""))
    if holder is None or holder.pk == request.user.pk:
        return None
    try:
        coded = find(holder)
    except (Http404, PermissionDenied):
        return None
    if _named(coded) != named:
        return None
    told = ""
    try:
        keep_typed(request.POST, coded=coded, user=holder)
    except (WrongStep, PermissionDenied) as refusal:
        told = str(refusal)
    names = () if isinstance(coded, Position) else ("rendition", "start", "end")
    place = urlencode({name: request.POST.get(name, "") for name in names})
    back = f"{request.path}?{place}" if place else request.path
    if not request.htmx:
        back += "#panel" if place else ""
        return redirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
    context = {"back": back, "refusal": told, "holder": holder}
    status = HTTPStatus.UNAUTHORIZED
    answer = render(request, "codings/_signing_in.html", context, status=status)
    return reswap(retarget(answer, "#signing-in"), "outerHTML settle:0ms")
