"""What a page offers to choose from: the first of perhaps more, and how many rows each has."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from astana.models import Actor, Issue
from astana.models.counts import Counts


class Offered(list[Any]):
    """Things to choose from; `is_cut` says that there are more, `most` how many are offered."""

    def __init__(self, rows: Iterable[Any], *, is_cut: bool = False) -> None:
        super().__init__(rows)
        self.is_cut, self.most = is_cut, len(self)


def first_of(rows: QuerySet | list[Any], most: int, *, chosen: Iterable[Any] = ()) -> Offered:
    """Return the first rows, at most so many, and what is chosen beyond them, before these.

    One query, which asks for one row more.
    """
    found = list(rows[: most + 1])
    offered = Offered(found[:most], is_cut=len(found) > most)
    offered[:0] = [one for one in chosen if one not in offered]
    return offered


class Option(NamedTuple):
    """One value of a facet: what rows hold, what the URL says, and the words for it."""

    key: int | str
    value: str
    label: str
    group: str = ""


class Choice(NamedTuple):
    """An option as the page offers it, with how many rows it would show.

    `is_least` says that only the newest rows were counted: it would show so many or more.
    """

    value: str
    label: str
    group: str
    number: int
    is_chosen: bool
    is_least: bool = False


def facet_of(
    name: str,
    label: str | Promise,
    options: Iterable[tuple[str, str, str, int]],
    *,
    chosen: set[str],
) -> SimpleNamespace:
    """Return a facet of a page that is no list: options are value, label, group and number."""
    choices = [Choice(*option, is_chosen=option[0] in chosen) for option in options]
    return SimpleNamespace(name=name, label=label, choices=choices, chosen=chosen)


def facet_of_actors(actors: Iterable[Actor], counts: Counts, *, chosen: set[str]) -> Any:
    """Return actors to choose from, with how many published positions each has."""
    options = [
        (one.slug, one.name, str(one.get_kind_display()), counts.actors.get(one.pk, 0))
        for one in actors
    ]
    return facet_of("actor", _("Actors"), options, chosen=chosen)


def facet_of_issues(issues: Iterable[Issue], counts: Counts, *, chosen: set[str]) -> Any:
    """Return issues to choose from by their groups, with how many published positions each has."""
    options = [(one.slug, one.title, one.group, counts.issues.get(one.pk, 0)) for one in issues]
    return facet_of("issue", _("Issues"), options, chosen=chosen)
