"""The query strings of the pages of sources."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from astana.models import Actor, Dossier, Issue
from astana.models.counts import counts_of
from astana.pages.shared.day_forms import GroupForm
from astana.web.fields import DayField, FlagField, SlugsField
from astana.web.named import ChooserForm, one_named


class SourcesForm(ChooserForm):
    """Whose positions, on which issue, as of when; each may be left open."""

    MODELS = {"actor": Actor, "issue": Issue}

    actor = SlugsField(most=1, label=_("Actor"))
    issue = SlugsField(most=1, label=_("Issue"))
    as_of = DayField(label=_("As of"))

    def __init__(self, data: Any, *, dossier: Dossier, user: Any) -> None:
        super().__init__(data, dossier=dossier, user=user)
        self.counts = counts_of(dossier)

    def clean_as_of(self) -> date:
        """Return the day chosen; by default the last one of the dossier."""
        return self.counts.day(self.cleaned_data["as_of"])

    def offered(self, name: str) -> QuerySet:
        """Return the actors or issues with positions."""
        return super().offered(name).filter(pk__in=getattr(self.counts, f"{name}s"))


class SourceForm(GroupForm):
    """What of a source is listed: of one actor, on one issue, what no other source reports."""

    actor = SlugsField(most=1, label=_("Actor"))
    issue = SlugsField(most=1, label=_("Issue"))
    alone = FlagField(label=_("Only what no other source read here reports"))

    def __init__(self, data: Any, *, dossier: Dossier, user: Any) -> None:
        super().__init__(data, dossier=dossier, user=user)
        self.actors = Actor.objects.visible_to(user).of(dossier)

    def clean(self) -> dict[str, Any]:
        """Look the actor and the issue up; what is left open is None."""
        cleaned = super().clean() or {}
        if not self.errors:
            cleaned["actor"] = one_named(self, "actor", cleaned["actor"], self.actors)
            cleaned["issue"] = one_named(self, "issue", cleaned["issue"], self.issues)
        return cleaned
