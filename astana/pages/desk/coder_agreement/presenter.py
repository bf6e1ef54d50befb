"""How far independent coders agree: on a dossier, an issue, or in pairs, with the units behind."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from astana.comparison.coders import Coded, Figures, Metric, by_group
from astana.comparison.coders import figures as figures_of
from astana.comparison.figure import RESAMPLES, Figure, Undefined
from astana.comparison.lining_up import LinedUp, compared, stances
from astana.comparison.unitising import Stretch, figures_on_passages
from astana.comparison.unitising import found as statements_found
from astana.models import Position
from astana.models.rounds import Round, codings_of, marked_in, units_of
from astana.web.numbers import number

# Intervals are drawn for so many units at most, and so many units are listed behind a figure.
MOST_UNITS_DRAWN = 2_000
MOST_UNITS_LISTED = 100

WHY = {
    Undefined.NO_UNITS: _("Undefined: no statement was recorded by two coders."),
    Undefined.ONE_UNIT: _("Undefined: one statement alone cannot tell agreement from chance."),
    Undefined.NO_VARIATION: _(
        "Undefined: only one value was used, so agreement cannot be told from chance."
    ),
}
# Where a figure has reasons of its own.
OFF_THE_SCALE = _("Undefined: on no statement did two coders choose stances with a value.")
WHY_OF = {
    "stance": {
        Undefined.NO_UNITS: _("Undefined: no two coders chose the same issue for a statement."),
        Undefined.ONE_UNIT: _(
            "Undefined: no issue has two such statements, so agreement cannot be told from chance."
        ),
        Undefined.NO_VARIATION: _(
            "Undefined: on each issue only one stance was used, so agreement cannot be told from "
            "chance."
        ),
    },
    Metric.ORDINAL: {Undefined.NO_UNITS: OFF_THE_SCALE},
    Metric.INTERVAL: {Undefined.NO_UNITS: OFF_THE_SCALE},
    "statements": {Undefined.NO_UNITS: _("Undefined: nobody recorded anything.")},
    "passages": {
        Undefined.NO_UNITS: _("Undefined: nobody marked a passage in a text that two coders read."),
        Undefined.NO_VARIATION: _("Undefined: no text has marked and unmarked parts to compare."),
    },
}
NO_INTERVAL = {
    Undefined.ONE_UNIT: _("none: there is only one"),
    Undefined.NO_VARIATION: _("none: most samples have no variation"),
}
OF = {
    "statements": _("Statements"),
    "passages": _("Passages"),
    "stance": pgettext_lazy("what coders agree on", "Stance"),
    "issue": pgettext_lazy("what coders agree on", "Issue"),
    "actor": pgettext_lazy("what coders agree on", "Actor"),
    "voice": pgettext_lazy("what coders agree on", "Voice"),
    "said": _("Date said"),
    "speaker": pgettext_lazy("what coders agree on", "Speaker"),
}
COMPARED = ("issue", "actor", "voice", "said", "speaker")
NOTES = {
    "stance": _("where coders chose the same issue"),
    "issue": _("also used to line up"),
    "actor": _("also used to line up"),
}
MEASURES = {
    "found": _("found by both, of those found by either"),
    "percent": _("percent agreement"),
    "kappa": _("Cohen's kappa"),
    "nominal": _("Krippendorff's alpha, nominal"),
    "ordinal": _("Krippendorff's alpha, ordinal"),
    "interval": _("Krippendorff's alpha, interval"),
    "alpha_u": _("Krippendorff's alpha for unitising"),
    "overlap": _("overlap of the marked words (Jaccard)"),
    "f1": _("F1 of the passages"),
}


def coder_agreement(
    rounds: Sequence[Round],
    *,
    issue: str = "",
    pair: tuple[str, str] | None = None,
    of: str = "",
    measure: str = "",
) -> dict[str, Any]:
    """Return the figures of rounds, of one issue or one pair of coders if asked for.

    With `of` and `measure` the units or stretches behind that figure are opened.
    """
    found = codings_of(rounds)
    by_pk = {one.pk: one for held in found.values() for one in held}
    units = units_of(rounds, found, coders=pair or (), issue=issue)
    coders = pair or {one.coded_by for each in rounds for one in each.assignments}
    resamples = RESAMPLES if len(units) <= MOST_UNITS_DRAWN else 0
    coded = {"stance": _stances(units, issue)} | {
        name: compared(units, attrgetter(name)) for name in COMPARED
    }
    values = []
    for name, held in coded.items():
        # Only the answers to an issue have an order.
        metrics = Metric if name == "stance" else [Metric.NOMINAL]
        values += _views(
            name, figures_of(held, coders=coders, metrics=metrics, resamples=resamples).by_measure
        )
    finding = _views("statements", {"found": statements_found(units, resamples=resamples)})
    if not issue:
        # Over the texts in which anybody marked anything.
        codings, continua = marked_in(rounds, found, coders=pair or ())
        marked = figures_on_passages(codings, continua, resamples=resamples)
        finding += _views("passages", marked)
    shown = {(one["of"], one["measure"]): one["figure"] for one in [*finding, *values]}
    chosen = shown.get((of, measure))
    behind = [*chosen.disagreeing, *chosen.agreeing] if chosen else []
    alike = set(chosen.agreeing) if chosen else set()
    opened = [(one, one in alike) for one in behind[:MOST_UNITS_LISTED]]
    return {
        "rounds": len(rounds),
        "units": len(units),
        "alone": sum(len(unit.codings) == 1 for unit in units),
        "finding": finding,
        "coded_as": values,
        "issues": [] if issue or pair else list(_by_issue(units, coders, by_pk)),
        "pairs": [] if pair else list(_by_pair(rounds, found, issue=issue)),
        "opened": [
            unit_view(unit, by_pk, of=of, agrees=agrees)
            for unit, agrees in opened
            if isinstance(unit, LinedUp)
        ],
        "stretches": _stretch_views([one for one in opened if isinstance(one[0], Stretch)], found),
        "opened_more": len(behind) - len(opened),
    }


def _views(of: str, figures: Mapping[str, Figure]) -> list[dict[str, Any]]:
    """Return figures with what they are of and what is to be known of them, in words."""
    return [
        {
            "of": of,
            "of_label": OF[of],
            "note": NOTES.get(of, ""),
            "measure": measure,
            "label": MEASURES[measure],
            "figure": one,
            "value": "" if one.value is None else number(one.value, 4),
            "low": "" if one.interval is None else number(one.interval.low, 2),
            "high": "" if one.interval is None else number(one.interval.high, 2),
            "why": (WHY | WHY_OF.get(of, {}) | WHY_OF.get(measure, {})).get(one.undefined, ""),
            "no_interval": "" if one.undefined else NO_INTERVAL.get(one.no_interval, ""),
        }
        for measure, one in figures.items()
    ]


def _stances(units: Sequence[LinedUp], issue: str) -> list[Coded]:
    return [one for one in stances(units) if not issue or one.stratum == issue]


def _by_issue(
    units: Sequence[LinedUp], coders: Collection[str], by_pk: dict[int, Position]
) -> Iterator[dict[str, Any]]:
    """Yield the figures on stances by issue."""
    grouped = by_group(stances(units), lambda one: one.stratum, coders=coders, resamples=0)
    titles = {position.issue.slug: position.issue.title for position in by_pk.values()}
    for name, held in grouped.items():
        yield _row(titles[name], held, issue=name)


def _by_pair(
    rounds: Sequence[Round], found: dict[int, list[Position]], *, issue: str
) -> Iterator[dict[str, Any]]:
    """Yield the figures on stances of every two coders of a round, each pair's units alone."""
    kept = {"issue": issue} if issue else {}
    of_pair: dict[tuple[str, str], list[Round]] = {}
    for each in rounds:
        for two in combinations(sorted(one.coded_by for one in each.assignments), 2):
            of_pair.setdefault(two, []).append(each)
    for two, held in sorted(of_pair.items()):
        coded = _stances(units_of(held, found, coders=two, issue=issue), issue)
        figures = figures_of(coded, coders=two, resamples=0)
        yield _row(", ".join(two), figures, **kept, pair=".".join(two))


