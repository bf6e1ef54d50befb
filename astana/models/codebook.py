"""What a codebook can begin with: an issue by a template, or the codebook of another dossier."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from astana.models import Dossier, Issue, Stance
from astana.models.issue import ENTRY
from astana.models.record import Reader
from astana.words.normalise import normalise

Entry = tuple[Issue, list[Stance]]

# What is taken over from an issue of another dossier; its events are not those of this one.
_TAKEN_OVER = (*("title", "question", "kind", "scale", "per_event", "group"), *ENTRY)


@dataclass(frozen=True)
class Template:
    """A kind of question, and the answers that are given to it."""

    name: str
    label: Any
    kind: str
    scale: str
    stances: tuple[tuple[Any, str | None], ...]

    def entry(self, title: str, question: str) -> Entry:
        """Return an issue of this kind with its stances."""
        issue = Issue(title=title, question=question, kind=self.kind, scale=self.scale)
        return issue, [
            Stance(label=str(label), value=None if value is None else Decimal(value))
            for label, value in self.stances
        ]


_DECLINES = (gettext_lazy("Declines to answer"), None)
TEMPLATES = (
    Template(
        "for-against",
        gettext_lazy("For or against"),
        Issue.Kind.PREFERENCE,
        Issue.Scale.ORDERED,
        (
            (pgettext_lazy("stance", "For"), "1"),
            (pgettext_lazy("stance", "Neither for nor against"), "0"),
            (pgettext_lazy("stance", "Against"), "-1"),
            _DECLINES,
        ),
    ),
    Template(
        "staged",
        gettext_lazy("Staged demands: at once, with steps before it, at the end, never"),
        Issue.Kind.PREFERENCE,
        Issue.Scale.ORDERED,
        (
            (pgettext_lazy("stance", "At once"), "1"),
            (gettext_lazy("After certain steps"), "0.35"),
            (gettext_lazy("Only at the end"), "-0.35"),
            (pgettext_lazy("stance", "Never"), "-1"),
            _DECLINES,
        ),
    ),
    Template(
        "responsible",
        gettext_lazy("Who is responsible"),
        Issue.Kind.FACT,
        Issue.Scale.NOMINAL,
        (
            (gettext_lazy("The one side"), None),
            (gettext_lazy("The other side"), None),
            (gettext_lazy("Both sides"), None),
            (gettext_lazy("Somebody else"), None),
            _DECLINES,
        ),
    ),
    Template(
        "yes-no",
        gettext_lazy("Yes, no, or not up for discussion"),
        Issue.Kind.PREFERENCE,
        Issue.Scale.YES_NO,
        (
            (pgettext_lazy("stance", "Yes"), "1"),
            (pgettext_lazy("stance", "No"), "-1"),
            (gettext_lazy("Not up for discussion"), None),
        ),
    ),
)


def titles_in(dossier: Dossier, *, user: Reader) -> set[str]:
    """Return the titles of the issues at a dossier's desk, as they are compared; one query."""
    known = Issue.objects.at_desk_of(user, dossier=dossier).order_by()
    titles = known.values_list("title", flat=True)
    return {normalise(title) for title in titles}


def entries_of_dossier(dossier: Dossier, *, there: set[str]) -> list[Entry]:
    """Return copies of the issues that readers see, but those whose titles are `there`."""
    issues = Issue.objects.for_readers(dossier).order_by("order", "slug").with_stances()
    return [
        (
            Issue(**{name: getattr(one, name) for name in _TAKEN_OVER}),
            [
                stance.copied(slug="", order=0)
                for stance in sorted(one.stances.all(), key=lambda s: (s.order, s.slug))
            ],
        )
        for one in issues
        if normalise(one.title) not in there
    ]
