"""Whose statements, on what, said when: what the pages of this folder are asked alike."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from astana.models import Actor, Dossier, Issue, Position
from astana.models.counts import Counts, counts_of, most_reported
from astana.models.kept import BESIDE
from astana.models.positions.counted import Counted
from astana.web.addresses import given_of, query_of
from astana.web.fields import DayField, FlagField, OneOfField, SlugsField
from astana.web.named import MOST_REFUSED, likely, refuse_unknown
from astana.web.offered import facet_of, facet_of_actors, facet_of_issues

# So many of the actors most reported on are compared where none are named.
MOST_ACTORS = 200
MOST_ISSUES = 1000
MOST_GROUPS = 100
DUPLICATES = {
    "range": gettext_lazy("Once in the whole range"),
    "article": gettext_lazy("Once in each article"),
    "week": gettext_lazy("Once in each week"),
    "month": gettext_lazy("Once in each month"),
    "year": gettext_lazy("Once in each year"),
    "include": gettext_lazy("Every time"),
}

# `from` is a word of Python: these two fields are added by name.
DAYS = {
    "from": DayField(label=gettext_lazy("Said from")),
    "to": DayField(label=gettext_lazy("Said until")),
}


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Whose statements, on what, as of when.

    `actors` are those considered, by name; `is_chosen` says whether the reader named them. If not,
    `persons` are left out, and `reported` is the number of the actors of other kinds.
    `issues` are the preference issues asked about that have an order, of `all_issues`;
    `without_order` is how many of those asked about have none. What had been said before `since`
    does not count.
    """

    dossier: Dossier = field(metadata=BESIDE)
    counts: Counts = field(metadata=BESIDE)
    actors: tuple[Actor, ...]
    all_actors: tuple[Actor, ...] = field(metadata=BESIDE)
    is_chosen: bool
    reported: int = field(metadata=BESIDE)
    persons: int = field(metadata=BESIDE)
    issues: tuple[Issue, ...]
    without_order: int = field(metadata=BESIDE)
    all_issues: tuple[Issue, ...] = field(metadata=BESIDE)
    groups: tuple[str, ...] = field(metadata=BESIDE)
    as_of: date
    since: date | None
    until: date | None
    first_hand: bool
    duplicates: str
    normalisation: str
    given: tuple[tuple[str, str], ...] = field(metadata=BESIDE)
    user: Any = field(metadata=BESIDE)

    @cached_property
    def language(self) -> str | None:
        """The language of the reader: asked for once, as there are very many figures."""
        return get_language()

    @property
    def last_day(self) -> date:
        """The day by which something had to be said to count."""
        return min(self.as_of, self.until) if self.until else self.as_of

    @property
    def asked(self) -> set[str]:
        """The short names of the actors whose positions count."""
        return {actor.slug for actor in self.actors}

    @cached_property
    def by_slug(self) -> dict[str, Actor]:
        """The actors by their short names, also those that are not considered."""
        return {actor.slug: actor for actor in self.all_actors}

    def counted_on(self, nominal: tuple[Issue, ...] = ()) -> Counted:
        """Return the positions that count, on further issues without an order too."""
        asked = self.asked
        return Counted(
            dossier=self.dossier,
            user=self.user,
            actors={actor.pk: actor.slug for actor in self.all_actors if actor.slug in asked},
            issues={issue.pk: issue.slug for issue in self.issues},
            persons=frozenset(a.pk for a in self.all_actors if a.kind == Actor.Kind.PERSON),
            nominal={issue.pk: issue.slug for issue in nominal},
            since=self.since or date.min,
            until=self.last_day,
            first_hand=self.first_hand,
            duplicates=self.duplicates,
        )

    def query(self, **changes: str | None) -> str:
        """Return the query string of this selection with changes; None takes a parameter out."""
        return query_of(self.given, **changes)

    def positions_href(self, issue: str, actors: Collection[Actor]) -> str:
        """Return where the positions of some actors on an issue are that count."""
        query: dict[str, Any] = {"issue": issue}
        # The list does not know what a person said for others by the name of the person.
        if not any(actor.kind == Actor.Kind.PERSON for actor in actors):
            query["actor"] = [actor.slug for actor in actors]
        if self.since:
            query["since"] = self.since.isoformat()
        query["until"] = self.last_day.isoformat()
        if self.first_hand:
            query["first_hand"] = "1"
        return reverse("positions:index", args=[self.dossier.slug], query=query)

    def without(self, *names: str) -> list[tuple[str, str]]:
        """Return the given parameters but for some, for a form to carry along."""
        return [(name, value) for name, value in self.given if name not in names]


class GroupsField(SlugsField):
    """Groups of issues, each given as a parameter of its own, in words."""

    def clean(self, value: Any) -> list[str]:
        """Return the groups in the order given, without repetitions."""
        groups = list(dict.fromkeys(group for group in value or [] if group))
        if len(groups) > self.most:
            raise forms.ValidationError(
                _("%(number)s are too many groups: choose at most %(most)s.")
                % {"number": len(groups), "most": self.most}
            )
        return groups


