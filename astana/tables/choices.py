"""What can be chosen on the compare page, with how much has been found on each."""

from dataclasses import dataclass
from typing import Any

from astana.forms.compare import Selection
from astana.models import Actor, Issue

MOST_CHOICES = 1000


@dataclass(frozen=True, slots=True)
class Choice:
    """An actor or issue that can be chosen; `number` counts its published positions."""

    slug: str
    name: str
    small: str
    number: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen actor or issue, and the addresses without it and with it one place on.

    `href` is empty for the last one left, `earlier` for the first and `later` for the last.
    """

    slug: str
    name: str
    href: str
    earlier: str
    later: str


@dataclass(frozen=True)
class Picker:
    """What is chosen, and the addresses that open or close a list to choose from.

    `hidden` are the parameters that the form carries along without showing them.
    """

    actors: list[Chip]
    issues: list[Chip]
    choose_actors: str
    choose_issues: str
    done: str
    start_over: str
    hidden: list[tuple[str, str]]


@dataclass(frozen=True)
class Choices:
    """The list to choose from; `name` is the parameter that a choice is sent as."""

    name: str
    options: list[Choice]


def picker_of(selection: Selection) -> Picker:
    """Return the chips and links of the picker."""
    shown = {"first_hand", "differences", "silent", "bodies", "transpose", "as_of"}
    shown |= {"actors": {"actor"}, "issues": {"issue"}}.get(selection.choose, set())
    return Picker(
        actors=_chips("actor", [(one.slug, one.name) for one in selection.actors], selection),
        issues=_chips("issue", [(one.slug, one.title) for one in selection.issues], selection),
        choose_actors=selection.query(choose="actors"),
        choose_issues=selection.query(choose="issues"),
        done=selection.query(choose=None),
        start_over=selection.query(actor=None, issue=None, open=None, choose=None),
        hidden=[(name, value) for name, value in selection.given if name not in shown],
    )


def _chips(name: str, chosen: list[tuple[str, str]], selection: Selection) -> list[Chip]:
    slugs = [slug for slug, _title in chosen]

    def address(order: list[str]) -> str:
        return selection.query(**{name: order}) if order else ""

    def swapped(n: int) -> str:
        is_pair = 0 <= n < len(slugs) - 1
        return address([*slugs[:n], slugs[n + 1], slugs[n], *slugs[n + 2 :]]) if is_pair else ""

    return [
        Chip(
            slug,
            title,
            href=address([*slugs[:n], *slugs[n + 1 :]]),
            earlier=swapped(n - 1),
            later=swapped(n),
        )
        for n, (slug, title) in enumerate(chosen)
    ]


def choices_of(selection: Selection, *, user: Any) -> Choices | None:
    """Return the open list of actors or of issues, or None where none is open; one query."""
    if selection.choose == "actors":
        actors = Actor.objects.visible_to(user).of(selection.dossier)[:MOST_CHOICES]
        chosen = {actor.slug for actor in selection.actors}
        counts = selection.counts.actors
        return Choices(
            "actor",
            [
                Choice(a.slug, a.name, a.get_kind_display(), counts.get(a.pk, 0), a.slug in chosen)
                for a in actors
            ],
        )
    if selection.choose == "issues":
        issues = Issue.objects.visible_to(user).of(selection.dossier)[:MOST_CHOICES]
        chosen = {issue.slug for issue in selection.issues}
        counts = selection.counts.issues
        return Choices(
            "issue",
            [
                Choice(i.slug, i.title, i.group, counts.get(i.pk, 0), i.slug in chosen)
                for i in issues
            ],
        )
    return None
