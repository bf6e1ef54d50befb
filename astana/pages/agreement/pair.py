"""What lies behind the figure of one pair: issue by issue, until the parts add up to it."""

from datetime import date
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from astana.comparison.agreement import WHOLE, Outcome, Part
from astana.models import Actor, Issue
from astana.models.ends import ends_by_issue
from astana.models.positions.stood import stood
from astana.pages.agreement.forms import AgreementSelection
from astana.pages.agreement.presenter import figure_words, range_words, same_words
from astana.pages.shared.figures import decimal
from astana.pages.shared.lines import Line, line_of, whose

_TITLES = {
    Outcome.DIFFER: gettext_lazy("They differ"),
    Outcome.DIFFERENT: gettext_lazy("Different answers, without an order"),
    Outcome.AGREE: gettext_lazy("They agree"),
    Outcome.SAME: gettext_lazy("The same answer, without an order"),
    Outcome.TWO_VOICES: gettext_lazy("Two voices, so no single value"),
    Outcome.OFF_SCALE: gettext_lazy("A stance off the scale"),
    Outcome.ONE: gettext_lazy("Only one is heard"),
    Outcome.NEITHER: gettext_lazy("Neither is heard"),
}

_DIVIDED = {
    "average": gettext_lazy("Divided by the average activity of the two, %(activity)s."),
    "jaccard": gettext_lazy(
        "Divided by %(activity)s: what only one of them said, and each pair of statements with "
        "the same value."
    ),
    "cosine": gettext_lazy("Divided by the product of the activities of the two, %(activity)s."),
}


def pair_panel(selection: AgreementSelection) -> dict[str, Any] | None:
    """Return the panel of the open pair, or None where none is open; at most four queries.

    `groups` are issues with the same outcome, each (outcome, title, issues); `counts` are those
    of a measure that counts statements. The rest is words.
    """
    if selection.pair is None:
        return None
    one, other = _actors(selection)
    figure = selection.network.figure(one.slug, other.slug)
    words, small = figure_words(selection, figure)
    few = ngettext(
        "The two share %(n)s issue; a figure needs at least %(least)s.",
        "The two share %(n)s issues; a figure needs at least %(least)s.",
        figure.n,
    ) % {"n": figure.n, "least": selection.least}
    panel = {
        "one": one,
        "other": other,
        "figure": words and f"{words} ({small})",
        "few": "" if words else few,
        "same": same_words(selection, selection.pair),
    }
    if selection.is_of_statements:
        return panel | {"sum": _sum_of_ties(selection), "counts": _counts(selection)}
    open_range = selection.network.range_of(*selection.pair)
    return panel | {
        "sum": _sum_of_likeness(selection),
        "range": range_words(*open_range, selection.language),
        "groups": _groups(selection),
    }


def _actors(selection: AgreementSelection) -> tuple[Actor, Actor]:
    one, other = selection.pair
    return selection.by_slug[one], selection.by_slug[other]


def _sum_of_likeness(selection: AgreementSelection) -> str:
    """Return the arithmetic of the score in words."""
    score = selection.network.headlines.score(*selection.pair)
    if score.value is None:
        return ""
    if selection.measure == "points":
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


def _sum_of_ties(selection: AgreementSelection) -> str:
    tie = selection.network.discourse.tie(*selection.pair)
    words = _("Congruence %(congruence)s, conflict %(conflict)s, the difference %(subtract)s.") % {
        "congruence": decimal(tie.congruence, 3),
        "conflict": decimal(tie.conflict, 3),
        "subtract": decimal(tie.subtract, 3),
    }
    if selection.measure == "ignore":
        together = decimal(tie.ignore, 3)
        words += " " + _("Together they are %(together)s.") % {"together": together}
    if tie.activity and selection.normalisation in _DIVIDED:
        divisor = selection.network.discourse.divisor(*selection.pair, selection.normalisation)
        divided = _DIVIDED[selection.normalisation]
        words += " " + divided % {"activity": decimal(divisor, 1)}
    return words


