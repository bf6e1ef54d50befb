"""What the page of agreement begins with: who agrees most and least, and who is not in it."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astana.comparison.standing import Pair, Standing
from astana.models import Actor
from astana.pages.agreement.forms import MEASURES, MOST_ACTORS, AgreementSelection
from astana.pages.agreement.presenter import figure_words
from astana.pages.shared.figures import shared_words

# So many pairs of those that tie are named.
MOST_PAIRS = 3


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
            "Only one pair shares enough issues to be compared: {pairs}.",
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
        words = _("What a person says for an actor counts for both, which alone makes them agree.")
        sentences.append(format_html("{}", words))
    return [*sentences, *_unknown(selection, found)]


def _unknown(selection: AgreementSelection, found: Standing) -> list[SafeString]:
    """Return what is not known of the pairs, in a sentence or two."""
    words = []
    if unknown := found.pairs - found.figured:
        sentence = ngettext(
            # Translators: `why` says how many of them share too few issues, or none.
            "%(unknown)s pair of %(pairs)s has no figure: %(why)s.",
            "%(unknown)s pairs of %(pairs)s have no figure: %(why)s.",
            unknown,
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
            _("Second-hand positions are left out, as requested. That is not disagreement.")
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
    words = ngettext(
        # Translators: pairs of actors, each with its figure; then how many more there are.
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
    selection: AgreementSelection, table: dict[str, Any], drawn: dict[str, Any] | None
) -> dict[str, Any]:
    """Return who is not in the table or not on the map, by why; no query.

    Each reason has the names, each with what is said of it or nothing, and how many others are not
    named.
    """
    of_selection = {actor.pk for actor in selection.actors}
    others = [actor for actor in selection.all_actors if actor.pk not in of_selection]
    found: dict[str, Any] = {"little": (table["little"], 0), "beyond": (table["beyond"], 0)}
    if selection.is_chosen:
        found["others"] = _named(others), max(0, selection.reported - MOST_ACTORS)
    else:
        found["beyond"] = table["beyond"], selection.reported - len(selection.actors)
        persons = [actor for actor in others if actor.kind == Actor.Kind.PERSON]
        found["persons"] = _named(persons), selection.persons - len(persons)
    if drawn:
        found["map"] = [(name, "") for name in drawn["left_out"]], 0
    return {why: left for why, left in found.items() if any(left)}


def _named(actors: list[Actor]) -> list[tuple[str, str]]:
    return [(actor.name, "") for actor in actors]
