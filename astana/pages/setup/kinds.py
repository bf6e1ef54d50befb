"""What a dossier is made of, kind by kind: its form, its rows, its list and its words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from astana.models import (
    Actor,
    ActorName,
    Affiliation,
    Article,
    Document,
    Dossier,
    Event,
    Issue,
    Participation,
    Signature,
    Source,
    User,
)
from astana.models.in_passing import InPassing
from astana.models.names import names_at_desk
from astana.models.record import Record
from astana.pages.setup.forms import (
    MOST_ROWS,
    ActorForm,
    ActorNameForm,
    AffiliationForm,
    ArticleForm,
    DocumentForm,
    EventForm,
    OwnRowsOfRecord,
    ParticipationForm,
    SetupForm,
    SignatureForm,
    SourceForm,
)
from astana.words.normalise import normalise


@dataclass(frozen=True)
class Rows:
    """Rows that belong to a record alone and are written with it.

    `to` is the field by which a row names the record; `actor` the one by which it names another
    actor, if it does.
    """

    name: str
    model: type[Record]
    form: type[SetupForm]
    to: str
    legend: Any
    note: Any
    actor: str = ""
    empty: int = 3

    def bound(self, data: Any, *, record: Record, given: dict[str, Any]) -> Any:
        """Return the rows of a record, and empty ones."""
        make = forms.inlineformset_factory(
            type(record),
            self.model,
            form=self.form,
            formset=OwnRowsOfRecord,
            # A copy: what is passed on is added to by Django.
            fields=list(self.form.Meta.fields),
            fk_name=self.to,
            extra=self.empty,
            max_num=MOST_ROWS,
            absolute_max=MOST_ROWS,
        )
        stored = self.model.objects.select_related(self.actor) if self.actor else None
        return make(data, instance=record, queryset=stored, prefix=self.name, form_kwargs=given)


@dataclass(frozen=True)
class Kind:
    """One kind of what a dossier is made of.

    `columns` say what is known of a record beside its name, in so many heads. Where a new one, or
    any one, has a page of its own elsewhere, `new_at` and `edit_at` name it; `begin_at` names the
    page on which several are made at once.
    """

    name: str
    model: type[Record]
    heading: Any
    lede: Any
    adds: Any
    edits: Any
    none: Any
    columns: tuple[tuple[Any, Callable[[Any], Any]], ...]
    called: str = "name"
    finds: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    form: type[SetupForm] | None = None
    rows: tuple[Rows, ...] = ()
    names_actor: str = ""
    new_at: str = ""
    edit_at: str = ""
    begin_at: str = ""
    has_order: bool = False
    further: tuple[tuple[str, Any], ...] = field(default=())

    def records(self, dossier: Dossier, *, user: User) -> QuerySet:
        """Return the records of this kind that a user may see at the desk."""
        if issubclass(self.model, InPassing):
            found = self.model.objects.at_desk_of(user, dossier=dossier)
        else:
            found = self.model.objects.visible_to(user).of(dossier)
        return found.select_related(*self.reads) if self.reads else found

    def found(self, words: str, *, dossier: Dossier, user: User) -> QuerySet:
        """Return those of which each word is in one of their names."""
        found = self.records(dossier, user=user)
        for word in words.split():
            wanted = Q(slug__icontains=word) | Q(**{f"{self.called}__icontains": word})
            for path in self.finds:
                wanted |= Q(**{f"{path}__icontains": word})
            if self.model is Actor:
                further = ActorName.objects.filter(name__icontains=word)
                wanted |= Q(pk__in=further.values("actor"))
            found = found.filter(wanted)
        return found

    def alike(self, names: Iterable[str], *, dossier: Dossier, user: User) -> list[Record]:
        """Return the records that go by one of these names in whatever spelling, some of many."""
        wanted = {normalise(name) for name in names} - {""}
        if not wanted:
            return []
        if self.model is Actor:
            known = names_at_desk(dossier, user=user)
            pks = {one.actor for one in known if one.normalised in wanted}
        else:
            rows = self.records(dossier, user=user).order_by().values_list("pk", self.called)
            pks = {pk for pk, name in rows if normalise(name) in wanted}
        return list(self.records(dossier, user=user).filter(pk__in=sorted(pks)[:20]))


def _day(day: Any) -> str:
    return date_format(day, "j M Y") if day else ""


KINDS = (
    Kind(
        name="actors",
        model=Actor,
        heading=_("Actors"),
        lede=_("Who takes positions: states, groups, organisations, offices and persons."),
        adds=_("Add an actor"),
        edits=_("Edit the actor"),
        none=_("No actor has been entered yet."),
        columns=(
            (_("Kind"), lambda one: one.get_kind_display()),
            (_("Part of"), lambda one: one.part_of or ""),
        ),
        reads=("part_of",),
        form=ActorForm,
        names_actor="part_of",
        rows=(
            Rows(
                name="names",
                model=ActorName,
                form=ActorNameForm,
                to="actor",
                legend=_("Further names"),
                note=_(
                    "In other languages, scripts and spellings. The search finds each of them, "
                    "and a blind reading hides it."
                ),
            ),
            Rows(
                name="affiliations",
                model=Affiliation,
                form=AffiliationForm,
                to="person",
                actor="body",
                legend=_("Affiliations"),
                note=_("For a person: which body, in which role, from when to when."),
                empty=2,
            ),
        ),
    ),
    Kind(
        name="issues",
        model=Issue,
        heading=_("Issues and their stances"),
        lede=_("The questions on which the actors are compared, in the order of the codebook."),
        adds=_("Add an issue"),
        edits=_("Edit the issue"),
        none=_("No issue has been entered yet."),
        columns=(
            (_("Question"), lambda one: one.question),
            (_("Group"), lambda one: one.group),
        ),
        called="title",
        finds=("question", "group"),
        new_at="issues:new",
        begin_at="setup:codebook",
        edit_at="issues:edit",
        has_order=True,
    ),
    Kind(
        name="sources",
        model=Source,
        heading=_("Sources"),
        lede=_("The outlets and publishers whose articles are read."),
        adds=_("Add a source"),
        edits=_("Edit the source"),
        none=_("No source has been entered yet."),
        columns=(
            (_("Kind"), lambda one: one.get_kind_display()),
            (_("Country"), lambda one: one.country),
            (_("Language"), lambda one: one.language),
        ),
        form=SourceForm,
    ),
    Kind(
        name="articles",
        model=Article,
        heading=_("Articles"),
        lede=_("What is recorded about each article. Its texts are replaced on its own page."),
        adds=_("Add an article"),
        edits=_("Edit the article's data"),
        none=_("No article has been entered yet."),
        columns=(
            (_("Source"), lambda one: one.source),
            (_("Published on"), lambda one: _day(one.published)),
            (_("Language"), lambda one: one.language),
        ),
        called="title",
        finds=("byline", "source__name"),
        reads=("source",),
        form=ArticleForm,
        new_at="articles:new",
        further=(
            ("passages:text", _("Its texts")),
            ("looked_for:article", _("What it was read for")),
        ),
    ),
    Kind(
        name="events",
        model=Event,
        heading=_("Events"),
        lede=_("Meetings and happenings, and who took part in them."),
        adds=_("Add an event"),
        edits=_("Edit the event"),
        none=_("No event has been entered yet."),
        columns=(
            (pgettext_lazy("of an event", "From"), lambda one: _day(one.start)),
            (pgettext_lazy("of an event", "To"), lambda one: _day(one.end)),
            (_("Place"), lambda one: one.place),
        ),
        finds=("place",),
        form=EventForm,
        rows=(
            Rows(
                name="participations",
                model=Participation,
                form=ParticipationForm,
                to="event",
                actor="actor",
                legend=_("Who took part"),
                note=_("Absence is recorded where it is known; it is never inferred."),
                empty=5,
            ),
        ),
    ),
    Kind(
        name="documents",
        model=Document,
        heading=_("Documents"),
        lede=_("Texts that came out of events, and who signed them."),
        adds=_("Add a document"),
        edits=_("Edit the document"),
        none=_("No document has been entered yet."),
        columns=(
            (_("Date"), lambda one: _day(one.date)),
            (_("Event"), lambda one: one.event or ""),
        ),
        called="title",
        reads=("event",),
        form=DocumentForm,
        rows=(
            Rows(
                name="signatures",
                model=Signature,
                form=SignatureForm,
                to="document",
                actor="actor",
                legend=_("Signatories"),
                note=_("Not signing is not rejecting: say who was present and did not sign."),
                empty=5,
            ),
        ),
        further=(("looked_for:document", _("Clauses examined")),),
    ),
)
_BY_NAME = {kind.name: kind for kind in KINDS}


def kind_named(name: str) -> Kind:
    """Return a kind by the part of the address that names it, or raise Http404."""
    if name not in _BY_NAME:
        raise Http404
    return _BY_NAME[name]
