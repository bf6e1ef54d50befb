"""A reader's objection to a position, and a reviewer's answer to it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.models import Challenge


class ChallengeForm(forms.Form):
    """What a reader objects to; `website` is a trap for programs and stays empty."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"),
        choices=Challenge.Kind.choices,
        initial=Challenge.Kind.MISREAD,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("Your objection"),
        max_length=Challenge._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Say what you think the passage says.")},
    )
    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_website(self) -> str:
        """Refuse what no person fills in."""
        if self.cleaned_data["website"]:
            raise ValidationError(
                _("Leave the last field empty: it is there to stop automated programs.")
            )
        return ""


class AnswerForm(forms.Form):
    """What a reviewer answers, in public."""

    status = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            (Challenge.Status.DECLINED, gettext_lazy("Decline: the position stands")),
            (Challenge.Status.UPHELD, gettext_lazy("Uphold: the objection is right")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Decline or uphold the objection.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Answer (readers see it)"),
        max_length=Challenge._meta.get_field("answer").max_length,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write an answer: readers will see it.")},
    )
    withdraw = forms.BooleanField(
        label=gettext_lazy("Remove the position from the site"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Refuse to take a position from the site whose objection is declined."""
        cleaned = super().clean() or {}
        if cleaned.get("withdraw") and cleaned.get("status") == Challenge.Status.DECLINED:
            self.add_error(
                "withdraw", _("To remove the position from the site, uphold the objection.")
            )
        return cleaned
