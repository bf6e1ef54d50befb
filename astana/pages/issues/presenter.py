"""The list of issues, and one as a spectrum: its stances, the actors under them, the silent."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_tables2
from django.db.models import OuterRef, QuerySet, Value
from django.http import HttpRequest
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from astana.comparison.change import Kind, steps
from astana.comparison.matrix import Row, build_matrix
from astana.comparison.spread import spread_marks
from astana.comparison.statement import Statement
from astana.models import Actor, Dossier, Issue, Position, Stance
from astana.models.counts import Counts, counts_of
from astana.models.coverage_words import looked_for_words, read_sentence
from astana.models.ends import ends_of
from astana.models.event import events_by_issue, events_of
from astana.models.positions.shown import headline_details
from astana.models.positions.told import cells_told_differently
from astana.models.said_words import day_words, said_words
from astana.pages.issues.forms import IssueFilter
from astana.pages.shared.addresses import by_source_href
from astana.pages.shared.lines import Line, line_of
from astana.pages.shared.listing import Listing, values_of
from astana.pages.shared.table import ListTable, number_column, number_of

MOST_STATEMENTS = 400
MOST_SILENT = 200


def counted(issues: QuerySet) -> QuerySet:
    """Return the issues with how many positions were taken on each, and by how many actors."""
    positions = Position.objects.filter(issue=OuterRef("pk"), public=Value(True))
    return issues.select_related("dossier").annotate(
        positions_taken=number_of(positions), actors_heard=number_of(positions, of="actor")
    )


class IssueTable(ListTable):
    """The issues with who was heard on each, and how far apart the headlines lie as of a day."""

    ROW_HEADER = "issue"
    CAPTION = gettext_lazy("Issues")

    issue = django_tables2.Column(
        verbose_name=gettext_lazy("Issue"), empty_values=(), order_by=("title", "slug")
    )
    group = django_tables2.Column(
        verbose_name=gettext_lazy("Group"), order_by=("group", "order", "slug")
    )
    kind = django_tables2.Column(
        verbose_name=gettext_lazy("Kind"), order_by=("kind", "order", "slug")
    )
    actors = number_column("actors_heard", "positions_taken", label=gettext_lazy("Actors heard"))
    positions = number_column("positions_taken", "actors_heard", label=gettext_lazy("Positions"))
    spread = django_tables2.Column(
        verbose_name=gettext_lazy("Spread"), empty_values=(), orderable=False
    )

    class Meta(ListTable.Meta):
        pass

    def __init__(self, *args: Any, counts: Counts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counts = counts
        self.as_of: date = counts.day()
        self.held: dict[str, list[dict[str, Any]]] = {}

    def turn_to(self, request: HttpRequest) -> list[str]:
        """Sort and page as asked, and fetch the headlines on the issues of the page."""
        problems = super().turn_to(request)
        issues = [row.record.pk for row in self.paginated_rows]
        actors = list(self.counts.actors)
        rows = headline_details(actors=actors, issues=issues, as_of=self.as_of).values()
        for row in sorted(rows, key=lambda row: (row["value"] is None, row["value"] or 0)):
            self.held.setdefault(row["issue_slug"], []).append(row)
        return problems

    def render_issue(self, record: Issue) -> SafeString:
        """Return the title with a link, and the question."""
        return format_html(
            '<a href="{}">{}</a> <span class="small muted question">{}</span>',
            reverse("issues:detail", args=[record.dossier.slug, record.slug]),
            record.title,
            record.question,
        )

    def render_kind(self, record: Issue) -> str:
        """Return whether it asks what should be, or what is."""
        return record.get_kind_display()

    def render_spread(self, record: Issue) -> SafeString | str:
        """Return a picture of where the headlines lie, or that nobody was heard."""
        rows = self.held.get(record.slug)
        if not rows:
            return _("No stated position")
        numbers = Counter(row["label"] for row in rows)
        labels = "; ".join(f"{label} ({number})" for label, number in numbers.items())
        words = _("Stances held: %(labels)s") % {"labels": labels}
        marks = spread_marks(row["value"] for row in rows)
        return get_template("issues/_spread.html").render(
            {"marks": marks, "words": words, "ends": ends_of(record)}
        )


COLUMNS: dict[str, Any] = {
    "issue": "slug",
    "title": "title",
    "question": "question",
    "kind": "kind",
    "group": "group",
    "order": "order",
    "description": "description",
    "examples": "examples",
    "counter_examples": "counter_examples",
    "stances": lambda issue: [stance.slug for stance in issue.stances.all()],
    "labels": lambda issue: [stance.label for stance in issue.stances.all()],
    "values": lambda issue: [
        None if stance.value is None else float(stance.value) for stance in issue.stances.all()
    ],
    "positions": "positions_taken",
    "actors": "actors_heard",
}
LIST = Listing(
    noun="issues",
    title=gettext_lazy("Issues"),
    model=Issue,
    filters=IssueFilter,
    table=lambda filters: IssueTable(
        counted(filters.shown).with_ends(), counts=counts_of(filters.dossier)
    ),
    columns=COLUMNS,
    rows=lambda filters, site: values_of(
        counted(filters.shown).with_stances().order_by("order", "slug"), COLUMNS
    ),
)


@dataclass(frozen=True, slots=True)
class Lane:
    """A stance and the actors under it, each with whether its newest statements differ."""

    stance: Stance
    actors: list[tuple[Line, bool]]


@dataclass(frozen=True, slots=True)
class Change:
    """A step of an actor, in words, with the stances that stood before and after it."""

    actor: str
    href: str
    event: str
    when: str
    kind: Kind
    before: list[Stance]
    after: list[Stance]
    is_second_hand: bool


@dataclass(frozen=True)
class Standings:
    """Who stands where, of one event where the issue is asked of each.

    Lanes on the scale from -1 to 1, or of answers without an order, lanes off the scale, and the
    silent.
    """

    event: str
    scale: list[Lane]
    off_scale: list[Lane]
    silent: list[Actor]

    @property
    def silent_names(self) -> list[tuple[str, str]]:
        """The silent by short name and name."""
        return [(actor.slug, actor.name) for actor in self.silent[:MOST_SILENT]]


@dataclass(frozen=True)
class Spectrum:
    """Who stands where on an issue, and what changed.

    `cut` is the number of the newest positions that were looked at for it where there are more,
    `read` says what a silence rests on.
    """

    standings: list[Standings]
    read: str
    changes: list[Change]
    cut: int
    spoken: int
    sentence: str
    statements: int

    @property
    def moves(self) -> int:
        """How many of the changes are moves."""
        return sum(change.kind is Kind.MOVED for change in self.changes)


def spectrum_of(
    issue: Issue, *, counts: Counts, as_of: date, first_hand_only: bool, user: Any
) -> Spectrum:
    """Return the spectrum of an issue as of a date; four queries."""
    actors = list(
        Actor.objects.visible_to(user).filter(pk__in=counts.actors).only("slug", "name", "kind")
    )
    details = headline_details(
        actors=[actor.pk for actor in actors],
        issues=[issue.pk],
        as_of=as_of,
        first_hand_only=first_hand_only,
    )
    matrix = build_matrix(
        [detail["statement"] for detail in details.values()],
        actors=[actor.slug for actor in actors],
        issues=[issue.slug],
        as_of=as_of,
        first_hand_only=first_hand_only,
        events=events_by_issue([issue], dossier=issue.dossier),
    )
    stances = {stance.slug: stance for stance in issue.stances.all()}
    by_slug = {actor.slug: actor for actor in actors}
    standings = [_standings(issue, stances, row, details, by_slug) for row in matrix.rows]
    # What a person said for another actor is counted as that actor's.
    heard = {
        cell.actor
        for row in matrix.rows
        for cell in row.cells
        if any(voice.actor == cell.actor for voice in cell.voices)
    }
    history = Position.objects.visible_to(user).filter(issue=issue).newest_first()
    looked_at = history[: MOST_STATEMENTS + 1].statements()
    cut = MOST_STATEMENTS if len(looked_at) > MOST_STATEMENTS else 0
    changes = _changes(
        issue, stances, looked_at[:MOST_STATEMENTS], {actor.slug: actor.name for actor in actors},
        first_hand_only=first_hand_only, is_cut=bool(cut),
    )  # fmt: skip
    read = counts.coverage(as_of=as_of, issue=issue.pk)
    held = {line.label for one in standings for lane in one.scale + one.off_scale
            for line, _is_two_voices in lane.actors}  # fmt: skip
    return Spectrum(
        standings=standings,
        read=f"{read_sentence(read)} {looked_for_words(read)}",
        changes=changes,
        cut=cut,
        spoken=len(heard),
        sentence=_sentence(
            len(heard), len(actors), len(held), as_of, first_hand_only=first_hand_only
        ),
        statements=counts.issues.get(issue.pk, 0),
    )


def _standings(
    issue: Issue,
    stances: dict[str, Stance],
    row: Row,
    details: dict[int, dict[str, Any]],
    actors: dict[str, Actor],
) -> Standings:
    dossier = issue.dossier.slug
    under: dict[str, list[tuple[Line, bool]]] = {slug: [] for slug in stances}
    for cell in row.cells:
        for voice in cell.voices:
            if voice.actor != cell.actor:
                # What a person said for another actor stands under that actor.
                continue
            href = reverse("actors:detail", args=[dossier, cell.actor])
            line = line_of(details[voice.id], actor=actors[cell.actor].name, href=href)
            under[voice.stance].append((line, cell.is_two_voices))
    ordered = sorted(
        stances.values(), key=lambda stance: (stance.value is None, stance.value or 0, stance.order)
    )
    lanes = [Lane(stance, under[stance.slug]) for stance in ordered]
    events = events_of(issue.dossier) if row.event else []
    return Standings(
        event=next((event.name for event in events if event.slug == row.event), ""),
        scale=[lane for lane in lanes if lane.stance.value is not None or issue.is_nominal],
        off_scale=[lane for lane in lanes if lane.stance.value is None and not issue.is_nominal],
        silent=[actors[cell.actor] for cell in row.cells if cell.is_silent],
    )


def _changes(
    issue: Issue,
    stances: dict[str, Stance],
    statements: list[Statement],
    names: dict[str, str],
    *,
    first_hand_only: bool,
    is_cut: bool,
) -> list[Change]:
    events = events_of(issue.dossier) if issue.per_event else []
    called = {event.slug: event.name for event in events}
    # Of a cut history the first statement of an actor is not known to be the first.
    return [
        Change(
            actor=names.get(step.actor, step.actor),
            href=reverse("actors:detail", args=[issue.dossier.slug, step.actor]),
            event=called.get(step.event, ""),
            when=said_words(step.after[0].earliest, step.day, step.after[0].said),
            kind=step.kind,
            before=[stances[one.stance] for one in step.before],
            after=[stances[one.stance] for one in step.after],
            is_second_hand=not step.after[0].is_first_hand,
        )
        for step in steps(statements, first_hand_only=first_hand_only)
        if step.kind is not Kind.FIRST_HEARD or not is_cut
    ]


def _sentence(spoken: int, actors: int, held: int, as_of: date, *, first_hand_only: bool) -> str:
    words = ngettext(
        "As of %(day)s, %(spoken)s of %(actors)s actor has stated a position",
        "As of %(day)s, %(spoken)s of %(actors)s actors have stated a position",
        actors,
    ) % {"day": day_words(as_of), "spoken": spoken, "actors": actors}
    if spoken > 1:
        more = ngettext("%(n)s stance is held", "%(n)s different stances are held", held)
        words += ", " + more % {"n": held}
    if first_hand_only:
        words += ", " + _("first-hand only")
    return f"{words}."


def disputed_actors(
    issue: Issue, *, dossier: Dossier, as_of: date, user: Any
) -> list[tuple[Actor, str]]:
    """Return the actors on whom sources disagree, each with the view by source; three queries."""
    cells = cells_told_differently(issue, dossier=dossier, as_of=as_of, user=user)
    actors = Actor.objects.visible_to(user).of(dossier)
    actors = actors.filter(slug__in={actor for actor, _issue in cells})
    return [
        (actor, by_source_href(dossier, actor=actor.slug, issue=issue.slug, as_of=as_of))
        for actor in actors
    ]
