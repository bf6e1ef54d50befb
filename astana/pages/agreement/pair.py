"""What lies behind the figure of one pair: issue by issue, until the parts add up to it."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astana.comparison.agreement import WHOLE, Outcome, Part
from astana.models import Actor, Evidence, Issue, Position, Stance
from astana.pages.agreement.forms import MEASURES, AgreementSelection
from astana.pages.agreement.network import Network, decimal, range_words
from astana.pages.shared.matrix import how_words


@dataclass(frozen=True, slots=True)
class Side:
    """A stance of one of the two, in words, with the position it is taken from."""

    stance: Stance
    summary: str
    condition: str
    how: str
    is_second_hand: bool
    is_disputed: bool
    said: str
    key: str
    href: str


@dataclass(frozen=True, slots=True)
class PairIssue:
    """One issue: what each holds, and what it adds to the figure; empty where it adds nothing."""

    issue: Issue
    href: str
    passages: str
    adds: str
    one: tuple[Side, ...]
    other: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class PairGroup:
    """The issues with the same outcome, under one heading."""

    outcome: str
    title: str
    issues: tuple[PairIssue, ...]


@dataclass(frozen=True, slots=True)
class PairCount:
    """One issue of a measure that counts statements: who said what how often, and what it adds."""

    issue: Issue
    href: str
    positions: str
    one: str
    other: str
    congruence: str
    conflict: str


@dataclass(frozen=True)
class PairPanel:
    """The figure of two actors and the issues behind it."""

    one: Actor
    other: Actor
    measure: str
    figure: str
    few: str
    sum: str
    range: str
    groups: tuple[PairGroup, ...]
    counts: tuple[PairCount, ...]


def pair_panel(network: Network) -> PairPanel | None:
    """Return the panel of the open pair, or None where none is open; at most one query."""
    selection = network.selection
    if selection.pair is None:
        return None
    one, other = (network.by_slug[slug] for slug in selection.pair)
    figure = network.figure(one.slug, other.slug)
    few = ""
    if figure.value is None:
        few = ngettext(
            "The two share %(n)s issue, and at least %(least)s was asked for: no figure.",
            "The two share %(n)s issues, and at least %(least)s was asked for: no figure.",
            figure.n,
        ) % {"n": figure.n, "least": selection.least}
    is_of_statements = selection.is_of_statements
    return PairPanel(
        one=one,
        other=other,
        measure=str(MEASURES[selection.measure]),
        figure=figure.words and f"{figure.words} ({figure.small})",
        few=few,
        sum=_sum_of_ties(network) if is_of_statements else _sum_of_likeness(network),
        range="" if is_of_statements else _range(network),
        groups=() if is_of_statements else _groups(network),
        counts=_counts(network) if is_of_statements else (),
    )


def _range(network: Network) -> str:
    low, high = network.headlines.open_range(*network.selection.pair)
    return range_words(low, high)


def _sum_of_likeness(network: Network) -> str:
    """Return the arithmetic of the score in words."""
    score = network.headlines.score(*network.selection.pair)
    if not score.n:
        return ""
    if network.selection.measure == "points":
        return _("%(points)s of at most %(most)s points, two for each of %(n)s issues.") % {
            "points": decimal(score.points, 3),
            "most": 2 * score.n,
            "n": score.n,
        }
    return _("The parts add up to %(sum)s; %(sum)s / %(n)s = %(value)s.") % {
        "sum": decimal(score.sum, 3),
        "n": score.n,
        "value": decimal(score.value, 2),
    }


def _sum_of_ties(network: Network) -> str:
    tie = network.discourse.tie(*network.selection.pair)
    words = _("Congruence %(congruence)s, conflict %(conflict)s, the difference %(subtract)s.") % {
        "congruence": decimal(tie.congruence, 3),
        "conflict": decimal(tie.conflict, 3),
        "subtract": decimal(tie.subtract, 3),
    }
    if network.selection.normalisation == "average" and tie.activity:
        words += " " + _("Divided by the average activity of the two, %(activity)s.") % {
            "activity": decimal(tie.average_activity, 1)
        }
    return words


def _groups(network: Network) -> tuple[PairGroup, ...]:
    selection = network.selection
    parts = network.headlines.parts(*selection.pair)
    sides = _sides(network)
    issues = {issue.slug: issue for issue in selection.issues}
    titles = {
        Outcome.DIFFER: _("They differ"),
        Outcome.AGREE: _("They agree"),
        Outcome.TWO_VOICES: _("Two voices, so no single value"),
        Outcome.OFF_SCALE: _("A stance off the scale"),
        Outcome.ONE: _("Only one has spoken"),
        Outcome.NEITHER: _("Neither has spoken"),
    }
    groups = []
    for outcome, title in titles.items():
        found = [part for part in parts if part.outcome == outcome]
        found.sort(key=lambda part: part.likeness or 0)
        rows = tuple(_pair_issue(network, issues[part.issue], part, sides) for part in found)
        if rows:
            groups.append(PairGroup(str(outcome), title, rows))
    return tuple(groups)


def _pair_issue(
    network: Network, issue: Issue, part: Part, sides: dict[tuple[str, str], list[Side]]
) -> PairIssue:
    selection = network.selection
    adds = ""
    if part.likeness is not None:
        likeness = Fraction(part.likeness, WHOLE)
        points = selection.measure == "points"
        adds = (
            _("%(points)s of 2 points") % {"points": decimal(2 * likeness, 3)}
            if points
            else _("adds %(likeness)s of 1") % {"likeness": decimal(likeness, 3)}
        )
    one, other = selection.pair
    return PairIssue(
        issue=issue,
        href=reverse("issues:detail", args=[selection.dossier.slug, issue.slug]),
        passages=_passages(selection, issue, part),
        adds=adds,
        one=tuple(sides.get((one, issue.slug), ())),
        other=tuple(sides.get((other, issue.slug), ())),
    )


def _passages(selection: AgreementSelection, issue: Issue, part: Part) -> str:
    """Return where the passages behind one issue of a pair are, narrowed as the figure is.

    The comparison looks back without an end: of a range that has a beginning the list of positions
    is the page.
    """
    if selection.since:
        return _positions(selection, issue)
    one, other = selection.pair
    query = {
        "actor": [one, other],
        "issue": issue.slug,
        "as_of": selection.last_day.isoformat(),
        "bodies": "0",
    }
    if selection.first_hand:
        query["first_hand"] = "1"
    query["open"] = f"{one if part.one else other}.{issue.slug}"
    return reverse("compare:matrix", args=[selection.dossier.slug], query=query)


def _positions(selection: AgreementSelection, issue: Issue) -> str:
    """Return where the positions of the pair on an issue are that the figure counts."""
    query = {"actor": list(selection.pair), "issue": issue.slug}
    if selection.since:
        query["since"] = selection.since.isoformat()
    query["until"] = selection.last_day.isoformat()
    if selection.first_hand:
        query["first_hand"] = "1"
    return reverse("positions:index", args=[selection.dossier.slug], query=query)


def _sides(network: Network) -> dict[tuple[str, str], list[Side]]:
    """Return what the two hold on each issue, one side for each stance; one query."""
    selection = network.selection
    actors = {network.by_slug[slug].pk: slug for slug in selection.pair}
    issues = {issue.pk: issue.slug for issue in selection.issues}
    disputes = Evidence.objects.filter(position=OuterRef("pk"), role=Evidence.Role.DISPUTES)
    positions = (
        Position.objects.headlines(
            actors=actors,
            issues=issues,
            as_of=selection.last_day,
            since=selection.since or date.min,
            first_hand_only=selection.first_hand,
        )
        .select_related("attributed_by")
        .annotate(is_disputed=Exists(disputes))
        .newest_first()
    )
    sides: dict[tuple[str, str], list[Side]] = {}
    seen: set[tuple[int, int, int]] = set()
    for position in positions:
        cell = (position.actor_id, position.issue_id, position.stance_id)
        if cell not in seen:
            seen.add(cell)
            sides.setdefault((actors[position.actor_id], issues[position.issue_id]), []).append(
                _side(position, network)
            )
    return sides


def _side(position: Any, network: Network) -> Side:
    by = position.attributed_by
    return Side(
        stance=network.stances[position.stance_id],
        summary=position.summary,
        condition=position.condition,
        how=how_words(position.voice, by=by.name if by else ""),
        is_second_hand=not position.first_hand,
        is_disputed=position.is_disputed,
        said=position.said_words,
        key=position.key,
        href=reverse("positions:detail", args=[network.selection.dossier.slug, position.key]),
    )


def _counts(network: Network) -> tuple[PairCount, ...]:
    """Return the issues on which both took a value, with what each adds to the figure."""
    selection = network.selection
    one, other = selection.pair
    parts = network.discourse.parts(one, other)
    dossier = selection.dossier.slug
    labels: dict[tuple[int, int], list[str]] = {}
    for pk, stance in network.stances.items():
        value = network.values[pk]
        if value is not None:
            labels.setdefault((stance.issue_id, value), []).append(stance.label)

    def said(actor: str, issue: Issue) -> str:
        return "; ".join(
            _("%(times)s × %(stance)s")
            % {"times": times, "stance": " / ".join(labels[issue.pk, value])}
            for value, times in network.discourse.said(actor, issue.slug).items()
        )

    return tuple(
        PairCount(
            issue=issue,
            href=reverse("issues:detail", args=[dossier, issue.slug]),
            positions=_positions(selection, issue),
            one=said(one, issue),
            other=said(other, issue),
            congruence=decimal(parts[issue.slug].congruence, 3),
            conflict=decimal(parts[issue.slug].conflict, 3),
        )
        for issue in selection.issues
        if parts[issue.slug].n
    )
