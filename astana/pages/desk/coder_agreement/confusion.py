"""Which stances coders take for each other, by issue, voice, time and round."""

from collections.abc import Iterator, Sequence
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
from astana.pages.desk.coder_agreement.presenter import MOST_UNITS_LISTED, unit_view

COLUMNS = ("issue", "issue_title", "stance", "other_stance", "pairs", "pairs_of_issue", "differing")
DIFFER = "differ"


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


def article_of(pair: Pair) -> str:
    """Return the article of a pair of codings."""
    return _codings(pair)[0].article


def voice_of(pair: Pair) -> str:
    """Return the voice that both coders of a pair chose, or that they differ."""
    voices = {coding.voice for coding in _codings(pair)}
    return voices.pop() if len(voices) == 1 else DIFFER


def confusion_view(
    held: Pairs, *, kept: dict[str, str], cell: tuple[str, str] | None
) -> dict[str, Any]:
    """Return what the page shows of the pairs that the filters leave; `opened` is behind a cell."""
    pairs = held.chosen(**kept)
    by_issue = _by_issue(pairs)
    voices = dict(held.choices["voice"])

    def rows(name: str, by: dict[str, Confusion], label: Any) -> list[dict[str, Any]]:
        return [
            _row(label(key), kept | {name: key} if name else kept, one) for key, one in by.items()
        ]

    opened = by_issue.get(kept.get("issue", ""))
    behind = opened.cells.get(cell, ()) if cell and opened else ()
    by_round = confusion_by(pairs, article_of)
    # In the order of time: one sees whether discussing helped.
    in_time = sorted(by_round, key=lambda slug: (held.finished[slug], slug))
    by_month = confusion_by(pairs, lambda pair: f"{held.finished[article_of(pair)]:%Y-%m}")
    discuss = []
    for slug in to_discuss(by_issue):
        one, labels = by_issue[slug], {stance.slug: stance.label for stance in held.stances[slug]}
        row = _row(held.issues[slug].title, kept | {"issue": slug}, one)
        discuss.append(row | {"worst": [labels[stance] for stance in one.worst or ()]})
    return {
        "whole": confusion(pairs),
        "discuss": discuss,
        "matrices": [
            (held.issues[slug], held.stances[slug], _matrix(slug, held.stances[slug], one, kept))
            for slug, one in by_issue.items()
        ],
        "voices": rows("voice", confusion_by(pairs, voice_of), lambda key: voices[key]),
        "months": rows("", by_month, _month),
        "rounds": rows("article", {slug: by_round[slug] for slug in in_time}, held.titles.get),
        "opened": [
            unit_view(
                LinedUp(tuple(_codings(pair)), ()), held.by_pk, of="stance", agrees=not pair.differs
            )
            for pair in behind[:MOST_UNITS_LISTED]
        ],
        "opened_more": max(0, len(behind) - MOST_UNITS_LISTED),
    }


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


def _row(label: Any, query: dict[str, str], held: Confusion) -> dict[str, Any]:
    """Return one issue, voice, month or round: its pairs, and how many of them differ."""
    percent = f"{round(100 * held.share)} %"
    return {"label": str(label), "query": urlencode(query), "held": held, "percent": percent}


def _matrix(
    issue: str, answers: Sequence[Stance], held: Confusion, kept: dict[str, str]
) -> list[tuple[Stance, list[dict[str, Any] | None]]]:
    """Return a row for each stance, with each two once, below the diagonal: a pair has no order.

    Of each cell it says how often the two met; `query` opens the units behind.
    """
    rows = []
    for place, stance in enumerate(answers):
        cells: list[dict[str, Any] | None] = [None] * len(answers)
        for column, other in enumerate(answers[: place + 1]):
            one, two = sorted((stance.slug, other.slug))
            query = urlencode(kept | {"issue": issue, "cell": f"{one}.{two}"})
            number = len(held.cells.get((one, two), ()))
            cells[column] = {"number": number, "is_same": one == two, "query": query}
        rows.append((stance, cells))
    return rows
