"""What a curator decides on a unit."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.models import Actor, Document, Dossier, Event, Issue, Position, Stance, User
from astana.pages.shared.summary import summary_after
from astana.web.fields import KnownField


class ShownForm(forms.Form):
    """What of a round is shown: one unit by its number, and whether coders have names."""

    HIDDEN = "hidden"

    unit = forms.IntegerField(
        min_value=1,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value"), gettext_lazy("The round has no such unit.")
        ),
    )
    coders = KnownField(choices=[(HIDDEN, "")], required=False)

    @property
    def hides(self) -> bool:
        """Whether the curator does not want to know whose coding it is."""
        return not self.errors and self.cleaned_data["coders"] == self.HIDDEN

    @property
    def asked(self) -> int | None:
        """The number of the unit asked for."""
        return None if self.errors else self.cleaned_data["unit"]


class DecisionForm(forms.Form):
    """A decision on the codings of one unit."""

    ACCEPT, MERGE, REJECT = "accept", "merge", "reject"

    decision = forms.ChoiceField(choices=[(ACCEPT, ""), (MERGE, ""), (REJECT, "")])
    codings = forms.CharField(max_length=2000)
    chosen = forms.CharField(max_length=40, required=False)
    reason = forms.CharField(max_length=1_500, required=False)

    def __init__(self, data: Any, *, positions: list[Position]) -> None:
        super().__init__(data)
        self.by_key = {position.key: position for position in positions}

    def clean_codings(self) -> list[Position]:
        """Return the codings that the curator saw as one unit."""
        keys = list(dict.fromkeys(self.cleaned_data["codings"].split()))
        if unknown := [key for key in keys if key not in self.by_key]:
            raise ValidationError(
                _("%(keys)s is not among the codings of this article. Look again."),
                params={"keys": ", ".join(unknown)},
            )
        return [self.by_key[key] for key in keys]

    def clean(self) -> dict[str, Any]:
        """Find the coding that is chosen, and ask for a reason where all are rejected."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        if cleaned["decision"] == self.REJECT:
            if not cleaned["reason"].strip():
                raise ValidationError(_("Give a reason: the coders will see it."))
            return cleaned
        chosen = [one for one in cleaned["codings"] if one.key == cleaned["chosen"]]
        if not chosen:
            raise ValidationError(_("Choose one of the codings of this unit."))
        cleaned["coding"] = chosen[0]
        cleaned["others"] = [one for one in cleaned["codings"] if one != chosen[0]]
        return cleaned


class ThirdForm(forms.ModelForm):
    """A position that a curator writes in place of the codings of a unit.

    It offers the stances of the chosen issue only; where nothing is saved yet (`is_saving`), the
    form is drawn with what was chosen and typed so far.
    """

    class Meta:
        model = Position
        fields = Position.SAYS
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "condition": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }

    reason = forms.CharField(
        label=gettext_lazy("Reason (the coders will see it)"), required=False, max_length=1_500
    )

    def __init__(
        self, data: Any, *, coding: Position, dossier: Dossier, user: User, is_saving: bool = True
    ) -> None:
        stored = {name: getattr(coding, name) for name in Position.SAYS}
        typed = {} if data is None or is_saving else {name: data.get(name) for name in data}
        blank = Position(dossier=dossier, status=Position.Status.DRAFT)
        super().__init__(data if is_saving else None, instance=blank, initial=stored | typed)
        self.coding = coding
        for name in ("issue", "certainty"):
            self.fields[name].required = False
        actors = Actor.objects.at_desk_of(user, dossier=dossier).order_by("sort_name")
        for name in ("actor", "attributed_by", "speaker"):
            self.fields[name].queryset = actors
        self.fields["issue"].queryset = Issue.objects.at_desk_of(user, dossier=dossier).order_by(
            "order", "pk"
        )
        self.fields["event"].queryset = Event.objects.at_desk_of(user, dossier=dossier)
        self.fields["document"].queryset = Document.objects.at_desk_of(user, dossier=dossier)
        self.fields["stance"].queryset = self._stances(dossier, user)
        self.fields["stance"].label_from_instance = lambda one: one.label

    def _stances(self, dossier: Dossier, user: User) -> QuerySet:
        """Return the stances of the issue that the form shows as chosen."""
        chosen = self["issue"].value() or self.coding.issue_id
        pk = getattr(chosen, "pk", chosen)
        found = Stance.objects.at_desk_of(user, dossier=dossier)
        found = found.select_related("issue").order_by("order")
        return found.filter(issue=pk) if str(pk).isdecimal() else found.none()

    def clean(self) -> dict[str, Any]:
        """Let what is left out be as it was coded, and the summary follow what it sums up."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("issue", "certainty"):
            if name in cleaned:
                cleaned[name] = cleaned[name] or getattr(self.coding, name)
        stance, actor = cleaned.get("stance"), cleaned.get("actor")
        if stance and actor and "summary" in cleaned:
            cleaned["summary"] = summary_after(
                self,
                " ".join(cleaned["summary"].split()),
                was=self.coding,
                actor=actor,
                issue=stance.issue,
                stance=stance,
            )
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """The fields that the curator has set."""
        return {name: self.cleaned_data[name] for name in Position.SAYS}
