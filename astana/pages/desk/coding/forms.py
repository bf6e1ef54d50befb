"""What a coder's desk shows, read from its address, and the steps a coder takes."""

from django import forms

from astana.web.fields import OneOfField

PILES = ("assignments", "draft", "submitted", "rejected", "confirmed", "settled", "published")


class DeskForm(forms.Form):
    """Which pile lies open; the assignments if none is named."""

    show = OneOfField(dict.fromkeys(PILES, ""))

    @property
    def shown(self) -> str:
        """The pile that lies open, the first one where another cannot be understood."""
        return self.cleaned_data.get("show") or PILES[0]


class DeleteForm(forms.Form):
    """That a draft is to go, said on the revision that the coder has read."""

    revision = forms.IntegerField(min_value=1)


class StepForm(DeleteForm):
    """A step in the work flow, taken on the revision that the coder has read."""

    SUBMIT, TAKE_BACK = "submit", "take-back"

    step = forms.ChoiceField(choices=[(SUBMIT, ""), (TAKE_BACK, "")])
