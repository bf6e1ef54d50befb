"""The filters of the list of actors, which are found by any of their names."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from astana.models import Actor
from astana.pages.shared.options import actors_named
from astana.web.facets import Facet
from astana.web.filters import ListFilter, TextFilter


class ActorFilter(ListFilter):
    """Actors by kind and by any of their names."""

    q = TextFilter(
        label=_("Name"), or_where=lambda word, dossier: Q(pk__in=actors_named(word, dossier))
    )
    kind = Facet("kind", label=_("Kind"), options=Actor.Kind)
