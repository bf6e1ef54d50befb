"""What a curator decides on a unit."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from astana.models import Actor, Dossier, Position, Stance, User
from astana.pages.shared.summary import summary_after


class DecisionForm(forms.Form):
    """A decision on the codings of one unit."""

    ACCEPT, MERGE, REJECT = "accept", "merge", "reject"

    decision = forms.ChoiceField(choices=[(ACCEPT, ""), (MERGE, ""), (REJECT, "")])
    codings = forms.CharField(max_length=2000)
    chosen = forms.CharField(max_length=40, required=False)
    reason = forms.CharField(max_length=2000, required=False)

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
    """A position that a curator writes in place of the codings of a unit."""

    class Meta:
        model = Position
        fields = ["actor", "stance", "voice", "attributed_by", "said", "summary", "condition"]
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "condition": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, data: Any, *, coding: Position, dossier: Dossier, user: User) -> None:
        initial = {name: getattr(coding, name) for name in self._meta.fields}
        blank = Position(dossier=dossier, status=Position.Status.DRAFT)
        super().__init__(data, instance=blank, initial=initial)
        self.coding = coding
        actors = Actor.objects.at_desk_of(user, dossier=dossier).order_by("sort_name")
        self.fields["actor"].queryset = actors
        self.fields["attributed_by"].queryset = actors
        stances = Stance.objects.of(dossier).select_related("issue")
        self.fields["stance"].queryset = stances.order_by("issue__order", "order")
        self.fields["stance"].label_from_instance = lambda one: f"{one.issue.title}: {one.label}"

    def clean(self) -> dict[str, Any]:
        """Let the summary follow what it sums up."""
        cleaned = super().clean() or self.cleaned_data
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

    def _post_clean(self) -> None:
        # The issue follows from the stance.
        if stance := self.cleaned_data.get("stance"):
            self.instance.issue = stance.issue
        super()._post_clean()

    @property
    def values(self) -> dict[str, Any]:
        """The fields that the curator has set, with the issue of the stance."""
        return {name: self.cleaned_data[name] for name in self._meta.fields} | {
            "issue": self.cleaned_data["stance"].issue
        }
