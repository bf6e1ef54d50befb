"""How far independent coders agree: on a dossier, an issue, or in pairs, with the units behind."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from astana.comparison.coders import Coded, Metric, alpha, by_group, by_pair, kappa, percent
from astana.comparison.figure import RESAMPLES, Figure, Undefined
from astana.comparison.lining_up import Coding, LinedUp, actors, issues, stances
from astana.comparison.unitising import (
    Continuum,
    Stretch,
    Unitised,
    alpha_u,
    marks,
    overlap,
    span_f1,
)
from astana.models import Dossier, Position
from astana.models.roles import Act, may
from astana.pages.shared.rounds import Round, coding_of, codings_of, lined_up, rounds_of

# Intervals are drawn for so many units at most, and so many units are listed behind a figure.
MOST_UNITS_DRAWN = 2_000
MOST_UNITS_LISTED = 100
MOST_CHARACTERS = 300

WHY = {
    Undefined.NO_UNITS: _("no unit was coded by two coders"),
    Undefined.ONE_UNIT: _("there is one unit only"),
    Undefined.NO_VARIATION: _(
        "only one value was used, so that nothing tells agreement from habit"
    ),
}
OF = {"stance": _("Stance"), "issue": _("Issue"), "actor": _("Actor")}
MEASURES = {
    "percent": _("percent agreement"),
    "kappa": _("Cohen's kappa"),
    "nominal": _("Krippendorff's alpha, nominal"),
    "ordinal": _("Krippendorff's alpha, ordinal"),
    "interval": _("Krippendorff's alpha, interval"),
}
PASSAGES = {
    "alpha_u": _("Krippendorff's alpha for unitising"),
    "overlap": _("overlap of the marked words (Jaccard)"),
    "f1": _("F1 of the passages"),
}

_CODED: dict[str, Callable[[Iterable[LinedUp]], list[Coded]]] = {
    "stance": stances,
    "issue": issues,
    "actor": actors,
}


@dataclass(frozen=True)
class FigureView:
    """A figure in words: `value` is empty where it is undefined, and `why` says why."""

    of: str
    measure: str
    of_label: Any
    label: Any
    value: str
    why: Any
    n: int
    interval: str
    left_out: int


@dataclass(frozen=True)
class GroupRow:
    """The figures on the stance of one issue, or of one pair of coders."""

    label: str
    href_part: str
    figures: tuple[FigureView, ...]


@dataclass(frozen=True)
class UnitView:
    """A unit behind a figure: what each coder said, and where it can be read."""

    article: Any
    agrees: bool
    said: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class StretchView:
    """A stretch of a text behind a figure on passages: its words, and who marked it."""

    article: Any
    agrees: bool
    words: str
    language: str
    marked_by: tuple[str, ...]
    left_by: tuple[str, ...]


@dataclass(frozen=True)
class CoderAgreement:
    """Everything the page shows; `opened` or `stretches` are what is behind one figure."""

    rounds: int
    coders: tuple[str, ...]
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
    by_pk: dict[int, Position] = {one.pk: one for held in found.values() for one in held}
    article_of = {each.article.slug: each.article for each in rounds}
    units = [
        unit
        for each in rounds
        for unit in lined_up(each, found.get(each.article.pk, []))
        if not issue or any(coding.issue == issue for coding in unit.codings)
    ]
    coded = {name: _of(make(units), pair) for name, make in _CODED.items()}
    coders = tuple(sorted({one.coder.username for each in rounds for one in each.assignments}))
    two = pair or (coders if len(coders) == 2 else None)
    resamples = RESAMPLES if len(units) <= MOST_UNITS_DRAWN else 0
    figures = {
        (name, key): figure
        for name in OF
        for key, figure in _figures(coded[name], two, resamples, scaled=name == "stance").items()
    }
    unitised = {} if issue else _unitised(rounds, found, pair, resamples)
    chosen = figures.get((of, measure))
    if of == "passages" and measure in unitised:
        chosen = unitised[measure].figure
    behind = [*chosen.disagreeing, *chosen.agreeing] if chosen else []
    alike = set(chosen.agreeing) if chosen else set()
    shown = behind[:MOST_UNITS_LISTED]
    return CoderAgreement(
        rounds=len(rounds),
        coders=coders,
        units=len(units),
        alone=sum(len(unit.codings) == 1 for unit in units),
        values=tuple(
            _view(figure, of=name, measure=key, labels=(OF[name], MEASURES[key]))
            for (name, key), figure in figures.items()
        ),
        passages=tuple(
            _view(one.figure, of="passages", measure=name, labels=("", PASSAGES[name]))
            for name, one in unitised.items()
        ),
        issues=() if issue or pair else _by_issue(units, by_pk),
        pairs=() if pair else _by_pair(coded["stance"], issue=issue),
        opened=tuple(
            _unit_view(unit, by_pk, article_of, agrees=unit in alike)
            for unit in shown
            if isinstance(unit, LinedUp)
        ),
        stretches=_stretch_views([one for one in shown if isinstance(one, Stretch)], found, alike),
        opened_more=len(behind) - len(shown),
    )


def _of(coded: list[Coded], pair: tuple[str, str] | None) -> list[Coded]:
    return [one for one in coded if not pair or one.coder in pair]


def _figures(
    coded: list[Coded], two: Sequence[str] | None, resamples: int, *, scaled: bool
) -> dict[str, Figure]:
    figures = {"percent": percent(coded, resamples=resamples)}
    if two:
        figures["kappa"] = kappa(coded, one=two[0], other=two[1], resamples=resamples)
    # Issues and actors have no order.
    for metric in Metric if scaled else [Metric.NOMINAL]:
        figures[metric.value] = alpha(coded, metric=metric, resamples=resamples)
    return figures


def _view(figure: Figure, *, of: str, measure: str, labels: tuple[Any, Any]) -> FigureView:
    interval = figure.interval
    return FigureView(
        of=of,
        measure=measure,
        of_label=labels[0],
        label=labels[1],
        value="" if figure.value is None else f"{figure.value:.4f}",
        why=WHY[figure.undefined] if figure.undefined else "",
        n=figure.n,
        interval=f"{interval.low:.2f} – {interval.high:.2f}" if interval else "",
        left_out=interval.left_out if interval else 0,
    )


def _by_issue(units: Sequence[LinedUp], by_pk: dict[int, Position]) -> tuple[GroupRow, ...]:
    """Return the figures on stances by issue, over the units whose coders chose one issue."""
    same = [unit for unit in units if len({coding.issue for coding in unit.codings}) == 1]
    grouped = by_group(
        stances(same), lambda one: one.value.partition("/")[0], metrics=Metric, resamples=0
    )
    titles = {position.issue.slug: position.issue.title for position in by_pk.values()}
    return tuple(
        GroupRow(titles[name], urlencode({"issue": name}), _short(held.percent, held.alpha))
        for name, held in grouped.items()
    )


def _by_pair(coded: list[Coded], *, issue: str) -> tuple[GroupRow, ...]:
    kept = {"issue": issue} if issue else {}
    return tuple(
        GroupRow(
            f"{one}, {other}",
            urlencode(kept | {"pair": f"{one}.{other}"}),
            _short(held.percent, held.alpha, *([held.kappa] if held.kappa else [])),
        )
        for (one, other), held in by_pair(coded, resamples=0).items()
    )


def _short(share: Figure, alphas: dict[Metric, Figure], *of_two: Figure) -> tuple[FigureView, ...]:
    found = [("percent", share), *(("kappa", figure) for figure in of_two)]
    found += [(metric.value, figure) for metric, figure in alphas.items()]
    return tuple(
        _view(figure, of="stance", measure=name, labels=(OF["stance"], MEASURES[name]))
        for name, figure in found
    )


def _unitised(
    rounds: Sequence[Round],
    found: dict[int, list[Position]],
    pair: tuple[str, str] | None,
    resamples: int,
) -> dict[str, Unitised]:
    """Return the figures on what was marked, over the texts in which anybody marked anything."""
    codings: list[Coding] = []
    continua: dict[str, Continuum] = {}
    for each in rounds:
        coders = tuple(
            one.coder.username for one in each.assignments if not pair or one.coder.username in pair
        )
        for position in found.get(each.article.pk, []):
            if position.coder.username not in coders:
                continue
            for passage in position.evidence.all():
                if passage.start is None:
                    continue
                text = f"{each.article.slug}/{passage.rendition_id}"
                continua[text] = Continuum(text, passage.rendition.characters, coders)
                codings.append(_marked(position, text, (passage.start, passage.end)))
    marked = marks(codings)
    make = {"alpha_u": alpha_u, "overlap": overlap, "f1": span_f1}
    return {
        name: compute(marked, continua.values(), resamples=resamples)
        for name, compute in make.items()
    }


def _marked(position: Position, text: str, span: tuple[int, int]) -> Coding:
    coding = coding_of(position, article=text)
    return Coding(
        id=coding.id,
        coder=coding.coder,
        article=text,
        spans=(span,),
        actor=coding.actor,
        issue=coding.issue,
        stance=coding.stance,
        value=coding.value,
    )


def _stretch_views(
    stretches: Sequence[Stretch], found: dict[int, list[Position]], alike: set[Any]
) -> tuple[StretchView, ...]:
    texts = {
        f"{position.assignment.article.slug}/{passage.rendition_id}": (position, passage.rendition)
        for held in found.values()
        for position in held
        for passage in position.evidence.all()
    }
    views = []
    for one in stretches:
        position, rendition = texts[one.article]
        words = rendition.text[one.start : one.end]
        if len(words) > MOST_CHARACTERS:
            words = f"{words[:MOST_CHARACTERS]} …"
        marked = tuple(coder for coder, value in one.values if value is not None)
        left = tuple(coder for coder, value in one.values if value is None)
        article = position.assignment.article
        views.append(StretchView(article, one in alike, words, rendition.language, marked, left))
    return tuple(views)


def _unit_view(
    unit: LinedUp, by_pk: dict[int, Position], articles: dict[str, Any], *, agrees: bool
) -> UnitView:
    return UnitView(
        article=articles[unit.codings[0].article],
        agrees=agrees,
        said=tuple((coding.coder, by_pk[coding.id]) for coding in unit.codings),
    )
