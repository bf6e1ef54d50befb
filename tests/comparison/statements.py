"""Statements for the tests of the core: a builder with defaults, and Hypothesis strategies."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from astana.comparison.said import UNKNOWN_START
from astana.comparison.statement import Statement

# Few of each, so that ties, bodies and two voices come about by themselves.
ACTORS = ("army", "ministry", "state", "rival")
ISSUES = ("cease-fire", "constitution")
# An issue that is asked of each of some events.
OF_EVENTS = "direct-talks"
EVENTS = ("astana-1", "astana-2")
VALUES = {"supports": 1.0, "neither": 0.0, "opposes": -1.0, "declines": None}
FIRST_DAY = date(2017, 1, 1)

days = st.integers(0, 5).map(lambda number: FIRST_DAY + timedelta(days=number))


def a_statement(
    number: int = 1,
    *,
    actor: str = "state",
    issue: str = "cease-fire",
    stance: str = "supports",
    said: date = FIRST_DAY,
    earliest: date | None = None,
    is_first_hand: bool = True,
    event: str = "",
    speaker: str = "",
    same_as: int | None = None,
    condition: str = "",
    is_disputed: bool = False,
) -> Statement:
    return Statement(
        id=number,
        actor=actor,
        issue=issue,
        stance=stance,
        value=VALUES[stance],
        earliest=earliest or said,
        latest=said,
        is_first_hand=is_first_hand,
        event=event,
        speaker=speaker,
        same_as=same_as,
        condition=condition,
        is_disputed=is_disputed,
    )


@st.composite
def _unnumbered(draw):
    latest = draw(days)
    earliest = draw(st.one_of(st.just(latest), st.just(UNKNOWN_START), days))
    return {
        "actor": draw(st.sampled_from(ACTORS)),
        "issue": draw(st.sampled_from(ISSUES)),
        "stance": draw(st.sampled_from(sorted(VALUES))),
        "said": latest,
        "earliest": min(earliest, latest),
        "is_first_hand": draw(st.booleans()),
    }


@st.composite
def statements(draw, *, most: int = 14):
    """Return statements with different primary keys, in any order."""
    made = draw(st.lists(_unnumbered(), max_size=most))
    return draw(st.permutations([a_statement(n, **one) for n, one in enumerate(made, 1)]))


@st.composite
def _unnumbered_in_full(draw):
    one = draw(_unnumbered())
    issue = draw(st.sampled_from([*ISSUES, OF_EVENTS]))
    return one | {
        "issue": issue,
        "event": draw(st.sampled_from(EVENTS)) if issue == OF_EVENTS else "",
        # One who speaks for others, and perhaps for themselves.
        "speaker": draw(st.sampled_from(["", "rival"])) if one["is_first_hand"] else "",
        "condition": draw(st.sampled_from(["", "Only if the others do."])),
        "is_disputed": draw(st.integers(0, 4)) == 0,
    }


@st.composite
def statements_in_full(draw, *, most: int = 14):
    """Return statements also of events, by speakers, disputed, and renderings of one utterance."""
    made = draw(st.lists(_unnumbered_in_full(), max_size=most))
    found = [a_statement(n, **one) for n, one in enumerate(made, 1)]
    for number, one in enumerate(found):
        # Another rendering of an utterance, of which the fuller one is no rendering itself.
        alike = [
            other.id
            for other in found[:number]
            if (other.actor, other.issue, other.event) == (one.actor, one.issue, one.event)
            and other.same_as is None
        ]
        if alike and draw(st.integers(0, 3)) == 0:
            found[number] = replace(one, same_as=draw(st.sampled_from(alike)))
    return draw(st.permutations(found))


wholes = st.dictionaries(
    st.sampled_from(ACTORS), st.lists(st.sampled_from(ACTORS), unique=True, max_size=2), max_size=3
)