def _row(label: str, held: Figures, **query: str) -> dict[str, Any]:
    figures = _views("stance", held.by_measure)
    return {"label": label, "query": urlencode(query), "figures": figures}


def _stretch_views(
    stretches: Sequence[tuple[Stretch, bool]], found: dict[int, list[Position]]
) -> list[dict[str, Any]]:
    """Return stretches of texts behind a figure on passages: their words, and who marked them."""
    texts = {
        f"{position.assignment.article.slug}/{passage.rendition_id}": (position, passage.rendition)
        for held in found.values()
        for position in held
        for passage in position.evidence.all()
    }
    views = []
    for one, agrees in stretches:
        position, rendition = texts[one.article]
        views.append(
            {
                "article": position.assignment.article,
                "agrees": agrees,
                "words": rendition.text[one.start : one.end],
                "language": rendition.language,
                "marked_by": [coder for coder, value in one.values if value is not None],
                "left_by": [coder for coder, value in one.values if value is None],
            }
        )
    return views


def unit_view(
    unit: LinedUp, by_pk: dict[int, Position], *, of: str, agrees: bool
) -> dict[str, Any]:
    """Return a unit behind a figure: what each coder said, and who did not find it."""
    said = [(coding.coder, by_pk[coding.id]) for coding in unit.codings]
    return {
        "article": said[0][1].assignment.article,
        "agrees": agrees,
        "said": said,
        "left_by": unit.missing if of == "statements" else (),
    }
