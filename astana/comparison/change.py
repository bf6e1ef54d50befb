"""Statements in, steps out: what happened between what stood for a cell before and after.

A step is called a move only where the record supports that the actor moved: both ends are
first-hand and nobody denies them, their stances differ, and the second was said on a later day than
the first. Everything else is named for what it is, such as another report.

A disputed report makes no move and undoes none: moves, and all other steps but `DISPUTED`, are
those of the statements that nobody disputes, as if the disputed ones were not there. A disputed
report that comes to stand in the cell is a step of its own, `DISPUTED`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from astana.comparison.matrix import Cell, headlines
from astana.comparison.statement import Statement

Shown = tuple[Statement, ...]


class Kind(StrEnum):
    """What a step is."""

    FIRST_HEARD = "first-heard"
    MOVED = "moved"
    CONDITION_CHANGED = "condition-changed"
    NOW_FIRST_HAND = "now-first-hand"
    REPORTED_DIFFERENTLY = "reported-differently"
    DISPUTED = "disputed"
    TWO_VOICES = "two-voices"
    ONE_VOICE = "one-voice"


# What an actor is said to have done itself.
_FIRM = (Kind.MOVED, Kind.CONDITION_CHANGED)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a cell: an actor on an issue, of one event where it is asked of each.

    `before` and `after` hold one statement for each stance shown, ordered by stance; `before` is
    empty where the actor had been silent. `day` is the day by which the new one had been said.
    """

    actor: str
    issue: str
    event: str
    day: date
    kind: Kind
    before: Shown
    after: Shown


def steps(
    statements: Iterable[Statement],
    *,
    first_hand_only: bool = False,
    whose: str = "",
    since: date = date.min,
) -> list[Step]:
    """Return every step of every cell since a day, in the order of time.

    `whose` names the one actor whose cells they are, where the statements are also those that this
    person made for others; otherwise each belongs to its own actor.
    """
    by_cell: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        by_cell[whose or statement.actor, statement.issue, statement.event].append(statement)
    found = [
        Step(*cell, day, kind, before, after)
        for cell, spoken in by_cell.items()
        for day, kind, before, after in _of_cell(
            spoken, first_hand_only=first_hand_only, since=since
        )
    ]
    return sorted(found, key=lambda step: (step.day, step.actor, step.issue, step.event, step.kind))


def between(before: Cell, after: Cell, *, since: date) -> Step | None:
    """Return what happened to a cell between two days, None where nothing is known to have.

    Both are the cell as it stood by a day, the earlier one by `since`. What lies between is not
    looked at: who moved and moved back has not moved. A disputed statement at either end makes no
    move, nor does one that may have been made by the earlier day.
    """
    old, new = before.voices, after.voices
    if {one.id for one in old} == {one.id for one in new}:
        return None
    kind = _kind(old, new)
    if any(one.is_disputed for one in new):
        kind = Kind.DISPUTED
    elif (kind and any(one.is_disputed for one in old)) or (
        kind in _FIRM and min(one.earliest for one in new) <= since
    ):
        kind = Kind.REPORTED_DIFFERENTLY
    if kind is None:
        return None
    day = max(one.latest for one in new)
    return Step(after.actor, after.issue, after.event, day, kind, old, new)


def _of_cell(
    spoken: list[Statement], *, first_hand_only: bool, since: date
) -> Iterable[tuple[date, Kind, Shown, Shown]]:
    days = {statement.latest for statement in spoken}
    if not (newer := sorted(day for day in days if day >= since)):
        return
    undisputed = [statement for statement in spoken if not statement.is_disputed]
    before: Shown = ()
    stood: Shown = ()
    if len(newer) < len(days):
        # What stood on the last day before.
        eve = max(day for day in days if day < since)
        before = stood = _shown(undisputed, eve, first_hand_only=first_hand_only)
        if len(undisputed) < len(spoken):
            stood = _shown(spoken, eve, first_hand_only=first_hand_only)
    for day in newer:
        after = _shown(undisputed, day, first_hand_only=first_hand_only)
        kind = _kind(before, after)
        if kind:
            yield day, kind, before, after
        before = after
        stands = after
        if len(undisputed) < len(spoken):
            stands = _shown(spoken, day, first_hand_only=first_hand_only)
        if any(one.is_disputed and one not in stood for one in stands):
            yield day, Kind.DISPUTED, stood, stands
        stood = stands


def _shown(spoken: list[Statement], day: date, *, first_hand_only: bool) -> Shown:
    """Return the statement that stands for each stance that the cell shows by a day."""
    by_stance: dict[str, Statement] = {}
    for statement in headlines(spoken, as_of=day, first_hand_only=first_hand_only):
        by_stance.setdefault(statement.stance, statement)
    return tuple(by_stance.values())


def _kind(before: Shown, after: Shown) -> Kind | None:
    """Return what the step between two states of a cell is, None where it is no step."""
    if not after:
        return None
    if not before:
        return Kind.FIRST_HEARD
    if len(after) > 1:
        same = {one.stance for one in before} == {one.stance for one in after}
        return None if same else Kind.TWO_VOICES
    if len(before) > 1:
        return Kind.ONE_VOICE
    [old], [new] = before, after
    is_firm = old.is_first_hand and new.is_first_hand and old.latest < new.earliest
    if old.stance != new.stance:
        return Kind.MOVED if is_firm else Kind.REPORTED_DIFFERENTLY
    if new.is_first_hand and not old.is_first_hand:
        return Kind.NOW_FIRST_HAND
    # That a report names no condition does not say that there is none any more.
    if not new.condition or new.condition == old.condition:
        return None
    return Kind.CONDITION_CHANGED if is_firm else Kind.REPORTED_DIFFERENTLY
