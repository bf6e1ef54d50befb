"""The positions that count for agreement: as headlines, and as what was said how often."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, Value
from django.db.models.functions import TruncMonth, TruncWeek, TruncYear

from astana.comparison.agreement import Agreement, Answer
from astana.comparison.discourse import Discourse, Said
from astana.comparison.matrix import build_matrix
from astana.models import Dossier, Evidence, Link, Position, Source, Stance
from astana.models.positions.headlines import headline_stances

# So many actors are asked first for the sources that they rest on.
_FEW = 4
_ARTICLE = F("passage__rendition__article")
# In each of these what is said again counts once.
ONCE_IN = {
    "article": _ARTICLE,
    "week": TruncWeek("latest"),
    "month": TruncMonth("latest"),
    "year": TruncYear("latest"),
}


@dataclass(frozen=True)
class Counted:
    """Whose positions count, on what, said when, and what counts of what is said again.

    `actors` and `issues` are short names by primary key, `persons` those of the actors that count
    by what they said first-hand for others too. `nominal` are further issues, whose answers have no
    order and are counted apart. `duplicates` is `range` (once in all
    days), `article` (once in each article), `week`, `month`, `year` (once in each that has a last
    day on which it was said; weeks are those of ISO 8601) or `include` (as often as it is found).
    """

    dossier: Dossier
    user: Any
    actors: dict[int, str]
    issues: dict[int, str]
    since: date
    until: date
    persons: frozenset[int] = frozenset()
    nominal: dict[int, str] = field(default_factory=dict)
    first_hand: bool = False
    duplicates: str = "range"

    @property
    def asked(self) -> dict[int, str]:
        """All issues of headlines, by primary key."""
        return self.issues | self.nominal

    @cached_property
    def stances(self) -> dict[int, Stance]:
        """The stances of the issues, by primary key; one query."""
        visible = Stance.objects.visible_to(self.user).of(self.dossier)
        return {stance.pk: stance for stance in visible.filter(issue__in=self.asked).order_by()}

    @cached_property
    def values(self) -> dict[int, int | None]:
        """The values of the stances in hundredths, by primary key."""
        return {pk: _hundredths(stance.value) for pk, stance in self.stances.items()}

    def headlines(self, own: Sequence[Answer] = ()) -> Agreement:
        """Return the agreement on headlines; one query for all actors, and one for persons.

        `own` are answers of somebody who is no actor here, such as a reader.
        """
        return Agreement(
            [*self.answers(), *own],
            actors=[*self.actors.values(), *(answer.actor for answer in own)],
            issues=list(self.issues.values()),
            nominal=list(self.nominal.values()),
        )

    def sources(self, actors: Iterable[str], *, of_statements: bool = False) -> list[str]:
        """Return the names of the sources of what some of the actors hold, or said; three queries.

        There are few sources and many passages: it stops where all are found.
        """
        shown = {*actors}
        of = [pk for pk, slug in self.actors.items() if slug in shown]
        names = dict(Source.objects.of(self.dossier).order_by().values_list("pk", "name"))
        found: set[int] = set()
        # A few actors together mostly rest on all sources that there are.
        for some in (of[:_FEW], of[_FEW:]):
            if some and len(found) < len(names):
                self._find_sources(found, some, most=len(names), of_statements=of_statements)
        return sorted({names[pk] for pk in found})

    def _find_sources(
        self, found: set[int], of: list[int], *, most: int, of_statements: bool
    ) -> None:
        counted = self._headlines(of, spoken=True)
        if of_statements:
            counted = self._in_range().filter(Q(actor__in=of) | Q(speaker__in=of)).order_by()
        behind = Evidence.objects.filter(
            position__in=counted.values("pk"), role=Evidence.Role.SUPPORTS
        ).order_by()
        for source in behind.values_list("rendition__article__source", flat=True).iterator(500):
            found.add(source)
            if len(found) == most:
                break

    def _headlines(self, actors: Iterable[int], *, spoken: bool) -> Any:
        return Position.objects.headlines(
            actors=list(actors),
            issues=self.asked,
            as_of=self.until,
            since=self.since,
            first_hand_only=self.first_hand,
            spoken=spoken,
        ).order_by()

    def answers(self, *, once: bool = False) -> list[tuple[str, str, str, int | None]]:
        """Return what the actors hold on the issues, two voices as several; at most two queries.

        What a person said for another of these actors counts `once`: with that one.
        """
        return [*self._answers(), *self._answers_of_persons(once=once)]

    def _answers(self) -> list[tuple[str, str, str, int | None]]:
        rows = headline_stances(
            actors=self.actors.keys() - self.persons,
            issues=self.asked,
            as_of=self.until,
            since=self.since,
            first_hand_only=self.first_hand,
            using=Position.objects.db,
        )
        actors, issues = self.actors, self.asked
        # There are very many headlines and few values.
        hundredths = cache(_hundredths)
        return [
            (actors[actor], issues[issue], stance, hundredths(value))
            for actor, issue, stance, value in rows
        ]

    def _answers_of_persons(self, *, once: bool) -> Iterator[Answer]:
        """Yield what stands in the cells of persons, by the rule of the matrix."""
        persons = {pk: slug for pk, slug in self.actors.items() if pk in self.persons}
        if not persons:
            return
        others = {*self.actors.values()}
        matrix = build_matrix(
            self._headlines(persons, spoken=True).statements(),
            actors=list(persons.values()),
            issues=list(self.asked.values()),
            as_of=self.until,
            first_hand_only=self.first_hand,
        )
        for row in matrix.rows:
            for cell in row.cells:
                if once and cell.is_for_one_of(others):
                    continue
                for voice in cell.voices:
                    value = _hundredths(voice.value)
                    yield Answer(cell.actor, cell.issue, voice.stance, value)

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

    def _in_range(self) -> Any:
        said = Position.objects.visible_to(self.user).filter(
            issue__in=self.issues, latest__range=(self.since, self.until)
        )
        return said.filter(first_hand=True) if self.first_hand else said

    def _said(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield (actor, issue, stance, times); what has no passage counts once.

        Another rendering of an utterance does not count where the fuller one does.
        """
        said = self._in_range()
        fuller = Link.objects.filter(
            position=OuterRef("pk"),
            kind=Link.Kind.SAME_UTTERANCE,
            to__public=Value(True),
            to__first_hand=OuterRef("first_hand"),
            to__latest__range=(self.since, self.until),
        ).order_by()
        said = said.order_by()
        others = said.filter(actor__in=self.actors.keys() - self.persons).exclude(
            Exists(fuller.filter(to__actor=OuterRef("actor")))
        )
        yield from self._times(others)
        if persons := self.actors.keys() & self.persons:
            yield from self._times_of_persons(said, fuller, persons)

    def _times(self, said: Any) -> Iterator[tuple[int, int, int, int]]:
        said = said.values_list("actor_id", "issue_id", "stance_id")
        if self.duplicates == "range":
            yield from ((*row, 1) for row in said.distinct())
            return
        found = said.annotate(passage=_passage()).annotate(
            times=Count("passage") + Count("pk", filter=Q(passage=None))
            if self.duplicates == "include"
            else Count(ONCE_IN[self.duplicates], distinct=True)
        )
        yield from ((*row[:3], max(row[3], 1)) for row in found)

    def _times_of_persons(
        self, said: Any, fuller: Any, persons: set[int]
    ) -> Iterator[tuple[int, int, int, int]]:
        """Yield what persons hold themselves and said first-hand for others, counted together."""
        told: dict[tuple[int, int, int], list[Any]] = defaultdict(list)
        for by, counts in (
            ("actor", Q()),
            ("speaker", Q(first_hand=True) & ~Q(actor=F("speaker"))),
        ):
            found = said.filter(counts, **{f"{by}__in": persons}).exclude(
                Exists(fuller.filter(**{f"to__{by}": OuterRef(by)}))
            )
            for actor, issue, stance, where in found.annotate(
                passage=_passage(), where=ONCE_IN.get(self.duplicates, _ARTICLE)
            ).values_list(f"{by}_id", "issue_id", "stance_id", "where"):
                told[actor, issue, stance].append(where)
        for row, places in told.items():
            once = 1 if self.duplicates == "range" else max(len(set(places) - {None}), 1)
            yield (*row, len(places) if self.duplicates == "include" else once)


def _passage() -> FilteredRelation:
    return FilteredRelation("evidence", condition=Q(evidence__role=Evidence.Role.SUPPORTS))


def _hundredths(value: Decimal | float | None) -> int | None:
    return None if value is None else round(value * 100)
