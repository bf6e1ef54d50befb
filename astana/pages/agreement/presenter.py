"""The page of agreement, ready to be drawn: the table in the order of camps, the map, filters."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from astana.comparison.labels import in_the_box, named_spots
from astana.comparison.network import Figure
from astana.comparison.scaling import scale
from astana.comparison.standing import Standing, standing
from astana.models import Actor
from astana.models.said_words import day_words
from astana.pages.agreement.forms import (
    DUPLICATES,
    MEASURES,
    NORMALISATIONS,
    AgreementSelection,
)
from astana.pages.shared.figures import decimal, issue_words

MOST_IN_TABLE = 30
TINTS = 10
# What the page of statements has no use for, or by other words.
_NOT_OF_STATEMENTS = ("pair", "of", "measure", "least", "nominal", "normalisation")
WIDTH, HEIGHT = 520, 400


class Cell(NamedTuple):
    """One cell of the table: the figure in words, and what it is out of in small.

    `look` is the class of its tint. `low`, `high` and `at` are where the open range begins and
    ends and where the figure lies in it, in per cent; empty if there is none. A cell of an
    actor with itself has no name; it says on how many issues the actor counts.
    """

    small: str
    look: str
    name: str = ""
    words: str = ""
    low: str = ""
    high: str = ""
    at: str = ""
    range: str = ""
    same: str = ""
    is_open: bool = False
    begins_camp: bool = False


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


def drawn_of(
    selection: AgreementSelection,
) -> tuple[dict[str, Any], dict[str, Any] | None, Standing]:
    """Return what is drawn of a selection, the map where it can be, and how its pairs stand."""
    table = agreement_table(selection)
    found = standing(selection.network, [heading.slug for heading in table["headings"]])
    return table, agreement_map(selection, table["headings"]), found


def agreement_table(selection: AgreementSelection) -> dict[str, Any]:
    """Return the table of a selection's actors, in the order of their camps.

    `list` is what a narrow screen shows of it, for the actor `of`. Of its `pairs`, `figured` share
    enough issues. Of the actors of the selection that are not in it are `little` those with too few
    issues, by name with how many, and `beyond` those for whom it has no room. `sources` are those
    of the positions in it.
    """
    network = selection.network
    shown, little, beyond = _shown(selection)
    camps = network.camps([actor.slug for actor in shown])
    headings = tuple(
        Heading(
            slug=slug,
            name=selection.by_slug[slug].name,
            href=reverse("actors:detail", args=[selection.dossier.slug, slug]),
            begins_camp=camp is not camps[0] and slug == camp[0],
        )
        for camp in camps
        for slug in camp
    )
    slugs = [heading.slug for heading in headings]
    figures = {pair: network.figure(*pair) for pair in combinations(slugs, 2)}
    depths = [figure.depth for figure in figures.values()]
    tint = _tints(depths, most=0 if selection.is_of_statements else 1)
    drawn = {pair: _cell(selection, pair, figure, tint) for pair, figure in figures.items()}

    def cell(one: Heading, other: Heading) -> Cell:
        if one is other:
            small = issue_words(network.headlines.held(one.slug))
            return Cell(small, "itself", begins_camp=one.begins_camp)
        pair = (one.slug, other.slug)
        either = drawn.get(pair) or drawn[pair[::-1]]
        return either._replace(name=".".join(pair), begins_camp=other.begins_camp)

    rows = tuple(Row(one, tuple(cell(one, other) for other in headings)) for one in headings)
    of = next((row for row in rows if row.heading.slug == selection.of), rows[0] if rows else None)
    # Where the table is empty, of those who were considered for it.
    behind = slugs or [actor.slug for actor in selection.actors]
    return {
        "rows": rows,
        "headings": headings,
        "figured": sum(figure.value is not None for figure in figures.values()),
        "pairs": len(figures),
        "little": little,
        "beyond": beyond,
        "sources": selection.counted.sources(behind, of_statements=selection.is_of_statements),
        "of": of.heading if of else None,
        "list": _in_order(of, headings, figures) if of else (),
    }


def _shown(
    selection: AgreementSelection,
) -> tuple[list[Actor], tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Return the actors of the table, those of whom too little is heard, and those beyond 30.

    In the table are those with most positions that count. Actors whom the reader did not name need
    as many as a pair has to share. The others come by name, with how many they have.
    """
    held = {actor: selection.network.headlines.held(actor.slug) for actor in selection.actors}
    least = 0 if selection.is_chosen else selection.least
    most = sorted(held, key=lambda actor: (-held[actor], actor.sort_name, actor.slug))
    enough = [actor for actor in most if held[actor] >= least]
    little, beyond = (
        tuple((actor.name, issue_words(held[actor])) for actor in others)
        for others in (most[len(enough) :], enough[MOST_IN_TABLE:])
    )
    return enough[:MOST_IN_TABLE], little, beyond


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
    selection: AgreementSelection,
    pair: tuple[str, str],
    figure: Figure,
    tint: Callable[[Fraction], int],
) -> Cell:
    """Return the cell of a pair, but for its place."""
    words, small = figure_words(selection, figure)
    is_open = selection.pair is not None and set(selection.pair) == set(pair)
    same = same_words(selection, pair)
    if figure.depth is None:
        return Cell(small, "hatched", same=same, is_open=is_open)
    look = f"tint-{tint(figure.depth)}"
    cell = Cell(small, look, words=words, same=same, is_open=is_open)
    found = selection.network.open_range(*pair)
    if found is None:
        return cell
    low, at, high = (f"{float(value) * 100:.0f}%" for value in (found[0], figure.depth, found[1]))
    words = range_words(*found, selection.language)
    return cell._replace(low=low, high=high, at=at, range=words)


