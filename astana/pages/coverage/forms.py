"""The query string of the page of coverage."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.pages.shared.fields import DayField


class CoverageForm(forms.Form):
    """As of when, and of which group of issues."""

    as_of = DayField(label=gettext_lazy("As of"))
    group = forms.CharField(required=False, max_length=80, label=gettext_lazy("Group"))

    def __init__(self, data: Any, *, groups: list[str]) -> None:
        super().__init__(data)
        self.groups = groups

    def clean_group(self) -> str:
        """Return a group that the dossier has, or nothing for all."""
        group = self.cleaned_data["group"]
        if group and group not in self.groups:
            # Translators: `name` is what a reader typed, `names` a list of groups.
            raise ValidationError(
                _("This dossier has no group of issues “%(name)s”. It has: %(names)s.")
                % {"name": group, "names": ", ".join(self.groups)}
            )
        return group
