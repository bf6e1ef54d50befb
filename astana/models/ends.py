"""What the marks of an issue mean, in the words of its own stances."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from astana.comparison.scale import step
from astana.models import Dossier, Issue, Stance


@dataclass(frozen=True, slots=True)
class End:
    """A stance that a mark stands for: `step` is how it is drawn."""

    step: str
    label: str


@dataclass(frozen=True, slots=True)
class Ends:
    """The stances that a reader has to know to read a picture of an issue.

    These are the two ends of its scale, the lower value first, or no and yes. A question without
    an order has no ends: they are its answers where these are listed.
    """

    scale: str
    ends: tuple[End, ...]

    @property
    def is_ordered(self) -> bool:
        """Whether there is a scale, from one end to the other."""
        return self.scale == Issue.Scale.ORDERED

    @property
    def is_nominal(self) -> bool:
        """Whether the answers have no order."""
        return self.scale == Issue.Scale.NOMINAL


def ends_of(issue: Issue, *, answers: bool = False) -> Ends:
    """Return what the marks of an issue mean; no query, as the issue comes from `with_ends`.

    The answers of one without an order are only listed on request, which may take a query.
    """
    if issue.is_nominal:
        stances = issue.stances.all() if answers else ()
        return Ends(issue.scale, tuple(End(one.step, one.label) for one in stances))
    # Who asks for one answer alone has one end.
    both = [(issue.low_value, issue.low_label), (issue.high_value, issue.high_label)]
    ends = (End(step(float(value)), label) for value, label in dict.fromkeys(both) if label)
    return Ends(issue.scale, tuple(ends))


def ends_by_issue(dossier: Dossier, slugs: Iterable[str]) -> dict[str, Ends]:
    """Return what the marks of these issues of a dossier mean, by short name.

    One query, and one more where answers without an order are among them.
    """
    issues = list(Issue.objects.for_readers(dossier).filter(slug__in=slugs).with_ends())
    shown = Prefetch("stances", Stance.objects.filter(public=True))
    prefetch_related_objects([issue for issue in issues if issue.is_nominal], shown)
    return {issue.slug: ends_of(issue, answers=True) for issue in issues}
