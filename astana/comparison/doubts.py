"""What is doubtful about a coding: hardly ever right, never impossible, so a person is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What is doubtful."""

    AFTER_ARTICLE = "after-article"
    OUT_OF_OFFICE = "out-of-office"
    NEVER_SPOKE = "never-spoke"
    ITSELF = "itself"
    OWN_WORDS = "own-words"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Term:
    """The days of a role, both inclusive; an open end is unknown or still running."""

    start: date | None = None
    end: date | None = None

    def __str__(self) -> str:
        """Return the term as the dates of a position are written."""
        ends = [day.isoformat() if day else ".." for day in (self.start, self.end)]
        return "/".join(ends)


@dataclass(frozen=True, slots=True)
class Told:
    """What a coding says, and what is known beside it.

    `earliest` and `latest` are the days within which it was said, `article` the day of the newest
    article that it rests on, `speaker` and `by` who speaks and who attributes it. `roles` are the
    terms of its speaker in the body that is spoken for; `speaks_for_it` says that the speaker is
    that body, is part of it or has spoken for it before, `speaks_for_others` that the speaker is
    known for others. `is_itself` says that who attributes it is the actor, `is_of_actor` that it
    belongs to the actor and is not said to speak for it. `same` are the keys of positions with the
    same actor, issue, stance and day.
    """

    earliest: date
    latest: date
    article: date | None = None
    speaker: str = ""
    by: str = ""
    roles: Sequence[Term] = ()
    speaks_for_it: bool = False
    speaks_for_others: bool = False
    is_itself: bool = False
    is_of_actor: bool = False
    same: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that is doubtful, with the days, names or keys that make it so."""

    kind: Kind
    about: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the doubt in one word, which is another one when what makes it so changes."""
        return ":".join([self.kind, *self.about])


def doubts_of(told: Told) -> list[Doubt]:
    """Return what is doubtful about a coding, in the order of the fields of its form.

    A date counts as out of a term only where none of its days can be within.
    """
    found = []
    if told.article and told.earliest > told.article:
        found.append(Doubt(Kind.AFTER_ARTICLE, (told.article.isoformat(),)))
    if told.is_itself:
        found.append(Doubt(Kind.ITSELF))
    elif told.is_of_actor:
        found.append(Doubt(Kind.OWN_WORDS, (told.by,)))
    if told.roles:
        if not any(_touches(term, told) for term in told.roles):
            found.append(Doubt(Kind.OUT_OF_OFFICE, tuple(map(str, told.roles))))
    elif told.speaks_for_others and not told.speaks_for_it:
        found.append(Doubt(Kind.NEVER_SPOKE, (told.speaker,)))
    if told.same:
        found.append(Doubt(Kind.REPEATED, tuple(told.same)))
    return found


def _touches(term: Term, told: Told) -> bool:
    starts = term.start is None or term.start <= told.latest
    return starts and (term.end is None or term.end >= told.earliest)
