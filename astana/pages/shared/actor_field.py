"""An actor in a form: typed by any of its names, or chosen from what is offered."""

import re
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from astana.models import Actor, Dossier, User
from astana.models.names import names_at_desk
from astana.words.names import names_beginning
from astana.words.normalise import normalise

_SHORT_NAME = re.compile(r"(?:.*\()?([-\w]{1,80})\)?", re.ASCII | re.DOTALL)


@dataclass(frozen=True)
class Offer:
    """An actor that is offered: what is filled in for it, and what says which one it is."""

    value: str
    name: str
    kind: str
    slug: str
    also: str = ""


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
        self.matches = [_offer(actor) for actor in found] or offers(
            text, dossier=self.dossier, user=self.user
        )
        if found:
            message = _("Several actors are called “%(name)s”. Choose which one is meant.")
        elif self.matches:
            message = _("No actor is called “%(name)s”. Choose one that is, or add a new actor.")
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


def actors_called(text: str, *, dossier: Dossier, user: User) -> list[Actor]:
    """Return the actors that go by a name, in whatever spelling; one by its short name comes alone.

    A short name may stand in brackets after a name, as `offers` writes it.
    """
    known = Actor.objects.at_desk_of(user, dossier=dossier)
    short = _SHORT_NAME.fullmatch(text)
    wanted = normalise(text)
    names = names_at_desk(dossier, user=user) if wanted else []
    pks = {name.actor for name in names if name.normalised == wanted}
    found = list(
        known.filter(Q(pk__in=pks) | Q(slug=short[1] if short else "")).order_by(
            "sort_name", "slug"
        )[:21]
    )
    return [one for one in found if short and one.slug == short[1]] or found[:20]


def offers(text: str, *, dossier: Dossier, user: User, most: int = 8) -> list[Offer]:
    """Return the actors to offer for what is typed, best first."""
    names = names_at_desk(dossier, user=user)
    found = names_beginning(normalise(text), names, most=most)
    actors = Actor.objects.at_desk_of(user, dossier=dossier).in_bulk([name.actor for name in found])
    owners: dict[str, set[int]] = {}
    for name in names:
        owners.setdefault(name.normalised, set()).add(name.actor)
    offered = []
    for name in found:
        if actor := actors.get(name.actor):
            is_shared = len(owners[normalise(actor.name)]) > 1
            also = "" if name.name == actor.name else name.name
            offered.append(_offer(actor, is_shared=is_shared, also=also))
    return offered


def _offer(actor: Actor, *, is_shared: bool = True, also: str = "") -> Offer:
    value = f"{actor.name} ({actor.slug})" if is_shared else actor.name
    return Offer(value, actor.name, actor.get_kind_display(), actor.slug, also)


def name_to_fill_in(actor: Actor | None, *, dossier: Dossier, user: User) -> str:
    """Return what a field holds for an actor: its name, with the short name where others share it.

    It always leads back to the very actor.
    """
    if actor is None:
        return ""
    is_shared = actors_called(actor.name, dossier=dossier, user=user) != [actor]
    return _offer(actor, is_shared=is_shared).value
