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

    @property
    def recency(self) -> tuple[date, date]:
        """What decides which of two statements is newer: the last day, then the first."""
        return (self.latest, self.earliest)