def _tints(depths: list[Fraction | None], *, most: int) -> Callable[[Fraction], int]:
    """Return what gives a depth its step, 0..10, between the least and the most; 0 is in between.

    Agreement lies within 0..1, so that its steps are the same on every page.
    """
    known = [depth for depth in depths if depth is not None]
    low, high = min([Fraction(0), *known]), max([Fraction(most), *known])
    return lambda depth: round((depth - low) / ((high - low) or 1) * TINTS)


def agreement_sentence(selection: AgreementSelection, table: dict[str, Any]) -> str:
    """Return the sentence that says what the page shows, how much of it, and as of when."""
    issues = len(selection.issues)
    words = ngettext(
        # Translators: such as “5 actors on 9 preference issues as of 24 Jan 2017: 8 of 10 pairs
        # share at least 3 issues”; `pairs` is “10 pairs” and `least` is “at least 3 issues”.
        "%(actors)s on %(issues)s %(when)s: %(figured)s of %(pairs)s shares %(least)s",
        "%(actors)s on %(issues)s %(when)s: %(figured)s of %(pairs)s share %(least)s",
        table["figured"],
    ) % {
        "actors": _actors(selection, table),
        "issues": ngettext("%(n)s preference issue", "%(n)s preference issues", issues)
        % {"n": issues},
        "when": _when(selection),
        "figured": table["figured"],
        "pairs": ngettext("%(n)s pair", "%(n)s pairs", table["pairs"]) % {"n": table["pairs"]},
        "least": ngettext("at least %(n)s issue", "at least %(n)s issues", selection.least)
        % {"n": selection.least},
    }
    words = f"{words}; {_('first-hand only')}." if selection.first_hand else f"{words}."
    return f"{words} {counted}" if (counted := counted_words(selection)) else words


def _actors(selection: AgreementSelection, table: dict[str, Any]) -> str:
    """Return how many actors are in the table, and of how many where it has no room for all."""
    every = (shown := len(table["rows"])) + len(table["little"]) + len(table["beyond"])
    if not selection.is_chosen:
        every += selection.reported - len(selection.actors)
    if every == shown:
        return ngettext("%(n)s actor", "%(n)s actors", shown) % {"n": shown}
    # Translators: so many actors are in the table, of so many in all.
    words = ngettext("%(n)s of %(all)s actor", "%(n)s of %(all)s actors", every)
    return words % {"n": shown, "all": every}


def counted_words(selection: AgreementSelection) -> str:
    """Return what a measure of statements counts, in words; empty where headlines count."""
    if not selection.is_of_statements:
        return ""
    return _(
        "Measure: %(measure)s; repeated statements count: %(duplicates)s; normalised: %(by)s."
    ) % {
        "measure": MEASURES[selection.measure],
        "duplicates": DUPLICATES[selection.duplicates],
        "by": NORMALISATIONS[selection.normalisation],
    }


def _when(selection: AgreementSelection) -> str:
    end = day_words(selection.last_day)
    if selection.since:
        return _("by what was said from %(start)s to %(end)s") % {
            "start": day_words(selection.since),
            "end": end,
        }
    return _("as of %(day)s") % {"day": end}


def figure_words(selection: AgreementSelection, figure: Figure) -> tuple[str, str]:
    """Return a figure in words, empty if there is none, and what it is out of."""
    language = selection.language
    if figure.value is None:
        return "", issue_words(figure.n)
    if selection.is_of_statements:
        # What is divided by much would be nothing with two places.
        is_small = 0 < abs(figure.value) < Fraction(1, 10)
        return decimal(figure.value, 4 if is_small else 2, language), issue_words(figure.n)
    if selection.measure == "points":
        return decimal(figure.value, 3, language), _("of %(most)s points") % {"most": 2 * figure.n}
    total = decimal(figure.value * figure.n, 3, language)
    return decimal(figure.value, 2, language), _out_of(language) % {"sum": total, "n": figure.n}


