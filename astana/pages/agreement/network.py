"""How the actors of a selection agree: what the database gives, and the figure of each pair."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import Count, FilteredRelation, Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astana.comparison.agreement import Agreement, Answer, Score
from astana.comparison.clustering import camps
from astana.comparison.discourse import Discourse, Said, Tie
from astana.models import Actor, Evidence, Position, Stance
from astana.pages.agreement.forms import AgreementSelection

MOST_IN_TABLE = 30
# Actors are one camp while the mean agreement of the clusters that are joined is at least this.
CAMP_AGREES = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Figure:
    """The figure of a pair; `words` are the figure, `small` what it is out of, in words.

    `value` is None where the pair shares fewer issues than asked for; `n` is how many it shares.
    `depth` is what it is tinted by: the agreement, or the value itself where statements count.
    """

    value: Fraction | None
    depth: Fraction | None
    words: str
    small: str
    n: int


class Network:
    """All figures of a selection, computed where they are asked for.

    `headlines` is the agreement on headlines, which orders the actors whatever the measure;
    `discourse` what was said in the range, for the measures that count statements.
    """

    def __init__(self, selection: AgreementSelection, *, user: Any) -> None:
        self.selection = selection
        self.user = user
        asked = {actor.slug for actor in selection.actors} | set(selection.pair or ())
        self.by_slug = {actor.slug: actor for actor in selection.all_actors}
        self._actors = {
            actor.pk: actor.slug for actor in selection.all_actors if actor.slug in asked
        }
        self._issues = {issue.pk: issue.slug for issue in selection.issues}

    @cached_property
    def stances(self) -> dict[int, Stance]:
        """The stances of the issues asked about, by primary key; one query."""
        visible = Stance.objects.visible_to(self.user).of(self.selection.dossier)
        return {stance.pk: stance for stance in visible.filter(issue__in=self._issues).order_by()}

    @cached_property
    def headlines(self) -> Agreement:
        """The agreement on headlines; one query, whatever the number of pairs."""
        selection = self.selection
        rows = (
            Position.objects.headlines(
                actors=self._actors,
                issues=self._issues,
                as_of=selection.last_day,
                since=selection.since or date.min,
                first_hand_only=selection.first_hand,
            )
            .order_by()
            .values_list("actor_id", "issue_id", "stance_id")
        )
        return Agreement(
            (
                Answer(
                    self._actors[actor], self._issues[issue], str(stance), self.hundredths(stance)
                )
                for actor, issue, stance in rows
            ),
            actors=list(self._actors.values()),
            issues=list(self._issues.values()),
        )

    @cached_property
    def discourse(self) -> Discourse:
        """What each actor said in the range, counted as the selection asks; one query."""
        return Discourse(
            (
                Said(self._actors[actor], self._issues[issue], value, times)
                for actor, issue, stance, times in self._said()
                if (value := self.hundredths(stance)) is not None
            ),
            actors=list(self._actors.values()),
            issues=list(self._issues.values()),
        )

    def _said(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield (actor, issue, stance, times); what has no passage counts once."""
        selection = self.selection
        said = Position.objects.visible_to(self.user).filter(
            actor__in=self._actors,
            issue__in=self._issues,
            latest__range=(selection.since or date.min, selection.last_day),
        )
        if selection.first_hand:
            said = said.filter(first_hand=True)
        said = said.order_by().values_list("actor_id", "issue_id", "stance_id")
        if selection.duplicates == "range":
            yield from ((*row, 1) for row in said.distinct())
            return
        supports = Q(evidence__role=Evidence.Role.SUPPORTS)
        found = said.annotate(passage=FilteredRelation("evidence", condition=supports)).annotate(
            times=Count("passage__rendition__article", distinct=True)
            if selection.duplicates == "article"
            else Count("passage") + Count("pk", filter=Q(passage=None))
        )
        yield from ((*row[:3], max(row[3], 1)) for row in found)

    @cached_property
    def values(self) -> dict[int, int | None]:
        """The values of the stances in hundredths, by primary key."""
        return {
            pk: None if stance.value is None else int(stance.value * 100)
            for pk, stance in self.stances.items()
        }

    def hundredths(self, stance: int) -> int | None:
        """Return the value of a stance in hundredths."""
        return self.values[stance]

    def figure(self, one: str, other: str) -> Figure:
        """Return the figure of a pair by the measure asked for."""
        least = self.selection.least
        if self.selection.is_of_statements:
            tie = self.discourse.tie(one, other)
            value = self.of_tie(tie) if tie.n >= least else None
            words = "" if value is None else decimal(value, 2)
            return Figure(value, value, words, issue_words(tie.n), tie.n)
        score = self.headlines.score(one, other)
        if score.n < least:
            return Figure(None, None, "", issue_words(score.n), score.n)
        return _figure(score, measure=self.selection.measure)

    def edges(self) -> Iterator[tuple[str, str, float, int]]:
        """Yield (one, other, figure, n) of every pair that shares as many issues as asked for."""
        selection = self.selection
        if selection.is_of_statements:
            names = self.discourse.actors
            for place, one in enumerate(names, 1):
                for other in names[place:]:
                    tie = self.discourse.tie(one, other)
                    if tie.n >= selection.least:
                        yield one, other, float(self.of_tie(tie)), tie.n
            return
        for one, other, score in self.headlines.scores():
            if score.value is not None and score.n >= selection.least:
                value = score.points if selection.measure == "points" else score.value
                yield one, other, float(value), score.n

    def of_tie(self, tie: Tie) -> Fraction:
        """Return the figure of a tie by the measure and the normalisation asked for."""
        value: Fraction = getattr(tie, self.selection.measure)
        if self.selection.normalisation == "average" and tie.activity:
            return value / tie.average_activity
        return value

    def shown(self) -> list[Actor]:
        """Return the actors of the table: those with most positions that count, at most 30.

        Actors whom the reader did not name need as many as a pair has to share.
        """
        least = 0 if self.selection.is_chosen else self.selection.least
        counted = [
            (self.headlines.held(actor.slug), actor)
            for actor in self.selection.actors
            if self.headlines.held(actor.slug) >= least
        ]
        most = sorted(counted, key=lambda one: (-one[0], one[1].sort_name, one[1].slug))
        return [actor for _held, actor in most[:MOST_IN_TABLE]]

    def camps(self, actors: list[Actor]) -> list[tuple[str, ...]]:
        """Return the short names in camps, the nearest next to each other."""
        names = sorted(actor.slug for actor in actors)
        return camps(names, self.distances(names), widest=1 - CAMP_AGREES)

    def distances(self, names: list[str]) -> dict[tuple[str, str], Fraction]:
        """Return 1 - agreement of the pairs that share as many issues as asked for."""
        found = {}
        for place, one in enumerate(names):
            for other in names[place + 1 :]:
                score = self.headlines.score(one, other)
                if score.value is not None and score.n >= self.selection.least:
                    found[one, other] = 1 - score.value
        return found


