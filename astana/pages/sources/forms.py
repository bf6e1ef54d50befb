"""The query string of the page that sets sources against each other."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from astana.models import Actor, Dossier, Issue
from astana.models.counts import Counts
from astana.pages.shared.fields import DayField, SlugsField
from astana.pages.shared.named import one_named

MOST_OPTIONS = 500


class SourcesForm(forms.Form):
    """Whose positions, on which issue, as of when; each may be left open."""

    actor = SlugsField(most=1, label=gettext_lazy("Actor"))
    issue = SlugsField(most=1, label=gettext_lazy("Issue"))
    as_of = DayField(label=gettext_lazy("As of"))

    def __init__(self, data: Any, *, dossier: Dossier, user: Any, counts: Counts) -> None:
        super().__init__(data)
        self.actors = Actor.objects.visible_to(user).of(dossier)
        self.issues = Issue.objects.visible_to(user).of(dossier)
        self.counts = counts

    def clean(self) -> dict[str, Any]:
        """Look the names up and fill in the day; what is left open is None."""
        cleaned = super().clean() or {}
        if not self.errors:
            cleaned["as_of"] = cleaned["as_of"] or self.counts.last_day or timezone.localdate()
            cleaned["actor"] = one_named(self, "actor", cleaned["actor"], self.actors)
            cleaned["issue"] = one_named(self, "issue", cleaned["issue"], self.issues)
        return cleaned

    def options(self, name: str) -> list[Any]:
        """Return the actors or issues with positions, and the chosen one with them."""
        records = getattr(self, f"{name}s")
        found = list(records.filter(pk__in=getattr(self.counts, f"{name}s"))[:MOST_OPTIONS])
        chosen = self.cleaned_data[name]
        return found if chosen is None or chosen in found else [chosen, *found]
