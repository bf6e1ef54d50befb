"""The query string of the framing ledger."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.models import Actor, Dossier, Source
from astana.pages.shared.fields import SlugsField, close_matches

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
            cleaned["actor"] = self._found("actor", cleaned["actor"])
            cleaned["source"] = self._found("source", cleaned["source"])
        return cleaned

    def options(self, name: str) -> list[Any]:
        """Return the actors or sources that can be chosen, the chosen one with them."""
        found = list(getattr(self, f"{name}s")[:MOST_OPTIONS])
        chosen = self.cleaned_data[name]
        return found if chosen is None or chosen in found else [chosen, *found]

    def _found(self, name: str, slugs: list[str]) -> Any:
        if not slugs:
            return None
        records = getattr(self, f"{name}s")
        found = records.filter(slug=slugs[0]).first()
        if found is None:
            known = list(records.values_list("slug", flat=True)[:2000])
            like = ", ".join(close_matches(slugs[0], known) or known[:5])
            text = {
                "actor": _("This dossier has no actor “%(name)s”. It has: %(like)s."),
                "source": _("This dossier has no source “%(name)s”. It has: %(like)s."),
            }[name]
            self.add_error(name, text % {"name": slugs[0], "like": like})
        return found
