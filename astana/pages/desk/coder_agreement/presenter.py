"""How far independent coders agree: on a dossier, an issue, or in pairs, with the units behind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from astana.comparison.coders import Figures, Metric, by_group, by_pair
from astana.comparison.coders import figures as figures_of
from astana.comparison.figure import RESAMPLES, Figure, Undefined
from astana.comparison.lining_up import LinedUp, actors, issues, stances
from astana.comparison.unitising import Continuum, Stretch, figures_on_passages
from astana.models import Article, Dossier, Position
from astana.models.roles import Act, may
from astana.pages.shared.rounds import Round, coding_of, codings_of, lined_up, rounds_of

# Intervals are drawn for so many units at most, and so many units are listed behind a figure.
MOST_UNITS_DRAWN = 2_000
MOST_UNITS_LISTED = 100

WHY = {
    Undefined.NO_UNITS: _("no unit was coded by two coders"),
    Undefined.ONE_UNIT: _("there is only one unit"),
    Undefined.NO_VARIATION: _("only one value was used, so agreement cannot be told from chance"),
}
OF = {
    "stance": (_("Stance"), stances),
    "issue": (_("Issue"), issues),
    "actor": (_("Actor"), actors),
}
MEASURES = {
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
    """A figure with what it is of: a name in `OF`, or "passages"."""

    of: str
    measure: str
    figure: Figure

    @property
    def of_label(self) -> Any:
        """What the coders chose, in words; empty for passages."""
        return OF[self.of][0] if self.of in OF else ""

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
        return WHY[self.figure.undefined] if self.figure.undefined else ""

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
    """A unit behind a figure: what each coder said, and where it can be read."""

    article: Article
    agrees: bool
    said: tuple[tuple[str, Position], ...]


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
    values: tuple[FigureView, ...]
    passages: tuple[FigureView, ...]
    issues: tuple[GroupRow, ...]
    pairs: tuple[GroupRow, ...]
    opened: tuple[UnitView, ...]
    stretches: tuple[StretchView, ...]
    opened_more: int


def finished_rounds(dossier: Dossier, *, user: Any) -> list[Round]:
    """Return the rounds whose figures a user may see: reviewers finished, coders settled ones."""
    reviews = may(user, Act.REVIEW, dossier)
    return [
        each
        for each in rounds_of(dossier, user=user)
        if each.is_settled or (reviews and each.is_finished)
    ]


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
    units = [
        unit
        for each in rounds
        for unit in lined_up(each, found.get(each.article.pk, []))
        if not issue or any(coding.issue == issue for coding in unit.codings)
    ]
    coders = pair or {one.coder.username for each in rounds for one in each.assignments}
    resamples = RESAMPLES if len(units) <= MOST_UNITS_DRAWN else 0
    values = []
    for name, (_label, make) in OF.items():
        coded = [one for one in make(units) if one.coder in coders]
        # Issues and actors have no order.
        metrics = Metric if name == "stance" else [Metric.NOMINAL]
        values += _views(
            name, figures_of(coded, coders=coders, metrics=metrics, resamples=resamples).by_measure
        )
    passages = [] if issue else _views("passages", _on_passages(rounds, found, pair, resamples))
    shown = [*values, *passages]
    chosen = next((one.figure for one in shown if (one.of, one.measure) == (of, measure)), None)
    behind = [*chosen.disagreeing, *chosen.agreeing] if chosen else []
    alike = set(chosen.agreeing) if chosen else set()
    opened = [(one, one in alike) for one in behind[:MOST_UNITS_LISTED]]
    return CoderAgreement(
        rounds=len(rounds),
        units=len(units),
        alone=sum(len(unit.codings) == 1 for unit in units),
        values=tuple(values),
        passages=tuple(passages),
        issues=() if issue or pair else _by_issue(units, by_pk),
        pairs=() if pair else _by_pair(units, issue=issue),
        opened=tuple(
            _unit_view(unit, by_pk, agrees=agrees)
            for unit, agrees in opened
            if isinstance(unit, LinedUp)
        ),
        stretches=_stretch_views([one for one in opened if isinstance(one[0], Stretch)], found),
        opened_more=len(behind) - len(opened),
    )


def _views(of: str, figures: dict[str, Figure]) -> list[FigureView]:
    return [FigureView(of, measure, figure) for measure, figure in figures.items()]


def _by_issue(units: Sequence[LinedUp], by_pk: dict[int, Position]) -> tuple[GroupRow, ...]:
    """Return the figures on stances by issue, over the units whose coders chose one issue."""
    same = [unit for unit in units if len({coding.issue for coding in unit.codings}) == 1]
    grouped = by_group(stances(same), lambda one: one.value.partition("/")[0], resamples=0)
    titles = {position.issue.slug: position.issue.title for position in by_pk.values()}
    return tuple(_row(titles[name], held, issue=name) for name, held in grouped.items())


def _by_pair(units: Iterable[LinedUp], *, issue: str) -> tuple[GroupRow, ...]:
    kept = {"issue": issue} if issue else {}
    pairs = by_pair(stances(units), resamples=0)
    return tuple(
        _row(", ".join(two), held, **kept, pair=".".join(two)) for two, held in pairs.items()
    )


def _row(label: str, held: Figures, **query: str) -> GroupRow:
    return GroupRow(label, urlencode(query), tuple(_views("stance", held.by_measure)))


def _on_passages(
    rounds: Sequence[Round],
    found: dict[int, list[Position]],
    pair: tuple[str, str] | None,
    resamples: int,
) -> dict[str, Figure]:
    """Return the figures on what was marked, over the texts in which anybody marked anything."""
    codings = []
    continua: dict[str, Continuum] = {}
    for each in rounds:
        names = [one.coder.username for one in each.assignments]
        coders = tuple(name for name in names if not pair or name in pair)
        for position in found.get(each.article.pk, []):
            for passage in position.evidence.all():
                if passage.start is None or position.coder.username not in coders:
                    continue
                text = f"{each.article.slug}/{passage.rendition_id}"
                continua[text] = Continuum(text, passage.rendition.characters, coders)
                coding = coding_of(position, article=text)
                codings.append(replace(coding, spans=((passage.start, passage.end),)))
    return figures_on_passages(codings, continua.values(), resamples=resamples)


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


def _unit_view(unit: LinedUp, by_pk: dict[int, Position], *, agrees: bool) -> UnitView:
    said = tuple((coding.coder, by_pk[coding.id]) for coding in unit.codings)
    return UnitView(said[0][1].assignment.article, agrees, said)