def _figure(score: Score, *, measure: str) -> Figure:
    if measure == "points":
        most = _("of %(most)s points") % {"most": 2 * score.n}
        return Figure(score.points, score.value, decimal(score.points, 3), most, score.n)
    small = _("%(sum)s of %(n)s") % {"sum": decimal(score.sum, 3), "n": score.n}
    return Figure(score.value, score.value, decimal(score.value, 2), small, score.n)


def issue_words(n: int) -> str:
    """Return how many issues, in words."""
    return ngettext("%(n)s issue", "%(n)s issues", n) % {"n": n}


def decimal(value: Fraction | None, places: int) -> str:
    """Return a figure with at most so many places; with two, as it is written in a table."""
    if value is None:
        return ""
    hundreds = 10**places
    # Halves go away from zero, as they are rounded at school; the figure is exact until here.
    whole = (abs(value) * hundreds + Fraction(1, 2)) // 1
    words = f"{Decimal(whole) / hundreds:.{places}f}"
    words = number_format(words if places == 2 else words.rstrip("0").rstrip("."))
    return f"−{words}" if value < 0 and whole else words


def range_words(low: Fraction, high: Fraction) -> str:
    """Return the range that the open issues leave, in words."""
    return _("%(low)s to %(high)s") % {"low": decimal(low, 2), "high": decimal(high, 2)}
