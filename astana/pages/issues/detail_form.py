"""The query string of an issue's page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from astana.pages.shared.fields import DayField, FlagField


class IssueForm(forms.Form):
    """As of when, and whether second-hand claims count."""

    as_of = DayField(label=_("As of"))
    first_hand = FlagField(label=_("First-hand only"))
