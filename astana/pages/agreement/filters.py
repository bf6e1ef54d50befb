"""What the filter bar of the agreement page offers."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.pages.agreement.forms import (
    DUPLICATES,
    MEASURES,
    NORMALISATIONS,
    AgreementSelection,
)

_REPEATED = {
    "actor": gettext_lazy("Actors"),
    "issue": gettext_lazy("Issues"),
    "group": gettext_lazy("Groups of issues"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, with how many positions are published on it where that is known."""

    value: str
    label: str
    group: str
    number: int | str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A list of check boxes; the same shape as the facets of lists."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """A choice of one word."""

    name: str
    label: str
    choices: tuple[tuple[str, Any, bool], ...]


@dataclass(frozen=True)
class Filters:
    """The filter bar: facets, choices of one word, and the addresses that leave the selection."""

    facets: tuple[Facet, ...]
    measures: OneOf
    counting: tuple[OneOf, ...]
    hidden: list[tuple[str, str]]
    carried: list[tuple[str, str]]
    carried_of: list[tuple[str, str]]
    measure: str
    is_filtered: bool
    close: str
    file: str


def filters_of(selection: AgreementSelection) -> Filters:
    """Return the filter bar of a selection; no query."""
    chosen = {name: {value for key, value in selection.given if key == name} for name in _REPEATED}
    counts = selection.counts
    actors = tuple(
        Choice(
            actor.slug,
            actor.name,
            str(actor.get_kind_display()),
            counts.actors.get(actor.pk, 0),
            actor.slug in chosen["actor"],
        )
        for actor in selection.all_actors
    )
    issues = tuple(
        Choice(
            issue.slug,
            issue.title,
            issue.group,
            counts.issues.get(issue.pk, 0),
            issue.slug in chosen["issue"],
        )
        for issue in selection.all_issues
    )
    numbers: dict[str, int] = {}
    for issue in selection.all_issues:
        if issue.group:
            numbers[issue.group] = numbers.get(issue.group, 0) + 1
    groups = tuple(
        Choice(group, group, "", number, group in chosen["group"])
        for group, number in numbers.items()
    )
    return Filters(
        facets=tuple(
            Facet(name, label, choices, tuple(chosen[name]))
            for (name, label), choices in zip(
                _REPEATED.items(), (actors, issues, groups), strict=True
            )
        ),
        measures=_one_of("measure", _("Measure"), MEASURES, selection.measure),
        counting=(
            (
                _one_of(
                    "duplicates", _("What is said again counts"), DUPLICATES, selection.duplicates
                ),
                _one_of("normalisation", _("Normalised"), NORMALISATIONS, selection.normalisation),
            )
            if selection.is_of_statements
            else ()
        ),
        hidden=[(name, value) for name, value in selection.given if name in ("pair", "of")],
        carried=selection.without("pair"),
        carried_of=selection.without("of", "pair"),
        measure=str(MEASURES[selection.measure]),
        is_filtered=bool(selection.given),
        close=selection.query(pair=None),
        file=selection.query(pair=None, of=None),
    )


def _one_of(name: str, label: str, words: dict[str, Any], chosen: str) -> OneOf:
    return OneOf(
        name, label, tuple((value, word, value == chosen) for value, word in words.items())
    )
