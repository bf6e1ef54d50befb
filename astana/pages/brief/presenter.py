"""A brief, ready to be shown: the sides, what each says on each issue, and the passages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astana.comparison.brief import Finding, Point, Stand, brief
from astana.comparison.matrix import Cell
from astana.models import Actor, Issue, Position, Stance
from astana.models.coverage_words import nothing_words
from astana.models.ends import Ends, ends_of
from astana.models.event import events_of
from astana.models.positions.stood import stood
from astana.pages.brief.forms import BriefSelection
from astana.pages.brief.words import MEANINGS, METHOD, TITLES, brief_sentence
from astana.pages.shared.lines import Line, line_of, whose
from astana.pages.shared.matrix import left_out
from astana.pages.shared.passages import PassageView, passages_of

# Of so many positions, those of the first issues, the passages are shown and numbered.
MOST_WITH_PASSAGES = 200


@dataclass(frozen=True, slots=True)
class Note:
    """A passage with its number in the brief; what rests on the same one has it not `is_first`."""

    number: int
    passage: PassageView
    is_first: bool


@dataclass(frozen=True, slots=True)
class Held:
    """What one member holds, and the numbered passages that it rests on.

    `whose` names the body, or the actor that a person spoke for, where it is another's position.
    """

    line: Line
    member: Actor
    whose: str
    notes: tuple[Note, ...]
    has_hidden_passages: bool
    has_passages: bool

    @property
    def looks(self) -> tuple[Any, ...]:
        """What a row shows of it beside the name."""
        line, numbers = self.line, tuple(note.number for note in self.notes)
        how = (line.how if line.is_second_hand else "", line.is_disputed)
        return (self.whose, line.said, line.condition, *how, *numbers)

    @property
    def repeats(self) -> list[int]:
        """The numbers of the passages that an earlier position rests on as well."""
        return [note.number for note in self.notes if not note.is_first]


@dataclass(frozen=True, slots=True)
class StandView:
    """What one side says on an issue: by stance who holds it, and of whom nothing was found."""

    number: int
    side: str
    stances: tuple[tuple[Held, ...], ...]
    silent: tuple[Actor, ...]
    is_alone: bool
    is_divided: bool
    nothing: str

    @property
    def silent_words(self) -> str:
        """The names of those of whom nothing was found."""
        return side_words(self.silent)

    @property
    def rows(self) -> list[list[tuple[str, Held]]]:
        """By stance, what is held in the same way in one row: the names, and one of them."""
        found = []
        for helds in self.stances:
            alike: dict[tuple[Any, ...], list[Held]] = {}
            for held in helds:
                alike.setdefault(held.looks, []).append(held)
            found.append(
                [(side_words(one.member for one in some), some[0]) for some in alike.values()]
            )
        return found

    @property
    def helds(self) -> list[Held]:
        """What all members hold."""
        return [held for stance in self.stances for held in stance]


@dataclass(frozen=True, slots=True)
class PointView:
    """One issue (of one event) in the brief; `remarks` say in a few words why it stands there."""

    name: str
    issue: Issue
    ends: Ends
    event: str
    finding: str
    stands: tuple[StandView, ...]
    remarks: tuple[str, ...]
    is_clashing: bool
    compare: str

    @property
    def helds(self) -> list[Held]:
        """What all sides hold."""
        return [held for stand in self.stands for held in stand.helds]

    @property
    def notes(self) -> list[Note]:
        """The passages of all sides; several positions may rest on the same one."""
        return [note for held in self.helds for note in held.notes]

    @property
    def is_cut(self) -> bool:
        """Whether some of what it holds has no passages here, as the brief is long."""
        return not all(held.has_passages for held in self.helds)

    @property
    def passages(self) -> int:
        """On how many passages it rests."""
        return len({note.number for note in self.notes})


@dataclass(frozen=True, slots=True)
class Section:
    """The issues of one finding."""

    finding: str
    title: str
    meaning: str
    points: list[PointView]


@dataclass(frozen=True)
class Brief:
    """A brief ready to be shown; `is_cut` tells that not all positions have their passages."""

    sides: list[str]
    sections: list[Section]
    sentence: str
    method: str
    is_cut: bool

    @property
    def points(self) -> list[PointView]:
        """The issues in their order."""
        return [point for section in self.sections for point in section.points]

    @property
    def notes(self) -> list[Note]:
        """The numbered passages, each once."""
        return [note for point in self.points for note in point.notes if note.is_first]

    @property
    def sources(self) -> list[str]:
        """The outlets and days of the passages, each once."""
        told = {(note.passage.source, note.passage.date) for note in self.notes}
        # Translators: an outlet and a day, such as “Reuters, 24 Jan 2017”.
        return sorted(_("%(source)s, %(day)s") % {"source": s, "day": d} for s, d in told)


def brief_of(selection: BriefSelection, *, user: Any) -> Brief:
    """Return the brief of a selection; six queries, whatever its size."""
    found = stood(
        dossier=selection.dossier,
        actors=selection.members,
        bodies=selection.bodies,
        issues=selection.issues,
        as_of=selection.as_of,
        first_hand_only=selection.first_hand,
        recorded_as_of=selection.recorded_as_of,
    )
    points = brief(
        found.matrix,
        sides=[[actor.slug for actor in side] for side in selection.sides],
        ordered=_values(selection.issues),
        nominal={issue.slug for issue in selection.issues if issue.is_nominal},
    )
    shown = [voice.id for point in points for stand in point.stands for voice in stand.voices]
    passages, hidden = _passages(shown[:MOST_WITH_PASSAGES], selection, user=user)
    views = list(_Views(selection, found.details, passages, hidden).of(points))
    sections = [
        Section(
            finding=finding.value,
            title=str(TITLES[finding]),
            meaning=str(MEANINGS[finding]),
            points=[view for view in views if view.finding == finding],
        )
        for finding in Finding
    ]
    return Brief(
        sides=[side_words(side) for side in selection.sides],
        sections=[section for section in sections if section.points],
        sentence=brief_sentence(selection, points, withdrawn=found.withdrawn),
        method=str(METHOD),
        is_cut=len(shown) > MOST_WITH_PASSAGES,
    )


def side_words(side: Any) -> str:
    """Return the names of the members of a side, in a row."""
    return ", ".join(actor.name for actor in side)


def _values(issues: tuple[Issue, ...]) -> dict[str, list[float]]:
    """Return the values of the stances of each issue whose stances have an order; one query."""
    ordered = {issue.pk: issue.slug for issue in issues if issue.scale == Issue.Scale.ORDERED}
    found: dict[str, list[float]] = {slug: [] for slug in ordered.values()}
    rows = Stance.objects.filter(issue__in=ordered, value__isnull=False, public=True)
    for issue, value in rows.order_by().values_list("issue", "value"):
        found[ordered[issue]].append(float(value))
    return found


def _passages(
    shown: list[int], selection: BriefSelection, *, user: Any
) -> tuple[dict[int, list[PassageView]], set[int]]:
    """Return the passages that a user may read by position, and which have more; two queries."""
    positions = list(
        Position.objects.filter(pk__in=shown).annotate(passage_count=Count("evidence")).order_by()
    )
    found = passages_of(positions, dossier=selection.dossier, user=user) if positions else {}
    hidden = {one.pk for one in positions if one.passage_count > len(found[one.pk])}
    return found, hidden


@dataclass
class _Views:
    """The points of a brief as views, their passages numbered in the order of the page."""

    selection: BriefSelection
    details: dict[int, dict[str, Any]]
    passages: dict[int, list[PassageView]]
    hidden: set[int]
    numbers: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def of(self, points: list[Point]) -> Iterator[PointView]:
        """Yield each point as a view."""
        issues = {issue.slug: issue for issue in self.selection.issues}
        events = {}
        if any(point.event for point in points):
            events = {event.slug: event.name for event in events_of(self.selection.dossier)}
        slugs = [actor.slug for actor in self.selection.members]
        table = reverse("compare:matrix", args=[self.selection.dossier.slug])
        for point in points:
            stands = tuple(
                self._stand(number, stand) for number, stand in enumerate(point.stands, start=1)
            )
            issue = issues[point.issue]
            query = self.selection.everything(issue=issue.slug, actor=slugs)
            yield PointView(
                name=".".join(filter(None, (point.issue, point.event))),
                issue=issue,
                ends=ends_of(issue),
                event=events.get(point.event, ""),
                finding=point.finding.value,
                stands=stands,
                remarks=tuple(self._remarks(issue, point)),
                is_clashing=point.is_clashing,
                compare=table + query,
            )

    def _stand(self, number: int, stand: Stand) -> StandView:
        side = self.selection.sides[number - 1]
        actors = {actor.slug: actor for actor in side}
        by_stance: dict[str, list[tuple[Cell, int]]] = {}
        for cell in stand.cells:
            for voice in cell.voices:
                by_stance.setdefault(voice.stance, []).append((cell, voice.id))
        stances = [
            tuple(self._held(cell, position, actors) for cell, position in found)
            for found in by_stance.values()
        ]
        return StandView(
            number=number,
            side=side_words(side),
            stances=tuple(stances),
            silent=tuple(actors[slug] for slug in stand.silent),
            is_alone=len(side) == 1,
            is_divided=stand.is_divided,
            nothing=nothing_words(**left_out(self.selection)),
        )

    def _held(self, cell: Cell, position: int, actors: dict[str, Any]) -> Held:
        row = self.details[position]
        return Held(
            line=line_of(row),
            member=actors[cell.actor],
            whose=whose(row, cell, actors),
            notes=tuple(self._numbered(position)),
            has_hidden_passages=position in self.hidden,
            has_passages=position in self.passages,
        )

    def _numbered(self, position: int) -> Iterator[Note]:
        for passage in self.passages.get(position, ()):
            # Words that are not stored here may be others for each position.
            words = passage.words or position
            place = (passage.source_slug, passage.date, passage.paragraph, words)
            known = len(self.numbers)
            number = self.numbers.setdefault((*place, passage.is_disputing), known + 1)
            yield Note(number, passage, is_first=number > known)

    def _remarks(self, issue: Issue, point: Point) -> Iterator[str]:
        for number, stand in enumerate(point.stands, start=1):
            if stand.is_divided:
                yield _("side %(number)s is divided") % {"number": number}
        if point.finding == Finding.BRIDGEABLE:
            if point.distance:
                yield _("neighbouring stances")
            if point.silent:
                silent = ngettext("%(n)s side is silent", "%(n)s sides are silent", point.silent)
                if any(left_out(self.selection).values()):
                    silent = ngettext(
                        "%(n)s side without a position shown",
                        "%(n)s sides without a position shown",
                        point.silent,
                    )
                yield silent % {"n": point.silent}
            if any(self._declines(stand) for stand in point.stands):
                yield _("a stance is off the scale")
        if not point.is_firm:
            yield _("rests on second-hand or disputed reports")
        if any(stand.silent for stand in point.stands):
            read = self.selection.counts.coverage(as_of=self.selection.as_of, issue=issue.pk)
            # Translators: `looked` is a number of these articles.
            words = _("looked for in %(looked)s of %(n)s articles")
            yield words % {"looked": read.looked_for, "n": read.articles}

    def _declines(self, stand: Stand) -> bool:
        return any(
            voice.value is None and self.details[voice.id]["scale"] != Issue.Scale.NOMINAL
            for voice in stand.voices
        )
