"""What a coder's desk shows, read from its address, and the steps a coder takes."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PILES = ("assignments", "draft", "submitted", "rejected", "confirmed", "settled", "published")


class DeskForm(forms.Form):
    """Which pile lies open; the assignments if none is named."""

    show = forms.CharField(required=False, max_length=20)

    def clean_show(self) -> str:
        """Return the pile; an unknown one is named."""
        name = self.cleaned_data["show"] or PILES[0]
        if name not in PILES:
            raise ValidationError(
                _("“%(name)s” is unknown. There is: %(known)s.")
                % {"name": name, "known": ", ".join(PILES)}
            )
        return name

    @property
    def shown(self) -> str:
        """The pile that lies open, the first one where another cannot be understood."""
        return self.cleaned_data.get("show") or PILES[0]

    @property
    def problems(self) -> list[str]:
        """What of the address cannot be understood."""
        return [str(message) for messages in self.errors.values() for message in messages]


class StepForm(forms.Form):
    """A step in the work flow, taken on the revision that the coder has read."""

    SUBMIT, TAKE_BACK = "submit", "take-back"

    step = forms.ChoiceField(choices=[(SUBMIT, ""), (TAKE_BACK, "")])
    revision = forms.IntegerField(min_value=1)


class DeleteForm(forms.Form):
    """That a draft is to go, said on the revision that the coder has read."""

    revision = forms.IntegerField(min_value=1)
