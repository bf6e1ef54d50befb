"""What a coder names that the dossier does not know yet, and what it may be that it knows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.actions.coding import NewActor, NewDocument, NewEvent, NewIssue, NewStance
from astana.models import Actor, Dossier, Issue, Stance, User
from astana.models.actors_at_desk import actors_called, name_to_fill_in
from astana.models.alike_names import actors_alike, actors_of, alike_of
from astana.models.roles import Act, may
from astana.web.fields import NameField
from astana.words.normalise import normalise

# Each can be chosen, or be a new one.
ACTORS = ("actor", "attributed_by", "speaker")


@dataclass(frozen=True)
class Asked:
    """What may be meant by a new name, as it is there already with nearly the same name."""

    name: str
    near: list[Any]

    @property
    def another(self) -> str:
        """How a form says that what is called so is none of those that are there."""
        return f"~{normalise(self.name)}"


def _name(label: Any, longest: int = 200) -> NameField:
    return NameField(label=label, required=False, max_length=longest)


def _kind(label: Any) -> forms.ChoiceField:
    choices = [("", "–"), *Actor.Kind.choices]
    return forms.ChoiceField(label=label, required=False, choices=choices)


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget)


class AdditionsForm(forms.Form):
    """The fields for what is new; a name in one of them stands before what is chosen.

    Where something of nearly that name is there, the form asks once whether it is meant.
    """

    dossier: Dossier
    user: User

    new_actor = _name(gettext_lazy("Name of the new actor"))
    new_actor_kind = _kind(gettext_lazy("Kind"))
    new_attributed_by = _name(gettext_lazy("Name of a new actor who attributes it"))
    new_attributed_by_kind = _kind(gettext_lazy("Kind of the new actor who attributes it"))
    new_speaker = _name(gettext_lazy("New speaker"))
    new_issue = _name(gettext_lazy("Title of the new issue"))
    new_issue_question = _name(gettext_lazy("Question that it asks"), 300)
    new_stance = _name(gettext_lazy("New stance"), 120)
    new_stance_value = forms.DecimalField(
        label=gettext_lazy("Its value"),
        required=False,
        max_digits=3,
        decimal_places=2,
        min_value=-1,
        max_value=1,
        error_messages=dict.fromkeys(
            ("min_value", "max_value"), gettext_lazy("The value must be between -1 and 1.")
        ),
        widget=forms.NumberInput(attrs={"step": "0.01"}),
    )
    new_event = _name(gettext_lazy("Name of the new event"))
    new_event_start = _day(gettext_lazy("First day of the new event"))
    new_event_end = _day(gettext_lazy("Last day, if it is a different one"))
    new_document = _name(gettext_lazy("Title of the new document"), 300)
    new_document_date = _day(gettext_lazy("Date of the new document"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.asked: dict[str, Asked] = {}

    @property
    def is_proposing(self) -> bool:
        """Whether what is new waits for a reviewer."""
        proposed = self.dossier.additions_are_proposed
        return proposed and not may(self.user, Act.REVIEW, self.dossier)

    def place_additions(
        self, cleaned: dict[str, Any], *, known: Callable[[str], Mapping[str, Any]]
    ) -> None:
        """Put records in the place of short names, and what is new where something is.

        `known` returns the issues, events or documents by their short names.
        """
        for field in ACTORS:
            if name := self._typed(field, cleaned):
                self._clean_new_actor(field, name, cleaned)
        for field in ("issue", "event", "document"):
            chosen, name = cleaned.get(field), self._typed(field, cleaned)
            records = known(field) if chosen or name else {}
            cleaned[field] = records.get(chosen or "")
            if name:
                new = getattr(self, f"_new_{field}")(name, cleaned)
                self._settle(field, name, new, records.values(), cleaned)

    def place_stance(self, cleaned: dict[str, Any], stances: Iterable[Stance]) -> None:
        """Put the stance in the place of its short name, one of these or a new one."""
        by_name = {one.slug: one for one in stances}
        cleaned["stance"] = by_name.get(cleaned.get("stance") or "")
        issue, name = cleaned.get("issue"), self._typed("stance", cleaned)
        if isinstance(issue, NewIssue) and not name:
            self.errors.pop("stance", None)
            self.add_error("new_stance", _("Say which stance is taken on the new issue."))
        elif name and issue:
            value = cleaned.get("new_stance_value")
            if isinstance(issue, Issue):
                try:
                    Stance(issue=issue, label=name, value=value).clean()
                except ValidationError as refusal:
                    self.add_error("new_stance_value", refusal.message_dict["value"])
            self._settle("stance", name, NewStance(name, value), by_name.values(), cleaned)

    def _typed(self, field: str, cleaned: dict[str, Any]) -> str:
        """Return the name of what is new in place of a field, on one line."""
        name = " ".join((cleaned.get(f"new_{field}") or "").split())
        if name:
            # It stands for what was to be chosen, whatever was wrong with that.
            self.errors.pop(field, None)
        return name

    def _clean_new_actor(self, field: str, name: str, cleaned: dict[str, Any]) -> None:
        """Let a new actor stand in; who speaks is a person, of others the kind is asked for."""
        kind = Actor.Kind.PERSON if field == "speaker" else cleaned.get(f"new_{field}_kind")
        cleaned[field] = NewActor(name, kind)
        if not kind:
            self.add_error(f"new_{field}_kind", _("Say what kind of actor this is."))
        if known := actors_called(name, dossier=self.dossier, user=self.user):
            self.add_error(
                f"new_{field}",
                _("There is already an actor with this name: %(name)s. Choose it above.")
                % {"name": name_to_fill_in(known[0], dossier=self.dossier, user=self.user)},
            )
            return
        at_desk = {"dossier": self.dossier, "user": self.user}
        near = actors_alike(name, **at_desk)
        found = actors_of(near, **at_desk)
        self._ask(field, name, [found[pk] for pk in near if pk in found], cleaned)

    def _new_issue(self, name: str, cleaned: dict[str, Any]) -> NewIssue:
        question = " ".join((cleaned.get("new_issue_question") or "").split())
        return NewIssue(name, question or name)

    def _new_event(self, name: str, cleaned: dict[str, Any]) -> NewEvent:
        start, end = cleaned.get("new_event_start"), cleaned.get("new_event_end")
        if not start and "new_event_start" not in self.errors:
            self.add_error("new_event_start", _("Say on which day the new event began."))
        elif start and end and end < start:
            self.add_error("new_event_end", _("The event ends before it starts."))
        return NewEvent(name, start, end or start)

    def _new_document(self, name: str, cleaned: dict[str, Any]) -> NewDocument:
        day = cleaned.get("new_document_date")
        if not day and "new_document_date" not in self.errors:
            self.add_error("new_document_date", _("Say which day the new document is from."))
        return NewDocument(name, day)

    def _settle(
        self, field: str, name: str, new: Any, records: Iterable[Any], cleaned: dict[str, Any]
    ) -> None:
        """Let what is new stand in, unless it is there; ask where something is called alike."""
        cleaned[field] = new
        records = list(records)
        same = [one for one in records if normalise(str(one)) == normalise(name)]
        # Meetings are held again, and texts are called alike: of another day it is another one.
        day = {"event": "start", "document": "date"}.get(field)
        if day:
            same = [one for one in same if getattr(one, day) == getattr(new, day)]
        if same:
            told = _("There is already one with this name: %(name)s. Choose it above.")
            self.add_error(f"new_{field}", told % {"name": same[0]})
            return
        self._ask(field, name, alike_of(name, records), cleaned)

    def _ask(self, field: str, name: str, near: list[Any], cleaned: dict[str, Any]) -> None:
        """Ask whether something of nearly this name is meant, unless that was answered."""
        meant = self.data.get(f"new_{field}_is", "")
        asked = Asked(name, near)
        if found := next((one for one in near if one.slug == meant), None):
            self.errors.pop(f"new_{field}_kind", None)
            cleaned[field] = found
        elif near and meant != asked.another:
            self.asked[field] = asked
            self.add_error(
                f"new_{field}", _("Perhaps it is already there. Say whether one of these is meant.")
            )
