"""One statement: who took which stance on which issue, when, and how we know."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Statement:
    """A position as the core knows it.

    `actor`, `issue` and `stance` are short names; a stance's short name is unique within its
    issue. `value` lies within -1..1, or is None off the scale. `earliest` and `latest` are the
    days within which it was said, both inclusive; `said` is the date as it was recorded, for
    people.

    `event` is the short name of the event that a fact is about, where the issue is asked of each
    event; `speaker` that of the person who said it first-hand for the actor; `same_as` the id of
    the fuller rendering of the same utterance. `is_disputed` tells that it is denied that this was
    said.
    """

    id: int
    actor: str
    issue: str
    stance: str
    value: float | None
    earliest: date
    latest: date
    is_first_hand: bool
    said: str = ""
    condition: str = ""
    is_disputed: bool = False
    event: str = ""
    speaker: str = ""
    same_as: int | None = None

    @property
    def recency(self) -> tuple[date, date]:
        """What decides which of two statements is newer: the last day, then the first."""
        return (self.latest, self.earliest)
