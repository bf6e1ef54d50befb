"""The query string of the framing ledger."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from astana.models import Actor, Dossier, Source
from astana.pages.shared.fields import SlugsField
from astana.pages.shared.named import one_named

MOST_OPTIONS = 500


class FramingForm(forms.Form):
    """Which actor, and in which source; each may be left open."""

    actor = SlugsField(most=1, label=gettext_lazy("Actor"))
    source = SlugsField(most=1, label=gettext_lazy("Source"))

    def __init__(self, data: Any, *, dossier: Dossier, user: Any) -> None:
        super().__init__(data)
        self.actors = Actor.objects.visible_to(user).of(dossier)
        self.sources = Source.objects.visible_to(user).of(dossier)

    def clean(self) -> dict[str, Any]:
        """Look the names up; what is left open is None."""
        cleaned = super().clean() or {}
        if not self.errors:
            cleaned["actor"] = one_named(self, "actor", cleaned["actor"], self.actors)
            cleaned["source"] = one_named(self, "source", cleaned["source"], self.sources)
        return cleaned

    def options(self, name: str) -> list[Any]:
        """Return the actors or sources that can be chosen, the chosen one with them."""
        found = list(getattr(self, f"{name}s")[:MOST_OPTIONS])
        chosen = self.cleaned_data[name]
        return found if chosen is None or chosen in found else [chosen, *found]
