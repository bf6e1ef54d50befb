"""An actor in a form: typed by any of its names, or chosen from what is offered."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from astana.models import Actor, Dossier, User
from astana.models.actors_at_desk import Offer, actors_called, offer_of, offers


class ActorField(forms.CharField):
    """An actor by a name, another name or its short name; empty is None.

    What several actors go by, or none, is refused, and `matches` are then those to choose from.
    The form sets `dossier` and `user`, at whose desk it is.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=300, **kwargs)
        self.dossier: Dossier | None = None
        self.user: User | None = None
        self.matches: list[Offer] = []

    def clean(self, value: Any) -> Actor | None:
        """Return the actor."""
        text = super().clean(value)
        if not text:
            return None
        found = actors_called(text, dossier=self.dossier, user=self.user)
        if len(found) == 1:
            return found[0]
        self.matches = [offer_of(actor) for actor in found] or offers(
            text, dossier=self.dossier, user=self.user
        )
        if found:
            message = _("Several actors are called “%(name)s”. Choose which one is meant.")
        elif self.matches:
            message = _(
                "No actor is called “%(name)s”. Choose an existing one, or add a new actor."
            )
        else:
            message = _("No actor is called “%(name)s”. Add a new actor, or write another name.")
        raise ValidationError(message % {"name": text[:80]})

    def offers(self, text: str) -> list[Offer]:
        """Return whom to offer for what is typed."""
        return offers(text, dossier=self.dossier, user=self.user)


class ActorsField(ActorField):
    """Several actors, each as in ActorField, with semicolons between them; empty is no one."""

    def clean(self, value: Any) -> list[Actor]:
        """Return the actors, each once."""
        found = {}
        for name in str(value or "").split(";"):
            try:
                if actor := super().clean(name):
                    found[actor.pk] = actor
            except ValidationError as refusal:
                if not self.matches:
                    raise
                values = "; ".join(offer.value for offer in self.matches)
                # Translators: `refusal` is a sentence, `values` are names of actors.
                told = _("%(refusal)s Write one of: %(values)s") % {
                    "refusal": refusal.messages[0],
                    "values": values,
                }
                raise ValidationError(told) from refusal
        return list(found.values())

    def offers(self, text: str) -> list[Offer]:
        """Return what to offer for the last of the names that are typed."""
        before, mark, last = text.rpartition(";")
        start = f"{before}{mark} " if mark else ""
        found = super().offers(last)
        return [replace(offer, value=start + offer.value) for offer in found]
