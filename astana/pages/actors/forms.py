"""The filters of the list of actors, and how actors are found by any of their names."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from astana.models import Actor
from astana.pages.shared.fields import DayField, FlagField
from astana.pages.shared.filters import Facet, ListFilter, Option, TextFilter
from astana.pages.shared.options import actors_named


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
    first_hand = FlagField(label=_("First-hand only"))
