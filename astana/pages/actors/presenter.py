"""The list of actors, and the profile of one: what it holds as of a day, where it is silent."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

import django_tables2
from django.db.models import OuterRef, Q, QuerySet, Value
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from astana.comparison.matrix import build_matrix
from astana.models import Actor, Affiliation, Dossier, Issue, Position
from astana.models.counts import Heard, counts_of, heard_in
from astana.models.coverage_words import read_sentence
from astana.models.event import events_by_issue, events_of
from astana.models.positions.fetched import in_words
from astana.models.positions.shown import headline_details
from astana.pages.actors.forms import ActorFilter
from astana.pages.shared.lines import Line, line_of, whose
from astana.web.listing import Listing, values_of
from astana.web.table import LongTable, number_column, number_of, ranked_by


def counted(actors: QuerySet) -> QuerySet:
    """Return the actors with their names, and how many positions there are of each."""
    positions = Position.objects.filter(actor=OuterRef("pk"), public=Value(True))
    return (
        actors.select_related("dossier", "part_of")
        .prefetch_related("names")
        .annotate(
            positions_taken=number_of(positions), issues_addressed=number_of(positions, of="issue")
        )
    )


class ActorTable(LongTable):
    """The actors with their names in all languages, what they are, and how many positions."""

    ROW_HEADER = "name"
    CAPTION = _("Actors")

    name = django_tables2.Column(verbose_name=_("Actor"), order_by=("sort_name", "slug"))
    kind = django_tables2.Column(verbose_name=_("Kind"), order_by=("kind", "sort_name", "slug"))
    part_of = django_tables2.Column(
        verbose_name=_("Part of"), order_by=("part_of__sort_name", "sort_name", "slug")
    )
    positions = number_column("positions_taken", "issues_addressed", label=_("Positions"))
    issues = number_column("issues_addressed", "positions_taken", label=_("Issues"))

    class Meta(LongTable.Meta):
        order_by = "name"

    def __init__(self, actors: QuerySet, *, heard: Heard, **kwargs: Any) -> None:
        super().__init__(actors, ranked=self.by_number, **kwargs)
        self.heard, self.actors = heard, actors

    def load(self, actors: QuerySet) -> Iterable[Actor]:
        """Return the actors of a page with their names, and how many positions of each."""
        for actor in actors.select_related("dossier", "part_of").prefetch_related("names"):
            actor.positions_taken = self.heard.positions_of_actor[actor.pk]
            actor.issues_addressed = self.heard.issues_of_actor[actor.pk]
            yield actor

    def by_number(self, name: str) -> list[int] | None:
        """Return the primary keys in the order of a column that counts."""
        numbers = (self.heard.positions_of_actor, self.heard.issues_of_actor)
        return ranked_by(name, ("positions", "issues"), numbers, self.actors)

    def render_name(self, record: Actor) -> SafeString:
        """Return the name with a link to the profile, and the further names in their languages."""
        names = format_html_join(
            SafeString(" · "),
            '<bdi lang="{}">{}</bdi>',
            ((name.language, name.name) for name in record.names.all()),
        )
        return format_html(
            '<a href="{}"><bdi>{}</bdi></a> <span class="small muted names">{}</span>',
            reverse("actors:detail", args=[record.dossier.slug, record.slug]),
            record.name,
            names,
        )

    def render_kind(self, record: Actor) -> str:
        """Return what sort of actor it is."""
        return record.get_kind_display()

    def render_part_of(self, record: Actor) -> SafeString:
        """Return the whole with a link to its profile."""
        return format_html(
            '<a href="{}"><bdi>{}</bdi></a>',
            reverse("actors:detail", args=[record.dossier.slug, record.part_of.slug]),
            record.part_of.name,
        )


COLUMNS: dict[str, Any] = {
    "actor": "slug",
    "name": "name",
    "kind": "kind",
    "part_of": lambda actor: actor.part_of and actor.part_of.slug,
    "wikidata": "wikidata",
    "description": "description",
    "names": lambda actor: [name.name for name in actor.names.all()],
    "languages": lambda actor: [name.language for name in actor.names.all()],
    "positions": "positions_taken",
    "issues": "issues_addressed",
}
LIST = Listing(
    noun="actors",
    title=_("Actors"),
    model=Actor,
    filters=ActorFilter,
    table=lambda filters: ActorTable(
        counted(filters.shown), found=filters.found, heard=heard_in(filters.dossier)
    ),
    columns=COLUMNS,
    order=("sort_name", "slug"),
    rows=lambda shown, filters, site: values_of(counted(shown).order_by(*LIST.order), COLUMNS),
)


MOST_LATEST = 10
# Who spoke is counted in so many positions of the actor, and the first so many are named.
MOST_COUNTED = 1_000
MOST_PEOPLE = 50


class Held(NamedTuple):
    """What an actor holds on an issue: one headline, or several of which none is the newest.

    `event` is the name of the event that the fact is about, where it is asked of each.
    """

    issue: Issue
    headlines: list[Line]
    event: str


def profile_of(
    actor: Actor, *, dossier: Dossier, as_of: date, first_hand_only: bool, user: Any
) -> dict[str, Any]:
    """Return the profile of an actor as of a day; its queries do not grow with the dossier.

    `issues` are all of the dossier, `held` the number of those on which the actor holds a stance,
    which stand in `groups`.
    """
    positions = Position.objects.visible_to(user).of(dossier).as_of(as_of)
    affiliations = list(
        Affiliation.objects.visible_to(user)
        .of(dossier)
        .filter(Q(body=actor) | Q(person=actor))
        .select_related("person", "body")
        .order_by("start", "person__sort_name", "body__sort_name", "role")
    )
    issues = list(Issue.objects.visible_to(user).of(dossier).order_by("group", "order", "slug"))
    held, silent = _held(
        actor, issues, dossier=dossier, as_of=as_of, first_hand_only=first_hand_only
    )
    if first_hand_only:
        positions = positions.filter(first_hand=True)
    # Without the dossier, so that the index begins with the actor; it has none in another.
    everywhere = Position.objects.visible_to(user).as_of(as_of)
    speakers, newest_spoken, unnamed_spoken = _people(
        everywhere.filter(actor=actor, speaker__isnull=False, first_hand=True), of="speaker"
    )
    # Who says something about another actor, for a third one, does not speak for it.
    spoken = everywhere.filter(speaker=actor, first_hand=True)
    spoke_for, newest_spoken_for, unnamed_for = _people(spoken, of="actor")
    own = Q(actor=actor)
    if actor.kind == Actor.Kind.PERSON:
        own |= Q(speaker=actor, first_hand=True)
    return {
        "names": actor.names.order_by("language", "name"),
        "bodies": actor.bodies.filter(public=True).order_by("sort_name", "slug"),
        "issues": issues,
        "groups": [(name, list(part)) for name, part in groupby(held, key=lambda h: h.issue.group)],
        "held": len({one.issue.pk for one in held}),
        "silent": silent,
        "speakers": speakers,
        "spoke_for": spoke_for,
        "are_newest": {"speakers": newest_spoken, "spoke_for": newest_spoken_for},
        "unnamed": {"speakers": unnamed_spoken, "spoke_for": unnamed_for},
        "most_counted": MOST_COUNTED,
        "people": [one for one in affiliations if one.body_id == actor.pk],
        "affiliations": [one for one in affiliations if one.person_id == actor.pk],
        "events": actor.participations.filter(event__public=True, event__start__lte=as_of)
        .select_related("event")
        .order_by("-event__start", "event__slug"),
        "signatures": actor.signatures.filter(document__public=True, document__date__lte=as_of)
        .select_related("document")
        .order_by("status", "-document__date", "document__slug"),
        "latest": list(in_words(positions.filter(own)).newest_first()[:MOST_LATEST]),
        "read": read_sentence(counts_of(dossier).coverage(as_of=as_of)),
    }


def _held(
    actor: Actor, issues: list[Issue], *, dossier: Dossier, as_of: date, first_hand_only: bool
) -> tuple[list[Held], list[Issue]]:
    """Return what the actor holds by the headline rule, and the issues it is silent on."""
    details = headline_details(
        actors=[actor.pk],
        issues=[issue.pk for issue in issues],
        as_of=as_of,
        first_hand_only=first_hand_only,
    )
    matrix = build_matrix(
        [row["statement"] for row in details.values()],
        actors=[actor.slug],
        issues=[issue.slug for issue in issues],
        as_of=as_of,
        first_hand_only=first_hand_only,
        events=events_by_issue(issues, dossier=dossier),
    )
    asked = {issue.slug: issue for issue in issues}
    events = {one.slug: one.name for one in events_of(dossier)} if matrix.rows else {}
    held, silent = [], []
    for row in matrix.rows:
        [cell], issue = row.cells, asked[row.issue]
        if cell.is_silent:
            silent.append(issue)
            continue
        rows = (details[voice.id] for voice in cell.voices)
        lines = [line_of(one, actor=whose(one, cell, {actor.slug: actor})) for one in rows]
        held.append(Held(issue, lines, events.get(row.event, "")))
    # Groups come in the order of their first issue.
    first = {issue.group: issue.order for issue in sorted(issues, key=lambda i: -i.order)}
    held.sort(key=lambda one: (first[one.issue.group], one.issue.group, one.issue.order))
    return held, sorted(silent, key=lambda issue: (issue.order, issue.slug))


def _people(positions: Any, *, of: str) -> tuple[list[dict[str, Any]], bool, int]:
    """Return the actors on one side of these positions with how many there are of each.

    Only the newest positions are counted; the second value says whether there are more, the third
    how many actors are not named.
    """
    newest = positions.newest_first().values_list(f"{of}__slug", f"{of}__name", f"{of}__sort_name")[
        : MOST_COUNTED + 1
    ]
    rows = list(newest)
    numbers = Counter(rows[:MOST_COUNTED])
    ordered = sorted(numbers.items(), key=lambda one: (-one[1], one[0][2], one[0][0]))
    people = [
        {"slug": slug, "name": name, "number": number}
        for (slug, name, _sort_name), number in ordered[:MOST_PEOPLE]
    ]
    return people, len(rows) > MOST_COUNTED, len(ordered) - len(people)
