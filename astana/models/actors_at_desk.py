"""Actors at a person's desk, by what is typed: who is called so, and whom to offer."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet

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
            offered.append(offer_of(actor, is_shared=is_shared, also=also))
    return offered


def offer_of(actor: Actor, *, is_shared: bool = True, also: str = "") -> Offer:
    """Return an actor as it is offered; its short name stands beside a name that others share."""
    value = f"{actor.name} ({actor.slug})" if is_shared else actor.name
    return Offer(value, actor.name, actor.get_kind_display(), actor.slug, also)


def name_to_fill_in(actor: Actor | None, *, dossier: Dossier, user: User) -> str:
    """Return what a field holds for an actor: its name, with the short name where others share it.

    It always leads back to the very actor.
    """
    if actor is None:
        return ""
    is_shared = actors_called(actor.name, dossier=dossier, user=user) != [actor]
    return offer_of(actor, is_shared=is_shared).value


def names_to_fill_in(pks: Collection[int], *, dossier: Dossier, user: User) -> dict[int, str]:
    """Return what fields hold for actors, by their primary keys; three queries at most.

    Each leads back to the very actor.
    """
    actors = list(QuerySet(Actor).filter(pk__in=pks))
    if not actors:
        return {}
    shared: dict[str, set[int]] = {}
    for name in names_at_desk(dossier, user=user):
        shared.setdefault(name.normalised, set()).add(name.actor)
    short = Actor.objects.of(dossier).filter(slug__in=[one.name for one in actors])
    slugs = set(short.values_list("slug", flat=True))
    return {
        one.pk: offer_of(
            one, is_shared=len(shared.get(normalise(one.name), ())) != 1 or one.name in slugs
        ).value
        for one in actors
    }
