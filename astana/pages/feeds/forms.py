"""The query string of the page of a feed."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from astana.models import Actor, Issue
from astana.web.fields import SlugsField
from astana.web.named import ChooserForm


class FeedForm(ChooserForm):
    """Of which actor or which issue; of the whole dossier where both are left open."""

    MODELS = {"actor": Actor, "issue": Issue}

    actor = SlugsField(most=1, label=_("Actor"))
    issue = SlugsField(most=1, label=_("Issue"))

    def clean(self) -> dict[str, Any]:
        """Refuse an actor and an issue at once: there is no such feed."""
        cleaned = super().clean()
        if not self.errors and cleaned["actor"] and cleaned["issue"]:
            self.add_error(
                None, _("A feed is about an actor or about an issue. Choose one of the two.")
            )
        return cleaned
