"""What is there already and has nearly a name that somebody gives to something new."""

from collections.abc import Iterable
from typing import Any

from astana.models import Actor, Dossier, User
from astana.models.names import names_at_desk
from astana.words.names import Name, close_names
from astana.words.normalise import normalise

# Shorter words are in names of all sorts.
_SHORTEST = 4


def alike_of(name: str, records: Iterable[Any]) -> list[Any]:
    """Return the records that are called nearly so, the most like one first."""
    by_pk = {one.pk: one for one in records}
    names = [Name(pk, str(one), normalise(str(one))) for pk, one in by_pk.items()]
    return [by_pk[one.actor] for one in close_names(_telling(name), names)]


def _telling(name: str) -> str:
    """Return the words of a name that tell something, as they are compared: not “of the”."""
    words = normalise(name).split()
    return " ".join([word for word in words if len(word) >= _SHORTEST] or words)


def actors_alike(name: str, *, dossier: Dossier, user: User) -> list[int]:
    """Return the keys of the actors of which some name at the desk is nearly so."""
    names = names_at_desk(dossier, user=user)
    return [one.actor for one in close_names(normalise(name), names, most=6)]


def actors_of(pks: Iterable[int], *, dossier: Dossier, user: User) -> dict[int, Actor]:
    """Return actors that a user sees at the desk by their keys; one query, if there are any."""
    wanted = sorted(set(pks))
    return Actor.objects.at_desk_of(user, dossier=dossier).in_bulk(wanted) if wanted else {}
