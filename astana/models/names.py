"""All names of the actors of dossiers, in the form in which they are compared."""

from collections.abc import Iterable

from django.db.models import QuerySet

from astana.models.actor import Actor, ActorName
from astana.models.dossier import Dossier
from astana.models.process_cache import held
from astana.models.record import Reader
from astana.words.names import Name
from astana.words.normalise import normalise

# So many names are compared with what was typed.
MOST_NAMES = 50_000
_NAMES_ARE_KEPT_SECONDS = 3600


def names_in(dossiers: Iterable[Dossier]) -> list[Name]:
    """Return all names of the public actors of dossiers; two queries where they are not cached."""
    keys = {f"names:{dossier.pk}:{dossier.version}": dossier.pk for dossier in dossiers}
    known: dict[str, list[Name]] = held.get_many(keys)
    missing = {pk: key for key, pk in keys.items() if key not in known}
    if missing:
        fresh: dict[str, list[Name]] = {key: [] for key in missing.values()}
        actors = QuerySet(Actor).filter(dossier__in=missing, public=True).order_by("pk")
        aliases = QuerySet(ActorName).filter(actor__dossier__in=missing, actor__public=True)
        aliases = aliases.order_by("pk")
        for dossier, actor, name in (
            *actors.values_list("dossier_id", "pk", "name")[:MOST_NAMES],
            *aliases.values_list("actor__dossier_id", "actor_id", "name")[:MOST_NAMES],
        ):
            fresh[missing[dossier]].append(Name(actor, name, normalise(name)))
        held.set_many(fresh, timeout=_NAMES_ARE_KEPT_SECONDS)
        known |= fresh
    return [name for key in keys for name in known.get(key, ())][:MOST_NAMES]


def names_at_desk(dossier: Dossier, *, user: Reader) -> list[Name]:
    """Return all names of the actors that a user may see at the desk; one query more, once."""
    kept = user.__dict__.setdefault("_names_at_desk", {})
    key = (dossier.pk, dossier.writes)
    if key not in kept:
        inside = Actor.objects.at_desk_of(user, dossier=dossier).filter(public=False)
        rows = list(inside.order_by("pk").values_list("pk", "name", "names__name")[:MOST_NAMES])
        own = [(pk, name) for pk, name, _further in rows]
        further = [(pk, name) for pk, _name, name in rows if name]
        kept[key] = [Name(pk, name, normalise(name)) for pk, name in dict.fromkeys(own + further)]
    return names_in([dossier]) + kept[key]
