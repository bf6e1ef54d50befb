"""The filters of the table of positions."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from astana.models import Dossier, Evidence, Position, Stance
from astana.models.counts import counts_of
from astana.pages.shared.options import actor_options, actors_named, issue_options, source_options
from astana.pages.shared.positions import NEWEST_FIRST
from astana.web.facets import Facet
from astana.web.filters import DayFilter, FlagFilter, Found, ListFilter, TextFilter
from astana.web.long_list import Group, Groups
from astana.web.offered import Option


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
    NEWEST_FIRST = NEWEST_FIRST

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

    def groups(self, name: str) -> Groups | None:
        """Return the groups that the positions stand in by a column of their table."""
        if name == "actor":
            numbers, actors = self.numbers_by("actor"), self.keys_in_order("actor")
            return _groups(Group({"actor": pk}, numbers.get(pk)) for pk in actors)
        if name in ("issue", "stance"):
            numbers, issues = self.numbers_by("issue"), self.keys_in_order("issue")
            parts = self._stances(issues) if name == "stance" else {}
            return _groups(
                Group({"issue": pk}, numbers.get(pk), parts.get(pk, ())) for pk in issues
            )
        if name == "voice":
            voices = sorted(self.keys_in_order("voice"))
            return _groups(part for voice in voices for part in self._of_voice(voice))
        return None

    def _stances(self, issues: list[int]) -> dict[int, list[Group]]:
        """Return by issue the groups of its stances, in the order of its scale."""
        stances = Stance.objects.for_readers(self.dossier).filter(issue__in=issues)
        found: dict[int, list[Group]] = {}
        for issue, pk in stances.order_by("order", "slug").values_list("issue", "pk"):
            found.setdefault(issue, []).append(Group({"stance": pk}))
        return found

    def _of_voice(self, voice: str) -> list[Group]:
        """Return the groups of a voice: who attributes it, where that is what it says."""
        if voice != Position.Voice.ATTRIBUTED:
            return [Group({"voice": voice})]
        return [
            Group({"voice": voice, "attributed_by": pk})
            for pk in [option.key for option in self.filters["actor"].options.values()]
        ]


def _groups(groups: Iterable[Group]) -> Groups:
    return Groups(list(groups), within=NEWEST_FIRST)
