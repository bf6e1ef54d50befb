"""Which stances coders take for each other, by issue, voice, time and round."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from astana.comparison.confusion import (
    Confusion,
    Pair,
    confusion,
    confusion_by,
    pairs_of,
    to_discuss,
)
from astana.comparison.lining_up import Coding, LinedUp, stances
from astana.models import Dossier, Issue, Position, Stance, User
from astana.models.rounds import Round, codings_of, units_of
from astana.pages.desk.coder_agreement.presenter import MOST_UNITS_LISTED, UnitView, unit_view

COLUMNS = ("issue", "issue_title", "stance", "other_stance", "pairs", "pairs_of_issue", "differing")


@dataclass(frozen=True)
class GroupRow:
    """One issue, voice, month or round: its pairs, and how many of them differ."""

    label: str
    query: str
    held: Confusion
    worst: tuple[str, str] | None = None

    @property
    def percent(self) -> str:
        """The share of pairs that differ, in whole percent."""
        return f"{round(100 * self.held.share)} %"


@dataclass(frozen=True)
class Cell:
    """How often two stances met; `query` opens the units behind."""

    number: int
    is_same: bool
    query: str


@dataclass(frozen=True)
class Matrix:
    """The stances of an issue by themselves: each row has the cells up to its own stance."""

    issue: Issue
    stances: Sequence[Stance]
    rows: Sequence[tuple[Stance, Sequence[Cell | None]]]


@dataclass(frozen=True)
class ConfusionView:
    """All that the page shows; `opened` is behind one cell."""

    whole: Confusion
    discuss: Sequence[GroupRow]
    matrices: Sequence[Matrix]
    voices: Sequence[GroupRow]
    months: Sequence[GroupRow]
    rounds: Sequence[GroupRow]
    opened: Sequence[UnitView]
    opened_more: int


class Pairs:
    """The pairs of codings of rounds; six queries however many there are."""

    def __init__(self, rounds: Sequence[Round], *, dossier: Dossier, user: User) -> None:
        self.finished = {each.article.slug: _finished(each) for each in rounds}
        self.titles = {each.article.slug: each.article.title for each in rounds}
        self.coders = sorted({one.coder.username for each in rounds for one in each.assignments})
        found = codings_of(rounds)
        self.by_pk = {one.pk: one for held in found.values() for one in held}
        self.all = pairs_of(stances(units_of(rounds, found)))
        used = {pair.stratum for pair in self.all}
        self.issues = {
            issue.slug: issue
            for issue in Issue.objects.of(dossier).filter(slug__in=used).order_by("order", "pk")
        }
        self.stances: dict[str, list[Stance]] = {slug: [] for slug in self.issues}
        answers = Stance.objects.at_desk_of(user, dossier=dossier)
        answers = answers.filter(issue__in=[one.pk for one in self.issues.values()])
        for stance in answers.select_related("issue").order_by("order", "pk"):
            self.stances[stance.issue.slug].append(stance)

    @property
    def choices(self) -> dict[str, list[tuple[str, Any]]]:
        """What the filters offer, by the name of the field."""
        return {
            "issue": [(slug, issue.title) for slug, issue in self.issues.items()],
            "article": sorted(self.titles.items()),
            "coder": [(name, name) for name in self.coders],
            "voice": [*Position.Voice.choices, (DIFFER, _("the coders chose different voices"))],
        }

    def chosen(
        self, *, issue: str = "", article: str = "", coder: str = "", voice: str = ""
    ) -> list[Pair]:
        """Return the pairs that the filters leave; an empty one leaves all."""
        return [
            pair
            for pair in self.all
            if (not issue or pair.stratum == issue)
            and (not article or article_of(pair) == article)
            and (not coder or coder in pair.coders)
            and (not voice or voice_of(pair) == voice)
        ]


DIFFER = "differ"


def article_of(pair: Pair) -> str:
    """Return the article of a pair of codings."""
    return _codings(pair)[0].article


def voice_of(pair: Pair) -> str:
    """Return the voice that both coders of a pair chose, or that they differ."""
    voices = {coding.voice for coding in _codings(pair)}
    return voices.pop() if len(voices) == 1 else DIFFER


def confusion_view(
    held: Pairs, *, kept: dict[str, str], cell: tuple[str, str] | None
) -> ConfusionView:
    """Return what the page shows of the pairs that the filters leave."""
    pairs = held.chosen(**kept)
    by_issue = _by_issue(pairs)
    voices = dict(held.choices["voice"])

    def rows(name: str, by: dict[str, Confusion], label: Any) -> list[GroupRow]:
        return [
            GroupRow(str(label(key)), urlencode(kept | {name: key} if name else kept), one)
            for key, one in by.items()
        ]

    opened = by_issue.get(kept.get("issue", ""))
    behind = opened.cells.get(cell, ()) if cell and opened else ()
    by_round = confusion_by(pairs, article_of)
    # In the order of time: one sees whether discussing helped.
    in_time = sorted(by_round, key=lambda slug: (held.finished[slug], slug))
    return ConfusionView(
        whole=confusion(pairs),
        discuss=[
            GroupRow(
                held.issues[slug].title,
                urlencode(kept | {"issue": slug}),
                by_issue[slug],
                _labels(by_issue[slug].worst, held.stances[slug]),
            )
            for slug in to_discuss(by_issue)
        ],
        matrices=[
            _matrix(held.issues[slug], held.stances[slug], one, kept)
            for slug, one in by_issue.items()
        ],
        voices=rows("voice", confusion_by(pairs, voice_of), lambda key: voices[key]),
        months=rows(
            "", confusion_by(pairs, lambda pair: f"{held.finished[article_of(pair)]:%Y-%m}"), _month
        ),
        rounds=rows("article", {slug: by_round[slug] for slug in in_time}, held.titles.get),
        opened=[
            unit_view(
                LinedUp(tuple(_codings(pair)), ()),
                held.by_pk,
                of="stance",
                agrees=not pair.differs,
            )
            for pair in behind[:MOST_UNITS_LISTED]
        ],
        opened_more=max(0, len(behind) - MOST_UNITS_LISTED),
    )


def confusion_rows(held: Pairs, *, kept: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    """Yield a row for each two stances of an issue that met, what to discuss first at the top."""
    for slug, one in _by_issue(held.chosen(**kept)).items():
        for (stance, other), pairs in one.cells.items():
            title = held.issues[slug].title
            yield (slug, title, stance, other, len(pairs), one.pairs, one.differing)


def _by_issue(pairs: list[Pair]) -> dict[str, Confusion]:
    """Return what was confused on each issue, what to discuss first at the top."""
    found = confusion_by(pairs, lambda pair: pair.stratum)
    return {slug: found[slug] for slug in dict.fromkeys([*to_discuss(found), *found])}


def _finished(each: Round) -> datetime:
    return localtime(max(one.finished_at for one in each.assignments if one.finished_at))


def _month(key: str) -> str:
    return date_format(datetime.strptime(key, "%Y-%m"), "F Y")


def _codings(pair: Pair) -> list[Coding]:
    """Return the two codings of a pair."""
    unit: LinedUp = pair.unit
    return [coding for coding in unit.codings if coding.coder in pair.coders]


def _labels(values: tuple[str, str] | None, answers: Sequence[Stance]) -> tuple[str, str] | None:
    labels = {one.slug: one.label for one in answers}
    return (labels[values[0]], labels[values[1]]) if values else None


def _matrix(
    issue: Issue, answers: Sequence[Stance], held: Confusion, kept: dict[str, str]
) -> Matrix:
    """Return each two stances once, below the diagonal: a pair has no order."""
    rows = []
    for place, stance in enumerate(answers):
        cells: list[Cell | None] = []
        for other in answers[: place + 1]:
            one, two = sorted((stance.slug, other.slug))
            query = urlencode(kept | {"issue": issue.slug, "cell": f"{one}.{two}"})
            cells.append(Cell(len(held.cells.get((one, two), ())), one == two, query))
        rows.append((stance, [*cells, *[None] * (len(answers) - place - 1)]))
    return Matrix(issue, answers, rows)
