"""Statements for the tests of the core: a builder with defaults, and Hypothesis strategies."""

from datetime import date, timedelta

from hypothesis import strategies as st

from astana.comparison.said import UNKNOWN_START
from astana.comparison.statement import Statement

# Few of each, so that ties, bodies and two voices come about by themselves.
ACTORS = ("army", "ministry", "state", "rival")
ISSUES = ("cease-fire", "constitution")
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


wholes = st.dictionaries(
    st.sampled_from(ACTORS), st.lists(st.sampled_from(ACTORS), unique=True, max_size=2), max_size=3
)
