"""What can be chosen on the compare page, with how much has been found on each."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from astana.models import Actor, Issue
from astana.pages.shared.selection import Selection

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
class Line:
    """The chosen actors or issues in their order, and the address that opens the list of all."""

    noun: str
    label: str
    choose: str
    choose_label: str
    chosen: list[tuple[str, str]]


@dataclass(frozen=True)
class Picker:
    """What is chosen, and the address that closes a list to choose from.

    `hidden` are the parameters that the form carries along without showing them.
    """

    lines: list[Line]
    done: str
    hidden: list[tuple[str, str]]


@dataclass(frozen=True)
class Choices:
    """The list to choose from; `name` is the parameter that a choice is sent as."""

    name: str
    options: list[Choice]


def picker_of(selection: Selection) -> Picker:
    """Return the lines of the picker."""
    shown = {"first_hand", "differences", "silent", "bodies", "transpose", "as_of"}
    shown |= {"actors": {"actor"}, "issues": {"issue"}}.get(selection.choose, set())
    return Picker(
        lines=[
            Line(
                "actor",
                _("Actors"),
                selection.query(choose="actors"),
                _("Choose actors"),
                [(one.slug, one.name) for one in selection.actors],
            ),
            Line(
                "issue",
                _("Issues"),
                selection.query(choose="issues"),
                _("Choose issues"),
                [(one.slug, one.title) for one in selection.issues],
            ),
        ],
        done=selection.query(choose=None),
        hidden=[(name, value) for name, value in selection.given if name not in shown],
    )


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
