"""Where the parties meet and where they do not, ready to be shown."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.urls import reverse

from astana.comparison.common_ground import (
    Ground,
    grounds,
    most_accepted_first,
    most_contested_first,
    spoken_on,
)
from astana.comparison.matrix import Cell, build_matrix
from astana.models import Actor, Dossier, Evidence, Issue, Position
from astana.models.counts import Counts
from astana.models.positions.shown import headline_details
from astana.models.positions.told import sources_of
from astana.pages.shared.lines import Line, line_of
from astana.pages.shared.matrix import Mark, spread_marks
from astana.pages.shared.passages import PassageView, passages_of

MOST_ISSUES = 40
MOST_DISPUTED = 50
_ORDERS = {
    "accepted": most_accepted_first,
    "contested": most_contested_first,
    "facts": spoken_on,
}


@dataclass(frozen=True, slots=True)
class Card:
    """One issue with the actors on either side of its scale, and those on none."""

    issue: Issue
    marks: tuple[Mark, ...]
    wider: list[Line]
    narrower: list[Line]
    others: list[Line]
    silent: list[str]
    spoken: int
    sources: int


@dataclass(frozen=True, slots=True)
class Disputed:
    """A position whose report is disputed, with the passages on either side."""

    position: Position
    passages: list[PassageView]


@dataclass(frozen=True)
class CommonGround:
    """The cards of one list; `hidden` says how many issues did not fit.

    `disputed` holds the newest disputed reports, of which `is_cut` says that there are more.
    """

    cards: list[Card]
    disputed: list[Disputed]
    is_cut: bool
    actors: int
    issues: int
    hidden: int


def common_ground(
    dossier: Dossier,
    *,
    show: str,
    counts: Counts,
    as_of: date,
    first_hand_only: bool,
    group: str,
    user: Any,
) -> CommonGround:
    """Return one list of common ground as of a date; seven queries, whatever the size."""
    kind = Issue.Kind.FACT if show == "facts" else Issue.Kind.PREFERENCE
    issues = list(Issue.objects.visible_to(user).of(dossier).asking(kind=kind, group=group))
    actors = list(Actor.objects.visible_to(user).filter(pk__in=counts.actors))
    statements = Position.objects.headlines(
        actors=[actor.pk for actor in actors],
        issues=[issue.pk for issue in issues],
        as_of=as_of,
        first_hand_only=first_hand_only,
    ).statements()
    matrix = build_matrix(
        statements,
        actors=[actor.slug for actor in actors],
        issues=[issue.slug for issue in issues],
        as_of=as_of,
        first_hand_only=first_hand_only,
    )
    ordered = _ORDERS[show](grounds(matrix))
    by_slug = {issue.slug: issue for issue in issues}
    shown = ordered[:MOST_ISSUES]
    details = headline_details(
        actors=[actor.pk for actor in actors],
        issues=[by_slug[ground.issue].pk for ground in shown],
        as_of=as_of,
        first_hand_only=first_hand_only,
    )
    names = {actor.slug: actor.name for actor in actors}
    sources: dict[str, set[str]] = {}
    for position, slugs in sources_of(list(details)).items():
        sources.setdefault(details[position]["issue_slug"], set()).update(slugs)
    asked = {"as_of": as_of.isoformat(), "bodies": "0"} | (
        {"first_hand": "1"} if first_hand_only else {}
    )
    compare = reverse("compare:matrix", args=[dossier.slug], query=asked)
    disputed = _disputed(dossier, as_of=as_of, user=user) if show == "facts" else []
    return CommonGround(
        cards=[
            _card(ground, by_slug[ground.issue], details, names, sources, compare)
            for ground in shown
        ],
        disputed=disputed[:MOST_DISPUTED],
        is_cut=len(disputed) > MOST_DISPUTED,
        actors=len(actors),
        issues=len(ordered),
        hidden=len(ordered) - len(shown),
    )


def _card(
    ground: Ground,
    issue: Issue,
    details: dict[int, dict[str, Any]],
    names: dict[str, str],
    sources: dict[str, set[str]],
    compare: str,
) -> Card:
    def held(cells: tuple[Cell, ...]) -> list[Line]:
        return [
            line_of(details[voice.id], actor=names[cell.actor], href=_open(compare, cell))
            for cell in cells
            for voice in cell.voices
        ]

    values = [cell.value for cell in ground.plus + ground.minus + ground.between]
    # On a fact the plus side asserts and the minus side denies, whichever is wider.
    is_fact = issue.kind == Issue.Kind.FACT
    return Card(
        issue=issue,
        marks=spread_marks(values),
        wider=held(ground.plus if is_fact else ground.wider),
        narrower=held(ground.minus if is_fact else ground.narrower),
        others=held(ground.between + ground.off_scale + ground.two_voices),
        silent=[names[cell.actor] for cell in ground.silent],
        spoken=ground.spoken,
        sources=len(sources.get(issue.slug, ())),
    )


def _open(compare: str, cell: Cell) -> str:
    query = {"actor": cell.actor, "issue": cell.issue, "open": f"{cell.actor}.{cell.issue}"}
    return f"{compare}&{urlencode(query)}"


def _disputed(dossier: Dossier, *, as_of: date, user: Any) -> list[Disputed]:
    disputes = Evidence.objects.filter(position=OuterRef("pk"), role=Evidence.Role.DISPUTES)
    positions = list(
        Position.objects.visible_to(user)
        .of(dossier)
        .as_of(as_of)
        .filter(Exists(disputes))
        .select_related("actor", "issue", "stance__issue", "dossier")
        .newest_first()[: MOST_DISPUTED + 1]
    )
    passages = passages_of(positions, dossier=dossier, user=user) if positions else {}
    return [Disputed(position, passages[position.pk]) for position in positions]
