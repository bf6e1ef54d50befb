"""The filters of the table of positions."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from astana.models import Dossier, Evidence, Position, Stance
from astana.models.counts import counts_of
from astana.pages.shared.filters import (
    DayFilter,
    Facet,
    FlagFilter,
    Found,
    ListFilter,
    Option,
    TextFilter,
)
from astana.pages.shared.options import actor_options, actors_named, issue_options, source_options


def stance_options(dossier: Dossier) -> list[Option]:
    """Return the stances of a dossier as `issue.stance`: a stance is unique in its issue only."""
    stances = Stance.objects.for_readers(dossier)
    rows = stances.order_by("issue__order", "issue__slug", "order", "slug").values_list(
        "pk", "issue__slug", "slug", "label", "issue__title"
    )
    return [
        Option(pk, f"{issue}.{slug}", label, group=title) for pk, issue, slug, label, title in rows
    ]


def _from_sources(keys: list[int | str]) -> Q:
    passages = Evidence.objects.filter(rendition__article__source__in=keys)
    return Q(pk__in=passages.values("position"))


class PositionFilter(ListFilter):
    """Positions by who, on what, how, when, according to whom, and by words.

    A position lies within a range of days when its last day does: by that day it had been said.
    """

    RANGE = ("since", "until")
    NEWEST_FIRST = ("-latest", "-earliest", "-id")

    q = TextFilter(
        label=_("Words"),
        within=("summary", "condition"),
        or_where=lambda word, dossier: Q(actor__in=actors_named(word, dossier)),
    )
    actor = Facet("actor", label=_("Actor"), options=actor_options)
    issue = Facet("issue", label=_("Issue"), options=issue_options)
    stance = Facet(
        "stance",
        label=_("Stance"),
        options=stance_options,
        after="issue",
        hint=_("Choose an issue first: each has its own stances."),
    )
    voice = Facet("voice", label=_("Voice"), options=Position.Voice)
    source = Facet(
        "evidence__rendition__article__source",
        label=_("Source"),
        options=source_options,
        within=_from_sources,
    )
    since = DayFilter("latest", "gte", label=_("Said from"))
    until = DayFilter("latest", "lte", label=_("Said by"))
    first_hand = FlagFilter("first_hand", label=_("First-hand only"))

    def counted(self) -> Found:
        """Return how many positions the dossier has: they are counted once for each version."""
        return Found(counts_of(self.dossier).positions)

    def counted_by(self, facet: Facet) -> dict[int | str, int] | None:
        """Return how many positions each actor and each issue has, counted likewise."""
        counts = counts_of(self.dossier)
        return {"actor": counts.actors, "issue": counts.issues}.get(facet.name)
