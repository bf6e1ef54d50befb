"""Statements in, moves out: when an actor's headline on an issue changed, and from what to what."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from astana.comparison.matrix import headlines
from astana.comparison.statement import Statement


@dataclass(frozen=True, slots=True)
class Move:
    """A change of an actor's headline on an issue.

    `before` and `after` are the short names of the stances shown, in order; `before` is empty
    where the actor had been silent, and several are two voices. `statements` are those that the
    new headline rests on, and `day` is the day by which they had been said.
    """

    actor: str
    issue: str
    day: date
    before: tuple[str, ...]
    after: tuple[str, ...]
    statements: tuple[Statement, ...]


def moves(statements: Iterable[Statement], *, first_hand_only: bool = False) -> list[Move]:
    """Return every change of a headline, by the headline rule, in the order of time."""
    by_cell: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        by_cell[statement.actor, statement.issue].append(statement)
    found = []
    for (actor, issue), spoken in by_cell.items():
        before: tuple[str, ...] = ()
        for day in sorted({statement.latest for statement in spoken}):
            shown = headlines(spoken, as_of=day, first_hand_only=first_hand_only)
            after = tuple(dict.fromkeys(statement.stance for statement in shown))
            if after != before:
                found.append(Move(actor, issue, day, before, after, tuple(shown)))
            before = after
    return sorted(found, key=lambda move: (move.day, move.actor, move.issue))
