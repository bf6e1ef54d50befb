"""The query string of the page that sets sources against each other."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from astana.models import Actor, Dossier, Issue
from astana.models.counts import Counts
from astana.pages.shared.fields import DayField, SlugsField
from astana.pages.shared.named import ChooserForm


class SourcesForm(ChooserForm):
    """Whose positions, on which issue, as of when; each may be left open."""

    MODELS = {"actor": Actor, "issue": Issue}

    actor = SlugsField(most=1, label=gettext_lazy("Actor"))
    issue = SlugsField(most=1, label=gettext_lazy("Issue"))
    as_of = DayField(label=gettext_lazy("As of"))

    def __init__(self, data: Any, *, dossier: Dossier, user: Any, counts: Counts) -> None:
        super().__init__(data, dossier=dossier, user=user)
        self.counts = counts

    def clean_as_of(self) -> date:
        """Return the day chosen; by default the last one of the dossier."""
        return self.cleaned_data["as_of"] or self.counts.last_day or timezone.localdate()

    def offered(self, name: str) -> QuerySet:
        """Return the actors or issues with positions."""
        return super().offered(name).filter(pk__in=getattr(self.counts, f"{name}s"))