@lru_cache
def _out_of(language: str | None) -> str:
    return _("%(sum)s of %(n)s")


def same_words(selection: AgreementSelection, pair: tuple[str, str]) -> str:
    """Return how many questions without an order a pair answers the same; empty if not asked."""
    if not selection.nominal or selection.is_of_statements:
        return ""
    found = selection.network.headlines.sameness(*pair)
    # Translators: the numbers are of questions whose answers have no order.
    return _("same answer: %(same)s of %(n)s") % {"same": found.same, "n": found.n}


def range_words(low: Fraction, high: Fraction, language: str | None) -> str:
    """Return the range that the open issues leave, in words."""
    ends = {"low": decimal(low, 2, language), "high": decimal(high, 2, language)}
    return _from_to(language) % ends


@lru_cache
def _from_to(language: str | None) -> str:
    return _("%(low)s to %(high)s")


# What the palest and the deepest colour of each measure stand for.
_ENDS = {
    "agreement": (
        gettext_lazy("0: at opposite ends of every shared issue"),
        gettext_lazy("1: the same on every shared issue"),
    ),
    "points": (
        gettext_lazy("no points: at opposite ends of every shared issue"),
        gettext_lazy("all points: the same on every shared issue"),
    ),
    "congruence": (
        gettext_lazy("no similar statements"),
        gettext_lazy("similar statements most frequent"),
    ),
    "conflict": (
        gettext_lazy("no opposite statements"),
        gettext_lazy("opposite statements most frequent"),
    ),
    "subtract": (
        gettext_lazy("more opposite statements"),
        gettext_lazy("more similar statements"),
    ),
    "ignore": (
        gettext_lazy("no statements on the same issues"),
        gettext_lazy("statements on the same issues most frequent"),
    ),
}


def filters_of(selection: AgreementSelection) -> dict[str, Any]:
    """Return the filter bar: choices of one word, and the addresses that leave the page.

    No query. `hidden` and `carried` are the parameters that each form carries along.
    """
    selects = [("measure", _("Measure"), MEASURES)]
    more = [
        ("duplicates", _("Repeated statements count"), DUPLICATES),
        ("normalisation", _("Normalised"), NORMALISATIONS),
    ]
    return {
        "selects": [(*select, getattr(selection, select[0])) for select in selects],
        "more": [(*select, getattr(selection, select[0])) for select in more]
        if selection.is_of_statements
        else [],
        "is_more_open": (selection.duplicates, selection.normalisation)
        != (next(iter(DUPLICATES)), next(iter(NORMALISATIONS))),
        "hidden": [(name, value) for name, value in selection.given if name in ("pair", "of")],
        "carried": selection.without("pair"),
        "carried_of": selection.without("of", "pair"),
        "measure": MEASURES[selection.measure],
        "ends": _ENDS[selection.measure],
        "most": MOST_IN_TABLE,
        "close": selection.query(pair=None),
        "file": selection.query(pair=None, of=None),
        "statements": selection.query(**dict.fromkeys(_NOT_OF_STATEMENTS)),
    }


def agreement_map(
    selection: AgreementSelection, placed: tuple[Heading, ...]
) -> dict[str, Any] | None:
    """Return the map of the table's actors, or None where fewer than three can be placed.

    `points` have the heading of an actor, its mark (x, y), and where its name is written (x, y and
    which part of the name is there). `words` say how much of the distance the map shows, `left_out`
    names who is not on it.
    """
    headings = {heading.slug: heading for heading in placed}
    distances = selection.network.distances(sorted(headings))
    found = scale(sorted(headings), {pair: float(value) for pair, value in distances.items()})
    if found is None:
        return None
    spots = in_the_box(found.points, width=WIDTH, height=HEIGHT)
    names = {slug: headings[slug].name for slug in spots}
    points = []
    for slug, spot, beside, anchor in named_spots(spots, names, width=WIDTH, height=HEIGHT):
        places = [f"{place:.1f}" for place in (*spot, beside[0], beside[1] + 4.5)]
        points.append((headings[slug], *places, anchor))
    words = _("The map shows %(shown)s%% of the squared distance between %(actors)s.") % {
        "shown": f"{found.shown * 100:.0f}",
        "actors": ngettext("%(n)s actor", "%(n)s actors", len(points)) % {"n": len(points)},
    }
    left_out = [headings[slug].name for slug in found.left_out]
    return {
        "points": points,
        "words": words,
        "left_out": left_out,
        "width": WIDTH,
        "height": HEIGHT,
    }
