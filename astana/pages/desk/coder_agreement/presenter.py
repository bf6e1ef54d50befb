"""How far independent coders agree: on a dossier, an issue, or in pairs, with the units behind."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
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
from astana.models import Article, Position
from astana.models.rounds import Round, codings_of, marked_in, units_of

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


@dataclass(frozen=True)
class FigureView:
    """A figure with what it is of: a name in `OF`."""

    of: str
    measure: str
    figure: Figure

    @property
    def of_label(self) -> Any:
        """What the figure is of, in words."""
        return OF[self.of]

    @property
    def note(self) -> Any:
        """What has to be known of what is compared, in words; empty where there is nothing."""
        return NOTES.get(self.of, "")

    @property
    def label(self) -> Any:
        """The measure in words."""
        return MEASURES[self.measure]

    @property
    def value(self) -> str:
        """The figure with four decimals; empty where it is undefined."""
        return "" if self.figure.value is None else f"{self.figure.value:.4f}"

    @property
    def why(self) -> Any:
        """Why the figure is undefined, in words."""
        reason = self.figure.undefined
        if not reason:
            return ""
        reasons = WHY | WHY_OF.get(self.of, {}) | WHY_OF.get(self.measure, {})
        return reasons[reason]

    @property
    def no_interval(self) -> Any:
        """Why a figure has no interval, in words."""
        reason = self.figure.no_interval
        return NO_INTERVAL[reason] if reason and not self.figure.undefined else ""

    @property
    def n(self) -> int:
        """The number of units behind it."""
        return self.figure.n


@dataclass(frozen=True)
class GroupRow:
    """The figures on the stance of one issue, or of one pair of coders."""

    label: str
    href_part: str
    figures: tuple[FigureView, ...]


@dataclass(frozen=True)
class UnitView:
    """A unit behind a figure: what each coder said, where it can be read, who did not find it."""

    article: Article
    agrees: bool
    said: tuple[tuple[str, Position], ...]
    left_by: tuple[str, ...]


@dataclass(frozen=True)
class StretchView:
    """A stretch of a text behind a figure on passages: its words, and who marked it."""

    article: Article
    agrees: bool
    words: str
    language: str
    marked_by: tuple[str, ...]
    left_by: tuple[str, ...]


@dataclass(frozen=True)
class CoderAgreement:
    """Everything the page shows; `opened` or `stretches` are what is behind one figure."""

    rounds: int
    units: int
    alone: int
    finding: tuple[FigureView, ...]
    values: tuple[FigureView, ...]
    issues: tuple[GroupRow, ...]
    pairs: tuple[GroupRow, ...]
    opened: tuple[UnitView, ...]
    stretches: tuple[StretchView, ...]
    opened_more: int


def coder_agreement(
    rounds: Sequence[Round],
    *,
    issue: str = "",
    pair: tuple[str, str] | None = None,
    of: str = "",
    measure: str = "",
) -> CoderAgreement:
    """Return the figures of rounds, of one issue or one pair of coders if asked for.

    With `of` and `measure` the units behind that figure are opened.
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
    statements = {"found": statements_found(units, resamples=resamples)}
    finding = _views("statements", statements)
    if not issue:
        finding += _views("passages", _on_passages(rounds, found, pair, resamples))
    shown = [*finding, *values]
    chosen = next((one.figure for one in shown if (one.of, one.measure) == (of, measure)), None)
    behind = [*chosen.disagreeing, *chosen.agreeing] if chosen else []
    alike = set(chosen.agreeing) if chosen else set()
    opened = [(one, one in alike) for one in behind[:MOST_UNITS_LISTED]]
    return CoderAgreement(
        rounds=len(rounds),
        units=len(units),
        alone=sum(len(unit.codings) == 1 for unit in units),
        finding=tuple(finding),
        values=tuple(values),
        issues=() if issue or pair else _by_issue(units, coders, by_pk),
        pairs=() if pair else _by_pair(rounds, found, issue=issue),
        opened=tuple(
            unit_view(unit, by_pk, of=of, agrees=agrees)
            for unit, agrees in opened
            if isinstance(unit, LinedUp)
        ),
        stretches=_stretch_views([one for one in opened if isinstance(one[0], Stretch)], found),
        opened_more=len(behind) - len(opened),
    )


def _views(of: str, figures: dict[str, Figure]) -> list[FigureView]:
    return [FigureView(of, measure, figure) for measure, figure in figures.items()]


def _stances(units: Sequence[LinedUp], issue: str) -> list[Coded]:
    return [one for one in stances(units) if not issue or one.stratum == issue]


def _by_issue(
    units: Sequence[LinedUp], coders: Collection[str], by_pk: dict[int, Position]
) -> tuple[GroupRow, ...]:
    """Return the figures on stances by issue."""
    grouped = by_group(stances(units), lambda one: one.stratum, coders=coders, resamples=0)
    titles = {position.issue.slug: position.issue.title for position in by_pk.values()}
    return tuple(_row(titles[name], held, issue=name) for name, held in grouped.items())


def _by_pair(
    rounds: Sequence[Round], found: dict[int, list[Position]], *, issue: str
) -> tuple[GroupRow, ...]:
    """Return the figures on stances of every two coders of a round, each pair's units alone."""
    kept = {"issue": issue} if issue else {}
    of_pair: dict[tuple[str, str], list[Round]] = {}
    for each in rounds:
        for two in combinations(sorted(one.coded_by for one in each.assignments), 2):
            of_pair.setdefault(two, []).append(each)
    rows = []
    for two, held in sorted(of_pair.items()):
        coded = _stances(units_of(held, found, coders=two, issue=issue), issue)
        figures = figures_of(coded, coders=two, resamples=0)
        rows.append(_row(", ".join(two), figures, **kept, pair=".".join(two)))
    return tuple(rows)


def _row(label: str, held: Figures, **query: str) -> GroupRow:
    return GroupRow(label, urlencode(query), tuple(_views("stance", held.by_measure)))


def _on_passages(
    rounds: Sequence[Round],
    found: dict[int, list[Position]],
    pair: tuple[str, str] | None,
    resamples: int,
) -> dict[str, Figure]:
    """Return the figures on what was marked, over the texts in which anybody marked anything."""
    codings, continua = marked_in(rounds, found, coders=pair or ())
    return figures_on_passages(codings, continua, resamples=resamples)


def _stretch_views(
    stretches: Sequence[tuple[Stretch, bool]], found: dict[int, list[Position]]
) -> tuple[StretchView, ...]:
    texts = {
        f"{position.assignment.article.slug}/{passage.rendition_id}": (position, passage.rendition)
        for held in found.values()
        for position in held
        for passage in position.evidence.all()
    }
    views = []
    for one, agrees in stretches:
        position, rendition = texts[one.article]
        words = rendition.text[one.start : one.end]
        marked = tuple(coder for coder, value in one.values if value is not None)
        left = tuple(coder for coder, value in one.values if value is None)
        article = position.assignment.article
        views.append(StretchView(article, agrees, words, rendition.language, marked, left))
    return tuple(views)


def unit_view(unit: LinedUp, by_pk: dict[int, Position], *, of: str, agrees: bool) -> UnitView:
    """Return a unit as it is shown behind a figure."""
    said = tuple((coding.coder, by_pk[coding.id]) for coding in unit.codings)
    left = unit.missing if of == "statements" else ()
    return UnitView(said[0][1].assignment.article, agrees, said, left)
