"""What is read blind: the actor behind each letter, and whom a reader may guess.

It stands in an address as a token: numbers and no names, signed against tampering.
"""

import secrets
from dataclasses import dataclass
from random import Random
from string import ascii_uppercase
from typing import Any

from django.core import signing
from django.http import QueryDict

from astana.models import Actor, Dossier, Issue
from astana.models.counts import most_reported
from astana.pages.shared.selection import CompareForm, Selection
from astana.web.addresses import moment_words

_SALT = "astana.blind"
# A guess is chosen from so many actors, unless more are compared.
CANDIDATES = 24


@dataclass(frozen=True)
class BlindSet:
    """A selection read blind: the actor behind each letter, in the order of the letters.

    The order comes from the `seed` alone, so that an address always means the same.
    """

    selection: Selection
    letters: dict[str, Actor]
    seed: int
    token: str


def blind_set(token: str, *, dossier: Dossier, user: Any) -> BlindSet | None:
    """Return what a token stands for; None where it, or a part of it, is not to be seen."""
    numbers = numbers_of(token)
    selection = _selection(numbers, dossier=dossier, user=user) if numbers else None
    if numbers is None or selection is None:
        return None
    order = sorted(selection.actors, key=lambda actor: actor.pk)
    Random(numbers["s"]).shuffle(order)
    letters = dict(zip(ascii_uppercase, order, strict=False))
    return BlindSet(selection, letters, numbers["s"], token)


def candidates_of(blind: BlindSet, *, user: Any) -> list[Actor]:
    """Return by name whom a reader may guess: the actors compared and those most reported on.

    The list is the same for all letters and says nothing of who is behind one. One query.
    """
    found = {actor.pk for actor in blind.letters.values()}
    for pk in most_reported(blind.selection.counts.actors, CANDIDATES):
        if len(found) < CANDIDATES:
            found.add(pk)
    dossier = blind.selection.dossier
    visible = Actor.objects.visible_to(user).of(dossier).filter(pk__in=found)
    return list(visible.order_by("sort_name", "slug"))


def _selection(numbers: dict[str, Any], *, dossier: Dossier, user: Any) -> Selection | None:
    if numbers["d"] != dossier.pk:
        return None
    actors = Actor.objects.visible_to(user).of(dossier).in_bulk(numbers["a"])
    issues = Issue.objects.visible_to(user).of(dossier).in_bulk(numbers["i"])
    if len(actors) < len(numbers["a"]) or len(issues) < len(numbers["i"]):
        return None
    data = QueryDict(mutable=True)
    data.setlist("actor", [actors[pk].slug for pk in numbers["a"]])
    data.setlist("issue", [issues[pk].slug for pk in numbers["i"]])
    data["as_of"], data["recorded_as_of"] = numbers["t"], numbers["r"]
    switches = ("first_hand", "differences", "silent", "bodies")
    data.update({name: str(is_on) for name, is_on in zip(switches, numbers["f"], strict=True)})
    form = CompareForm(data, dossier=dossier, user=user)
    return form.selection() if form.is_valid() else None


def token_of(selection: Selection) -> str:
    """Return a token of a selection; each has a seed of its own for the order of the letters."""
    recorded = selection.recorded_as_of
    switches = (
        *(selection.first_hand, selection.differences),
        *(selection.silent, selection.bodies_count),
    )
    numbers = {
        "d": selection.dossier.pk,
        "a": [actor.pk for actor in selection.actors],
        "i": [issue.pk for issue in selection.issues],
        "t": selection.as_of.isoformat(),
        "r": moment_words(recorded) if recorded else "",
        "f": [int(is_on) for is_on in switches],
        "s": secrets.randbelow(2**32),
    }
    return signing.dumps(numbers, salt=_SALT, compress=True)


def numbers_of(token: str) -> dict[str, Any] | None:
    """Return the numbers in a token; None where it is none, or somebody has changed it."""
    try:
        return signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