class ChosenForm(forms.Form):
    """What a query string asks of `Chosen`; names that the dossier does not know are errors."""

    actor = SlugsField(most=MOST_ACTORS, label=gettext_lazy("Actors"))
    issue = SlugsField(most=MOST_ISSUES, label=gettext_lazy("Issues"))
    group = GroupsField(most=MOST_GROUPS, label=gettext_lazy("Groups of issues"))
    as_of = DayField(label=gettext_lazy("As of"))
    first_hand = FlagField(label=gettext_lazy("First-hand only"))
    duplicates = OneOfField(DUPLICATES, label=gettext_lazy("Repeated statements count"))

    def __init__(self, data: Any, *, dossier: Dossier, user: Any) -> None:
        super().__init__(data)
        self.fields |= {name: DayField(label=field.label) for name, field in DAYS.items()}
        self.dossier = dossier
        self.user = user
        self.counts = counts_of(dossier)

    def clean(self) -> dict[str, Any]:
        """Look the names up, refuse what runs backwards, and fill in what was left open."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        start = cleaned["from"]
        for end in (cleaned["to"], cleaned["as_of"]):
            if start and end and start > end and "from" not in self.errors:
                self.add_error(
                    "from",
                    _("The range from %(start)s to %(end)s runs backwards.")
                    % {"start": start, "end": end},
                )
        cleaned["as_of"] = cleaned["as_of"] or max(
            filter(None, [self.counts.last_day, cleaned["to"]]), default=timezone.localdate()
        )
        self._find_actors(cleaned)
        self._find_issues(cleaned)
        return cleaned

    def named_beside(self, _cleaned: dict[str, Any]) -> dict[str, list[str]]:
        """Return the actors that other fields than `actor` name, by the field."""
        return {}

    def chosen(self) -> dict[str, Any]:
        """Return the fields of `Chosen`; only for a valid form."""
        cleaned = self.cleaned_data
        return {
            "dossier": self.dossier,
            "counts": self.counts,
            "actors": cleaned["actors"],
            "all_actors": cleaned["all_actors"],
            "is_chosen": bool(cleaned["actor"]),
            "reported": cleaned["reported"],
            "persons": cleaned["persons"],
            "issues": cleaned["issues"],
            "without_order": len(cleaned["apart"]),
            "all_issues": cleaned["all_issues"],
            "groups": tuple(cleaned["group"]),
            "as_of": cleaned["as_of"],
            "since": cleaned["from"],
            "until": cleaned["to"],
            "first_hand": cleaned["first_hand"],
            "duplicates": cleaned["duplicates"],
            "normalisation": cleaned["normalisation"],
            "given": given_of(self),
            "user": self.user,
        }

    def _find_actors(self, cleaned: dict[str, Any]) -> None:
        """Find the actors named, those most reported on, and the persons to offer; two queries."""
        numbers = self.counts.actors
        asked, others = cleaned["actor"], self.named_beside(cleaned)
        named = [*asked, *(slug for slugs in others.values() for slug in slugs)]
        visible = Actor.objects.visible_to(self.user).of(self.dossier)
        spoken = Position.objects.filter(
            speaker=OuterRef("pk"), public=Value(True), first_hand=Value(True)
        )
        persons = dict(
            visible.filter(kind=Actor.Kind.PERSON)
            .annotate(speaks=Exists(spoken.order_by()))
            .values_list("pk", "speaks")
        )
        heard = [pk for pk, speaks in persons.items() if speaks or pk in numbers]
        reported = {pk: number for pk, number in numbers.items() if pk not in persons}
        most = most_reported(reported, MOST_ACTORS)
        offered = [*most, *heard[:MOST_ACTORS]]
        found = list(visible.filter(Q(pk__in=offered) | Q(slug__in=named)))
        slugs = {actor.slug for actor in found}
        for name, values in {"actor": asked, **others}.items():
            refuse_unknown(self, name, values, known=slugs, records=visible)
        chosen = set(asked or (actor.slug for actor in found if actor.pk in most))
        cleaned["all_actors"] = tuple(found)
        cleaned["reported"] = len(reported)
        cleaned["persons"] = 0 if asked else len(heard)
        cleaned["actors"] = tuple(actor for actor in found if actor.slug in chosen)

    def _find_issues(self, cleaned: dict[str, Any]) -> None:
        """Find the issues and their groups; a disputed fact cannot be asked for."""
        asked, asked_groups = cleaned["issue"], cleaned["group"]
        visible = Issue.objects.visible_to(self.user).of(self.dossier)
        issues = list(visible[:MOST_ISSUES])
        preferences = [issue for issue in issues if issue.kind == Issue.Kind.PREFERENCE]
        groups = {issue.group for issue in preferences if issue.group}
        refuse_unknown(self, "issue", asked, known=[one.slug for one in issues], records=visible)
        words = _("No preference issue is in a group “%(name)s”. There is: %(like)s.")
        for group in [group for group in asked_groups if group not in groups][:MOST_REFUSED]:
            like = likely(group, sorted(groups))
            self.add_error("group", words % {"name": group[:60], "like": like})
        for issue in issues:
            if issue.slug in asked and issue not in preferences:
                self.add_error(
                    "issue",
                    _("“%(name)s” is a disputed fact, which never enters an agreement score.")
                    % {"name": issue.title},
                )
        cleaned["all_issues"] = tuple(preferences)
        chosen = [
            issue
            for issue in preferences
            if (not asked or issue.slug in asked)
            and (not asked_groups or issue.group in asked_groups)
        ]
        cleaned["issues"] = tuple(issue for issue in chosen if not issue.is_nominal)
        cleaned["apart"] = tuple(issue for issue in chosen if issue.is_nominal)


def facets_of(selection: Chosen) -> list[Any]:
    """Return the choices of actors, issues and groups; no query."""
    groups = Counter(issue.group for issue in selection.all_issues if issue.group)
    chosen: dict[str, set[str]] = {"actor": set(), "issue": set(), "group": set()}
    for name, value in selection.given:
        if name in chosen:
            chosen[name].add(value)
    return [
        facet_of_actors(selection.all_actors, selection.counts, chosen=chosen["actor"]),
        facet_of_issues(selection.all_issues, selection.counts, chosen=chosen["issue"]),
        facet_of(
            "group",
            _("Groups of issues"),
            [(group, group, "", number) for group, number in groups.items()],
            chosen=chosen["group"],
        ),
    ]
