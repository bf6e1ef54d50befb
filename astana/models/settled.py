"""What became of a coding: rejected, or confirmed by one that a curator put in its place."""

from typing import Any

from django.db import models
from django.utils.translation import pgettext


class Settled(models.Model):
    """A position in whose place a curator may have put another, which it is `settled_by`."""

    class Meta:
        abstract = True

    def takes_the_stance_of(self, other: Any) -> bool:
        """Return whether it says of the same actor the same answer to the same issue."""
        return (self.actor_id, self.stance_id) == (other.actor_id, other.stance_id)

    @property
    def is_confirmed(self) -> bool:
        """Whether a curator put a position in its place that takes the same stance."""
        return (
            self.status == "rejected"
            and self.settled_by is not None
            and self.takes_the_stance_of(self.settled_by)
        )

    @property
    def outcome(self) -> str:
        """What became of it, in words: its status, or that it was confirmed."""
        return pgettext("a coding", "confirmed") if self.is_confirmed else self.get_status_display()
