"""The positions that count for agreement: as headlines, and as what was said how often."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, FilteredRelation, Q

from astana.comparison.agreement import Agreement, Answer
from astana.comparison.discourse import Discourse, Said
from astana.models import Dossier, Evidence, Position, Stance


@dataclass(frozen=True)
class Counted:
    """Whose positions count, on what, said when, and what counts of what is said again.

    `actors` and `issues` are short names by primary key. `duplicates` is `range` (once in all
    days), `article` (once in each article) or `include` (as often as it is found).
    """

    dossier: Dossier
    user: Any
    actors: dict[int, str]
    issues: dict[int, str]
    since: date
    until: date
    first_hand: bool = False
    duplicates: str = "range"

    @cached_property
    def stances(self) -> dict[int, Stance]:
        """The stances of the issues, by primary key; one query."""
        visible = Stance.objects.visible_to(self.user).of(self.dossier)
        return {stance.pk: stance for stance in visible.filter(issue__in=self.issues).order_by()}

    @cached_property
    def values(self) -> dict[int, int | None]:
        """The values of the stances in hundredths, by primary key."""
        return {
            pk: None if stance.value is None else int(stance.value * 100)
            for pk, stance in self.stances.items()
        }

    def headlines(self) -> Agreement:
        """Return the agreement on headlines; one query, whatever the number of pairs."""
        rows = (
            Position.objects.headlines(
                actors=self.actors,
                issues=self.issues,
                as_of=self.until,
                since=self.since,
                first_hand_only=self.first_hand,
            )
            .order_by()
            .values_list("actor_id", "issue_id", "stance_id")
        )
        return Agreement(
            (
                Answer(self.actors[actor], self.issues[issue], str(stance), self.values[stance])
                for actor, issue, stance in rows
            ),
            actors=list(self.actors.values()),
            issues=list(self.issues.values()),
        )

    def discourse(self) -> Discourse:
        """Return what each actor said, and how often; one query."""
        return Discourse(
            (
                Said(self.actors[actor], self.issues[issue], value, times)
                for actor, issue, stance, times in self._said()
                if (value := self.values[stance]) is not None
            ),
            actors=list(self.actors.values()),
            issues=list(self.issues.values()),
        )

    def _said(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield (actor, issue, stance, times); what has no passage counts once."""
        said = Position.objects.visible_to(self.user).filter(
            actor__in=self.actors, issue__in=self.issues, latest__range=(self.since, self.until)
        )
        if self.first_hand:
            said = said.filter(first_hand=True)
        said = said.order_by().values_list("actor_id", "issue_id", "stance_id")
        if self.duplicates == "range":
            yield from ((*row, 1) for row in said.distinct())
            return
        supports = Q(evidence__role=Evidence.Role.SUPPORTS)
        found = said.annotate(passage=FilteredRelation("evidence", condition=supports)).annotate(
            times=Count("passage__rendition__article", distinct=True)
            if self.duplicates == "article"
            else Count("passage") + Count("pk", filter=Q(passage=None))
        )
        yield from ((*row[:3], max(row[3], 1)) for row in found)
