"""A second, slow and obvious implementation of what the core knows, written from the design alone.

The rule's own words stand above each step. Nothing of `astana.comparison` is used here but the
`Statement` that both are given.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from astana.comparison.statement import Statement


@dataclass(frozen=True)
class Expected:
    """What a cell has to show: for each stance the statement that stands for it."""

    stands_for: dict[str, int]
    value: float | None
    is_second_hand: bool
    is_two_voices: bool
    rests_on: frozenset[int]


def is_newer(one: Statement, other: Statement) -> bool:
    # "newer means later latest day, then later earliest day"
    if one.latest == other.latest:
        return one.earliest > other.earliest
    return one.latest > other.latest


def headline(
    statements: list[Statement],
    actor: str,
    issue: str,
    as_of: date,
    *,
    first_hand_only: bool,
    event: str = "",
) -> list[Statement]:
    """Return the statements that tie for the headline of one actor on one issue."""
    said = []
    for statement in statements:
        # "A person holds what they hold themselves and what they said first-hand for another"
        is_own = statement.actor == actor
        is_spoken = statement.speaker == actor and statement.is_first_hand
        # "what is reported of a later event says nothing of an earlier one"
        is_asked = statement.issue == issue and statement.event == event
        # "Something counts as said by a date when its latest day is not after that date"
        if (is_own or is_spoken) and is_asked and not statement.latest > as_of:
            said.append(statement)
    # "the newest first-hand position stated by then"
    first_hand = [one for one in said if one.is_first_hand]
    if first_hand:
        return newest(fullest(first_hand))
    if first_hand_only:
        return []
    # "only if there is none, the newest second-hand one, marked as such"
    return newest(fullest(said))


def fullest(statements: list[Statement]) -> list[Statement]:
    # "another rendering of an utterance is left out where the fuller one counts"
    return [one for one in statements if not any(one.same_as == other.id for other in statements)]


def newest(statements: list[Statement]) -> list[Statement]:
    return [one for one in statements if not any(is_newer(other, one) for other in statements)]


def cell(
    statements: list[Statement],
    actor: str,
    issue: str,
    as_of: date,
    *,
    first_hand_only: bool = False,
    bodies: tuple[str, ...] = (),
    event: str = "",
) -> Expected:
    """Return what the cell of an actor and its bodies has to show."""
    # "the actor and each of its bodies have their own headline"
    found = []
    for body in [actor, *bodies]:
        found += headline(
            statements, body, issue, as_of, first_hand_only=first_hand_only, event=event
        )
    stands_for = {}
    for stance in {one.stance for one in found}:
        stands_for[stance] = best([one for one in found if one.stance == stance])
    # "where these differ the cell is two voices"; "shows both, and has no single value"
    is_two_voices = len(stands_for) > 1
    only = None if is_two_voices or not found else next(iter(stands_for.values()))
    return Expected(
        stands_for={stance: one.id for stance, one in stands_for.items()},
        value=only.value if only else None,
        is_second_hand=bool(found) and all(not one.is_first_hand for one in found),
        is_two_voices=is_two_voices,
        rests_on=frozenset(one.id for one in found),
    )


def best(statements: list[Statement]) -> Statement:
    """Return the newest first-hand one, else the newest; of the same age that coded first."""
    first_hand = [one for one in statements if one.is_first_hand]
    return min(newest(first_hand or statements), key=lambda one: one.id)


def moves(
    statements: list[Statement], *, first_hand_only: bool
) -> list[tuple[date, str, str, str, str, str]]:
    """Return every move (day, actor, issue, event, from, to), looked for on every day there is."""
    # "moves are those of the statements that nobody disputes, as if the others were not there"
    firm = [one for one in statements if not one.is_disputed]
    found = []
    if not firm:
        return found
    day = min(one.latest for one in firm)
    last = max(one.latest for one in firm)
    while day <= last:
        for actor, issue, event in sorted({(one.actor, one.issue, one.event) for one in firm}):
            own = [one for one in firm if one.actor == actor]
            ends = []
            for when in (day - timedelta(days=1), day):
                shown = headline(
                    own, actor, issue, when, first_hand_only=first_hand_only, event=event
                )
                ends.append(shown)
            before, after = ends
            # "both ends are first-hand", and each is one stance
            if len({one.stance for one in before}) != 1 or len({one.stance for one in after}) != 1:
                continue
            if not all(one.is_first_hand for one in before + after):
                continue
            # "their stances differ"
            if before[0].stance == after[0].stance:
                continue
            # "the second was said on a later day than the first"
            if all(one.latest < other.earliest for one in before for other in after):
                found.append((day, actor, issue, event, before[0].stance, after[0].stance))
        day += timedelta(days=1)
    return found
