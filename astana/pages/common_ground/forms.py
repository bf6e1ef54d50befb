"""The query string of the page of common ground."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.models import Actor, Dossier, Issue
from astana.models.counts import counts_of
from astana.pages.shared.facets import facet_of
from astana.pages.shared.fields import MOST_ACTORS, DayField, FlagField, SlugsField
from astana.pages.shared.named import refuse_unknown, refuse_unused


class CommonGroundForm(forms.Form):
    """Which list, among which actors, as of when, of which group of issues."""

    TABS = (
        ("accepted", gettext_lazy("Most widely accepted")),
        ("contested", gettext_lazy("Most contested")),
        ("facts", gettext_lazy("Disputed facts")),
    )

    actor = SlugsField(most=MOST_ACTORS, label=gettext_lazy("Actors"))
    show = forms.CharField(required=False, max_length=20)
    as_of = DayField(label=gettext_lazy("As of"))
    first_hand = FlagField(label=gettext_lazy("First-hand only"))
    group = forms.CharField(required=False, max_length=80, label=gettext_lazy("Group"))

    def __init__(self, data: Any, *, dossier: Dossier, user: Any) -> None:
        super().__init__(data)
        self.groups = Issue.objects.visible_to(user).of(dossier).groups()
        self.counts = counts_of(dossier)
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
        return facet_of(
            "actor",
            _("Actors"),
            [
                (
                    actor.slug,
                    actor.name,
                    str(actor.get_kind_display()),
                    self.counts.actors.get(actor.pk, 0),
                )
                for actor in self.cleaned_data["offered"]
            ],
            chosen=set(self.cleaned_data["actor"]),
        )

    def clean_show(self) -> str:
        """Return the name of a list that exists."""
        names = [name for name, _label in self.TABS]
        show = self.cleaned_data["show"] or names[0]
        if show not in names:
            raise ValidationError(
                _("There is no list “%(name)s”. There are: %(names)s.")
                % {"name": show, "names": ", ".join(names)}
            )
        return show

    def clean_group(self) -> str:
        """Return a group that the dossier has, or nothing for all."""
        group = self.cleaned_data["group"]
        if group and group not in self.groups:
            raise ValidationError(
                _("This dossier has no group of issues “%(name)s”. It has: %(names)s.")
                % {"name": group, "names": ", ".join(self.groups)}
            )
        return group
