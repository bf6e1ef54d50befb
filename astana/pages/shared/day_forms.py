"""Query strings that ask for a day, for first-hand alone, and for a group of issues."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.models import Dossier, Issue
from astana.models.counts import counts_of
from astana.web.fields import DayField, FlagField


class DayForm(forms.Form):
    """As of when, and whether first-hand alone."""

    as_of = DayField(label=gettext_lazy("As of"))
    first_hand = FlagField(label=gettext_lazy("First-hand only"))

    def __init__(self, data: Any, *, dossier: Dossier) -> None:
        super().__init__(data)
        self.dossier, self.counts = dossier, counts_of(dossier)

    @property
    def day(self) -> date:
        """The day that is asked for; the last one of the dossier where none is."""
        return self.counts.day(self.cleaned_data["as_of"])


class GroupForm(DayForm):
    """As of when, whether first-hand alone, and of which group of issues."""

    group = forms.CharField(required=False, max_length=80, label=gettext_lazy("Group"))

    def __init__(self, data: Any, *, dossier: Dossier, user: Any) -> None:
        super().__init__(data, dossier=dossier)
        self.issues = Issue.objects.visible_to(user).of(dossier)
        self.groups = self.issues.groups()

    def clean_as_of(self) -> date:
        """Return the day chosen; by default the last one of the dossier."""
        return self.day

    def clean_group(self) -> str:
        """Return a group that the dossier has, or nothing for all."""
        group = self.cleaned_data["group"]
        if group and group not in self.groups:
            raise ValidationError(
                # Translators: `name` is what a reader typed, `names` a list of groups.
                _("This dossier has no group of issues “%(name)s”. It has: %(names)s.")
                % {"name": group, "names": ", ".join(self.groups)}
            )
        return group

    @property
    def state(self) -> dict[str, str]:
        """What is carried along to another page of the same, as parameters."""
        chosen = self.cleaned_data
        given = {"as_of": chosen["as_of"].isoformat(), "group": chosen["group"]}
        given["first_hand"] = "1" if chosen["first_hand"] else ""
        return {name: value for name, value in given.items() if value}

    @property
    def query(self) -> str:
        """What is carried along, as a query string."""
        return urlencode(self.state)
