"""The table of agreement, ready to be drawn: figures in the order of the camps, and words."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astana.models.said_words import day_words
from astana.pages.agreement.forms import AgreementSelection
from astana.pages.agreement.network import Figure, Network, issue_words, range_words

TINTS = 10


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the table: the figure in words, and what it is out of in small.

    `look` is the class of its tint. `low`, `high` and `at` are where the open range begins and
    ends and where the figure lies in it, in per cent; empty where there is none. A cell of an
    actor with itself has no name; it says on how many issues the actor counts.
    """

    name: str
    words: str
    small: str
    look: str
    low: str
    high: str
    at: str
    range: str
    is_open: bool
    begins_camp: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """An actor as the head of a row and of a column."""

    slug: str
    name: str
    href: str
    begins_camp: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One actor and its agreement with each."""

    heading: Heading
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class AgreementTable:
    """The table, ready to be drawn; `list` is what a narrow screen shows of it, for one actor."""

    rows: tuple[Row, ...]
    headings: tuple[Heading, ...]
    camps: int
    figured: int
    pairs: int
    more: int
    of: Heading | None
    list: tuple[tuple[Heading, Cell], ...]


def agreement_table(network: Network) -> AgreementTable:
    """Return the table of a selection's actors, in the order of their camps."""
    selection, actors = network.selection, network.shown()
    in_camps = network.camps(actors)
    first = {camp[0] for camp in in_camps[1:]}
    headings = tuple(
        Heading(
            slug=slug,
            name=network.by_slug[slug].name,
            href=reverse("actors:detail", args=[selection.dossier.slug, slug]),
            begins_camp=slug in first,
        )
        for camp in in_camps
        for slug in camp
    )
    figures = {
        (one.slug, other.slug): network.figure(one.slug, other.slug)
        for place, one in enumerate(headings)
        for other in headings[place + 1 :]
    }
    tint = _tints([figure.depth for figure in figures.values()])
    drawn = {pair: _cell(network, pair, figure, tint) for pair, figure in figures.items()}

    def cell(one: Heading, other: Heading) -> Cell:
        if one.slug == other.slug:
            small = issue_words(network.headlines.held(one.slug))
            return Cell("", "", small, "itself", "", "", "", "", False, one.begins_camp)
        pair = (one.slug, other.slug)
        return replace(
            drawn.get(pair) or drawn[pair[::-1]],
            name=".".join(pair),
            begins_camp=other.begins_camp,
        )

    rows = tuple(Row(one, tuple(cell(one, other) for other in headings)) for one in headings)
    of = next((row for row in rows if row.heading.slug == selection.of), rows[0] if rows else None)
    return AgreementTable(
        rows=rows,
        headings=headings,
        camps=len(in_camps),
        figured=sum(figure.value is not None for figure in figures.values()),
        pairs=len(figures),
        more=len(selection.actors if selection.is_chosen else selection.counts.actors)
        - len(actors),
        of=of.heading if of else None,
        list=_in_order(of, headings, figures) if of else (),
    )


def _in_order(
    row: Row, headings: tuple[Heading, ...], figures: dict[tuple[str, str], Figure]
) -> tuple[tuple[Heading, Cell], ...]:
    """Return the others of a row with their cells, the highest figure first, none last."""

    def height(beside: tuple[Heading, Cell]) -> tuple[bool, Fraction]:
        pair = (row.heading.slug, beside[0].slug)
        value = (figures.get(pair) or figures[pair[::-1]]).value
        return (value is None, -(value or Fraction(0)))

    others = [beside for beside in zip(headings, row.cells, strict=True) if beside[1].name]
    return tuple(sorted(others, key=height))


def _cell(
    network: Network,
    pair: tuple[str, str],
    figure: Figure,
    tint: Callable[[Fraction | None], int],
) -> Cell:
    """Return the cell of a pair, but for its place."""
    selection = network.selection
    low, high = None, None
    if not selection.is_of_statements and figure.value is not None:
        low, high = network.headlines.open_range(*pair)
    return Cell(
        name="",
        words=figure.words,
        small=figure.small,
        look="hatched" if figure.value is None else f"tint-{tint(figure.depth)}",
        low=_per_cent(low),
        high=_per_cent(high),
        at=_per_cent(figure.depth) if low is not None else "",
        range="" if low is None or high is None else range_words(low, high),
        is_open=selection.pair is not None and set(selection.pair) == set(pair),
        begins_camp=False,
    )


def _per_cent(value: Fraction | None) -> str:
    return "" if value is None else f"{float(value) * 100:.0f}%"


def _tints(depths: list[Fraction | None]) -> Callable[[Fraction | None], int]:
    """Return what gives a depth its step, 0..10, between the least and the most; 0 and 1 at least.

    Agreement lies within 0..1, so that its steps are the same on every page.
    """
    known = [depth for depth in depths if depth is not None]
    low, high = min([Fraction(0), *known]), max([Fraction(1), *known])

    def tint(depth: Fraction | None) -> int:
        return 0 if depth is None else round((depth - low) / (high - low) * TINTS)

    return tint


def agreement_sentence(selection: AgreementSelection, table: AgreementTable) -> str:
    """Return the sentence that says what the page shows, how much of it, and as of when."""
    actors, issues = len(table.rows), len(selection.issues)
    words = _("%(actors)s on %(issues)s %(when)s: %(figured)s of %(pairs)s") % {
        "actors": ngettext("%(n)s actor", "%(n)s actors", actors) % {"n": actors},
        "issues": ngettext("%(n)s preference issue", "%(n)s preference issues", issues)
        % {"n": issues},
        "when": _when(selection),
        "figured": table.figured,
        "pairs": ngettext("%(n)s pair shares", "%(n)s pairs share", table.pairs)
        % {"n": table.pairs},
    }
    words += " " + ngettext("at least %(n)s issue", "at least %(n)s issues", selection.least) % {
        "n": selection.least
    }
    return f"{words}; {_('first-hand only')}." if selection.first_hand else f"{words}."


def _when(selection: AgreementSelection) -> str:
    end = day_words(selection.last_day)
    if selection.since:
        return _("by what was said from %(start)s to %(end)s") % {
            "start": day_words(selection.since),
            "end": end,
        }
    return _("as of %(day)s") % {"day": end}