def _groups(selection: AgreementSelection) -> list[tuple[Outcome, str, list[dict[str, Any]]]]:
    """Return the issues with the same outcome together, the least alike first; three queries.

    Each has what the two hold on it, and in words what it adds to the figure.
    """
    lines = _lines(selection)
    issues = {issue.slug: issue for issue in (*selection.issues, *selection.nominal)}
    found: dict[Outcome, list[dict[str, Any]]] = {outcome: [] for outcome in _TITLES}
    ends = ends_by_issue(selection.dossier, list(issues))
    parts = selection.network.headlines.parts(*selection.pair)
    for part in sorted(parts, key=lambda part: part.likeness or 0):
        issue = issues[part.issue]
        found[part.outcome].append(
            {
                "issue": issue,
                "ends": ends[part.issue],
                "passages": _passages(selection, part),
                "adds": _adds(selection, part),
                "sides": [
                    (actor, lines.get((actor.slug, issue.slug), [])) for actor in _actors(selection)
                ],
            }
        )
    return [(outcome, str(_TITLES[outcome]), rows) for outcome, rows in found.items() if rows]


def _adds(selection: AgreementSelection, part: Part) -> str:
    if part.likeness is None:
        return ""
    likeness = Fraction(part.likeness, WHOLE)
    if selection.measure == "points":
        return _("%(points)s of 2 points") % {"points": decimal(2 * likeness, 3)}
    return _("adds %(likeness)s of 1") % {"likeness": decimal(likeness, 3)}


def _passages(selection: AgreementSelection, part: Part) -> str:
    """Return where the passages behind one issue of a pair are, narrowed as the figure is.

    The comparison looks back without an end: of a range that has a beginning the list of positions
    is the page.
    """
    if selection.since:
        return selection.positions_href(part.issue, _actors(selection))
    one, other = selection.pair
    query = {
        "actor": [one, other],
        "issue": part.issue,
        "as_of": selection.last_day.isoformat(),
        "bodies": "0",
    }
    if selection.first_hand:
        query["first_hand"] = "1"
    query["open"] = f"{one if part.one else other}.{part.issue}"
    return reverse("compare:matrix", args=[selection.dossier.slug], query=query)


def _lines(selection: AgreementSelection) -> dict[tuple[str, str], list[Line]]:
    """Return what the two hold on each issue, one line for each stance; one query."""
    found = stood(
        dossier=selection.dossier,
        actors=_actors(selection),
        issues=(*selection.issues, *selection.nominal),
        as_of=selection.last_day,
        since=selection.since or date.min,
        first_hand_only=selection.first_hand,
    )
    actors = {actor.slug: actor for actor in _actors(selection)}
    lines: dict[tuple[str, str], list[Line]] = {}
    for row in found.matrix.rows:
        for cell in row.cells:
            for voice in cell.voices:
                shown = found.details[voice.id]
                href = reverse("positions:detail", args=[selection.dossier.slug, shown["key"]])
                line = line_of(shown, actor=whose(shown, cell, actors), href=href)
                lines.setdefault((cell.actor, cell.issue), []).append(line)
    return lines


def _counts(selection: AgreementSelection) -> list[dict[str, Any]]:
    """Return the issues on which both took a value: who said what how often, and what it adds."""
    parts = selection.network.discourse.parts(*selection.pair)
    labels: dict[tuple[int, int | None], list[str]] = {}
    for pk, stance in selection.counted.stances.items():
        value = selection.counted.values[pk]
        labels.setdefault((stance.issue_id, value), []).append(stance.label)

    def said(actor: Actor, issue: Issue) -> str:
        """Return how often an actor took which stances on an issue, in words."""
        times_of = selection.network.discourse.said(actor.slug, issue.slug)
        return "; ".join(
            _("%(times)s × %(stance)s")
            % {"times": times, "stance": " / ".join(labels[issue.pk, value])}
            for value, times in times_of.items()
        )

    return [
        {
            "issue": issue,
            "positions": selection.positions_href(issue.slug, _actors(selection)),
            "sides": [(actor, said(actor, issue)) for actor in _actors(selection)],
            "congruence": decimal(parts[issue.slug].congruence, 3),
            "conflict": decimal(parts[issue.slug].conflict, 3),
        }
        for issue in selection.issues
        if parts[issue.slug].n
    ]
