"""What a coder says of a passage: who takes which stance on which issue, when."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.core.validators import slug_re
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.actions.coding import Coding, NewActor
from astana.comparison.doubts import Doubt, Kind
from astana.comparison.said import Said, parse_said
from astana.models import Actor, Document, Dossier, Event, Issue, Position, Signature, Stance, User
from astana.models.held import refuse_held_after
from astana.models.issue import ENTRY, in_groups
from astana.models.said_words import no_date
from astana.pages.desk.codings.additions import ACTORS, AdditionsForm
from astana.pages.desk.codings.unfinished import start_of
from astana.pages.shared.actor_field import ActorField, ActorsField
from astana.pages.shared.doubts import question
from astana.pages.shared.revision import RevisionForm
from astana.pages.shared.summary import summary_after

# Only where a passage is coded: one position has one actor.
_SEVERAL = ("also", "signatories", "carried")
MOST_AT_ONCE = 40


class IssuesAtDesk(Mapping[str, Issue]):
    """Issues by their short names: one is asked for by itself, unless all have been.

    A form that is sent needs the chosen one, a form that is drawn needs all.
    """

    def __init__(self, known: QuerySet) -> None:
        self._known = known
        self._asked: dict[str, Issue | None] = {}

    @cached_property
    def _all(self) -> dict[str, Issue]:
        return {issue.slug: issue for issue in self._known}

    def __getitem__(self, slug: str) -> Issue:
        if "_all" in vars(self):
            return self._all[slug]
        if slug not in self._asked and slug_re.match(slug):
            self._asked[slug] = self._known.filter(slug=slug).first()
        if found := self._asked.get(slug):
            return found
        raise KeyError(slug)

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


class IssueField(forms.ChoiceField):
    """One of the issues at the desk, `known` by their short names."""

    known: IssuesAtDesk

    def valid_value(self, value: str) -> bool:
        """Return whether there is such an issue, without a look at all others."""
        return value in self.known


class CodingForm(RevisionForm, AdditionsForm):
    """The fields of a position.

    `instance` is the position, which may be new, on the desk of `user`; `start` are
    values to begin with instead of its own; `published` is the day of the article that is coded.
    """

    article = None  # the one that is coded, where there is one

    issue = IssueField(label=gettext_lazy("Issue"))
    stance = forms.ChoiceField(label=gettext_lazy("Stance"), widget=forms.RadioSelect)
    actor = ActorField(label=gettext_lazy("Actor"), required=False)
    also = ActorsField(label=gettext_lazy("Others who take it too"), required=False)
    signatories = forms.MultipleChoiceField(
        label=gettext_lazy("Signatories who take it too"), required=False
    )
    voice = forms.ChoiceField(label=gettext_lazy("Voice"), choices=Position.Voice.choices)
    attributed_by = ActorField(label=gettext_lazy("Attributed by"), required=False)
    speaker = ActorField(label=gettext_lazy("Speaker"), required=False)
    # The actor and the speaker of the last position, where they are filled in.
    carried = forms.CharField(required=False, max_length=170, widget=forms.HiddenInput)
    certainty = forms.ChoiceField(
        label=gettext_lazy("Certainty"),
        required=False,
        choices=Position.Certainty.choices,
        initial=Position.Certainty.STATED,
    )
    authority = forms.ChoiceField(
        label=gettext_lazy("Authority"),
        required=False,
        choices=[("", gettext_lazy("not known")), *Position.Authority.choices],
    )
    said = forms.CharField(label=gettext_lazy("Said"), max_length=30)
    held = forms.CharField(label=gettext_lazy("Held"), required=False, max_length=30)
    summary = forms.CharField(
        label=gettext_lazy("Summary"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    condition = forms.CharField(label=gettext_lazy("Condition"), required=False, max_length=500)
    event = forms.ChoiceField(label=gettext_lazy("Event"), required=False)
    document = forms.ChoiceField(label=gettext_lazy("Document"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        instance: Position,
        user: User,
        start: dict[str, Any] | None = None,
        published: date | None = None,
    ) -> None:
        self.instance = instance
        self.published = published
        self.dossier: Dossier = instance.dossier
        self.user = user
        stored = self.values_of(instance) if instance.pk else {}
        super().__init__(data, initial=stored | (start or {}))
        # Each is only asked for where it is drawn, or where something is chosen of it.
        self.fields["issue"].known = self.issues
        self.fields["issue"].choices = lambda: _choices(self.issues)
        self.fields["stance"].choices = lambda: _choices(self.stances)
        self.fields["signatories"].choices = lambda: _choices(self.signers)
        self.fields["event"].choices = lambda: [("", "–"), *_choices(self.events, "start")]
        self.fields["document"].choices = lambda: [("", "–"), *_choices(self.documents, "date")]
        for name in (*ACTORS, "also"):
            self.fields[name].dossier, self.fields[name].user = self.dossier, user
        for name in _SEVERAL if instance.pk else ():
            del self.fields[name]
        for name in ACTORS:
            # Of several actors of one name, or of those offered for an unknown one.
            self.fields[f"{name}_is"] = forms.SlugField(required=False, max_length=80)

    @cached_property
    def issues(self) -> IssuesAtDesk:
        """The issues that the user sees at the desk by their short names."""
        shown = ("slug", "title", "question", "group", "scale", "per_event", "dossier_id")
        known = Issue.objects.at_desk_of(self.user, dossier=self.dossier)
        return IssuesAtDesk(known.only(*shown, "public", "proposed"))

    @cached_property
    def stances(self) -> dict[str, Stance]:
        """The stances of the chosen issue by their short names."""
        chosen = self.issue_chosen
        return {one.slug: one for one in self._stances_of(chosen)} if chosen else {}

    @cached_property
    def events(self) -> dict[str, Event]:
        """The events of the dossier by their short names."""
        known = Event.objects.at_desk_of(self.user, dossier=self.dossier)
        return {event.slug: event for event in known.order_by("start", "slug")}

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The documents of the dossier by their short names."""
        known = Document.objects.at_desk_of(self.user, dossier=self.dossier)
        return {one.slug: one for one in known}

    @cached_property
    def signers(self) -> dict[str, Actor]:
        """Who signed the chosen document, by their short names."""
        known = Actor.objects.at_desk_of(self.user, dossier=self.dossier)
        document = self["document"].value()
        if not document:
            return {}
        signed = Signature.objects.of(self.dossier).filter(
            document__slug=document, status=Signature.Status.SIGNED
        )
        return {one.slug: one for one in known.filter(pk__in=signed.order_by().values("actor"))}

    @property
    def issue_chosen(self) -> Issue | None:
        """The issue that the form shows as chosen, or said to be meant by a new name."""
        if meant := self.issues.get(self.data.get("new_issue_is", "")):
            return meant
        return self.issues.get(str(self["issue"].value() or ""))

    @cached_property
    def codebook(self) -> Issue | None:
        """The chosen issue, with what the codebook says of it, if it says something."""
        chosen = self.issue_chosen
        found = Issue.objects.only(*ENTRY).get(pk=chosen.pk) if chosen else None
        says = found and (found.entry or any(one.entry for one in self.stances.values()))
        return found if says else None

    @property
    def issue_groups(self) -> dict[str, list[Issue]]:
        """The issues to choose from, under their groups."""
        return in_groups(self.issues.values())

    def _stances_of(self, issue: Issue) -> QuerySet:
        known = Stance.objects.answering(issue, user=self.user, dossier=self.dossier)
        return known.order_by("order", "slug")

    def _clean_fields(self) -> None:
        """Let the choice among several actors stand for the name that was typed."""
        super()._clean_fields()
        for name in ACTORS:
            if short := self.cleaned_data.get(f"{name}_is"):
                known = Actor.objects.at_desk_of(self.user, dossier=self.dossier)
                actor = known.filter(slug=short).first()
                if actor and name in self.errors:
                    del self.errors[name]
                    self.cleaned_data[name] = actor

    def clean_said(self) -> str:
        """Refuse what is not a date."""
        _days(self.cleaned_data["said"])
        return self.cleaned_data["said"]

    def clean_held(self) -> str:
        """Refuse what is not a date, or one after the day of the article."""
        held = self.cleaned_data["held"]
        if held and self.published:
            refuse_held_after(_days(held).earliest, self.published)
        elif held:
            _days(held)
        return held

    def clean_certainty(self) -> str:
        """Return how plainly it was said; where nothing is chosen, plainly."""
        return self.cleaned_data["certainty"] or Position.Certainty.STATED

    def clean_summary(self) -> str:
        """Return the summary on one line."""
        return " ".join(self.cleaned_data["summary"].split())

    def clean_condition(self) -> str:
        """Return the condition on one line."""
        return " ".join(self.cleaned_data["condition"].split())

    def clean(self) -> dict[str, Any]:
        """Ask for an actor, for who says so where it is attributed, and about what is doubtful."""
        cleaned = super().clean()
        self.place_additions(cleaned, known=lambda noun: getattr(self, f"{noun}s"))
        issue = cleaned["issue"]
        is_known = isinstance(issue, Issue)
        if issue == self.issue_chosen:
            stances = self.stances.values()
        else:
            stances = self._stances_of(issue) if is_known else ()
        self.place_stance(cleaned, stances)
        actor, by = cleaned.get("actor"), cleaned.get("attributed_by")
        self._clean_actors(cleaned)
        is_attributed = cleaned.get("voice") == Position.Voice.ATTRIBUTED
        if is_attributed and not by and "attributed_by" not in self.errors:
            self.add_error("attributed_by", _("Say who attributes this to the actor."))
        elif by and not is_attributed and cleaned.get("voice"):
            self.add_error(
                "attributed_by", _("Leave this empty, or choose the voice “attributed”.")
            )
        elif cleaned.get("authority") and not is_attributed and cleaned.get("voice"):
            self.add_error("authority", _("Leave this empty, or choose the voice “attributed”."))
        if is_known and issue.per_event and not cleaned["event"] and "event" not in self.errors:
            message = _("The issue is asked of each event. Say which event this is about.")
            self.add_error("event", message)
        answer = {"issue": issue, "stance": cleaned["stance"]}
        if self.instance.pk and not self.is_stale and "summary" in cleaned:
            known = None if isinstance(actor, NewActor) else actor
            now = answer | {"was": self.instance, "actor": known}
            cleaned["summary"] = summary_after(self, cleaned["summary"], **now)
        by = {"user": self.user, "dossier": self.dossier}
        by |= {"published": self.published, "article": self.article}
        stance = answer["stance"] if isinstance(answer["stance"], Stance) else None
        question(self, cleaned, **by, issue=issue if is_known else None, stance=stance)
        return cleaned

    def _clean_actors(self, cleaned: dict[str, Any]) -> None:
        """Gather all who take the stance, each once; refuse what cannot be said of all of them."""
        signed = [self.signers[slug] for slug in cleaned.get("signatories", ())]
        named = [cleaned.get("actor"), *(cleaned.get("also") or ()), *signed]
        actors = cleaned["actors"] = list(dict.fromkeys(one for one in named if one))
        if not actors and not {"actor", "also"} & set(self.errors):
            self.add_error("actor", _("Say who takes the stance."))
        if len(actors) > MOST_AT_ONCE:
            most = {"most": MOST_AT_ONCE}
            self.add_error("also", _("At most %(most)s actors can be coded at once.") % most)
        if len(actors) > 1 and cleaned.get("summary"):
            self.add_error(
                "summary",
                _("If there are several actors, leave this empty: one is made for each of them."),
            )
        speaker = cleaned.get("speaker")
        if actors and isinstance(speaker, Actor):
            began_with, _blank, spoke = cleaned.get("carried", "").partition(" ")
            if spoke == speaker.slug and began_with not in [getattr(actors[0], "slug", "")]:
                self.add_error(
                    "speaker",
                    _("This speaker was filled in for another actor. Clear it, or save again."),
                )
                # Saved again, it is not asked again whether the speaker spoke for this actor.
                self.doubts = str(Doubt(Kind.NEVER_SPOKE, (speaker.slug,)))

    def codings(self) -> list[Coding]:
        """Return what a valid form says, of each actor."""
        return [replace(self.coding(), actor=actor) for actor in self.cleaned_data["actors"]]

    def coding(self) -> Coding:
        """Return what a valid form says of the first actor."""
        said = self.cleaned_data | {"actor": self.cleaned_data["actors"][0]}
        return Coding(**{name: said[name] for name in Position.SAYS})

    def values_of(self, record: Position) -> dict[str, Any]:
        """Return what the fields hold for a position."""
        values = start_of(record, user=self.user) | {
            "issue": record.issue.slug,
            "stance": record.stance.slug,
            "summary": record.summary,
            "condition": record.condition,
            "certainty": record.certainty,
            "held": record.held,
            "authority": record.authority,
            "note": record.note,
        }
        # The form has no fields yet where it asks for what they begin with.
        is_asked = "fields" in self.__dict__
        if is_asked and record.stance.slug not in self.stances:
            # In words: the form knows only the stances of the issue that was typed.
            values["stance"] = record.stance.label
        return values


def offer(form: CodingForm, *, given: Mapping[str, str]) -> None:
    """Offer actors for what is typed in the field that `given` names, as one types."""
    name = given.get("offers", "")
    field = form.fields.get(name)
    if isinstance(field, ActorField):
        field.matches = field.offers(given.get(name, ""))


def _choices(records: Mapping[str, Any], day: str = "") -> list[tuple[str, str]]:
    """Return records as choices; where a field has a day, with that."""
    return [
        (slug, f"{one} ({getattr(one, day)})" if day else str(one)) for slug, one in records.items()
    ]


def _days(said: str) -> Said:
    """Return the days that a date means; raises ValidationError if it is not one."""
    try:
        return parse_said(said)
    except ValueError as error:
        raise forms.ValidationError(no_date()) from error
