"""Actors and issues as the two kinds of nodes of one network: who said how much on what.

As Discourse Network Analyzer has it (Leifeld, 2017, "Discourse network analysis", in The Oxford
Handbook of Political Networks; its manual on two-mode networks). With x(a, j, v) as in `discourse`,

    statements(a, j) = sum of x(a, j, v), over the values v            (there "ignore")
    balance(a, j)    = sum of x(a, j, v) v, with v within -1..1         (there "subtract")

so that on stances of -1 and 1 the balance is the statements for minus those against. Normalised,
a figure is divided by all statements of its actor (`activity`) or by all those on its issue of the
actors asked about (`prominence`).
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from astana.comparison.discourse import Discourse


class Share(NamedTuple):
    """What an actor said on an issue: the figure, and the statements it rests on, at least one."""

    value: Fraction
    n: int


class TwoMode:
    """What each actor said on each issue, by a way to count and one to normalise.

    `counting` is `statements` or `balance`, `normalisation` is `none`, `activity` or `prominence`.
    """

    def __init__(
        self, discourse: Discourse, *, counting: str = "statements", normalisation: str = "none"
    ) -> None:
        self.discourse = discourse
        self.counting, self.normalisation = counting, normalisation
        self.activity = dict.fromkeys(discourse.actors, 0)
        self.prominence = dict.fromkeys(discourse.issues, 0)
        for actor in discourse.actors:
            for issue in discourse.issues:
                times = sum(discourse.said(actor, issue).values())
                self.activity[actor] += times
                self.prominence[issue] += times

    def share(self, actor: str, issue: str) -> Share | None:
        """Return the figure of an actor on an issue; None where it said nothing on it."""
        said = self.discourse.said(actor, issue)
        n = sum(said.values())
        if not n:
            return None
        value = Fraction(n)
        if self.counting == "balance":
            value = Fraction(sum(value * times for value, times in said.items()), 100)
        if self.normalisation == "activity":
            value /= self.activity[actor]
        elif self.normalisation == "prominence":
            value /= self.prominence[issue]
        return Share(value, n)

    def edges(self) -> Iterator[tuple[str, str, Share]]:
        """Yield each actor and issue on which it said something."""
        for actor in self.discourse.actors:
            for issue in self.discourse.issues:
                if (share := self.share(actor, issue)) is not None:
                    yield actor, issue, share
