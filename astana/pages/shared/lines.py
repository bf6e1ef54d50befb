"""One position in a line: what cells, panels and lists say of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from astana.comparison.matrix import Cell
from astana.comparison.said import parse_said
from astana.comparison.scale import sign, step
from astana.models import Actor, Issue, Position
from astana.models.said_words import day_words, said_words
from astana.models.voice_words import how_words


@dataclass(frozen=True, slots=True)
class Line:
    """A position as a line shows it; `step` and `label` are those of its stance.

    `how` says in a word or two how we know, `sources` is the number of those that support it.
    `actor` and `href` are given by the page that names them, and empty elsewhere. `notes` are
    further words: how plainly it was said, when it was held, what a vague date hides; `marks` are
    the same, as short as can be. `is_told_apart` where other sources report another stance for
    the same time.
    """

    key: str
    step: str
    label: str
    summary: str
    condition: str
    how: str
    is_second_hand: bool
    is_disputed: bool
    said: str
    sources: int
    spoken_by: str
    notes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    actor: str = ""
    href: str = ""
    is_told_apart: bool = False

    @property
    def source_words(self) -> str:
        """The number of its sources, in words."""
        return _source_words(self.sources, get_language())


def line_of(row: dict[str, Any], *, actor: str = "", href: str = "") -> Line:
    """Return the line of a row of `headline_details`."""
    return Line(
        key=row["key"],
        step=step_of(row),
        label=row["label"],
        summary=row["summary"],
        condition=row["condition"],
        how=how_words(
            row["voice"],
            by=row["by"] or "",
            speaker=row["spoken_by"] or "",
            authority=row["authority"],
        ),
        is_second_hand=not row["first_hand"],
        is_disputed=row["is_disputed"],
        said=said_words(row["earliest"], row["latest"], row["said"]),
        sources=row["sources"],
        # Who speaks for somebody else about the actor is no speaker of the actor.
        spoken_by=(row["spoken_by"] or "") if row["first_hand"] else "",
        notes=notes_on(row["certainty"], row["held"], hidden_day=row["hidden_day"]),
        marks=(
            *notes_on(row["certainty"], row["held"]),
            *([_("vague date")] if row["hidden_day"] else []),
        ),
        actor=actor,
        href=href,
        is_told_apart=row.get("is_told_apart", False),
    )


@lru_cache(maxsize=256)
def _source_words(number: int, language: str | None) -> str:
    words = ngettext("%(number)s source", "%(number)s sources", number)
    return words % {"number": number}


def whose(row: dict[str, Any], cell: Cell, actors: Mapping[str, Any]) -> str:
    """Return whose position a row of `headline_details` in a cell is, empty where the actor's own.

    It is a body's, by its name, or what a person said for another actor. `actors` are those that
    have cells, by short name.
    """
    if row["actor_slug"] == cell.actor:
        return ""
    return _of_other(row["actor_name"], actors[cell.actor])


def whose_position(position: Position, actor: Actor) -> str:
    """Return whose a position shown at an actor is, empty where it is the actor's own."""
    return "" if position.actor_id == actor.pk else _of_other(position.actor.name, actor)


def _of_other(name: str, actor: Any) -> str:
    if actor.kind == Actor.Kind.PERSON:
        # Translators: the actor that a person spoke for, such as “for Turkey”.
        return _("for %(name)s") % {"name": name}
    return name


def step_of(row: dict[str, Any]) -> str:
    """Return the step, or the sign, that the stance of a row of `headline_details` is drawn as."""
    if row["value"] is None and row["scale"] == Issue.Scale.NOMINAL:
        return sign(row["place"])
    return step(row["value"])


def notes_on(certainty: str, held: str, *, hidden_day: date | None = None) -> tuple[str, ...]:
    """Return what else there is to say of a position, each in a few words.

    `held` is an EDTF date or empty; `hidden_day` is that of an exact statement of another stance
    which may have come later than this one, as its own date is vague.
    """
    notes = []
    if certainty != Position.Certainty.STATED:
        notes.append(str(Position.Certainty(certainty).label))
    if held:
        days = parse_said(held)
        # Translators: a date, perhaps vague, such as “2003” or “by 12 Jan 2017”.
        words = _("held %(when)s") % {"when": said_words(days.earliest, days.latest, held)}
        notes.append(words)
    if hidden_day:
        # Translators: a day, such as “30 Dec 2016”.
        words = _("the date is vague; an exact statement is from %(day)s")
        notes.append(words % {"day": day_words(hidden_day)})
    return tuple(notes)
