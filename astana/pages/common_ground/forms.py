"""The query string of the page of common ground."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.pages.shared.fields import DayField, FlagField


class CommonGroundForm(forms.Form):
    """Which list, as of when, of which group of issues."""

    TABS = (
        ("accepted", gettext_lazy("Most widely accepted")),
        ("contested", gettext_lazy("Most contested")),
        ("facts", gettext_lazy("Disputed facts")),
    )

    show = forms.CharField(required=False, max_length=20)
    as_of = DayField(label=gettext_lazy("As of"))
    first_hand = FlagField(label=gettext_lazy("First-hand only"))
    group = forms.CharField(required=False, max_length=80, label=gettext_lazy("Group"))

    def __init__(self, data: Any, *, groups: list[str]) -> None:
        super().__init__(data)
        self.groups = groups

    def clean_show(self) -> str:
        """Return the name of a list that exists."""
        names = [name for name, _label in self.TABS]
        show = self.cleaned_data["show"] or names[0]
        if show not in names:
            raise ValidationError(
                _("There is no list “%(name)s”. There are: %(names)s.")
                % {"name": show, "names": ", ".join(names)}
            )
        return show

    def clean_group(self) -> str:
        """Return a group that the dossier has, or nothing for all."""
        group = self.cleaned_data["group"]
        if group and group not in self.groups:
            raise ValidationError(
                _("This dossier has no group of issues “%(name)s”. It has: %(names)s.")
                % {"name": group, "names": ", ".join(self.groups)}
            )
        return group
