"""The filters of the list of actors, and how actors are found by any of their names."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from astana.models import Actor, ActorName, Dossier
from astana.models.process_cache import cache
from astana.pages.shared.fields import DayField
from astana.pages.shared.filters import Facet, ListFilter, Option, TextFilter
from astana.words.sorting import sort_key


def actors_named(word: str, dossier: Dossier) -> list[int]:
    """Return the primary keys of the actors with a name, in any language, that has the word in it.

    Case and accents do not count, in any script, on any database.
    """
    key = f"sorted-names:{dossier.pk}:{dossier.version}"
    names = cache.get(key)
    if names is None:
        own = Actor.objects.of(dossier).order_by().values_list("pk", "name")
        further = ActorName.objects.of(dossier).order_by().values_list("actor", "name")
        names = [(pk, sort_key(name)) for pk, name in own.union(further, all=True)]
        cache.set(key, names)
    wanted = sort_key(word)
    return sorted({pk for pk, name in names if wanted in name})


def actor_options(dossier: Dossier) -> list[Option]:
    """Return the actors of a dossier by name."""
    actors = Actor.objects.of(dossier).order_by("sort_name", "slug")
    return [Option(pk, slug, name) for pk, slug, name in actors.values_list("pk", "slug", "name")]


class ActorFilter(ListFilter):
    """Actors by kind and by any of their names."""

    q = TextFilter(
        label=_("Name"), where=lambda word, dossier: Q(pk__in=actors_named(word, dossier))
    )
    kind = Facet(
        "kind",
        label=_("Kind"),
        options=lambda dossier: [
            Option(value, value, str(label)) for value, label in Actor.Kind.choices
        ],
    )


class ProfileForm(forms.Form):
    """The query string of an actor's profile."""

    as_of = DayField(label=_("As of"))
