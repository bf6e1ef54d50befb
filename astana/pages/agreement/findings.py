"""What the page of agreement begins with: who agrees most and least, and who is not in it."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astana.comparison.standing import Pair, Standing
from astana.models import Actor
from astana.pages.agreement.chosen import MOST_ACTORS
from astana.pages.agreement.forms import MEASURES, AgreementSelection
from astana.pages.agreement.presenter import (
    MOST_IN_TABLE,
    AgreementTable,
    MapView,
    figure_words,
)
from astana.pages.shared.figures import shared_words

# So many pairs of those that tie are named, and so many actors before the others are folded.
MOST_PAIRS = 3
MOST_NAMES = 8


@dataclass(frozen=True)
class LeftOut:
    """Who is not in the table or on the map, and why; `rest` are folded, `more` are not named.

    Each is a name and what is said of it, or nothing.
    """

    key: str
    words: str
    names: tuple[tuple[str, str], ...]
    more: int = 0

    @property
    def first(self) -> tuple[tuple[str, str], ...]:
        """Those who are named at once."""
        return self.names[:MOST_NAMES]

    @property
    def rest(self) -> tuple[tuple[str, str], ...]:
        """Those who are folded."""
        return self.names[MOST_NAMES:]


def findings_of(selection: AgreementSelection, found: Standing) -> list[SafeString]:
    """Return what the table says in sentences: who agrees most, who least, what is unknown."""
    if not found.pairs:
        return []
    # Points are agreement, counted in points: who has the greatest part of the points agrees most.
    measure = "agreement" if selection.measure == "points" else selection.measure
    values = {"measure": MEASURES[measure], "pairs": _pairs(selection, found.most)}
    if not found.figured:
        words = ngettext(
            "No pair shares {least} issue, so it cannot be said who agrees most.",
            "No pair shares {least} issues, so it cannot be said who agrees most.",
            selection.least,
        )
        sentences = [format_html(words, least=selection.least)]
    elif not found.least:
        words = ngettext(
            "One pair alone shares enough issues to be compared: {pairs}.",
            "All {n} pairs that share enough issues have the same figure: {pairs}.",
            found.figured,
        )
        sentences = [format_html(words, n=found.figured, **values)]
    else:
        # Translators: a measure such as “Agreement”; then pairs of actors, each with its figure.
        highest = format_html(_("{measure} is highest between {pairs}."), **values)
        values["pairs"] = _pairs(selection, found.least)
        # Translators: a measure such as “Agreement”; then pairs of actors, each with its figure.
        lowest = format_html(_("{measure} is lowest between {pairs}."), **values)
        sentences = [highest, lowest]
    named = {slug for pair in (*found.most, *found.least) for slug in (pair.one, pair.other)}
    if any(selection.by_slug[slug].kind == Actor.Kind.PERSON for slug in named):
        words = _("What a person says for an actor counts for both, who agree by that alone.")
        sentences.append(format_html("{}", words))
    return [*sentences, *_unknown(selection, found)]


def _unknown(selection: AgreementSelection, found: Standing) -> list[SafeString]:
    """Return what is not known of the pairs, in a sentence or two."""
    words = []
    if unknown := found.pairs - found.figured:
        # Translators: `why` says how many of them share too few issues, or none.
        sentence = ngettext(
            "Of %(pairs)s pair %(unknown)s has no figure: %(why)s.",
            "Of %(pairs)s pairs %(unknown)s have no figure: %(why)s.",
            found.pairs,
        )
        few = ngettext(
            "%(n)s shares fewer than %(least)s issues",
            "%(n)s share fewer than %(least)s issues",
            found.too_few,
        )
        none = ngettext("%(n)s shares none", "%(n)s share none", found.without)
        why = [(found.too_few, few), (found.without, none)]
        counted = [text % {"n": n, "least": selection.least} for n, text in why if n]
        values = {"pairs": found.pairs, "unknown": unknown, "why": ", ".join(counted)}
        words.append(sentence % values)
        words.append(
            _("Second-hand positions are left out, as was asked. That is not disagreement.")
            if selection.first_hand
            else _("That is silence in these sources, not disagreement.")
        )
    if found.is_open:
        words.append(_("What is not known could change who agrees most and least."))
    return [format_html("{}", " ".join(words))] if words else []


def _pairs(selection: AgreementSelection, pairs: tuple[Pair, ...]) -> SafeString:
    """Return the first of some pairs in words, each leading to what lies behind its figure."""
    named = format_html_join("; ", "{}", ((_pair(selection, pair),) for pair in pairs[:MOST_PAIRS]))
    more = len(pairs) - MOST_PAIRS
    if more <= 0:
        return named
    # Translators: pairs of actors, each with its figure; then how many more there are.
    words = ngettext(
        "{pairs}; and {n} more pair with the same figure",
        "{pairs}; and {n} more pairs with the same figure",
        more,
    )
    return format_html(words, pairs=named, n=more)


def _pair(selection: AgreementSelection, pair: Pair) -> SafeString:
    address = selection.query(pair=f"{pair.one}.{pair.other}")
    names = [selection.by_slug[slug].name for slug in (pair.one, pair.other)]
    link = format_html(
        '<a href="{address}#pair" hx-get="{address}" hx-target="#content" hx-swap="outerHTML" '
        'hx-push-url="true">{names}</a>',
        address=address,
        names=format_html(
            _("<bdi>{first}</bdi> and <bdi>{second}</bdi>"), first=names[0], second=names[1]
        ),
    )
    value, small = figure_words(selection, pair.figure)
    if selection.is_of_statements:
        # Translators: a pair of actors; its figure; on how many issues.
        return format_html(_("{pair} ({value} on {issues})"), pair=link, value=value, issues=small)
    value = value if selection.measure == "agreement" else f"{value} {small}"
    shared = shared_words(pair.figure.n, pair.heard)
    # Translators: a pair of actors; its figure; “on 2 of the 3 issues on which both are heard”.
    return format_html(_("{pair} ({value} {shared})"), pair=link, value=value, shared=shared)


def left_out_of(
    selection: AgreementSelection, table: AgreementTable, drawn: MapView | None
) -> list[LeftOut]:
    """Return who is not in the table or not on the map, and why, each reason once; no query."""
    rows = [_little(selection, table), _beyond(selection, table)]
    chosen = {actor.pk for actor in selection.actors}
    others = [actor for actor in selection.all_actors if actor.pk not in chosen]
    if selection.is_chosen:
        rows.append(_not_chosen(selection, others))
    elif selection.persons:
        persons = [one for one in others if one.kind == Actor.Kind.PERSON]
        rows.append(_persons(selection, persons))
    if drawn and drawn.left_out:
        words = _("Not on the map, because some of their pairs share too few issues:")
        rows.append(LeftOut("map", words, tuple((name, "") for name in drawn.left_out)))
    return [row for row in rows if row.names or row.more]


def _little(selection: AgreementSelection, table: AgreementTable) -> LeftOut:
    words = ngettext(
        "%(n)s more actor of the selection is not in the table.",
        "%(n)s more actors of the selection are not in the table.",
        len(table.little),
    ) % {"n": len(table.little)}
    why = ngettext(
        "Too little is heard: a single stance on fewer than %(least)s issue.",
        "Too little is heard: a single stance on fewer than %(least)s issues.",
        selection.least,
    ) % {"least": selection.least}
    return LeftOut("little", f"{words} {why}", table.little)


def _beyond(selection: AgreementSelection, table: AgreementTable) -> LeftOut:
    unnamed = 0 if selection.is_chosen else selection.reported - len(selection.actors)
    number = len(table.beyond) + unnamed
    words = ngettext(
        "%(n)s more actor of the selection is not in the table.",
        "%(n)s more actors of the selection are not in the table.",
        number,
    ) % {"n": number}
    why = _("It shows at most %(most)s, those with a single stance on most issues.")
    return LeftOut("beyond", f"{words} {why % {'most': MOST_IN_TABLE}}", table.beyond, unnamed)


def _not_chosen(selection: AgreementSelection, others: list[Actor]) -> LeftOut:
    unnamed = max(0, selection.reported - MOST_ACTORS)
    number = len(others) + unnamed
    words = ngettext(
        "%(n)s more actor of this dossier is not chosen.",
        "%(n)s more actors of this dossier are not chosen.",
        number,
    )
    return LeftOut("others", words % {"n": number}, _named(others), unnamed)


def _persons(selection: AgreementSelection, persons: list[Actor]) -> LeftOut:
    number = selection.persons
    words = ngettext(
        "%(n)s person is left out. Choose persons under “Actors”: they count by what they hold "
        "themselves and said first-hand for others.",
        "%(n)s persons are left out. Choose persons under “Actors”: they count by what they hold "
        "themselves and said first-hand for others.",
        number,
    )
    return LeftOut("persons", words % {"n": number}, _named(persons), number - len(persons))


def _named(actors: list[Actor]) -> tuple[tuple[str, str], ...]:
    return tuple((actor.name, "") for actor in actors)
