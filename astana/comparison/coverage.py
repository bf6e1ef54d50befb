"""Articles in, what a silence rests on out: how many had appeared, how they were read, what for."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Read(NamedTuple):
    """An article as the coders read it: in full or only its opening, and for which issues.

    `source` and the issues are whatever names them, such as primary keys.
    """

    source: int
    published: date
    is_in_full: bool
    looked_for: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many articles had appeared, in how many of them read in full, looked for in how many."""

    articles: int = 0
    in_full: int = 0
    looked_for: int = 0

    @property
    def openings(self) -> int:
        """Of how many articles only the opening was read."""
        return self.articles - self.in_full


def coverage(articles: Iterable[Read], *, as_of: date, issue: int | None = None) -> Coverage:
    """Return what was read of the articles published by a day.

    `looked_for` counts those that were read for all that they say on the issue.
    """
    read = [one for one in articles if one.published <= as_of]
    return Coverage(
        articles=len(read),
        in_full=sum(one.is_in_full for one in read),
        looked_for=sum(issue in one.looked_for for one in read),
    )


def coverage_by_issue(
    articles: Iterable[Read], *, as_of: date, issues: Collection[int]
) -> dict[int, Coverage]:
    """Return the same for each of many issues."""
    read = [one for one in articles if one.published <= as_of]
    looked_for = Counter(issue for one in read for issue in one.looked_for)
    in_full = sum(one.is_in_full for one in read)
    return {issue: Coverage(len(read), in_full, looked_for[issue]) for issue in issues}
