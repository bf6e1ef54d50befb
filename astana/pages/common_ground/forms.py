"""The query string of the page of common ground."""

from typing import Any, ClassVar

from django.db.models import Q
from django.utils.translation import gettext_lazy

from astana.models import Actor, Dossier
from astana.pages.shared.day_forms import GroupForm
from astana.web.fields import MOST_ACTORS, OneOfField, SlugsField
from astana.web.named import refuse_unknown, refuse_unused
from astana.web.offered import facet_of_actors


class CommonGroundForm(GroupForm):
    """Which list, among which actors, as of when, of which group of issues."""

    TABS: ClassVar = {
        "accepted": gettext_lazy("Most widely accepted"),
        "contested": gettext_lazy("Most contested"),
        "facts": gettext_lazy("Disputed facts"),
    }

    actor = SlugsField(most=MOST_ACTORS, label=gettext_lazy("Actors"))
    show = OneOfField(
        TABS, refusal=gettext_lazy("There is no list “%(value)s”. There are: %(known)s.")
    )
    field_order = ("actor", "show", "as_of", "first_hand", "group")

    def __init__(self, data: Any, *, dossier: Dossier, user: Any) -> None:
        super().__init__(data, dossier=dossier, user=user)
        self.actors = Actor.objects.visible_to(user).of(dossier)

    def clean(self) -> dict[str, Any]:
        """Look the actors up; where none is chosen, all with a published position count.

        `offered` are those with the chosen ones; one query.
        """
        cleaned = super().clean() or {}
        refuse_unused(self)
        asked = cleaned.get("actor", [])
        offered = list(self.actors.filter(Q(pk__in=self.counts.actors) | Q(slug__in=asked)))
        known = {actor.slug: actor for actor in offered}
        refuse_unknown(self, "actor", asked, known=known, records=self.actors)
        cleaned["offered"] = offered
        cleaned["actors"] = [actor for actor in offered if actor.slug in asked] or offered
        return cleaned

    @property
    def facet(self) -> Any:
        """The actors to choose from; no query."""
        offered, chosen = self.cleaned_data["offered"], set(self.cleaned_data["actor"])
        return facet_of_actors(offered, self.counts, chosen=chosen)
