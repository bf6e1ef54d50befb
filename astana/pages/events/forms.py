"""The filters of the time line of events."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from astana.models import Participation
from astana.pages.shared.options import actor_options
from astana.web.facets import Facet
from astana.web.filters import DayFilter, ListFilter, TextFilter


def _with_actors(keys: list[int | str]) -> Q:
    return Q(pk__in=Participation.objects.filter(actor__in=keys).values("event"))


class EventFilter(ListFilter):
    """Events by words, by who is named in them in any role (absence is one), and by day."""

    RANGE = ("since", "until")

    q = TextFilter(label=_("Words"), within=("name", "place", "description"))
    actor = Facet(
        "participations__actor", label=_("Actor"), options=actor_options, within=_with_actors
    )
    since = DayFilter("end", "gte", label=_("From"))
    until = DayFilter("start", "lte", label=_("To"))
